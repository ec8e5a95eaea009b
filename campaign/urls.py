"""Addresses of the `campaign` app."""

from django.urls import URLPattern, URLResolver, path

from campaign.views import campaigns

app_name = "campaign"
urlpatterns: list[URLPattern | URLResolver] = [
    path("phong-trao/", campaigns.campaigns, name="campaigns"),
    path("phong-trao/<int:pk>/", campaigns.campaign, name="campaign"),
]
