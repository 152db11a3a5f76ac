"""Which address belongs to which channel?"""

from django.urls import include, path

from yibao.site.health import healthz, readyz
from yibao.site.metrics import metrics

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
    path("api/v1/", include("yibao.channels.api.urls")),
    path("fhir/", include("yibao.channels.fhir.urls")),
    path("counter/", include("yibao.channels.counter.urls")),
    path("wechat/", include("yibao.channels.wechat.urls")),
    path("alipay/", include("yibao.channels.alipay.urls")),
    path("kiosk/", include("yibao.channels.kiosk.urls")),
    path("", include("yibao.channels.portal.sign_in_urls")),
    path("", include("yibao.channels.portal.provider_urls")),
    path("", include("yibao.channels.portal.urls")),
]

handler400 = "yibao.channels.portal.views.errors.bad_request"
handler403 = "yibao.channels.portal.views.errors.forbidden"
handler404 = "yibao.channels.portal.views.errors.not_found"
handler500 = "yibao.channels.portal.views.errors.server_error"
