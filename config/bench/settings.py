"""Settings of the measured program: those of production, with addresses for the floors and queries counted on demand.

The process that starts the bench sets DATA_DIR to a scratch folder, and DATABASE_URL to a server of its own or nothing.
"""

import os

# An office's own .env must not decide what is measured.
os.environ |= {"DEBUG": "0", "DEMO": "0", "HTTPS": "0", "PROXY_COUNT": "0", "IDLE_MINUTES": "60"}
os.environ |= {"ALLOWED_HOSTS": "127.0.0.1", "SECRET_KEY": "only-for-measuring-and-therefore-written-here-in-the-open"}

from config.settings import *  # noqa: F403
from config.settings import DATA_DIR, MIDDLEWARE

ROOT_URLCONF = "config.bench.urls"
MIDDLEWARE = ["config.bench.counting.count_queries", *MIDDLEWARE]
STATIC_ROOT = DATA_DIR / "static"
