"""The least that Django can be: one page, no database; the floor for the first answer after a start."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(SECRET_KEY="only-for-measuring", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"])


def page(request: HttpRequest) -> HttpResponse:
    """An answer."""
    return HttpResponse("<!doctype html><title>Nền</title>")


urlpatterns = [path("", page)]
application = get_wsgi_application()
