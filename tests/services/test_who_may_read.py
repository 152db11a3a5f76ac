"""Everybody who may ask, against every call of the record: only the right ones pass, and who does not learns nothing.

The calls are those that `services.records` offers, so that a new one is asked for here too.
"""

import inspect
import logging
from collections.abc import Callable
from datetime import date
from functools import partial
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest

from yibao.services import records
from yibao.services.permissions import Actor
from yibao.services.results import Done, Refused
from yibao.services.scopes import SCOPES

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
    "an app of the person, with a scope that there is not": lambda people: an_app(people.worker, "everything"),
    "an app of another person, with every scope": lambda people: an_app(people.retiree, *SCOPES),
    "an app of another person, with every scope, and an area": lambda people: Actor(
        "app", uuid4(), people.retiree.id, (AREA,), frozenset(SCOPES), "记账本"
    ),
} | {
    f"an app of the person, with {scope}": partial(lambda scope, people: an_app(people.worker, scope), scope)
    for scope in SCOPES
}
MAY = {"the person", "staff of the area"}
OF_SCOPE = {
    "account": {"movements", "movement"},
    "contributions": {"months"},
    "enrolment": {"enrolments"},
    "allocation": {"allocation"},
    "years": {"years"},
    "coverage": {"coverage", "eligibility"},
    "patient/Patient.read": {"patient"},
    "patient/Coverage.read": {"coverage"},
    "patient/CoverageEligibilityResponse.read": {"eligibility"},
    "patient/*.read": {"patient", "coverage", "eligibility"},
}
"""What each scope opens, told once more: what is not here, no scope alone may open."""


def an_app(person: Any, *scopes: str) -> Actor:
    """An app that a person let read."""
    return Actor("app", uuid4(), person.id, scopes=frozenset(scopes), name="记账本")


def may(name: str, call: str) -> bool:
    """Whether this actor may make this call for the worker's record."""
    scope = name.removeprefix("an app of the person, with ")
    return name in MAY or call in OF_SCOPE.get(scope, ())


@pytest.fixture
def people(db: None) -> Any:
    del db
    return import_module("tests.services.records.agency").opened()  # not before Django is set up


def ask(call: str, actor: Actor, person: object) -> Any:
    whose = records.Whose(person, "来电核对", import_module("tests.services.records.agency").TODAY)  # type: ignore[arg-type]
    return getattr(records, call)(actor, *MORE.get(call, ()), whose=whose)


@pytest.mark.parametrize("call", CALLS)
def test_only_the_right_ones_read_a_record(people: Any, call: str, caplog: pytest.LogCaptureFixture) -> None:
    looks = import_module("yibao.books.access.models").AccessLog.objects
    caplog.set_level(logging.DEBUG)
    for name, made in ACTORS.items():
        actor = made(people)
        found, nobody = ask(call, actor, people.worker.id), ask(call, actor, uuid4())
        assert isinstance(nobody, Refused), name
        if may(name, call):
            assert isinstance(found, Done), name
            assert looks.filter(person_id=people.worker.id, reader_id=actor.user_id).count() == 1, name
            continue
        assert found == nobody, f"{name}: what is forbidden can be told from what is not there"
        assert found.code == "not_found", name
        assert not looks.filter(reader_id=actor.user_id).exists(), name
        told = str(found)
        assert not any(str(word) in told for person in people for word in (person.id, person.born)), name
    assert not any(str(person.id) in caplog.text for person in people)


def test_every_call_of_the_record_asks_who_asks() -> None:
    for call in CALLS:
        first = next(iter(inspect.signature(getattr(records, call)).parameters.values()))
        assert first.name == "actor", call
    assert set(records.__all__) >= NOT_CALLS


def test_a_page_of_several_parts_asks_for_all_of_them(people: Any) -> None:
    """The first page shows balance, months and enrolment: an app needs all three scopes."""
    needed = {"account", "contributions", "enrolment"}
    assert isinstance(ask("home", an_app(people.worker, *needed), people.worker.id), Done)
    for missing in needed:
        found = ask("home", an_app(people.worker, *(set(SCOPES) - {missing})), people.worker.id)
        assert isinstance(found, Refused), missing
        assert found.code == "not_found"


def test_what_no_scope_opens_no_app_reads(people: Any) -> None:
    opened = {call for call in CALLS if isinstance(ask(call, an_app(people.worker, *SCOPES), people.worker.id), Done)}
    assert opened == set().union(*OF_SCOPE.values()) | {"home"}
