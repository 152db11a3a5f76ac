"""Every service that asks who asks: who has no business there learns and changes nothing (must show 6).

Whatever takes an `actor` is found by itself. The calls of the record are asked one by one in `test_who_may_read.py`;
every other stands in the table below, with what it is called with and who has no business with it.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

import yibao.services
from yibao.services import permissions, records
from yibao.services.permissions import Actor
from yibao.services.results import Refused
from yibao.services.scopes import SCOPES

AREA, ELSEWHERE = "110000", "500000"
REASON = "来电核对"
EVERYBODY = ("the person", "a stranger", "staff elsewhere", "staff of nowhere", "an app", "an app with every scope")
NOT_THE_PERSON = tuple(name for name in EVERYBODY if name not in ("the person", "a stranger"))
"""Who has no business with what a person does alone; a stranger may do the same for himself."""
Given = Callable[[Any], tuple[Any, ...]]


def whose(books: Any) -> Any:
    return records.Whose(books.worker.id, REASON)


CALLS: dict[str, tuple[Given, dict[str, Any], tuple[str, ...]]] = {
    "counter.open_record": (lambda b: (b.number, "visit", "办事"), {}, EVERYBODY),
    "counter.served": (lambda b: (whose(b),), {}, EVERYBODY),
    "counter.send_phone_code": (lambda b: (whose(b), "10099990000"), {"seen": True}, EVERYBODY),
    "counter.bind_phone": (lambda b: (whose(b), ("10099990000", "482915"), "482915"), {}, EVERYBODY),
    "counter.reset_pin": (lambda b: (whose(b),), {"seen": True}, EVERYBODY),
    "counter.set_pin": (lambda b: (whose(b), "739164", "739164"), {"seen": True}, EVERYBODY),
    "counter.give_code": (lambda b: (whose(b),), {"seen": True}, EVERYBODY),
    "callbacks.queue": (lambda b: (), {}, tuple(name for name in EVERYBODY if name != "staff elsewhere")),
    "callbacks.owed_to": (lambda b: (), {}, NOT_THE_PERSON),
    "callbacks.ask_for_mine": (lambda b: ("余额",), {}, NOT_THE_PERSON),
    "callbacks.take": (lambda b: (b.callback,), {}, EVERYBODY),
    "callbacks.give_back": (lambda b: (b.callback,), {}, EVERYBODY),
    "callbacks.note": (lambda b: (b.callback, "说过了"), {}, EVERYBODY),
    "callbacks.done": (lambda b: (b.callback, "说过了"), {}, EVERYBODY),
    "bindings.bind": (lambda b: ("wechat", "oX-1"), {"consent": True}, NOT_THE_PERSON),
    "bindings.mine": (lambda b: (), {}, NOT_THE_PERSON),
    "bindings.end": (lambda b: (uuid4(),), {}, EVERYBODY),
    "apps.consents.asking": (lambda b: (b.question,), {}, NOT_THE_PERSON),
    "apps.consents.allow": (lambda b: (b.app.client_id, ["contributions"], 90), {}, NOT_THE_PERSON),
    "apps.consents.allowed": (lambda b: (), {}, NOT_THE_PERSON),
    "apps.consents.end_consent": (lambda b: (b.consent,), {}, tuple(n for n in EVERYBODY if n != "the person")),
    "notices.listing.mine": (lambda b: (), {}, NOT_THE_PERSON),
    "notices.choosing.wanted": (lambda b: (), {}, NOT_THE_PERSON),
    "notices.choosing.choose": (lambda b: ([("app_allowed", "sms")],), {"shows_amounts": True}, NOT_THE_PERSON),
    "notices.choosing.ask_email": (lambda b: ("zhang@example.com",), {}, NOT_THE_PERSON),
    "notices.choosing.confirm_email": (lambda b: (("zhang@example.com", "1"), "1"), {}, NOT_THE_PERSON),
    "notices.choosing.end_email": (lambda b: (), {}, NOT_THE_PERSON),
    "notices.choosing.add_device": (lambda b: ({}, "Android"), {}, NOT_THE_PERSON),
    "notices.choosing.end_device": (lambda b: (uuid4(),), {}, EVERYBODY),
    "telephone.messages.answer_to_registered": (lambda b: ("余额",), {}, NOT_THE_PERSON),
    **{f"chat.own.{name}": (lambda b: ("https://x.example/",), {}, tuple(n for n in NOT_THE_PERSON if "every" not in n))
       for name in ("balance", "months", "allocation", "years")},
}  # fmt: skip
NO_RECORD = {"apps.subjects.subject_of"}  # by which number an app knows whom it may read already
OWN_CALLBACK = {"callbacks.owed_to", "callbacks.ask_for_mine"}
REFUSALS = {"not_found", "no_phone_on_file"}


def found() -> dict[str, Callable[..., Any]]:
    """Every function of the services whose first argument is the actor, by where it stands; not those of the record."""
    out = {}
    for module in pkgutil.walk_packages(yibao.services.__path__, "yibao.services."):
        if module.name.startswith(("yibao.services.records", permissions.__name__)):
            continue
        for name, function in vars(importlib.import_module(module.name)).items():
            if name.startswith("_") or not inspect.isfunction(function) or function.__module__ != module.name:
                continue
            if next(iter(inspect.signature(function).parameters), "") == "actor":
                out[f"{module.name}.{name}".removeprefix("yibao.services.")] = function
    return out


@pytest.fixture
def books(db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The small agency; somebody with number and phone, whom an app may read, and to whom a call is owed."""
    del db
    from tests.channels.portal.people import ZHOU, insured
    from tests.services.apps.asked import app, question
    from tests.services.records.agency import opened

    from yibao.books.access.models import User
    from yibao.books.people.models import Person
    from yibao.services import apps, callbacks

    people = opened()
    worker = Person.objects.get(pk=insured(ZHOU))
    user = User.objects.create_user(person=worker)
    one = app("contributions")
    given = apps.allow(Actor("self", user.pk, worker.id), one.client_id, ["contributions"], 90)
    owed = callbacks.ask_for_callback(AREA, "10012345678", "余额", worker.id)
    told = {name: [text] for name, text in question(one).items()}
    parts = {"worker": worker, "retiree": people.retiree, "user": user, "number": ZHOU, "app": one, "question": told}
    return SimpleNamespace(**parts, consent=given.value.id, callback=owed.value)  # type: ignore[union-attr]


def actors(books: Any) -> dict[str, Actor]:
    worker = books.worker.id
    return {
        "the person": Actor("self", books.user.pk, worker),
        "a stranger": Actor("self", uuid4(), books.retiree.id),
        "staff elsewhere": Actor("staff", uuid4(), None, (ELSEWHERE,)),
        "staff of nowhere": Actor("staff", books.user.pk, worker),
        "an app": Actor("app", books.user.pk, worker),
        "an app with every scope": Actor("app", books.user.pk, worker, (AREA,), frozenset(SCOPES), "记账本"),
    }


def test_every_service_that_asks_who_asks_is_in_a_table() -> None:
    assert sorted(found()) == sorted({*CALLS, *NO_RECORD}), "say in the table who may call it"


def test_who_has_no_business_learns_and_changes_nothing(books: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from yibao.books.access.models import AccessLog
    from yibao.services.sign_in import sms

    sent: list[str] = []
    monkeypatch.setattr(sms, "send", lambda phone, text: sent.append(phone))
    calls, who, before = found(), actors(books), state()
    for call, (given, named, without_business) in CALLS.items():
        for name in without_business:
            result = calls[call](who[name], *given(books), **named)
            if call.startswith("chat."):
                nobody = calls[call](Actor("self", uuid4()), *given(books), **named)
                assert result == nobody, (call, name)
            elif result != ():
                assert isinstance(result, Refused), (call, name)
                assert result.code in REFUSALS, (call, name)
        assert (state(), sent) == (before, []), call
    assert not AccessLog.objects.exists()


def state() -> list[Any]:
    """Everything that such a call could change, row by row."""
    from django.apps import apps

    labels = ("people", "staff", "bindings", "consents", "notices", "access", "allauth_idp_oidc")
    models = [model for label in labels for model in apps.get_app_config(label).get_models() if model._meta.managed]
    models = [model for model in models if model._meta.model_name not in ("tally", "shortlived")]
    return [sorted(map(repr, model.objects.values_list())) for model in models]


NEEDS_MORE = {"callbacks.take", "callbacks.give_back", "callbacks.note", "callbacks.done", "bindings.end"} | {
    f"notices.choosing.{name}" for name in ("ask_email", "add_device", "end_device")
}
"""What wants a row of staff, a thing to end, or a mail server besides: served in the tests of its own."""


def test_with_the_same_words_who_has_business_is_served(books: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the refusals above are those of the actor, and not of what was asked."""
    from django.db import transaction

    from yibao.services.sign_in import sms

    monkeypatch.setattr(sms, "send", lambda phone, text: None)
    calls = found()
    for call in sorted(set(CALLS) - NEEDS_MORE):
        given, named, _ = CALLS[call]
        at_counter = call.startswith(("counter.", "callbacks.")) and call not in OWN_CALLBACK
        actor = Actor("staff", uuid4(), None, (AREA,)) if at_counter else actors(books)["the person"]
        with transaction.atomic():
            result = calls[call](actor, *given(books), **named)
            transaction.set_rollback(True)
        assert result != (), call
        assert not isinstance(result, Refused) or result.code == "credential_not_activated", (call, result)
