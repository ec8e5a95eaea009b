"""Lists hold what belongs to several campaigns; the address may choose one (``?pt=``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from django.db import models

Rows = TypeVar("Rows", bound="models.QuerySet[models.Model]")


def of_campaign(rows: Rows, wanted: Mapping[str, str]) -> Rows:
    """The rows of the campaign that the address names; all of them where it names none."""
    asked = wanted.get("pt", "")
    return rows.filter(campaign=asked) if asked.isdigit() else rows
