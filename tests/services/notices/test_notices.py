"""People are told what happens to their records: what they chose, once, in the record, and nothing on a lock screen."""

from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from tests.channels.portal.people import SENT
from tests.services.notices.agency import OTHER_PHONE, PHONE, There, code_of, credited, listed, wants
from tests.services.records.agency import AREA, FEE, GROSS, SECOND_BASE, TODAY, own, paid, staff

from yibao.books.access.models import AccessLog
from yibao.books.notices.models import Choice, Notice, Sending
from yibao.services import apps, clock, counter, notices, records
from yibao.services.notices.kinds import FIELDS, SHORT_FIELDS, kinds
from yibao.services.permissions import Actor
from yibao.services.records import Whose
from yibao.services.results import Done

pytestmark = pytest.mark.django_db
ORDINARY = [name for name, kind in kinds().items() if not kind.safety]


# The texts


def test_no_text_can_say_what_nobody_beside_should_read() -> None:
    held = {name: f"<{name}>" for name in FIELDS}
    for kind in kinds().values():
        told = kind.told(held, amounts=False)
        assert not any(f"<{name}>" in told["sent"] for name in FIELDS - SHORT_FIELDS), kind.name
        for text in told.values():
            assert not any(word in text for word in ("http", "病", "药", "医院")), kind.name
        assert len(told["sent"]) <= 70, "one short message"


def test_only_what_was_allowed_tells_an_amount() -> None:
    fields = {"month": "2026年10月", "amount": "107.00 元"}
    assert "107.00" not in kinds()["credited"].told(fields, amounts=False)["sent"]
    assert "107.00" in kinds()["credited"].told(fields, amounts=True)["sent"]


def test_every_text_for_a_gateway_is_listed() -> None:
    told = dict(notices.texts())
    assert {"sign_in", "counter_phone", *kinds()} <= set(told)
    assert told["sign_in"].startswith("登录验证码 {code}")


# What is told


def test_a_credited_month_is_told_once_without_its_amount(there: There) -> None:
    person = there.people.retiree
    credited(person, date(2026, 8, 1), GROSS)  # before it was chosen
    wants(own(person), ("credited", "sms"))
    credited(person, date(2026, 10, 1), GROSS, FEE)
    assert notices.collect() == 1
    assert notices.send_due() == notices.Sent(1, 0, 0)
    assert SENT == [(PHONE, "医保明白账：您2026年10月的医保个人账户到账了。到了多少，登录以后看。")]
    # 110 yuan, of which 3 go to the large-amount insurance
    assert listed(own(person)) == [("个人账户到账", "您2026年10月的个人账户到账 107.00 元。")]
    assert (notices.collect(), notices.send_due()) == (0, notices.Sent(0, 0, 0))


def test_with_leave_the_amount_is_told(there: There) -> None:
    person = there.people.retiree
    wants(own(person), ("credited", "sms"), amounts=True)
    credited(person, date(2026, 10, 1), GROSS, FEE)
    notices.collect()
    notices.send_due()
    assert SENT[0][1].endswith("到账 107.00 元。")


def test_an_unpaid_month_is_told_to_employees_only(there: There, monkeypatch: pytest.MonkeyPatch) -> None:
    everybody = (there.people.worker, there.people.retiree, there.people.resident, there.people.stranger)
    for person in everybody:
        Choice.objects.create(person=person, kind="unpaid", way="sms", since=datetime(2026, 10, 1, tzinfo=UTC))
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 5))
    assert notices.collect() == 0, "what was paid at the end of the month is on its way"
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 6))
    assert notices.collect() == 1
    assert listed(there.worker)[0][1].startswith("您2026年10月的医保费还没有到账")
    assert notices.collect() == 0
    paid(there.people.worker, date(2026, 11, 1), SECOND_BASE)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 12, 10))
    assert notices.collect() == 0, "November is paid"


def test_looks_of_an_hour_are_one_notice_with_their_reasons(there: There) -> None:
    wants(there.worker, ("looked", "sms"))
    for _ in range(3):
        assert isinstance(records.months(staff(AREA), whose=Whose(there.people.worker.id, "核对缴费", TODAY)), Done)
    records.months(there.worker)  # one's own is no news
    made = notices.collect()
    assert made == AccessLog.objects.filter(reader_kind=2).values("hour").distinct().count()
    assert all(text.endswith("写的原因：核对缴费") for _, text in listed(there.worker))
    assert notices.collect() == 0


def test_what_is_not_chosen_is_not_told(there: There) -> None:
    credited(there.people.retiree, date(2026, 10, 1), GROSS)
    assert notices.collect() == 0
    for kind in ORDINARY:
        notices.tell(there.people.worker.id, kind, "1", dict.fromkeys(FIELDS, "x"))
    assert notices.send_due() == notices.Sent(0, 0, 0)
    assert len(listed(there.worker)) == len(ORDINARY), "it stands in the record all the same"


def test_told_twice_is_told_once(there: There) -> None:
    wants(there.worker, ("callback_taken", "sms"))
    told = [notices.tell(there.people.worker.id, "callback_taken", "7") for _ in range(2)]
    assert told == [True, False]
    assert Sending.objects.count() == 1


# Safety


def test_safety_cannot_be_switched_off_and_goes_out_at_once(there: There, committed: Any) -> None:
    wants(there.worker)  # nothing ticked
    committed(lambda: notices.tell(there.people.worker.id, "pin_reset", "1"))
    assert [phone for phone, _ in SENT] == [PHONE]
    assert Sending.objects.get().to_sealed is None, "where it went is forgotten"


def test_nothing_goes_out_of_what_was_undone(there: There) -> None:
    def undone() -> None:
        with transaction.atomic():
            notices.tell(there.people.worker.id, "pin_reset", "1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        undone()
    assert (SENT, Notice.objects.count()) == ([], 0)


def test_a_changed_phone_is_told_to_the_one_before(there: There, committed: Any) -> None:
    whose = Whose(there.people.worker.id, "本人来窗口办事：换手机号", TODAY)
    done = committed(lambda: counter.bind_phone(staff(AREA), whose, (OTHER_PHONE, "482915"), "482915"))
    assert isinstance(done, Done)
    assert [phone for phone, _ in SENT] == [PHONE]
    assert "尾号 5678" not in SENT[0][1]
    assert "尾号 4321" in SENT[0][1]
    assert listed(there.worker)[0][0] == "登记的手机号换了"


def test_an_app_is_named_in_the_record_and_not_on_the_lock_screen(there: There, committed: Any) -> None:
    users = import_module("yibao.books.access.models").User.objects
    actor = Actor("self", users.create_user(person=there.people.worker).pk, there.people.worker.id)
    made = apps.add_app("糖友记账", "演示公司", "看缴费", ["https://app.example/back"], ["openid", "account"])
    assert isinstance(made, Done)
    given = committed(lambda: apps.allow(actor, made.value.client_id, ["account"], 90))
    assert isinstance(given, Done)
    assert len(SENT) == 1
    assert "糖友记账" not in SENT[0][1]
    committed(lambda: apps.end_consent(actor, given.value.id))
    assert len(SENT) == 1, "taking back was not chosen"
    assert [("糖友记账" in text, title) for title, text in listed(actor)] == [
        (True, "收回了一个应用的许可"), (True, "一个应用能看您的记录了")
    ]  # fmt: skip


# Who may


def test_who_may_read_the_list(there: There) -> None:
    notices.tell(there.people.worker.id, "callback_taken", "1")
    person = there.people.worker.id
    why = Whose(person, "核对通知", TODAY)
    assert code_of(notices.mine(there.worker)) == "done"
    assert code_of(notices.mine(own(there.people.retiree), whose=why)) == "not_found"
    assert code_of(notices.mine(staff("500000"), whose=why)) == "not_found"
    assert code_of(notices.mine(staff(AREA), whose=Whose(person, "", TODAY))) == "reason_needed"
    assert code_of(notices.mine(staff(AREA), whose=why)) == "done"
    app = Actor("app", UUID(int=1), person, scopes=frozenset({"account"}), name="记账本")
    assert code_of(notices.mine(app)) == "not_found"
    assert set(AccessLog.objects.values_list("what", "reader_kind")) == {("notices", 0), ("notices", 2)}


def test_who_may_choose(there: There) -> None:
    app = Actor("app", UUID(int=1), there.people.worker.id, scopes=frozenset({"account"}))
    for actor in (staff(AREA), app, Actor("staff", UUID(int=2), there.people.worker.id, (AREA,))):
        steps = [
            notices.wanted(actor),
            notices.choose(actor, [("credited", "sms")], shows_amounts=True),
            notices.ask_email(actor, "a@example.com"),
            notices.confirm_email(actor, ("a@example.com", "1"), "1"),
            notices.end_email(actor),
            notices.add_device(actor, {}, ""),
            notices.end_device(actor, UUID(int=1)),
        ]
        assert {code_of(step) for step in steps} == {"not_found"}
    assert not Choice.objects.exists()


def test_only_ways_and_kinds_that_there_are_can_be_chosen(there: There) -> None:
    wants(there.worker, ("credited", "sms"), ("credited", "wechat"), ("weather", "sms"), ("credited", "pigeon"))
    assert list(Choice.objects.values_list("kind", "way")) == [("credited", "sms")]
    since = Choice.objects.get().since
    wants(there.worker, ("credited", "sms"), ("looked", "sms"))
    assert Choice.objects.get(kind="credited").since == since, "it stays chosen since then"
    wants(there.worker)
    assert not Choice.objects.exists()
