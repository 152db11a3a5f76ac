"""Where one looks it up, what to bring, how long, how much: out of the statements of the area's law in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from yibao.services.answers import WORD_TOPICS, Answer
from yibao.services.guides.cells import bare
from yibao.services.guides.errands import ALONGSIDE, ASKED, Errand, Key
from yibao.services.guides.shapes import Ask, Step, Way

Teller = Callable[[str], Answer]
"""The answer of a topic in words, in the area and on the day of the guide."""
Shower = Callable[[Answer, Collection[str]], None]
"""Takes note that some steps of an answer are shown, by their names."""


def steps_of(found: Answer, kind: str) -> tuple[Step, ...]:
    """The steps or the rules of an answer in words."""
    return tuple(
        Step(row["name"], row["label"], row["plain"], row["grade"]) for row in found.steps if row["kind"] == kind
    )


def ways_of(errand: Errand, tell: Teller, show: Shower) -> Iterator[Way]:
    """Each channel of this area, topic by topic; the law of the area says which there are."""
    for topic in errand.ways:
        found = tell(topic)
        steps = steps_of(found, "step")
        alongside = tuple(step for step in steps_of(found, "rule") if step.key in ALONGSIDE)
        if steps:
            show(found, [step.key for step in (*steps, *alongside)])
            yield Way(topic, WORD_TOPICS[topic].verb, bare(found), steps, alongside)


def asks_of(errand: Errand, tell: Teller, show: Shower) -> Iterator[Ask]:
    """What to bring, how long, how much; those that the same statements tell together, those not known at the end."""
    told: dict[tuple[Step, ...], list[str]] = {}
    for name, title in ASKED.items():
        keys: tuple[Key, ...] = getattr(errand, name)
        found = tuple(step for topic, key in keys for step in _said(tell(topic), key, show))
        told.setdefault(found, []).append(title)
    for steps, titles in sorted(told.items(), key=lambda item: not item[0]):
        yield Ask("、".join(titles), steps)


def _said(found: Answer, key: str, show: Shower) -> Iterator[Step]:
    for row in found.steps:
        if row["name"] == key:
            show(found, [key])
            yield Step(key, row["label"], row["plain"], row["grade"])
