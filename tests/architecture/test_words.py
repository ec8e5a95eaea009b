"""Words: every model and field has a Vietnamese name that somebody wrote, and every text is in one Unicode form."""

import unicodedata

import pytest
from django.apps import apps
from django.core.management import get_commands, load_command_class
from django.db import models
from django.utils.text import camel_case_to_spaces

from tests.architecture.source import APPS, kept_files, name

OURS = [model for model in apps.get_models() if model._meta.app_label in APPS]
COMMANDS = sorted(command for command, app in get_commands().items() if app in APPS)
TEXTS = {".py", ".html", ".js", ".css", ".md", ".json", ".toml", ".txt", ".csv"}


def default_name(model: type[models.Model]) -> str:
    """What Django would call the model if nobody had said."""
    return camel_case_to_spaces(model.__name__)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_model_has_a_name_in_vietnamese(model):
    assert str(model._meta.verbose_name) != default_name(model)
    assert str(model._meta.verbose_name_plural) != f"{model._meta.verbose_name}s"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_has_a_name_in_vietnamese(model):
    # What Django's own base classes bring is named in Django's own Vietnamese.
    own = [field for field in model._meta.local_concrete_fields if not _is_from_django(field, model)]
    unnamed = [field.name for field in own if str(field.verbose_name) == field.name.replace("_", " ")]

    assert unnamed == []


def _is_from_django(field: models.Field, model: type[models.Model]) -> bool:
    if field.auto_created:
        return True
    return any(
        field.name in {one.name for one in base._meta.local_fields}
        for base in model.__mro__[1:]
        if base.__module__.startswith("django.contrib") and hasattr(base, "_meta")
    )


@pytest.mark.parametrize("label", APPS)
def test_every_app_has_a_name_in_vietnamese(label):
    assert apps.get_app_config(label).verbose_name.lower() != label


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_vietnamese(command):
    text = load_command_class(get_commands()[command], command).help

    assert text
    assert any(unicodedata.decomposition(letter) for letter in text)


def test_every_text_is_in_nfc():
    # The campaign document's own file stays letter for letter as it came.
    texts = [path for path in kept_files() if path.suffix in TEXTS and path.name != "source.txt"]

    assert [name(path) for path in texts if not unicodedata.is_normalized("NFC", path.read_text())] == []
