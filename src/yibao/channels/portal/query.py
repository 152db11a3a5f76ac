"""What a visitor has told so far: read from the address, written back into addresses. Nothing is kept anywhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from yibao.services import clock
from yibao.services.answers import ALL_TOPICS, FACTS, parsing
from yibao.services.results import Refused, RefusedError

UNSURE = "?"
"""The value of the radio "我不清楚": it becomes `skip=NAME` in the address."""
LONGEST = 60


@dataclass(frozen=True)
class Asked:
    """One question to the law with what has been told so far.

    at: the question to show although it is answered; just: the question that was on the page this comes from;
    case: which of the cases a reason is asked for (1 is the first); form: whether it was told on the page of the
    answer, all at once, where an empty field is a fact that is not known.
    """

    topic: str
    area: str = ""
    on: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    done: bool = False
    at: str = ""
    just: str = ""
    case: int = 0
    form: bool = False

    @classmethod
    def read(cls, query: QueryDict, topic: str) -> Asked:
        """What the address says; names that are no facts are dropped, so that nothing foreign is carried along."""
        told = {name: query.get(name, "").strip()[:LONGEST] for name in FACTS if name in query}
        skipped = {name for name in query.getlist("skip") if name in FACTS}
        form = query.get("form") == "1"
        skipped |= {name for name, text in told.items() if text == UNSURE or (form and not text)}
        facts = {name: text for name, text in told.items() if text and name not in skipped}
        case = query.get("case", "")
        return cls(
            topic=topic,
            area=query.get("area", "").strip()[:LONGEST],
            on=query.get("on", "").strip()[:LONGEST],
            facts=facts,
            skipped=tuple(name for name in FACTS if name in skipped),
            done=query.get("done") == "1",
            at=query.get("at", ""),
            just=query.get("asked", ""),
            case=int(case) if case.isascii() and case.isdigit() and len(case) < 4 else 0,
            form=form,
        )

    def day(self) -> date | Refused:
        """The day asked about, today if none is told; or what is wrong with what was told."""
        if not self.on:
            return clock.today()
        try:
            return parsing.day(self.on, "on", "要查的日子")
        except RefusedError as error:
            return error.refused

    def pairs(self, *, without: str = "") -> list[tuple[str, str]]:
        """What to carry along as (name, text), in the order in which the topic asks."""
        order = {name: number for number, name in enumerate(self._asked_for())}
        facts = sorted(self.facts.items(), key=lambda item: order.get(item[0], len(order)))
        facts = [(name, text) for name, text in facts if name != without]
        skipped = [("skip", name) for name in self.skipped if name != without]
        place = [(name, text) for name, text in (*self.place_pairs(), ("on", self.on)) if text and name != without]
        return [*place, *facts, *skipped]

    def _asked_for(self) -> tuple[str, ...]:
        return tuple(ALL_TOPICS[self.topic].facts) if self.topic in ALL_TOPICS else ()

    def place_pairs(self) -> list[tuple[str, str]]:
        """Where the law is asked, as (name, text)."""
        return [("area", self.area)]

    @property
    def scope(self) -> str:
        """What the questions are for besides the plain answer, in words; nothing here."""
        return ""

    def number_of(self, before: Sequence[str]) -> int:
        """The number of a question after those before it; 0 where the questions are not counted."""
        return len(before) + 1

    def back_from(self, before: Sequence[str]) -> str:
        """Where one goes back to from a question: to the one before it, or to the area."""
        return self.href(at=before[-1] if before else "area")

    @property
    def back_from_area(self) -> str:
        """Where one goes back to from the question for the area; nothing for the home page."""
        return ""

    @property
    def path(self) -> str:
        """The address of the journey without what has been told."""
        return reverse("portal:journey", args=[self.topic])

    def query(self) -> str:
        """Everything told, as the part of an address after the question mark."""
        flags = [("at", self.at)] if self.at else [("done", "1")] if self.done else []
        case = [("case", str(self.case))] if self.case else []
        return urlencode([*self.pairs(), *flags, *case])

    def href(self, **changes: object) -> str:
        """The address of the journey with something changed; by default the next open question."""
        asked = replace(self, **{"at": "", "just": "", "done": False, "case": 0, "form": False, **changes})  # type: ignore[arg-type]
        return _address(asked.path, asked.query())

    def reason_href(self, figure: str, case: int = 0) -> str:
        """The address of the reason of a figure, in a case if it stands in one."""
        asked = replace(self, at="", just="", done=False, case=case)
        return _address(reverse("portal:reason", args=[self.topic, figure]), asked.query())


def _address(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path
