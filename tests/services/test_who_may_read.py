"""Everybody who may ask, against every call of the record: only the right ones pass, and who does not learns nothing.

The calls are those that `services.records` offers, so that a new one is asked for here too.
"""

import inspect
import logging
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest

from yibao.services import records
from yibao.services.permissions import Actor
from yibao.services.results import Done, Refused

NOT_CALLS = {"Whose", "facts_of"}
CALLS = sorted(set(records.__all__) - NOT_CALLS)
MORE: dict[str, tuple[object, ...]] = {"movement": (date(2026, 9, 28), 1), "what_if": ("stop",)}
AREA, ELSEWHERE = "110000", "500000"
ACTORS: dict[str, Callable[[Any], Actor]] = {
    "the person": lambda people: Actor("self", uuid4(), people.worker.id),
    "another insured person": lambda people: Actor("self", uuid4(), people.retiree.id),
    "another insured person, with areas": lambda people: Actor("self", uuid4(), people.retiree.id, (AREA,)),
    "signed in without a record": lambda people: Actor("self", uuid4()),
    "staff of the area": lambda people: Actor("staff", uuid4(), None, (AREA,)),
    "staff of another area": lambda people: Actor("staff", uuid4(), None, (ELSEWHERE,)),
    "staff of no area": lambda people: Actor("staff", uuid4()),
    "staff of another area, insured": lambda people: Actor("staff", uuid4(), people.worker.id, (ELSEWHERE,)),
    "an app without a scope": lambda people: Actor("app", uuid4()),
    "an app with an area": lambda people: Actor("app", uuid4(), None, (AREA,)),
    "an app of the person, without a scope": lambda people: Actor("app", uuid4(), people.worker.id),
}
MAY = {"the person", "staff of the area"}


@pytest.fixture
def people(db: None) -> Any:
    del db
    return import_module("tests.services.records.agency").opened()  # not before Django is set up


def ask(call: str, actor: Actor, person: object) -> Any:
    whose = records.Whose(person, "来电核对", import_module("tests.services.records.agency").TODAY)  # type: ignore[arg-type]
    return getattr(records, call)(actor, *MORE.get(call, ()), whose=whose)


@pytest.mark.parametrize("name", ACTORS)
@pytest.mark.parametrize("call", CALLS)
def test_only_the_right_ones_read_a_record(people: Any, call: str, name: str, caplog: pytest.LogCaptureFixture) -> None:
    looks = import_module("yibao.books.access.models").AccessLog.objects
    caplog.set_level(logging.DEBUG)
    actor = ACTORS[name](people)
    found, nobody = ask(call, actor, people.worker.id), ask(call, actor, uuid4())
    assert isinstance(nobody, Refused)
    if name in MAY:
        assert isinstance(found, Done)
        assert looks.filter(person_id=people.worker.id, reader_id=actor.user_id).count() == 1
        return
    assert found == nobody, "what is forbidden can be told from what is not there"
    assert found.code == "not_found"
    assert not looks.exists()
    told = caplog.text + str(found)
    assert not any(str(word) in told for person in people for word in (person.id, person.born))


def test_every_call_of_the_record_asks_who_asks() -> None:
    for call in CALLS:
        first = next(iter(inspect.signature(getattr(records, call)).parameters.values()))
        assert first.name == "actor", call
    assert set(records.__all__) >= NOT_CALLS
