"""Does the money of a stay add up, for any bill: nothing lost, nobody below zero, no second stay dearer?"""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibao.law.parameters.resolving import Pick, resolve
from yibao.law.rules.inpatient import InpatientLaw, Shares, inpatient
from yibao.law.values import Level, Scheme, Status
from yibao.services.answers import answer

ON = date(2025, 6, 1)
LAWS: list[tuple[str, Pick]] = [("110000", ""), ("310000", ""), ("500000", "low"), ("500000", "high")]
PAST_THE_CAP = 1_000_000_00
COSTS = st.one_of(st.integers(0, 5_000_00), st.integers(0, 200_000_00), st.integers(0, 3_000_000_00))

PERSON = st.fixed_dictionaries({
    "status": st.sampled_from(Status), "level": st.sampled_from([Level.ONE, Level.TWO, Level.THREE]),
    "stay": st.integers(1, 9), "used_deductible": st.integers(0, 2_000_00), "used_cap": st.integers(0, PAST_THE_CAP),
    "retired_month": st.sampled_from([1999 * 12, 2010 * 12]),
})  # fmt: skip


def shares(where: tuple[str, Pick], cost: int, excluded: int = 0, upfront: int = 0, **person: Any) -> Shares:
    law = resolve(InpatientLaw, where[0], ON, where[1])
    return inpatient(
        law, Scheme.EMPLOYEE, person["status"], 1, 60, person["level"], cost, excluded, upfront, person["stay"],
        person["used_deductible"], person["used_cap"], 120, person["retired_month"], 0, person.get("rate_cut", 0),
    )  # fmt: skip


@given(st.sampled_from(LAWS), PERSON, COSTS, st.integers(0, 100), st.integers(0, 100))
def test_all_shares_make_up_the_cost(
    where: tuple[str, Pick], person: dict[str, Any], cost: int, excluded: int, upfront: int
) -> None:
    outside, first = cost * excluded // 200, cost * upfront // 200
    found = shares(where, cost, outside, first, **person)
    assert found.fund_pays + found.large_amount_pays + found.person_pays == cost
    assert found.eligible == cost - outside - first
    assert min(found) >= 0
    assert found.deductible <= found.eligible
    assert found.fund_pays + found.large_amount_pays <= found.eligible


@given(st.sampled_from(LAWS), PERSON, COSTS, COSTS)
def test_a_dearer_bill_never_costs_the_person_less(
    where: tuple[str, Pick], person: dict[str, Any], one: int, other: int
) -> None:
    """Up to three fen: the fund's share, the cost beyond the cap and what is paid of it are rounded apart."""
    small, large = sorted((one, other))
    less, more = shares(where, small, **person), shares(where, large, **person)
    assert more.person_pays >= less.person_pays - 3
    assert more.fund_pays + more.large_amount_pays >= less.fund_pays + less.large_amount_pays - 3


@given(st.sampled_from(LAWS), PERSON, COSTS)
def test_a_later_stay_never_costs_more(where: tuple[str, Pick], person: dict[str, Any], cost: int) -> None:
    first, second = (shares(where, cost, **{**person, "stay": stay}) for stay in (1, 2))
    assert second.deductible <= first.deductible
    assert second.person_pays <= first.person_pays + 1


@given(st.sampled_from(LAWS), PERSON, COSTS, st.integers(0, PAST_THE_CAP))
def test_more_paid_this_year_never_raises_what_the_fund_pays(
    where: tuple[str, Pick], person: dict[str, Any], cost: int, more: int
) -> None:
    before, after = (shares(where, cost, **{**person, "used_cap": used}) for used in (0, more))
    assert after.fund_pays <= before.fund_pays
    assert after.deductible == before.deductible


@given(PERSON, COSTS)
def test_retired_never_pay_more_than_active(person: dict[str, Any], cost: int) -> None:
    active, retired = (shares(LAWS[0], cost, **{**person, "status": status}) for status in Status)
    assert retired.person_pays <= active.person_pays + 1


def person_pays(**facts: str) -> int:
    body = answer("inpatient", area="北京", on=ON, facts=facts).value.to_json()
    return int(body["figures"]["person_pays"]["value"])


@pytest.mark.parametrize("cost", [1_299, 1_300, 1_301])
def test_at_the_deductible(cost: int) -> None:
    above = max(cost - 1_300, 0) * 100
    fund = (above * 85 + 50) // 100
    assert person_pays(status="active", level="3", stay="1", cost=str(cost)) == cost * 100 - fund


def test_a_year_deductible_is_borne_once() -> None:
    """上海: 1,500 a year; who has borne 1,000 of it bears 500 more."""
    facts = {"status": "active", "cost": "20000", "used_deductible": "1000"}
    figures = answer("inpatient", area="上海", on=ON, facts=facts).value.to_json()["figures"]
    assert figures["deductible"]["value"] == 1_500_00 - 1_000_00
    assert figures["fund_pays"]["value"] == (20_000_00 - 500_00) * 85 // 100


def test_who_retired_before_2001_in_shanghai_bears_less() -> None:
    for month, deductible in (("2000-12", 700_00), ("2001-01", 1_200_00)):
        facts = {"status": "retired", "cost": "20000", "retired_on": month}
        figures = answer("inpatient", area="上海", on=ON, facts=facts).value.to_json()["figures"]
        assert figures["deductible"]["value"] == deductible
        assert figures["fund_pays"]["value"] == (20_000_00 - deductible) * 92 // 100


def test_above_the_cap_in_shanghai() -> None:
    """610,000 to 650,000 yuan by year; above it the additional fund pays 80 % without a limit."""
    facts = {"status": "active", "cost": "1000000"}
    figures = answer("inpatient", area="上海", on=date(2025, 7, 1), facts=facts).value.to_json()["figures"]
    wanted = (1_000_000_00 - 1_500_00) * 85 // 100
    beyond = ((wanted - 650_000_00) * 100 + 42) // 85
    assert figures["fund_pays"]["value"] == 650_000_00
    assert figures["large_amount_pays"]["value"] == (beyond * 80 + 50) // 100


def test_a_used_up_pool_leaves_the_large_amount_fund() -> None:
    """北京, 100,000 already paid this year: everything above the deductible falls to the large-amount fund."""
    facts = {"status": "active", "level": "3", "stay": "2", "cost": "60000", "used_cap": "100000"}
    figures = answer("inpatient", area="北京", on=ON, facts=facts).value.to_json()["figures"]
    assert figures["fund_pays"]["value"] == 0
    assert abs(figures["large_amount_pays"]["value"] - (60_000_00 - 650_00) * 85 // 100) <= 1
