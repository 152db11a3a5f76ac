"""The addresses of the provider for apps of others (OAuth 2.1, OpenID Connect); what is ours comes before allauth's."""

from django.urls import include, path

from yibao.channels.portal.views import me_apps

urlpatterns = [
    path("identity/o/authorize", me_apps.consent),
    path("identity/o/api/token", me_apps.token),
    path("identity/o/device", me_apps.absent),
    path("identity/o/logout", me_apps.absent),
    path("identity/o/api/device/code", me_apps.absent),
    path("", include("allauth.idp.urls")),
]
