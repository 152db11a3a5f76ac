"""Does an answer say how old its sources are, and that a year has no calendar yet?"""

from datetime import date, timedelta
from typing import Any

from yibao.services.answers import answer

ON = date(2026, 11, 21)
RETIRED = {"status": "retired", "age": "70"}


def beijing(today: date) -> dict[str, Any]:
    return answer("allocation", area="北京", on=ON, facts=RETIRED, today=today).value.to_json()


def test_a_source_last_checked_more_than_a_year_ago_says_so() -> None:
    checked = min(date.fromisoformat(row["checked_on"]) for row in beijing(ON)["citations"])
    a_year_later = checked.replace(year=checked.year + 1)
    fresh, aged = beijing(a_year_later), beijing(a_year_later + timedelta(1))
    assert not any("超过一年" in line for line in fresh["caveats"])
    told = [line for line in aged["caveats"] if "超过一年" in line]
    assert told
    assert all(checked.isoformat() in line for line in told)
    assert fresh["figures"] == aged["figures"], "an old figure is still the figure"


def test_each_document_is_named_once() -> None:
    told = [line for line in beijing(date(2030, 1, 1))["caveats"] if "超过一年" in line]
    assert len(told) == len({row["document"] for row in beijing(ON)["citations"]})


def test_the_sentence_says_that_a_year_has_no_holiday_notice() -> None:
    facts = {"to": "西宁", "status": "active", "applied": "2040-12-20"}
    body = answer("transfer", area="合肥", on=ON, facts=facts).value.to_json()
    assert "due_on" not in body["figures"]
    assert "2040年的放假安排还没有公布" in body["summary"]
