"""Does the money of outpatient care add up: nothing lost, never above the limit, a dearer bill no cheaper?"""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.law.parameter_files import files

from yibao.law.parameters import Keyed
from yibao.law.parameters.resolving import Pick, resolve
from yibao.law.rules.inpatient import Segment
from yibao.law.rules.outpatient import CapBy, DeductiblePer, OutpatientLaw, OutpatientShares, cost_behind, outpatient
from yibao.law.values import UNLIMITED, Level, Missing, Scheme, Status
from yibao.services.answers import answer

ON = date(2025, 6, 1)
AREAS = sorted(file.code for file in files() if file.subject == "outpatient" and file.code != "000000")
PICKS: tuple[Pick, ...] = ("low", "high")
COSTS = st.one_of(st.integers(0, 3_000_00), st.integers(0, 60_000_00))
PERSON = st.fixed_dictionaries({
    "scheme": st.sampled_from(Scheme), "flexible": st.booleans(), "status": st.sampled_from(Status),
    "tier": st.sampled_from([1, 2]), "age": st.integers(0, 90), "level": st.sampled_from(Level),
    "signed_doctor": st.booleans(), "per_visit": st.sampled_from([0, 80_00]),
    "used_deductible": st.integers(0, 2_000_00), "used_cap": st.integers(0, 20_000_00),
    "retired_month": st.sampled_from([1999 * 12, 2010 * 12]),
})  # fmt: skip


def shares(area: str, pick: Pick, cost: int, outside: int = 0, **person: Any) -> OutpatientShares | None:
    """What the law of an area gives, or nothing where it has a hole."""
    law = resolve(OutpatientLaw, area, ON, pick)
    given = {"away_upfront": 0, "rate_cut": 0, **person, "cost": cost, "excluded": outside, "upfront": 0}
    code = outpatient.__code__
    try:
        return outpatient(law, *(given[name] for name in code.co_varnames[1 : code.co_argcount]))
    except Missing:
        return None


@given(st.sampled_from(AREAS), st.sampled_from(PICKS), PERSON, COSTS, st.integers(0, 100))
def test_fund_and_person_make_up_the_cost(
    area: str, pick: Pick, person: dict[str, Any], cost: int, percent: int
) -> None:
    outside = cost * percent // 100
    found = shares(area, pick, cost, outside, **person)
    if found:
        assert found.fund_pays + found.person_pays == cost
        assert found.eligible == cost - outside
        assert min(found) >= 0
        assert found.deductible + found.fund_pays <= found.eligible


@given(st.sampled_from(AREAS), st.sampled_from(PICKS), PERSON, COSTS, COSTS)
def test_a_dearer_bill_never_costs_less(area: str, pick: Pick, person: dict[str, Any], one: int, other: int) -> None:
    """Up to a fen of rounding; several visits of one sum would each bear a deductible, so one visit is looked at."""
    small, large = sorted((one, other))
    less, more = (shares(area, pick, cost, **{**person, "per_visit": 0}) for cost in (small, large))
    if less and more:
        assert more.person_pays >= less.person_pays - 1
        assert more.fund_pays >= less.fund_pays - 1


@given(st.sampled_from(AREAS), st.sampled_from(PICKS), PERSON, COSTS, st.integers(0, 20_000_00))
def test_never_above_the_yearly_limit(area: str, pick: Pick, person: dict[str, Any], cost: int, used: int) -> None:
    """With more paid before, the fund pays no more than is left of the most that it pays to anybody like this one."""
    top = shares(area, pick, 10**10, **{**person, "used_cap": 0, "used_deductible": 10**9})
    found = shares(area, pick, cost, **{**person, "used_cap": used})
    if top and found:
        assert found.fund_pays <= max(top.fund_pays - used, 0) + 2


@given(PERSON, COSTS)
def test_retired_never_pay_more_than_active_in_beijing(person: dict[str, Any], cost: int) -> None:
    beijing = {**person, "scheme": Scheme.EMPLOYEE, "level": Level.THREE, "used_deductible": 0, "used_cap": 0}
    active, retired = (shares("110000", "", cost, **{**beijing, "status": status}) for status in Status)
    assert active
    assert retired
    assert retired.person_pays <= active.person_pays + 1


@given(st.integers(0, 20_000_00), st.integers(1, 20_000_00))
def test_two_bills_are_paid_like_one(first: int, second: int) -> None:
    """北京: what is paid for two bills one after the other is what is paid for both together, up to rounding."""
    person = {"scheme": Scheme.EMPLOYEE, "flexible": False, "status": Status.ACTIVE, "tier": 1, "age": 40,
              "level": Level.THREE, "signed_doctor": False, "per_visit": 0, "retired_month": 0}  # fmt: skip
    one = shares("110000", "", first, used_deductible=0, used_cap=0, **person)
    assert one
    two = shares("110000", "", second, used_deductible=one.deductible, used_cap=one.fund_pays, **person)
    both = shares("110000", "", first + second, used_deductible=0, used_cap=0, **person)
    assert two
    assert both
    assert one.deductible + two.deductible == both.deductible
    assert abs(one.fund_pays + two.fund_pays - both.fund_pays) <= 2


def test_cost_behind_finds_the_place_in_the_segments() -> None:
    segments = (Segment(0, 2_000_00, 700_000), Segment(2_000_00, 5_000_00, 500_000), Segment(5_000_00, UNLIMITED, 0))
    paid_by_first = (2_000_00 - 100_00) * 70 // 100
    assert cost_behind(segments, 0, 100_00) == 0
    assert cost_behind(segments, paid_by_first, 100_00) == 1_900_00
    assert cost_behind(segments, paid_by_first + 500_00, 100_00) == 1_900_00 + 1_000_00


def artificial(**changed: Any) -> OutpatientShares:
    """10,000 yuan at 50 % with a limit of 3,000, one thing changed."""
    usual: dict[str, Any] = {
        "outpatient_deductible": Keyed.same(100_00), "outpatient_rate": Keyed.same(500_000),
        "outpatient_cap": Keyed.same(3_000_00),
    }  # fmt: skip
    law, cost = OutpatientLaw(**{**usual, **changed}), 10_000_00
    return outpatient(
        law, Scheme.EMPLOYEE, False, Status.ACTIVE, 1, 40, Level.TWO, False, cost, 0, 0, 2_500_00, *[0] * 5
    )


def test_every_way_of_the_rule() -> None:
    half = (10_000_00 - 100_00) // 2
    assert artificial().fund_pays == 3_000_00
    assert artificial(above_cap_rate=Keyed.same(200_000)).fund_pays == 3_000_00 + (half - 3_000_00) * 20 // 100
    assert artificial(deductible_per=DeductiblePer.VISIT).deductible == 4 * 100_00
    assert artificial(cap_by=CapBy.WAGE, cap_wage=80_000_00, cap_rate=Keyed.same(50_000)).fund_pays == 4_000_00
    assert artificial(outpatient_deductible=Keyed.same(0), outpatient_cap=Keyed.same(UNLIMITED)).fund_pays == 5_000_00


def test_the_limit_of_wuhan_has_no_deductible_before_it() -> None:
    """武汉 gave the deductible up on 2023-02-01; before that day nothing is known of the reform there."""
    facts = {"status": "retired", "level": "1", "cost": "2000"}
    assert answer("outpatient", area="武汉", on=date(2023, 2, 1), facts=facts).value.certainty == "exact"
    assert answer("outpatient", area="武汉", on=date(2023, 1, 31), facts=facts).value.certainty == "unknown"


@pytest.mark.parametrize("topic", ["inpatient", "outpatient"])
def test_only_outpatients_go_to_a_pharmacy(topic: str) -> None:
    facts = {"status": "active", "level": "pharmacy", "cost": "300"}
    result = answer(topic, area="武汉", on=ON, facts=facts)
    if topic == "inpatient":
        assert (result.code, result.field) == ("unknown_choice", "level")  # type: ignore[union-attr]
        assert result.message.count("。") == 1  # type: ignore[union-attr]
    else:
        assert result.value.figures["fund_pays"]["value"] == 300_00 * 85 // 100


def test_the_signed_doctor_may_be_said_without_a_value(capsys: pytest.CaptureFixture[str]) -> None:
    from yibao.channels.cli.main import main

    options = ["--area", "杭州", "--on", "2024-06-01", "--status", "retired", "--level", "community", "--cost", "1000"]
    assert main(["answer", "outpatient", *options, "--signed-doctor"]) == 0
    assert "950.00" in capsys.readouterr().out  # 1,000 x 95 %, no deductible left
