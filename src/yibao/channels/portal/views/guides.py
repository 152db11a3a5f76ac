"""The guides: one page for every area and topic, their lists, and what tells machines of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from yibao.channels.portal import guides
from yibao.services.answers import ALL_TOPICS
from yibao.services.guides import addresses, areas_within, guide, json_ld, place, provinces, sitemap
from yibao.services.results import Refused

PRIVATE = ("/me/", "/sign-in/", "/shared/", "/mistake/", "/check/", "/display/")
NOT_FOR_ROBOTS = (*PRIVATE, "/answers/", "/ask/", "/compare/")
OTHER_PAGES = ("portal:home", "portal:coverage", "portal:about", "portal:privacy")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All places that have guides, province by province."""
    return render(request, "portal/guides.html", index_page() | {"canonical": _absolute(request)})


@require_safe
def area(request: HttpRequest, code: str) -> HttpResponse:
    """The guides of one area."""
    found = place(code)
    if isinstance(found, Refused):
        return _missing(request, found)
    if found.value.code != code:
        return HttpResponsePermanentRedirect(reverse("portal:guide_area", args=[found.value.code]))
    shown = area_page(code, found.value.name) | {"canonical": _absolute(request)}
    return render(request, "portal/guide_area.html", shown)


@require_safe
def guide_page(request: HttpRequest, code: str, topic: str) -> HttpResponse:
    """One guide; the address of a smaller or older place leads to its pooling area's for good."""
    found = place(code)
    if isinstance(found, Refused):
        return _missing(request, found)
    if topic not in ALL_TOPICS:
        shown = area_page(found.value.code, found.value.name)
        return render(request, "portal/guide_area.html", shown | {"wrong": "没有这一篇指南"}, status=404)
    if found.value.code != code:
        return HttpResponsePermanentRedirect(reverse("portal:guide", args=[found.value.code, topic]))
    made = guide(code, topic)
    if isinstance(made, Refused):
        return _missing(request, made)
    url = _absolute(request)
    shown = guides.page(made.value) | {"canonical": url, "json_ld": mark_safe(json_ld(made.value, url))}  # noqa: S308 - escaped there
    return render(request, "portal/guide.html", shown)


def index_page() -> dict[str, object]:
    """What the list of all places shows."""
    return {"provinces": provinces()}


def area_page(code: str, name: str) -> dict[str, object]:
    """What the list of an area's guides shows."""
    return {"code": code, "place": name, "groups": guides.topics_of(code), "within": areas_within(code)}


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Every guide once, with the addresses of this site, and the few other pages that are the same for everybody."""
    pages = [(request.build_absolute_uri(reverse(name)), "") for name in OTHER_PAGES]
    pages += [(request.build_absolute_uri(path_of(parts)), day) for parts, day in addresses()]
    return HttpResponse(sitemap(pages), content_type="application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What a search engine may read: not what stands in addresses with somebody's facts, nor anybody's account."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('portal:sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def path_of(parts: tuple[str, ...]) -> str:
    """The address of a page of the guides by its parts: nothing, an area, an area and a topic."""
    return reverse(("portal:guides", "portal:guide_area", "portal:guide")[len(parts)], args=parts)


def _absolute(request: HttpRequest) -> str:
    return str(request.build_absolute_uri(request.path))


def _missing(request: HttpRequest, refused: Refused) -> HttpResponse:
    """404, with the places that may have been meant."""
    found = [place(name) for name in refused.next]
    choices = [(one.value.name, one.value.code) for one in found if not isinstance(one, Refused)]
    shown = {"told": refused.message, "choices": list(dict.fromkeys(choices))}
    return render(request, "portal/guide_missing.html", shown, status=404)
