"""The site's addresses, and a bare page: signed in, reads one row, through the same server and middleware."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from yibao.books.people.models import Person
from yibao.site.urls import *  # noqa: F403
from yibao.site.urls import urlpatterns as of_site


def bare(request: HttpRequest) -> HttpResponse:
    """One row of the person who is signed in, and nothing around it."""
    if not request.user.is_authenticated:
        raise Http404
    return HttpResponse(f"<p>{Person.objects.get(pk=request.user.person_id).born}</p>")


def minimal_home(request: HttpRequest) -> HttpResponse:
    """The record as a home page needs it, as plain text: for a site without a home page for its people."""
    from yibao.channels.portal.signed_in import actor_of, signed_in
    from yibao.law.formats import fen_text
    from yibao.services import records

    @signed_in
    def page(request: HttpRequest) -> HttpResponse:
        found = records.home(actor_of(request)).value
        shown = (found.name_masked, found.enrolment_words, fen_text(found.balance or 0), found.month_words)
        return HttpResponse("".join(f"<p>{text}</p>" for text in shown))

    return page(request)


urlpatterns = [path("bench/bare/", bare), path("bench/home/", minimal_home), *of_site]
