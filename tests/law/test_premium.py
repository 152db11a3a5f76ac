"""Is a contribution limited, divided and addressed as the law says, and is a resident's year never another's?"""

from datetime import date
from typing import Any

import pytest
from tests.law.parameter_files import dated

from yibao.services.answers import answer

LAST_YEAR_THAT_MAY_BE_KNOWN = 2026


def asked(topic: str, area: str, on: date, **facts: str) -> dict[str, Any]:
    return answer(topic, area=area, on=on, facts=facts).value.to_json()


@pytest.mark.parametrize(("base", "used"), [("1", 4_404_00), ("4404", 4_404_00), ("4404.01", 4_404_01),
                                            ("22017", 22_017_00), ("90000", 22_017_00)])  # fmt: skip
def test_base_is_kept_within_its_limits_and_the_sentence_says_so(base: str, used: int) -> None:
    body = asked("premium", "重庆", date(2025, 10, 1), scheme="employee", base=base)
    assert body["figures"]["premium_base"]["value"] == used
    assert f"按基数{used // 100:,}.{used % 100:02d}元" in body["summary"]


def test_base_without_known_limits_is_taken_as_told_with_a_caveat() -> None:
    body = asked("premium", "海东", date(2026, 3, 1), scheme="employee", base="1234")
    assert body["figures"]["premium_base"]["value"] == 1_234_00
    assert any("上下限" in line for line in body["caveats"])


def test_units_are_of_the_month_for_employees_and_of_the_year_for_residents() -> None:
    on = date(2026, 3, 1)
    for facts, unit in (({"scheme": "employee", "base": "8000"}, "fen/month"), ({"scheme": "flexible"}, "fen/month"),
                        ({"scheme": "resident", "category": "adult"}, "fen/year")):  # fmt: skip
        body = asked("premium", "北京", on, **facts)
        assert body["figures"]["person_pays"]["unit"] == unit
        assert "person_month" not in str(body)
        assert "person_year" not in str(body)


def test_figures_of_one_scheme_do_not_stand_with_another() -> None:
    on = date(2026, 3, 1)
    resident = asked("premium", "北京", on, scheme="resident", category="adult")
    assert set(resident["figures"]) == {"person_pays", "insurance_year", "subsidy"}
    employee = asked("premium", "北京", on, scheme="employee", base="8000")
    assert set(employee["figures"]) == {"person_pays", "premium_base", "allocated"}
    assert employee["wanted"] == []


def test_a_retiree_pays_nothing_more() -> None:
    body = asked("premium", "北京", date(2026, 3, 1), scheme="employee", status="retired")
    assert body["certainty"] == "not_applicable"
    assert "还差几年" in body["reason"]


@pytest.mark.parametrize("area", ["北京", "上海", "广州", "成都", "达州", "海东", "绍兴", "武汉"])
def test_2027_is_unknown_for_residents(area: str) -> None:
    body = asked("premium", area, date(2027, 1, 1), scheme="resident", category="adult")
    assert (body["certainty"], body["figures"]) == ("unknown", {})
    assert body["next"]


def test_a_residents_sum_never_outlives_its_year() -> None:
    """Every value begins on 1 January and ends on 31 December of the same year."""
    yearly = [found for found in dated() if found.key in ("resident_premium", "resident_subsidy")]
    known = [found.entry for found in yearly if "gap" not in found.entry]
    assert len(known) > 50
    assert [e for e in known if not e["from"].endswith("-01-01") or e["until"] != e["from"][:4] + "-12-31"] == []
    assert max(int(e["from"][:4]) for e in known) == LAST_YEAR_THAT_MAY_BE_KNOWN


@pytest.mark.parametrize("area", ["北京", "上海", "重庆", "长春"])
def test_account_gets_here_what_the_allocation_says(area: str) -> None:
    """Two topics tell one law: what goes to the account of somebody in work, before deductions."""
    on, base = date(2025, 12, 1), "10000"
    here = asked("premium", area, on, scheme="employee", base=base)["figures"]["allocated"]["value"]
    there = asked("allocation", area, on, scheme="employee", status="active", base=base)["figures"]
    assert here == there["allocation_gross"]["value"]


def test_every_category_of_beijing_is_a_case() -> None:
    body = asked("premium", "北京", date(2026, 3, 1), scheme="resident")
    told = {case["facts"]["category"]: case["figures"]["person_pays"]["value"] for case in body["cases"]}
    assert set(told.values()) == {795_00, 460_00, 435_00}
    assert body["certainty"] == "exact"
