"""How is the site doing, in numbers that Prometheus reads? Counts and times by face; no address, no fact, no person.

All processes of a server count together, through files in `PROMETHEUS_MULTIPROC_DIR`, which the server sets. What waits
to be done is asked of the database when it is read. Only this machine may read it, and not through a proxy.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from yibao import __version__
from yibao.services import standing

FACES = ("alipay", "api", "counter", "fhir", "identity", "kiosk", "me", "sign-in", "static", "wechat")
METHODS = ("GET", "HEAD", "POST")
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
REQUESTS = Counter("yibao_requests", "Requests answered", ["face", "method", "status"])
TOOK = Histogram("yibao_request_seconds", "Seconds until a request was answered", ["face"], buckets=SECONDS)
LOOPBACK = ("127.0.0.1", "::1")


class Counted:
    """Counts every request once it is answered, by the face that was asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        face = face_of(request.path_info)
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(face, method, response.status_code).inc()
        TOOK.labels(face).observe(time.perf_counter() - began)
        return response


def face_of(path: str) -> str:
    """Which face of the site an address belongs to: a word of a short list, whatever is asked.

    >>> face_of("/api/v1/ask"), face_of("/me/"), face_of("/guide/110000/gap/"), face_of("/healthz")
    ('api', 'me', 'portal', 'health')
    """
    first = path.lstrip("/").partition("/")[0]
    if first in ("healthz", "readyz", "metrics"):
        return "health"
    return first if first in FACES else "portal"


class Standing(Collector):
    """What waits to be done, and whether the database answers."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges of now."""
        build = GaugeMetricFamily("yibao_build", "The version that runs", labels=["version"])
        build.add_metric([__version__], 1)
        yield build
        try:
            waiting = standing.waiting()
        except Error:
            yield GaugeMetricFamily("yibao_database_up", "Whether the database answers", value=0)
            return
        yield GaugeMetricFamily("yibao_database_up", "Whether the database answers", value=1)
        count = GaugeMetricFamily("yibao_waiting", "Things that wait to be done", labels=["what"])
        oldest = GaugeMetricFamily("yibao_waiting_oldest_seconds", "How long the oldest waits", labels=["what"])
        for one in waiting:
            count.add_metric([one.what], one.number)
            oldest.add_metric([one.what], one.oldest_seconds)
        yield count
        yield oldest


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers, in Prometheus' text."""
    through_proxy = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    if through_proxy or request.META.get("REMOTE_ADDR", "").partition("%")[0] not in LOOPBACK:
        raise Http404
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)
        counted = generate_latest(registry)
    else:
        counted = generate_latest(REGISTRY)
    now = CollectorRegistry()
    now.register(Standing())
    return HttpResponse(counted + generate_latest(now), content_type=CONTENT_TYPE_LATEST)
