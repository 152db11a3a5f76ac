"""Are the rows on which rules are tried those at which something happens, and the same ones every time?"""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.law.lowering.cases import CHAINS, chain_case

from yibao.law.lowering.edges import edge_rows, half_points, numbers, points, random_rows
from yibao.law.lowering.evaluate import every_line, value_of
from yibao.law.lowering.turning import turning_rows
from yibao.law.parameters import Keyed
from yibao.law.rules.inpatient import Cap, InpatientLaw, Segment, inpatient
from yibao.law.values import MILLION, UNLIMITED, Range

LAW = InpatientLaw(
    segments=Keyed.same((Segment(0, 3_000_000, 850_000), Segment(3_000_000, UNLIMITED, 900_000))),
    pool_cap=Keyed.same((Cap(0, 10_000_000),)),
)
FEN = Range(0, 10**11)


def test_every_number_of_the_law_is_found_by_its_unit() -> None:
    held = numbers([{InpatientLaw: LAW}])
    assert set(held["fen"]) == {0, 3_000_000, 10_000_000, UNLIMITED}
    assert set(held["ppm"]) == {0, 850_000, 900_000}


@given(st.integers(1, MILLION))
def test_half_points_are_exactly_half_a_fen(rate: int) -> None:
    found = half_points(rate)
    assert all(Fraction(amount * rate, MILLION) % 1 == Fraction(1, 2) for amount in found)
    within_reach = [a for a in range(200) if Fraction(a * rate, MILLION) % 1 == Fraction(1, 2)]
    assert found[: len(within_reach)] == within_reach[: len(found)]


def test_every_bound_and_its_neighbours_are_points() -> None:
    found = points("cost", FEN, numbers([{InpatientLaw: LAW}]))
    assert {0, 1, 2_999_999, 3_000_000, 3_000_001, 9_999_999, 10_000_000, 10_000_001, 10**11 - 1, 10**11} <= set(found)
    assert {10 - 1, 10, 10 + 1} <= set(found)  # 85 % of ten fen is eight and a half


@pytest.mark.parametrize("make", [random_rows, edge_rows])
def test_the_same_seed_gives_the_same_rows(make) -> None:  # type: ignore[no-untyped-def]
    inputs = {"cost": FEN, "age": Range(0, 130), "retired_month": Range(22_800, 26_400)}
    laws = [{InpatientLaw: LAW}, {InpatientLaw: LAW}]
    one, two, other = make(inputs, laws, 400, 5), make(inputs, laws, 400, 5), make(inputs, laws, 400, 6)
    assert sorted(one) == ["age", "cost", "law", "retired_month"]
    assert all((one[name] == two[name]).all() for name in one)
    assert any((one[name] != other[name]).any() for name in one)
    for name, bounds in inputs.items():
        assert bounds.low <= one[name].min()
        assert one[name].max() <= bounds.high


@pytest.mark.parametrize("chain", CHAINS)
def test_the_program_turns_at_the_turning_rows(chain: str) -> None:
    """Compared values meet, divisions come out even: in a share of the rows that chance would not give."""
    case = chain_case(chain)
    program, rows = case.program, turning_rows(case.program, case.laws, 1000)
    found = every_line(program, rows)
    compared = [line for line in program.code if line.op in ("min", "max", "lt", "le", "gt", "ge")]
    for line in compared:
        first, second = (value_of(found, a) for a in line.args)
        assert (np.abs(first - second) <= 1).any() or chain in ("pension", "transfer"), line


def test_a_cap_is_reached_to_the_fen() -> None:
    """The cost at which 85 % and 90 % of its segments are exactly the cap, through everything between."""
    case = chain_case("inpatient")
    rows = turning_rows(case.program, case.laws, 20_000)
    assert inpatient.__name__ in {link.function.__name__ for link in case.chain}
    found = every_line(case.program, rows)
    exactly = [
        line.name
        for line in case.program.code
        if line.op == "min" and (value_of(found, line.args[0]) == value_of(found, line.args[1])).any()
    ]
    assert exactly
