"""Settings of the test suite: those of the house, a quick password hasher, and a database file of its own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# A developer's own .env must not change what is tested.
os.environ |= {"DEBUG": "0", "DEMO": "0", "HTTPS": "0", "PROXY_COUNT": "0", "IDLE_MINUTES": "60"}
SCRATCH = Path(tempfile.mkdtemp(prefix="thi-dua-tests-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)
os.environ["SECRET_KEY"] = "only-for-tests-and-therefore-written-here-in-the-open"
os.environ["DATA_DIR"] = str(SCRATCH / "data")

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
ALLOWED_HOSTS = ["*"]
MEDIA_ROOT = SCRATCH / "files"
STATIC_ROOT = SCRATCH / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

if DATABASES["default"]["ENGINE"] == "config.sqlite":
    # A file, as in an office, so that threads have connections of their own; a power cut may lose a test's rows.
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
