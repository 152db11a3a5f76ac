"""How long is the wait after a gap, rule by rule, and what do areas say of their own?"""

from datetime import date
from typing import Any

import pytest
from tests.outside.questions_gap import histories, resident_wait

from yibao.law.parameters import Keyed
from yibao.law.parameters.resolving import resolve
from yibao.law.rules.gap import GapLaw, back_payment, waiting_period
from yibao.law.values import FirstTime, Gap, Missing, NeedsFact, Scheme, Switched, Unset
from yibao.services.answers import answer

ON = date(2026, 11, 21)
NO, YES = Switched.NO, Switched.YES
E, R = Scheme.EMPLOYEE, Scheme.RESIDENT


def nation(**changed: Any) -> GapLaw:
    values: dict[str, Any] = {
        "gap_limit": 3, "short_wait": Keyed.same(0), "long_wait": Keyed.same(6), "switch_months": 24,
        "short_back_payment": 1, "fixed_wait": 3, "first_year_counts": 1, "year_wait": 1, "repair_wait": 1,
        "long_years": 4, "long_years_wait": 6, "repair_allowed": 1,
    }  # fmt: skip
    return GapLaw(**{**values, **changed})


HISTORIES = [  # scheme, switched, gap months, unbroken months before, missed years, repaid years, months waited
    (E, NO, 1, 0, 0, 0, 0),
    (E, NO, 3, 0, 0, 0, 0),
    (E, NO, 4, 600, 0, 0, 6),
    (E, YES, 3, 24, 0, 0, 0),
    (E, YES, 3, 23, 0, 0, 6),
    (E, YES, 4, 24, 0, 0, 6),
    (R, YES, 3, 24, 9, 0, 0),
    (R, YES, 4, 24, 0, 0, 3 + 0),
    (R, NO, 0, 0, 1, 0, 3 + 1),
    (R, NO, 0, 0, 3, 3, 3 + 3 - 3),
    (R, NO, 0, 0, 4, 4, max(3 + 4 - 4, 6)),
    (R, NO, 0, 0, 8, 1, 3 + 8 - 1),
]


@pytest.mark.parametrize("row", HISTORIES, ids=str)
def test_twelve_histories(row: tuple[Any, ...]) -> None:
    scheme, switched, gap, unbroken, missed, repaid, wait = row
    found = waiting_period(nation(), scheme, False, switched, gap, unbroken, missed, repaid, FirstTime.NO)
    assert found.waiting_months == wait  # type: ignore[union-attr]


def test_there_are_twelve() -> None:
    assert len(HISTORIES) == 12
    assert len(histories()) >= 12


@pytest.mark.parametrize("missed", range(10))
@pytest.mark.parametrize("repaid", range(10))
def test_residents_by_the_formula_of_the_decision(missed: int, repaid: int) -> None:
    found = waiting_period(nation(), R, False, NO, 0, 0, missed, repaid, FirstTime.NO)
    assert found.waiting_months == resident_wait(missed, repaid) >= 3


@pytest.mark.parametrize(("missed", "wait"), [(0, 3), (1, 3), (2, 3 + 1), (3, 3 + 2), (4, 6), (6, 3 + 5)])
def test_the_first_year_may_be_read_as_not_counting(missed: int, wait: int) -> None:
    law = nation(first_year_counts=0)
    assert waiting_period(law, R, False, NO, 0, 0, missed, 0, FirstTime.NO).waiting_months == wait


def test_only_what_matters_is_read() -> None:
    """A resident is not asked for months, an employee not for years, nobody for unbroken months without a switch."""
    unset = {name: Unset(name) for name in ("gap_months", "continuous_months", "missed_years", "repaid_years")}
    given: tuple[Any, ...] = (unset["gap_months"], unset["continuous_months"], 2, 0)
    assert waiting_period(nation(), R, False, NO, *given, FirstTime.NO).waiting_months == 3 + 2
    given = (2, unset["continuous_months"], unset["missed_years"], unset["repaid_years"])
    assert waiting_period(nation(), E, False, NO, *given, FirstTime.NO).waiting_months == 0
    with pytest.raises(NeedsFact, match="continuous_months"):
        waiting_period(nation(), E, False, YES, *given, FirstTime.NO)


def test_back_payment() -> None:
    assert back_payment(nation(), E, 3, FirstTime.NO).back_payment_allowed == 1
    assert back_payment(nation(), R, 9, FirstTime.NO).back_payment_allowed == 1
    late = back_payment(nation(late_back_payment=Gap("gap.late_back_payment")), E, 4, FirstTime.NO).back_payment_allowed
    assert isinstance(late, Gap)


def test_the_frame_is_a_gap_where_no_range_is_wanted() -> None:
    """Books and settlement resolve without a pick: a range is never a number there."""
    law = resolve(GapLaw, "340100", ON)
    with pytest.raises(Missing) as error:
        int(law.long_wait[False,])
    assert error.value.gap.range_only


def test_the_range_is_said_to_be_the_frame() -> None:
    found = answer("gap", area="合肥", on=ON, facts={"scheme": "employee", "gap_months": "5"}).value
    assert found.certainty == "range"
    assert "国家的大框架" in found.summary
    assert "0个月到6个月" in found.summary
    assert any("待遇等待期" in line for line in found.next)
    assert any("还能不能补缴" in line for line in found.caveats)


def test_the_first_missed_year_is_told_as_a_reading() -> None:
    found = answer("gap", area="合肥", on=ON, facts={"scheme": "resident", "missed_years": "1"}).value
    assert found.figures["waiting_months"]["value"] == 3 + 1
    assert any("头一年" in line for line in found.caveats)
    assert any(line.startswith("另有说法：断1年") for line in found.caveats)
    assert any("新生儿" in line for line in found.caveats)


def test_weak_claims_are_shown_and_not_used() -> None:
    hangzhou = answer("gap", area="杭州", on=ON, facts={"scheme": "flexible", "gap_months": "5"}).value
    assert hangzhou.figures["waiting_months"]["value"] == 2
    assert any("6个月" in line for line in hangzhou.caveats if line.startswith("另有说法"))
    chengdu = answer("gap", area="成都", on=ON, facts={"scheme": "employee", "gap_months": "5"}).value
    assert chengdu.figures["waiting_months"]["high"] == 6
    assert any("12个月" in line for line in chengdu.caveats if line.startswith("另有说法"))


def test_more_paid_up_than_missed_is_refused() -> None:
    facts = {"scheme": "resident", "missed_years": "1", "repaid_years": "2"}
    assert answer("gap", area="合肥", on=ON, facts=facts).code == "repaid_exceeds_missed"


@pytest.mark.parametrize("text", ["-1", "100", "两年半"])
def test_impossible_years_are_refused(text: str) -> None:
    refused = answer("gap", area="合肥", on=ON, facts={"scheme": "resident", "missed_years": text})
    assert refused.code in ("missed_years_out_of_range", "not_a_number")
