"""Which address belongs to which channel?"""

from django.urls import include, path

from yibao.site.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("api/v1/", include("yibao.channels.api.urls")),
    path("", include("yibao.channels.portal.sign_in_urls")),
    path("", include("yibao.channels.portal.urls")),
]

handler400 = "yibao.channels.portal.views.errors.bad_request"
handler403 = "yibao.channels.portal.views.errors.forbidden"
handler404 = "yibao.channels.portal.views.errors.not_found"
handler500 = "yibao.channels.portal.views.errors.server_error"
