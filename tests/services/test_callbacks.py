"""Who waits to be rung back: asked once, taken by one, told to the one who took it, gone when it is done."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone
from tests.channels.portal.people import PHONE, ZHOU, insured

from yibao.books.access.models import AccessLog
from yibao.books.areas.models import Area
from yibao.books.staff.models import Callback, CallbackState
from yibao.services import callbacks, staff
from yibao.services.permissions import Actor
from yibao.services.results import Done, Refused

AREA, ELSEWHERE = "110000", "500000"
ABOUT = "这个月划入了多少"


def worker(name: str, *areas: str) -> Actor:
    """Somebody of the agency, on file."""
    assert isinstance(staff.add(name, f"经办{name}", areas or (AREA,)), Done)
    actor = staff.actor_of(staff.user_of(Callback.taken_by.field.related_model.objects.get(sign_in_name=name).pk))
    assert actor
    return actor


def asked(phone: str = PHONE, area: str = AREA, about: str = ABOUT, **more: Any) -> int:
    done = callbacks.ask_for_callback(area, phone, about, **more)
    assert isinstance(done, Done), done
    return done.value


def waiting(actor: Actor) -> tuple[callbacks.Waiting, ...]:
    done = callbacks.queue(actor)
    assert isinstance(done, Done), done
    return done.value


def code_of(done: Any) -> str:
    return done.code if isinstance(done, Refused) else "done"


@pytest.fixture(autouse=True)
def _quick(settings: Any) -> None:
    """Passwords are hashed slowly on purpose; none is asked for here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def areas(db: None) -> None:
    for code in (AREA, ELSEWHERE):
        Area.objects.create(code=code, is_demo=True)


@pytest.mark.usefixtures("areas")
def test_what_was_asked_waits_in_its_area_and_keeps_its_phone_back() -> None:
    number = asked()
    here, there = worker("wang"), worker("li", ELSEWHERE)
    (one,) = waiting(here)
    assert (one.number, one.about, one.phone, one.is_known, one.taken_by) == (number, ABOUT, "", False, "")
    assert waiting(there) == ()
    assert code_of(callbacks.take(there, number)) == "not_found"


@pytest.mark.usefixtures("areas")
def test_the_table_holds_neither_the_phone_nor_the_words() -> None:
    number = asked()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM staff_callback c WHERE id = %s", [number])
        (kept,) = cursor.fetchone()
    row = Callback.objects.get(pk=number)
    held = [kept.encode(), bytes(row.phone_sealed), bytes(row.about_sealed), bytes(row.phone_index)]
    assert not any(word.encode() in part for part in held for word in (PHONE, ABOUT))


@pytest.mark.usefixtures("areas")
def test_who_asks_again_while_waiting_is_told_the_same_number() -> None:
    first = asked()
    assert asked(about="别的事") == first
    assert asked(phone="100 1234 5678") == first
    assert asked(area=ELSEWHERE) != first
    actor = worker("wang")
    callbacks.take(actor, first)
    assert asked() == first
    assert isinstance(callbacks.done(actor, first, "说清楚了"), Done)
    assert asked() != first


@pytest.mark.usefixtures("areas")
@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"area": "999999"}, "callback_area_not_here"),
        ({"phone": "12345"}, "phone_wrong_form"),
        ({"phone": ""}, "phone_wrong_form"),
        ({"about": "  "}, "callback_about_missing"),
    ],
)
def test_what_cannot_be_rung_back_is_refused(told: dict[str, str], code: str) -> None:
    done = callbacks.ask_for_callback(**{"area": AREA, "phone": PHONE, "about": ABOUT, **told})
    assert code_of(done) == code
    assert Callback.objects.count() == 0


@pytest.mark.usefixtures("areas")
@pytest.mark.parametrize("phone", ["010-12345678", "0571 8765 4321", "+86 13812345678"])
def test_landlines_and_every_way_of_writing_are_taken(phone: str) -> None:
    assert asked(phone=phone)


@pytest.mark.usefixtures("areas")
def test_a_made_up_phone_is_refused_where_the_books_are_real() -> None:
    Area.objects.filter(code=AREA).update(is_demo=False)
    assert code_of(callbacks.ask_for_callback(AREA, PHONE, ABOUT)) == "phone_is_made_up"


@pytest.mark.usefixtures("areas")
def test_one_phone_asks_only_so_often_a_day() -> None:
    actor = worker("wang")
    for _ in range(callbacks.ASKED_MAX):
        number = asked()
        callbacks.take(actor, number)
        callbacks.done(actor, number, "说清楚了")
    assert code_of(callbacks.ask_for_callback(AREA, PHONE, ABOUT)) == "callback_asked_too_often"
    assert asked(phone="10087654321")


@pytest.mark.usefixtures("areas")
def test_only_the_one_who_took_it_sees_the_phone_and_works_on_it() -> None:
    number, mine, other = asked(), worker("wang"), worker("li")
    taken = callbacks.take(mine, number)
    assert isinstance(taken, Done)
    assert taken.value.phone == PHONE
    (seen,) = waiting(other)
    assert (seen.phone, seen.note, seen.taken_by) == ("", "", "经办wang")
    assert code_of(callbacks.take(other, number)) == "callback_taken_already"
    for step in (callbacks.note, callbacks.done):
        assert code_of(step(other, number, "不是我的")) == "not_found"
    assert code_of(callbacks.give_back(other, number)) == "not_found"
    assert isinstance(callbacks.note(mine, number, "没有人接"), Done)
    assert waiting(mine)[0].note == "没有人接"
    assert isinstance(callbacks.give_back(mine, number), Done)
    assert isinstance(callbacks.take(other, number), Done)


@pytest.mark.usefixtures("areas")
def test_done_needs_a_note_and_then_leaves_the_queue() -> None:
    number, actor = asked(), worker("wang")
    assert code_of(callbacks.done(actor, number, "没有接过的")) == "not_found"
    callbacks.take(actor, number)
    assert code_of(callbacks.done(actor, number, " ")) == "callback_note_missing"
    assert isinstance(callbacks.done(actor, number, "划入 107 元，说清楚了"), Done)
    assert waiting(actor) == ()
    assert code_of(callbacks.take(actor, number)) == "callback_taken_already"


@pytest.mark.usefixtures("areas")
def test_a_person_who_had_signed_in_reads_who_took_the_call() -> None:
    person = insured(ZHOU)
    actor = worker("wang")
    callbacks.take(actor, asked(person_id=person))
    (row,) = AccessLog.objects.filter(person_id=person)
    assert (row.what, row.reason, row.reader_id) == ("callback", callbacks.REASON, actor.user_id)


@pytest.mark.usefixtures("areas")
@pytest.mark.parametrize("kind", ["self", "app"])
def test_nobody_but_staff_sees_the_queue(kind: Any) -> None:
    number = asked()
    stranger = Actor(kind, worker("wang").user_id, None, (AREA,))
    assert code_of(callbacks.queue(stranger)) == "not_found"
    assert code_of(callbacks.take(stranger, number)) == "not_found"


@pytest.mark.usefixtures("areas")
def test_what_was_done_leaves_the_books_after_a_while() -> None:
    actor, old, new = worker("wang"), asked(), asked(phone="10087654321")
    for number in (old, new):
        callbacks.take(actor, number)
        callbacks.done(actor, number, "说清楚了")
    ended = timezone.now() - timedelta(days=callbacks.KEPT_DAYS, minutes=1)
    Callback.objects.filter(pk=old).update(done_at=ended)
    open_one = asked(phone="10011112222")
    callbacks.purge_done()
    assert set(Callback.objects.values_list("pk", flat=True)) == {new, open_one}


@pytest.mark.usefixtures("areas")
@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("callback_taken_by_somebody", {"state": CallbackState.TAKEN}),
        ("callback_done_has_its_time", {"done_at": timezone.now()}),
        ("callback_state_known", {"state": 7}),
        ("callback_area_is_a_code", {"area": "北京"}),
    ],
)
def test_the_table_refuses_what_cannot_be(name: str, changed: dict[str, Any]) -> None:
    number = asked()
    with pytest.raises(IntegrityError, match="callback_"), transaction.atomic():
        Callback.objects.filter(pk=number).update(**changed)
    assert name in {one.name for one in Callback._meta.constraints}


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_gets_it() -> None:
    Area.objects.create(code=AREA, is_demo=True)
    number = asked()
    actors = [worker(f"w{count}") for count in range(4)]

    def take(actor: Actor) -> str:
        try:
            return code_of(callbacks.take(actor, number))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        codes = sorted(pool.map(take, actors))
    assert codes == ["callback_taken_already"] * 3 + ["done"]
    assert sum(one.is_mine for actor in actors for one in waiting(actor)) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_with_one_phone_at_once_both_are_told_the_same() -> None:
    Area.objects.create(code=AREA, is_demo=True)

    def ask(_: int) -> int:
        try:
            return asked()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(ask, range(4)))) == 1
    assert Callback.objects.count() == 1
