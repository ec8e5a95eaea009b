"""The WSGI application that gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# What is loaded now lives as long as the process, so collecting while it loads finds next to nothing and took a sixth
# of the start. A full collection later walked through all of it, 45 ms in every third request that handles many rows;
# frozen, it is passed over.
gc.disable()
application = get_wsgi_application()
assert get_resolver().url_patterns
gc.freeze()
gc.enable()
