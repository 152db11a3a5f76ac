"""Do claims of one person in a row give what the rule gives, asked claim after claim?"""

from datetime import date

import numpy as np
import pytest

from yibao.law.lowering.chains import CARRIED, bound
from yibao.law.lowering.kernel_text import PEOPLE
from yibao.law.lowering.laws import distinct
from yibao.law.lowering.lower import lower
from yibao.law.lowering.sequence import sequence
from yibao.law.parameters.resolving import resolve
from yibao.law.registry import RuleError
from yibao.law.rules.inpatient import InpatientLaw, inpatient
from yibao.law.values import Away, Level, Scheme, Status

DAY = date(2025, 6, 1)
FIGURES = ("fund_pays", "large_amount_pays", "person_pays", "deductible")
CONSTANTS = {"scheme": Scheme.EMPLOYEE, "away": Away.HOME, "excluded": 0, "upfront": 0}


def program():  # type: ignore[no-untyped-def]
    laws, _ = distinct([InpatientLaw], [("110000", DAY)])
    return lower(bound("inpatient", DAY), laws, FIGURES, constants=CONSTANTS)


def test_claims_after_claims_as_the_rule_settles_them() -> None:
    draw = np.random.default_rng(7)
    starts = np.concatenate([[0], np.cumsum(draw.integers(0, 6, 700))])
    rows = int(starts[-1])
    cost = draw.integers(0, 40_000_000, rows)
    level, status = draw.integers(1, 4, rows), np.repeat(draw.integers(0, 2, 700), np.diff(starts))
    found = sequence(program(), CARRIED["inpatient"])({"cost": cost, "level": level, "status": status}, starts)
    law = resolve(InpatientLaw, "110000", DAY)
    above = 0
    for person in range(700):
        paid = borne = 0
        for stay, row in enumerate(range(starts[person], starts[person + 1]), 1):
            shares = inpatient(
                law, Scheme.EMPLOYEE, Status(int(status[row])), 0, 40, Level(int(level[row])), int(cost[row]), 0, 0,
                stay, borne, paid, 0, 0, 0, 0,
            )  # fmt: skip
            assert [int(found[name][row]) for name in FIGURES] == [getattr(shares, name) for name in FIGURES]
            paid, borne = paid + shares.fund_pays + shares.large_amount_pays, borne + shares.deductible
            above += shares.large_amount_pays > 0
    assert above > 50  # the limit of the year was reached, so that something depended on the claims before
    assert not found["reason"].any()


def test_after_a_claim_without_a_figure_nobody_knows_what_is_used_up() -> None:
    columns = {
        "cost": np.array([5_000_000, 10**12, 5_000_000, 5_000_000]),
        "level": np.full(4, 3),
        "status": np.zeros(4, int),
    }
    found = sequence(program(), CARRIED["inpatient"])(columns, np.array([0, 3, 4]))
    assert found["reason"].tolist() == [0, 2, 1, 0]
    assert found["fund_pays"][2] == 0
    assert found["fund_pays"][0] == found["fund_pays"][3] > 0


def test_more_stays_than_the_rule_may_be_asked_for() -> None:
    columns = {"cost": np.full(102, 1_000), "level": np.full(102, 3), "status": np.zeros(102, int)}
    found = sequence(program(), CARRIED["inpatient"])(columns, np.array([0, 102]))
    assert found["reason"].tolist() == [0] * 100 + [2, 1]


@pytest.mark.parametrize("starts", [[0, 5], [1, 4], [0, 3, 2, 4], [0, 10**9, 4], [0, -3, 4], []])
def test_starts_that_are_not_those_of_the_rows_are_refused(starts: list[int]) -> None:
    columns = {"cost": np.zeros(4, int), "level": np.full(4, 3), "status": np.zeros(4, int)}
    with pytest.raises(RuleError, match="第一笔在哪一行"):
        sequence(program(), CARRIED["inpatient"])(columns, np.array(starts, int))


@pytest.mark.parametrize("place", [1, PEOPLE, 3 * PEOPLE - 1])
@pytest.mark.parametrize("parallel", [False, True])
def test_one_wrong_start_among_many_is_refused(place: int, parallel: bool) -> None:
    """Also where one block of people ends and the next begins, and where the start lies far outside."""
    rows = 20 * PEOPLE
    columns = {"cost": np.zeros(rows, int), "level": np.full(rows, 3), "status": np.zeros(rows, int)}
    run = sequence(program(), CARRIED["inpatient"], parallel=parallel)
    for wrong in (-1, 10**12):
        starts = np.arange(0, rows + 1, 5)
        starts[place] = wrong
        with pytest.raises(RuleError, match="第一笔在哪一行"):
            run(columns, starts)


def test_a_sum_of_what_is_no_output_is_refused() -> None:
    with pytest.raises(RuleError, match="eligible is carried"):
        sequence(program(), {"used_cap": "eligible"})
