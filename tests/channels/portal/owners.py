"""The people of the small agency, signed in: their own pages as a test client or a browser opens them."""

from typing import Any, NamedTuple

from django.test import Client
from tests.services.records.agency import AREA, TODAY, opened, staff

from yibao.books.access.models import User
from yibao.services import clock
from yibao.services.records import Whose, months
from yibao.services.results import Done

WORKER = {
    "allocation": "/me/allocation/",
    "allocation, an earlier month": "/me/allocation/2025-04/",
    "allocation, not paid": "/me/allocation/2025-11/",
    "reason of a month": "/me/allocation/2025-04/reason/allocation_net/",
    "years": "/me/years/",
    "reason of the years": "/me/years/reason/missing_months/",
    "reason of the retirement": "/me/years/retirement/retires_on/",
    "what if": "/me/what-if/",
    "stop, question": "/me/what-if/stop/",
    "stop, empty": "/me/what-if/stop/?asked=months",
    "stop, nonsense": "/me/what-if/stop/?months=半年&asked=months",
    "stop, unsure": "/me/what-if/stop/?skip=months",
    "stop": "/me/what-if/stop/?months=7",
    "reason of stopping": "/me/what-if/stop/2/waiting_months/?skip=months",
    "move, question": "/me/what-if/move/",
    "move, no such place": "/me/what-if/move/?to=火星&asked=to",
    "move, which place": "/me/what-if/move/?to=朝阳&asked=to",
    "move": "/me/what-if/move/?to=上海",
    "reason of moving": "/me/what-if/move/1/due_on/?to=上海",
    "later, question": "/me/what-if/later/",
    "later": "/me/what-if/later/?years=2",
    "reason of later": "/me/what-if/later/3/missing_months/?years=2",
    "looked": "/me/looked/",
    "apps": "/me/apps/",
    "notices": "/me/notices/",
    "settings": "/me/settings/",
    "bindings": "/me/bindings/",
    "callback": "/me/callback/",
}
RETIREE = {
    "retiree, allocation": "/me/allocation/",
    "retiree, reason": "/me/allocation/2026-09/reason/allocation_net/",
    "retiree, years": "/me/years/",
    "retiree, stop": "/me/what-if/stop/",
    "retiree, move": "/me/what-if/move/?to=上海",
}
RESIDENT = {
    "resident, allocation": "/me/allocation/",
    "resident, years": "/me/years/",
    "resident, years, one way": "/me/years/?old_age=55",
    "resident, stop": "/me/what-if/stop/?skip=missed",
    "resident, later, question": "/me/what-if/later/",
    "resident, later": "/me/what-if/later/?old_age=50&years=1",
    "resident, reason in a case": "/me/years/retirement/retires_on/?case=2",
}
BOOKS = {
    "home": "/me/",
    "movements": "/me/movements/",
    "movements, spent": "/me/movements/?year=2026&kind=out",
    "months": "/me/months/",
    "months, a year with gaps": "/me/months/?year=2025",
    "enrolment": "/me/enrolment/",
}
"""The pages that show the books themselves: their figures lead to each other, not to a reason of the law."""
STRANGER = {"stranger": "/me/allocation/"}
ERRORS = ("stop, empty", "stop, nonsense", "move, no such place", "move, which place")


class Owners(NamedTuple):
    """The agency's people and the pages of each."""

    people: Any

    @property
    def pages(self) -> list[tuple[Any, dict[str, str]]]:
        """Who opens which pages."""
        who = self.people
        return [(who.worker, WORKER), (who.retiree, RETIREE), (who.resident, RESIDENT), (who.stranger, STRANGER)]

    @property
    def screens(self) -> list[tuple[Any, dict[str, str]]]:
        """Everything that is looked at: the pages of the law, and those of the books."""
        who = self.people
        return [*self.pages, (who.worker, BOOKS), (who.retiree, BOOKS), (who.resident, BOOKS)]


def owners(monkeypatch: Any) -> Owners:
    """The agency opened, on its own day."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return Owners(opened())


def signed_in(person: Any) -> Client:
    """A client signed in as a person."""
    client = Client()
    client.force_login(User.objects.filter(person=person).first() or User.objects.create_user(person=person))
    return client


def looks(person: Any, times: int = 1, reason: str = "核对来电人的缴费") -> None:
    """Somebody of the agency looked at a person's record."""
    for _ in range(times):
        assert isinstance(months(staff(AREA), whose=Whose(person.id, reason, TODAY)), Done)
