"""The desk and the record: a reason first, figures as the person sees them, every look in the person's own list."""

import re
import shutil
import subprocess
from importlib import import_module
from typing import Any

import pytest
from django.test import Client
from tests.channels.counter.conftest import AREA, member, opens, signs_in
from tests.services.records.agency import FIRST_BASE, GROSS, SECOND_BASE, staff

from yibao.services import callbacks, records, sealing
from yibao.services.documents.record_sheet import record_pdf, sheet
from yibao.services.records import Whose
from yibao.services.results import Done

pytestmark = pytest.mark.django_db
PAGES = ("", "movements/", "months/", "allocation/", "years/", "enrolment/", "print.pdf")
WORDS = {"": "home", "movements/": "movements", "months/": "months", "allocation/": "allocation", "years/": "years"}
WORDS |= {"enrolment/": "enrolments", "print.pdf": "printed"}
REASON = "本人来窗口办事：核对今年的缴费"


def log(person: Any) -> list[tuple[str, str, Any]]:
    model = import_module("yibao.books.access.models").AccessLog
    return list(model.objects.filter(person_id=person.id).values_list("what", "reason", "reader_id"))


def text(client: Client, address: str) -> str:
    """The words of a page, without its elements."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def test_nothing_of_a_record_shows_before_a_reason(there: Any, at_counter: Client) -> None:
    told = {"reason": ("", "核对"), "words": ("visit", " ")}
    for field, (reason, words) in told.items():
        page = opens(at_counter, there.worker.number, reason=reason, words=words)
        assert page.status_code == 200
        assert f'href="#{field}"' in page.content.decode()
        assert "王" not in page.content.decode().replace("王芳", "")
    for page in PAGES:
        assert at_counter.get(f"/counter/record/{page}")["Location"] == "/counter/"
    assert log(there.worker) == []


def test_every_page_is_a_look_with_the_reason(there: Any, at_counter: Client, wang: Any) -> None:
    assert opens(at_counter, there.worker.number)["Location"] == "/counter/record/"
    for number, page in enumerate(PAGES, start=1):
        assert at_counter.get(f"/counter/record/{page}").status_code == 200, page
        assert len(log(there.worker)) == number
    assert sorted(log(there.worker)) == sorted((what, REASON, wang.user.pk) for what in WORDS.values())


def test_the_person_reads_who_looked_and_why(there: Any, at_counter: Client) -> None:
    opens(at_counter, there.worker.number, words="核对今年 4 月的缴费")
    at_counter.get("/counter/record/months/")
    owners = import_module("tests.channels.portal.owners")
    page = text(owners.signed_in(there.worker), "/me/looked/")
    assert "经办人员" in page
    assert "本人来窗口办事：核对今年 4 月的缴费" in page


def test_the_figures_are_those_of_the_books(there: Any, at_counter: Client) -> None:
    opens(at_counter, there.worker.number)
    # 2025: six months of 2 % on 10,000; September 2025 to September 2026 without November: twelve of 2 % on 12,000
    balance = 500_000 + 6 * FIRST_BASE * 2 // 100 + 12 * SECOND_BASE * 2 // 100 - 8_800
    assert f"{balance // 100}.{balance % 100:02}" in text(at_counter, "/counter/record/").replace(",", "")
    months = text(at_counter, "/counter/record/months/?year=2025").replace(",", "")
    person = (6 * FIRST_BASE + 3 * SECOND_BASE) * 2 // 100  # January to June, September, October, December
    assert f"这一年个人一共缴{person // 100}.{person % 100:02} 元" in months
    assert "2025年11月没有缴费" in months


def test_the_allocation_comes_with_its_reason(there: Any, at_counter: Client) -> None:
    opens(at_counter, there.retiree.number)
    page = text(at_counter, "/counter/record/allocation/2026-09/")
    net = GROSS - 300
    assert f"到账{net // 100}.{net % 100:02} 元" in page
    for part in ("一步一步算", "用到的记录", "依据"):
        assert part in page
    found = records.allocation(staff(AREA), whose=Whose(there.retiree.id, "核对"))
    assert isinstance(found, Done)
    assert found.value.answer["citations"][0]["document"] in page
    assert found.value.words in page


def test_a_month_that_cannot_be_leaves_the_record_open(there: Any, at_counter: Client) -> None:
    opens(at_counter, there.worker.number)
    assert "年份要在" in text(at_counter, "/counter/record/months/?year=1")
    assert at_counter.get("/counter/record/allocation/2026-13/").status_code == 404
    assert at_counter.get("/counter/record/").status_code == 200


def test_the_next_person_and_closing_lay_a_record_away(there: Any, at_counter: Client) -> None:
    opens(at_counter, there.worker.number)
    assert "王*国" in text(at_counter, "/counter/record/")
    opens(at_counter, there.retiree.number)
    page = text(at_counter, "/counter/record/")
    assert "李*英" in page
    assert "王*国" not in page
    assert opens(at_counter, there.worker.number, words="").status_code == 200  # even one that is refused
    assert at_counter.get("/counter/record/")["Location"] == "/counter/"
    opens(at_counter, there.worker.number)
    at_counter.post("/counter/record/close/")
    assert at_counter.get("/counter/record/")["Location"] == "/counter/"


def test_an_open_record_ends_unused(there: Any, at_counter: Client) -> None:
    opens(at_counter, there.worker.number)
    session = at_counter.session
    session["counter_record"] = {**session["counter_record"], "seen": session["counter_record"]["seen"] - 901}
    session.save()
    assert at_counter.get("/counter/record/")["Location"] == "/counter/"
    assert log(there.worker) == []


def test_who_moved_away_meanwhile_is_no_longer_shown(there: Any, at_counter: Client) -> None:
    opens(at_counter, there.worker.number)
    import_module("yibao.books.staff.models").Staff.objects.update(areas=["500000"])
    import_module("yibao.books.areas.models").Area.objects.create(code="500000", is_demo=True)
    assert at_counter.get("/counter/record/")["Location"] == "/counter/"
    assert log(there.worker) == []


def test_addresses_hold_nobodys_number(there: Any, at_counter: Client) -> None:
    answer = opens(at_counter, there.worker.number)
    pages = [answer["Location"], at_counter.get("/counter/record/").content.decode()]
    assert not any(there.worker.number in page or str(there.worker.id) in page for page in pages)


def test_the_paper_tells_the_record(there: Any, at_counter: Client, tmp_path: Any) -> None:
    found = records.statement(staff(AREA), whose=Whose(there.worker.id, "打印"))
    assert isinstance(found, Done)
    told = sheet(found.value, found.value.as_of.date())
    assert dict(told["who"])["姓名"] == "王建国"
    number = there.worker.number
    assert dict(told["who"])["证件号码"] == f"{number[:4]}{'*' * 10}{number[-4:]}"
    by_year = {row[0]: row for row in told["years"]}
    # nine months of 2025 are paid, and the employer's 9 % beside the person's 2 %
    person = (6 * FIRST_BASE + 3 * SECOND_BASE) * 2 // 100
    employer = (6 * FIRST_BASE + 3 * SECOND_BASE) * 9 // 100
    assert by_year["2025年"][2] == "9 个月"
    assert [cell.replace(",", "") for cell in by_year["2025年"][3:]] == [
        f"{person // 100}.{person % 100:02}",
        f"{employer // 100}.{employer % 100:02}",
    ]
    assert by_year["2024年"][2] == "0 个月，视同 2"
    assert "演示数据" in told["demo"]
    opens(at_counter, number)
    answer = at_counter.get("/counter/record/print.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    (tmp_path / "r.pdf").write_bytes(answer.content)
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is missing (Debian: poppler-utils), so no PDF can be read back")
    printed = subprocess.run(["pdftotext", "-layout", tmp_path / "r.pdf", "-"], capture_output=True, check=True)
    words = re.sub(r"\s+", "", printed.stdout.decode())
    assert all(word in words for word in ("参保缴费记录", "王建国", "算进缴费年限的月份", "不是官方证明"))
    assert number not in words


def test_the_same_record_is_the_same_paper(there: Any) -> None:
    found = records.statement(staff(AREA), whose=Whose(there.resident.id, "打印"))
    assert isinstance(found, Done)
    day = found.value.as_of.date()
    assert record_pdf(found.value, day) == record_pdf(found.value, day)
    assert [row[2] for row in sheet(found.value, day)["years"]] == ["一年一交"]


def test_a_phone_is_bound_at_the_counter(
    people: Any, at_counter: Client, django_capture_on_commit_callbacks: Any
) -> None:
    person = people.insured(people.ZHOU)
    opens(at_counter, people.ZHOU)
    refused = at_counter.post("/counter/record/phone/", {"phone": "10087654321"})
    assert "先看本人的证件" in refused.content.decode()
    asked = at_counter.post("/counter/record/phone/", {"phone": "100 8765 4321", "seen": "1"})
    assert asked["Location"] == "/counter/record/phone/code/"
    to, _ = people.SENT[-1]
    assert to == "10087654321"
    with django_capture_on_commit_callbacks(execute=True):
        done = at_counter.post("/counter/record/phone/code/", {"code": people.code_sent()})
    assert "手机号登记好了" in done.content.decode()
    assert people.SENT[-1][0] == people.PHONE
    held = import_module("yibao.books.people.models").Phone.objects.get(person_id=person)
    assert sealing.unseal(bytes(held.number_sealed), what="phone") == "10087654321"
    assert at_counter.post("/counter/record/phone/code/", {"code": "123456"})["Location"] == "/counter/record/phone/"
    phone = Client()
    assert people.signs_in(phone, phone="10087654321")["Location"] == "/me/"


def test_the_code_of_one_persons_phone_binds_no_other(people: Any, at_counter: Client) -> None:
    people.insured(people.ZHOU)
    people.insured(people.LI, "李敏", "10055556666")
    opens(at_counter, people.ZHOU)
    at_counter.post("/counter/record/phone/", {"phone": "10087654321", "seen": "1"})
    code = people.code_sent()
    opens(at_counter, people.LI)
    assert at_counter.post("/counter/record/phone/code/", {"code": code})["Location"] == "/counter/record/phone/"


def test_a_pin_is_voided_and_set_at_the_counter(people: Any, at_counter: Client) -> None:
    person = people.insured(people.ZHOU)
    credential = import_module("yibao.services.credential")
    credential.activate(person, people.PIN, people.PIN)
    opens(at_counter, people.ZHOU)
    assert at_counter.post("/counter/record/pin/", {"seen": "1"})["Location"] == "/counter/record/pin/"
    assert not credential.activated(person)
    differs = at_counter.post("/counter/record/pin/", {"pin": "730284", "again": "730285", "seen": "1"})
    assert "两遍填的不一样" in differs.content.decode()
    assert "730284" not in differs.content.decode()
    done = at_counter.post("/counter/record/pin/", {"pin": "730284", "again": "730284", "seen": "1"})
    assert "密码设好了" in done.content.decode()
    assert credential.check_pin(person, "730284") == Done(None)


def test_the_code_of_the_counter_opens_the_insureds_door(people: Any, at_counter: Client) -> None:
    people.insured(people.ZHOU)
    opens(at_counter, people.ZHOU)
    page = at_counter.post("/counter/record/code/", {"seen": "1"}).content.decode()
    code = re.findall(r'<p class="fig num">(\d{6})</p>', page)[0]
    assert code not in at_counter.get("/counter/record/code/").content.decode()
    phone = Client()
    phone.post("/sign-in/", {"number": people.ZHOU})
    assert phone.post("/sign-in/code/", {"code": code})["Location"] == "/me/"


def test_a_call_is_taken_noted_and_done(at_counter: Client, wang: Any) -> None:
    number = callbacks.ask_for_callback(AREA, "10012345678", "这个月划入了多少").value  # type: ignore[union-attr]
    desk = at_counter.get("/counter/").content.decode()
    assert "这个月划入了多少" in desk
    assert "10012345678" not in desk
    address = f"/counter/callbacks/{number}/"
    assert at_counter.get(address)["Location"] == "/counter/"  # not before it is taken
    assert at_counter.post(address, {"do": "take"})["Location"] == address
    assert "10012345678" in at_counter.get(address).content.decode()
    assert "还没有写" in at_counter.post(address, {"do": "done", "note": ""}).content.decode()
    at_counter.post(address, {"do": "note", "note": "没有人接"})
    assert "没有人接" in at_counter.get(address).content.decode()
    assert at_counter.post(address, {"do": "done", "note": "划入 107 元，说清楚了"})["Location"] == "/counter/"
    assert "现在没有要回的电话" in at_counter.get("/counter/").content.decode()
    assert at_counter.post(address, {"do": "sing"}).status_code == 404


def test_of_two_at_the_counter_one_gets_the_call_and_the_other_is_told(at_counter: Client) -> None:
    number = callbacks.ask_for_callback(AREA, "10012345678", "缴费").value  # type: ignore[union-attr]
    other = signs_in(member("li"))
    address = f"/counter/callbacks/{number}/"
    assert at_counter.post(address, {"do": "take"})["Location"] == address
    page = other.post(address, {"do": "take"}).content.decode()
    assert "经办wang已经接了" in page
    assert "10012345678" not in page
    assert other.get(address)["Location"] == "/counter/"
    assert at_counter.post(address, {"do": "back"})["Location"] == "/counter/"
    assert other.post(address, {"do": "take"})["Location"] == address
