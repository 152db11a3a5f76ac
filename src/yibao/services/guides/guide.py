"""One guide: a topic in an area, told for everybody, out of the same answers that a person gets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from yibao.law.areas import Place
from yibao.law.parameters.loading import tree
from yibao.services import clock
from yibao.services.answers import ALL_TOPICS, WORD_TOPICS, Answer, answer
from yibao.services.answers.places import place_of, place_with_law
from yibao.services.guides.cells import CASES_MAX, bare, completed, is_across, tables_of
from yibao.services.guides.common import ELSEWHERE, PLANS, USUAL, Facts
from yibao.services.guides.errands import ERRANDS, Errand
from yibao.services.guides.grounds import OTHERS_SAY, Grounds
from yibao.services.guides.shapes import Guide, Lead, Table
from yibao.services.guides.ways import asks_of, steps_of, ways_of
from yibao.services.results import Done, Refused
from yibao.services.wording import BEWARE, MISREAD

NOT_APPLICABLE = "not_applicable"
KEPT = 128
"""Guides kept in memory: those of a few areas that many people open at once."""


def guide(area: str, topic: str, on: date | None = None, today: date | None = None) -> Done[Guide] | Refused:
    """The guide of a topic in an area, called by its code or its name; the pooling area of a smaller place."""
    now = today or clock.today()
    if topic not in ALL_TOPICS:
        message = f"还没有“{topic[:30]}”这个题目，请从已有的题目里选。"
        return Refused("unknown_topic", message, tuple(ALL_TOPICS), "topic")
    place = place_with_law(area)
    if isinstance(place, Refused):
        return place
    return Done(_guide(place.value.code, topic, on or now, now, tree()["pack"]))


@lru_cache(maxsize=KEPT)
def _guide(code: str, topic: str, on: date, today: date, pack: str) -> Guide:
    return _Maker(place_of(code), on, today).make(topic)


class _Maker:
    """Asks for everything that one guide shows, and gathers what it rests on."""

    def __init__(self, place: Place, on: date, today: date) -> None:
        self.place, self.on, self.today = place, on, today
        self.grounds = Grounds()
        self.told: dict[str, Answer] = {}
        self.usual = {**USUAL, "to": ELSEWHERE.get(place.code, USUAL["to"])}
        self.asked: dict[tuple[str, ...], Done[Answer] | Refused] = {}

    def ask(self, topic: str, facts: Facts) -> Done[Answer] | Refused:
        """An answer for this area and day, worked out once."""
        key = (topic, *(part for fact in sorted(facts.items()) for part in fact))
        if key not in self.asked:
            self.asked[key] = self._ask(topic, facts)
        return self.asked[key]

    def _ask(self, topic: str, facts: Facts) -> Done[Answer] | Refused:
        result = answer(topic, area=self.place.code, on=self.on, facts=facts, today=self.today)
        if isinstance(result, Done) and not result.value.needs:
            self.grounds.add(result.value, doubts=not is_across(result.value))
        return result

    def tell(self, topic: str) -> Answer:
        if topic not in self.told:
            result = answer(topic, area=self.place.code, on=self.on, facts={}, today=self.today)
            assert isinstance(result, Done)  # noqa: S101  a topic in words refuses no area that has a code
            self.told[topic] = result.value
        return self.told[topic]

    def make(self, topic: str) -> Guide:
        """The whole guide; what the topic itself rests on stands before what its errands rest on."""
        heading, errand, grounds = ALL_TOPICS[topic], ERRANDS.get(topic, Errand()), self.grounds
        own = grounds.add(self.tell(topic)) if topic in WORD_TOPICS else None
        leads = [("", own)] if own else list(self._leads(topic))
        tables = tables_of(PLANS.get(topic, ()), self.ask, self.usual)
        ways = tuple(ways_of(errand, self.tell, grounds.add_steps))
        asks = tuple(asks_of(errand, self.tell, grounds.add_steps))
        oldest, newest = grounds.checked()
        return Guide(
            topic, self.place.code, self.place.name, self.on, heading.title, heading.gloss, heading.office,
            certainty=leads[0][1].certainty if leads else "unknown",
            lead=tuple(_lead_lines(leads)),
            tables=tables,
            steps=steps_of(own, "step") if own else (),
            rules=steps_of(own, "rule") if own else (),
            ways=ways,
            asks=asks,
            warnings=grounds.begin_with(BEWARE),
            misread=grounds.begin_with(MISREAD),
            doubts=grounds.doubts(),
            others_say=grounds.begin_with(OTHERS_SAY),
            unknown=_unknown(tables, "".join(bare(found) for _, found in leads)),
            settles=tuple(grounds.settles),
            documents=grounds.documents(),
            oldest=oldest,
            newest=newest,
            related=tuple(related(topic)),
        )  # fmt: skip

    def _leads(self, topic: str) -> Iterator[tuple[str, Answer]]:
        """The answers whose sentences stand above the tables, one for each of them, and of whom each speaks."""
        for plan in PLANS[topic]:
            who, found = plan.whom, self.ask(topic, plan.lead) if plan.lead else None
            if not isinstance(found, Done) or found.value.needs or len(found.value.cases) > CASES_MAX:
                who, found = plan.example_words(), completed(topic, plan.example_facts(), self.ask, self.usual)[0]
            if isinstance(found, Done):
                across = is_across(found.value)
                yield "" if across else who, found.value
                if across:
                    return


def _lead_lines(leads: Iterable[tuple[str, Answer]]) -> Iterator[Lead]:
    """The sentences; what is said of several people in the same words is said once, of nobody in particular."""
    said: dict[tuple[str, str], list[str]] = {}
    for who, found in leads:
        said.setdefault((bare(found), found.grade), []).append(who)
    for (words, grade), whom in said.items():
        yield Lead("；".join(whom) if len(said) > 1 or len(whom) == 1 else "", words, grade)


def _unknown(tables: tuple[Table, ...], told: str) -> tuple[str, ...]:
    """Why cells have no figure, each reason once; not what the sentence at the top has told."""
    cells = (cell for table in tables for row in table.rows for cell in row.cells if cell.certainty != NOT_APPLICABLE)
    notes = (line.note for cell in cells for line in cell.lines if not line.figures)
    return tuple(note for note in dict.fromkeys(notes) if note and note not in told)


def related(topic: str) -> Iterator[tuple[str, str]]:
    """The other topics of the same part of life, and those on whose ways it goes."""
    group = ALL_TOPICS[topic].group
    names = [*ERRANDS.get(topic, Errand()).ways, *(one.name for one in ALL_TOPICS.values() if one.group == group)]
    for name in dict.fromkeys(names):
        if name != topic:
            yield name, ALL_TOPICS[name].title
