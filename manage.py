#!/usr/bin/env python
"""Django's command line."""

import gc
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

# New objects before the collector looks; with Python's 700 it takes an eighth of the time of a migration or a replay.
NEW_OBJECTS = 20_000

if __name__ == "__main__":
    gc.set_threshold(NEW_OBJECTS, 10, 10)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
