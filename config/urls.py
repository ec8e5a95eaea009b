"""The root of all addresses."""

from django.contrib import admin
from django.urls import include, path

from config import offline

urlpatterns = [
    path("sw.js", offline.worker, name="worker"),
    path("khong-co-mang/", offline.offline, name="offline"),
    path("quan-tri/", admin.site.urls),
    path("", include("units.urls")),
    path("", include("campaign.urls")),
    path("", include("indicators.urls")),
    path("", include("followup.urls")),
    path("", include("reports.urls")),
]

handler400 = "config.views.bad_request"
handler403 = "config.views.permission_denied"
handler404 = "config.views.not_found"
