"""A mistake report: refused with a sentence, kept once, found by its number, settled by a keeper."""

import threading
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from yibao.books.cases.models import MistakeReport
from yibao.services import mistakes
from yibao.services.answers import answer
from yibao.services.mistakes import Report, Told
from yibao.services.results import Done, Refused
from yibao.services.shared import code_of

NOON = datetime(2025, 6, 1, 4, 0, tzinfo=UTC)
TOLD = Told("应该是100元，没有扣3元", "100元", "京医保发〔2022〕21号", "https://ybj.beijing.gov.cn/x.html")


def asked(**facts: str) -> dict[str, Any]:
    result = answer("allocation", area="北京", on=date(2025, 6, 1), facts={"status": "retired", **facts})
    assert isinstance(result, Done)
    return result.value.to_json()


def sent(told: Told = TOLD, figure: str = "allocation_net", key: str = "") -> Report:
    found = mistakes.report(key or mistakes.new_key(), asked(age="69"), figure, told, at=NOON)
    assert isinstance(found, Done), found
    return found.value


@pytest.mark.parametrize(
    ("told", "code", "field"),
    [
        (Told(""), "nothing_told", "text"),
        (Told(" \n\u200b\x00 "), "nothing_told", "text"),
        (Told("好" * 2001), "text_too_long", "text"),
        (Told("不对", should_be="1" * 2001), "text_too_long", "should_be"),
        (Told("不对", link="https://a.gov.cn/" + "x" * 500), "text_too_long", "link"),
        (Told("我的号是 11010119900307803X"), "number_of_a_person", "text"),
        (Told("打我电话１３８ 0013 8000"), "number_of_a_person", "text"),
        (Told("不对", document="110101-19900307-8038"), "number_of_a_person", "document"),
        (Told("不对", link="javascript:alert(1)"), "not_a_link", "link"),
        (Told("不对", link="ybj.beijing.gov.cn"), "not_a_link", "link"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(told: Told, code: str, field: str) -> None:
    found = mistakes.report(mistakes.new_key(), asked(age="69"), "allocation_net", told)
    assert isinstance(found, Refused)
    assert (found.code, found.field) == (code, field)
    assert found.message.endswith("。")


def test_everything_wrong_is_said_at_once() -> None:
    assert [error.field for error in mistakes.checked(Told("", link="x"))] == ["text", "link"]


@pytest.mark.parametrize("figure", ["pension", "allocation_net.1", "allocation_net.x", "allocation_net.²"])
def test_a_figure_that_the_answer_has_not_is_refused(figure: str) -> None:
    found = mistakes.report(mistakes.new_key(), asked(age="69"), figure, TOLD)
    assert isinstance(found, Refused)
    assert found.code == "unknown_figure"


def test_a_form_without_its_key_is_refused() -> None:
    found = mistakes.report("x", asked(age="69"), "allocation_net", TOLD)
    assert isinstance(found, Refused)
    assert found.code == "not_a_form_key"


@pytest.mark.django_db
def test_it_keeps_what_was_shown_and_the_law_behind_it_and_no_fact() -> None:
    kept = sent()
    assert (kept.value_shown, kept.told, kept.status) == ("每月实际划入额 97.00 元/月", TOLD, "open")
    assert any(row["path"].startswith("allocation.retired_bands") and row["document"] for row in kept.rests_on)
    row = MistakeReport.objects.values().get()
    assert "69" not in str({name: value for name, value in row.items() if name not in ("id", "key", "rests_on")})
    assert not {"facts", "name", "age"} & set(row)


@pytest.mark.django_db
def test_a_case_and_the_whole_answer_may_be_wrong_too() -> None:
    cases = asked()
    found = mistakes.report(mistakes.new_key(), cases, "allocation_net.2", TOLD)
    assert isinstance(found, Done)
    assert found.value.value_shown.startswith("70周岁及以上：")
    assert sent(figure="").value_shown.startswith("北京市：")


@pytest.mark.django_db
def test_sent_twice_it_is_one_report_and_other_words_are_refused() -> None:
    key = mistakes.new_key()
    assert sent(key=key).code == sent(key=key).code
    other = mistakes.report(key, asked(age="69"), "allocation_net", Told("别的"))
    assert isinstance(other, Refused)
    assert other.code == "key_reused"
    assert MistakeReport.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_sent_by_two_at_once_it_is_one_report() -> None:
    key, codes = mistakes.new_key(), []

    def send() -> None:
        try:
            codes.append(sent(key=key).code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(codes) == 4
    assert len(set(codes)) == MistakeReport.objects.count() == 1


@pytest.mark.django_db
def test_hostile_words_are_kept_as_words_without_signs_that_steer_a_screen() -> None:
    kept = sent(Told("<script>alert(1)</script>'; DROP TABLE x;--\x1b[2J\u202e\x00 {{ 7|add:1 }}"))
    assert kept.told.text == "<script>alert(1)</script>'; DROP TABLE x;--[2J {{ 7|add:1 }}"


@pytest.mark.django_db
def test_it_is_found_by_its_number_and_settled() -> None:
    kept = sent()
    assert mistakes.get(kept.code.lower().replace("-", " ")) == Done(kept)
    assert [report.code for report in mistakes.open_reports()] == [kept.code]
    settled = mistakes.settle(kept.code, "accepted")
    assert isinstance(settled, Done)
    assert (settled.value.status, mistakes.open_reports()) == ("accepted", [])
    for nobody in (code_of(UUID(int=9)), "", "你好"):
        for result in (mistakes.get(nobody), mistakes.settle(nobody, "accepted")):
            assert isinstance(result, Refused)
            assert result.code == "mistake_report_not_found"
    wrong = mistakes.settle(kept.code, "lost")
    assert isinstance(wrong, Refused)
    assert wrong.code == "unknown_status"
