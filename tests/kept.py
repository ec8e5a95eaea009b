"""A world that is built once for a whole module; what each test writes is undone by the test's own transaction."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from units import clock


def kept_world(build: Callable[[], Any], moment: datetime) -> Any:
    """A module's fixture: what ``build`` made, with the clock at a moment, thrown away after the last test."""

    @pytest.fixture(scope="module")
    def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
        with django_db_blocker.unblock(), clock.set_to(moment), transaction.atomic():
            yield build()
            transaction.set_rollback(True)

    return world
