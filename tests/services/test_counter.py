"""What the counter may do: a reason first, only its own areas, the certificate seen; and the person reads of it all."""

from datetime import date
from typing import Any

import pytest
from tests.channels.portal import people
from tests.channels.portal.people import LI, NOBODY, PHONE, PIN, SENT, ZHOU, insured

from yibao.books.access.models import AccessLog, CounterCode, Credential
from yibao.books.areas.models import Area
from yibao.books.enrolment.models import Enrolment, Kind
from yibao.books.keys import new_key
from yibao.books.people.models import Phone
from yibao.services import counter, credential, records, sign_in
from yibao.services.permissions import Actor, keeps_record
from yibao.services.records import Whose
from yibao.services.results import Done, Refused
from yibao.services.sealing import blind_index, unseal

pytestmark = pytest.mark.django_db
AREA, ELSEWHERE = "110000", "500000"
NEW_PHONE = "10087654321"
TOLD = {"reason": "visit", "words": "核对今年的缴费"}


def staff(*areas: str) -> Actor:
    return Actor("staff", new_key(), None, areas)


HERE, THERE = (AREA,), (ELSEWHERE,)


def code_of(done: Any) -> str:
    return done.code if isinstance(done, Refused) else "done"


@pytest.fixture(autouse=True)
def _recorded(settings: Any, django_capture_on_commit_callbacks: Any) -> None:
    settings.SMS_SENDER = f"{people.__name__}.Recorder"
    SENT.clear()


@pytest.fixture
def zhou() -> Whose:
    """A person who is insured in 北京, and why the record is open."""
    return Whose(insured(ZHOU), "本人来窗口办事：换手机号")


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    """Runs what waits for the end of a transaction, as a request without one around it does."""

    def run(step: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return step()

    return run


def looks(whose: Whose) -> list[tuple[str, str]]:
    return list(AccessLog.objects.filter(person_id=whose.person_id).values_list("what", "reason"))


def test_a_record_opens_with_a_reason_and_by_no_other_way(zhou: Whose) -> None:
    opened = counter.open_record(staff(AREA), ZHOU.lower(), **TOLD)
    assert opened == Done(counter.Opened(zhou.person_id, "本人来窗口办事：核对今年的缴费"))
    refusals = {
        "reason_not_chosen": {"reason": ""},
        "reason_words_missing": {"words": " 啊 "},
        "number_missing": {"number": " "},
        "certificate_check_digit_wrong": {"number": ZHOU[:-1] + ("1" if ZHOU[-1] != "1" else "2")},
        "not_found": {"number": NOBODY},
    }
    for code, told in refusals.items():
        assert code_of(counter.open_record(staff(AREA), **{"number": ZHOU, **TOLD, **told})) == code


def test_without_a_reason_nobody_learns_whether_a_number_is_known(zhou: Whose) -> None:
    said = {counter.open_record(staff(AREA), number, "", "") for number in (ZHOU, NOBODY)}
    assert len(said) == 1


def test_absent_and_elsewhere_look_alike(zhou: Whose) -> None:
    said = {counter.open_record(staff(ELSEWHERE), number, **TOLD) for number in (ZHOU, NOBODY)}
    assert len(said) == 1
    assert code_of(said.pop()) == "not_found"


def test_the_counter_of_the_area_that_keeps_the_record_now_is_meant(zhou: Whose) -> None:
    Area.objects.create(code=ELSEWHERE, is_demo=True)
    Enrolment.objects.filter(person_id=zhou.person_id).update(ends=date(2024, 1, 1))
    Enrolment.objects.create(
        id=new_key(), area_id=ELSEWHERE, person_id=zhou.person_id, scheme=0, kind=Kind.FLEXIBLE, starts=date(2024, 1, 1)
    )
    assert keeps_record(staff(AREA), zhou.person_id) == ""
    assert keeps_record(staff(ELSEWHERE), zhou.person_id) == ELSEWHERE
    assert keeps_record(Actor("self", new_key(), zhou.person_id, (ELSEWHERE,)), zhou.person_id) == ""
    assert code_of(counter.open_record(staff(AREA), ZHOU, **TOLD)) == "not_found"
    assert code_of(records.months(staff(AREA), whose=zhou)) == "not_found"
    assert isinstance(records.months(staff(ELSEWHERE), whose=zhou), Done)


def test_guessing_numbers_is_stopped(zhou: Whose, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counter, "MISSES_MAX", 3)
    actor = staff(AREA)
    codes = [code_of(counter.open_record(actor, NOBODY, **TOLD)) for _ in range(4)]
    assert codes == ["not_found"] * 3 + ["counter_misses_too_many"]
    assert code_of(counter.open_record(actor, ZHOU, **TOLD)) == "counter_misses_too_many"
    assert code_of(counter.open_record(staff(AREA), ZHOU, **TOLD)) == "done"


def test_a_phone_is_put_on_file_once_its_code_is_read_out(zhou: Whose, committed: Any) -> None:
    actor = staff(AREA)
    sent = counter.send_phone_code(actor, zhou, "100 8765 4321", seen=True)
    assert isinstance(sent, Done)
    (to, text) = SENT[-1]
    assert to == NEW_PHONE == sent.value[0]
    assert sent.value[1] in text
    wrong = "000000" if sent.value[1] != "000000" else "000001"
    assert code_of(committed(lambda: counter.bind_phone(actor, zhou, sent.value, wrong))) == "phone_code_wrong"
    assert looks(zhou) == []
    assert committed(lambda: counter.bind_phone(actor, zhou, sent.value, f" {sent.value[1]} ")) == Done("100****4321")
    held = Phone.objects.get(person_id=zhou.person_id)
    assert unseal(bytes(held.number_sealed), what="phone") == NEW_PHONE
    assert bytes(held.number_index) == blind_index(NEW_PHONE, what="phone")
    assert NEW_PHONE.encode() not in bytes(held.number_sealed)
    assert looks(zhou) == [("phone", zhou.reason)]
    assert SENT[-1][0] == PHONE
    assert "4321" in SENT[-1][1]
    assert NEW_PHONE not in SENT[-1][1]


def test_the_first_phone_tells_nobody_else(committed: Any) -> None:
    whose = Whose(insured(LI, phone=""), "本人来窗口办事：登记手机")
    sent = counter.send_phone_code(staff(AREA), whose, NEW_PHONE, seen=True)
    assert isinstance(sent, Done)
    assert isinstance(committed(lambda: counter.bind_phone(staff(AREA), whose, sent.value, sent.value[1])), Done)
    assert [to for to, _ in SENT] == [NEW_PHONE]


def test_wrong_codes_of_a_phone_are_counted_for_good(zhou: Whose) -> None:
    sent = (NEW_PHONE, "123456")
    codes = [code_of(counter.bind_phone(staff(AREA), zhou, sent, "654321")) for _ in range(counter.WRONG_MAX)]
    assert codes == ["phone_code_wrong"] * counter.WRONG_MAX
    assert code_of(counter.bind_phone(staff(AREA), zhou, sent, "123456")) == "phone_code_locked"


def test_codes_for_a_phone_are_sent_only_so_often(zhou: Whose) -> None:
    codes = [
        code_of(counter.send_phone_code(staff(AREA), zhou, NEW_PHONE, seen=True)) for _ in range(counter.CODES_MAX + 1)
    ]
    assert codes == ["done"] * counter.CODES_MAX + ["phone_code_asked_too_often"]


def test_a_pin_is_reset_and_set_anew(zhou: Whose, committed: Any) -> None:
    credential.activate(zhou.person_id, PIN, PIN)
    assert committed(lambda: counter.reset_pin(staff(AREA), zhou, seen=True)) == Done(None)
    assert SENT[-1][0] == PHONE
    assert not Credential.objects.exists()
    assert code_of(counter.set_pin(staff(AREA), zhou, "123456", "123456", seen=True)) == "pin_too_simple"
    assert counter.set_pin(staff(AREA), zhou, "730284", "730284", seen=True) == Done(None)
    assert credential.check_pin(zhou.person_id, "730284") == Done(None)
    assert looks(zhou) == [("pin", zhou.reason)] * 2


def test_the_counters_code_signs_in(zhou: Whose, committed: Any) -> None:
    given = committed(lambda: counter.give_code(staff(AREA), zhou, seen=True))
    assert isinstance(given, Done)
    assert SENT[-1][0] == PHONE
    assert given.value not in SENT[-1][1]
    user = sign_in.take_counter_code(ZHOU, given.value)
    assert user
    assert user.person_id == zhou.person_id
    assert looks(zhou) == [("counter_code", zhou.reason)]


STEPS = {
    "served": lambda who, whose, seen: counter.served(who, whose),
    "phone code": lambda who, whose, seen: counter.send_phone_code(who, whose, NEW_PHONE, seen=seen),
    "phone": lambda who, whose, seen: counter.bind_phone(who, whose, (NEW_PHONE, "123456"), "123456"),
    "pin reset": lambda who, whose, seen: counter.reset_pin(who, whose, seen=seen),
    "pin": lambda who, whose, seen: counter.set_pin(who, whose, "730284", "730284", seen=seen),
    "code": lambda who, whose, seen: counter.give_code(who, whose, seen=seen),
}
STRANGERS = {
    "staff of another area": lambda person: staff(ELSEWHERE),
    "staff of no area": lambda person: staff(),
    "the person": lambda person: Actor("self", new_key(), person, (AREA,)),
    "another person": lambda person: Actor("self", new_key(), new_key(), (AREA,)),
    "an app": lambda person: Actor("app", new_key(), person, (AREA,)),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_do_nothing_and_learn_nothing(zhou: Whose, step: str, who: str) -> None:
    actor = STRANGERS[who](zhou.person_id)
    here, nowhere = (STEPS[step](actor, one, True) for one in (zhou, Whose(new_key(), zhou.reason)))
    assert here == nowhere
    assert code_of(here) == "not_found"
    assert (SENT, looks(zhou), CounterCode.objects.count(), Credential.objects.count()) == ([], [], 0, 0)


@pytest.mark.parametrize("step", ["phone code", "pin reset", "pin", "code"])
def test_who_has_not_seen_the_certificate_changes_nothing(zhou: Whose, step: str) -> None:
    assert code_of(STEPS[step](staff(AREA), zhou, False)) == "certificate_not_seen"
    assert (SENT, looks(zhou), CounterCode.objects.count(), Credential.objects.count()) == ([], [], 0, 0)


@pytest.mark.parametrize("step", ["phone", "pin", "code"])
def test_what_has_no_reason_is_refused_and_changes_nothing(zhou: Whose, step: str) -> None:
    before = bytes(Phone.objects.get(person_id=zhou.person_id).number_sealed)
    assert code_of(STEPS[step](staff(AREA), Whose(zhou.person_id, " "), True)) == "reason_needed"
    assert bytes(Phone.objects.get(person_id=zhou.person_id).number_sealed) == before
    assert (CounterCode.objects.count(), Credential.objects.count()) == (0, 0)


def test_the_person_reads_in_words_what_the_counter_did(zhou: Whose) -> None:
    counter.give_code(staff(AREA), zhou, seen=True)
    assert isinstance(records.statement(staff(AREA), whose=zhou), Done)
    mine = records.lookers(Actor("self", new_key(), zhou.person_id))
    assert isinstance(mine, Done)
    others = [(row.who, row.what, row.reason) for row in mine.value.rows if not row.is_own]
    assert others == [
        ("经办人员", "打印的记录", zhou.reason),
        ("经办人员", "登录验证码（窗口给的）", zhou.reason),
    ]
