"""The form on the page of an answer: every fact that was used, to be changed while the figure follows."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from yibao.channels.portal.query import Asked
from yibao.services.answers import TOPICS, Fact

UNITS = {"yuan": "元"}
DECIMAL = ("yuan", "decimal")


class Field(NamedTuple):
    """A fact as one line of the form; an empty value is one that is not known."""

    fact: Fact
    value: str
    unit: str
    decimal: bool
    error: str

    @property
    def id(self) -> str:
        return f"change-{self.fact.name}"


class Form(NamedTuple):
    """The lines, what is carried along unseen, and the neat address of what is shown."""

    fields: list[Field]
    carried: list[tuple[str, str]]
    here: str
    is_open: bool


def form_of(asked: Asked, names: Collection[str], here: str, wrong: str = "", error: str = "") -> Form:
    """The form with the facts of these names, in the order in which the topic asks them."""
    topic = TOPICS[asked.topic]
    shown = [name for name in topic.facts if name in names]
    told = {name: topic.assumed[name][0] for name in topic.later} | dict(asked.facts)  # what is assumed is shown
    fields = [_field(topic.fact(name), told.get(name, ""), error if name == wrong else "") for name in shown]
    carried = [(name, text) for name, text in asked.pairs() if (text if name == "skip" else name) not in shown]
    return Form(fields, [*carried, ("done", "1"), ("form", "1")], here, asked.form)


def _field(fact: Fact, value: str, error: str) -> Field:
    return Field(fact, value, UNITS.get(fact.kind, ""), fact.kind in DECIMAL, error)
