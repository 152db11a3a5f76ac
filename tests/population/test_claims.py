"""Are the stays of made-up people as many and as dear as was published, and do they fit their people?"""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from yibao.law.values import Level, Scheme
from yibao.population.columns import declared
from yibao.population.people.claims import FACTS, MOST, Claims
from yibao.population.people.synthetic import People

ON = date(2025, 12, 31)
MANY = 300_000
Columns = dict[str, np.ndarray]


@pytest.fixture(scope="module")
def made() -> tuple[Columns, Columns]:
    people = People("重庆", ON)
    columns = people.batch(0, MANY)
    return columns, Claims(people).of(columns)


def test_stays_are_as_many_as_were_published(made: tuple[Columns, Columns]) -> None:
    """2025: 8,262.7万 discharges of 38,856.12万 employees, 19,613.1万 of 94,213.27万 residents."""
    people, stays = made
    for scheme, rate in ((Scheme.EMPLOYEE, 82_627 / 388_561.2), (Scheme.RESIDENT, 196_131 / 942_132.7)):
        members, found = (people["scheme"] == scheme).sum(), (stays["scheme"] == scheme).sum()
        assert abs(found / members - rate) < 5 * (1.6 * rate / members) ** 0.5 + 0.002, scheme  # capped, ages drawn


def test_older_people_stay_more_often(made: tuple[Columns, Columns]) -> None:
    """In proportion to the cost of care: 9,614 yuan a retired member, 2,881 a member in work."""
    people, stays = made
    own, those = (columns["status"][columns["scheme"] == 0] for columns in (people, stays))
    rates = [(those == status).sum() / (own == status).sum() for status in (0, 1)]
    assert abs(rates[1] / rates[0] - 9_614 / 2_881) < 0.25


def test_costs_by_level_are_those_that_were_published(made: tuple[Columns, Columns]) -> None:
    """Employees 2024, yuan a stay: 13,840, 8,327 and 6,105 by level, 11,707 in all."""
    _, stays = made
    own = stays["scheme"] == Scheme.EMPLOYEE
    for level, cost in ((Level.THREE, 13_840_00), (Level.TWO, 8_327_00), (Level.ONE, 6_105_00)):
        found = stays["cost"][own & (stays["level"] == level)]
        assert abs(found.mean() - cost) < 5 * found.std() / len(found) ** 0.5, level
    every = stays["cost"][own]
    assert abs(every.mean() - 11_707_00) < 5 * every.std() / len(every) ** 0.5


def test_the_shares_of_levels_follow_from_the_costs() -> None:
    claims = Claims(People("重庆", ON))
    employees, residents = claims.level_shares
    assert sum(employees) == sum(residents) == 1
    assert sum(part * cost for part, cost in zip(employees, (13_840, 8_327, 6_105), strict=True)) == 11_707
    costs = [Fraction(11_278), Fraction(11_278) * 8_327 / 13_840, Fraction(11_278) * 6_105 / 13_840]
    assert sum(part * cost for part, cost in zip(residents, costs, strict=True)) == 7_339


def test_stays_fit_their_people(made: tuple[Columns, Columns]) -> None:
    people, stays = made
    whose = stays["person_id"]
    for name in FACTS:
        assert (stays[name] == people[name][whose]).all(), name
    assert (stays["claim_id"] == whose * MOST + stays["stay"] - 1).all()
    assert (np.diff(stays["claim_id"]) > 0).all()
    same = whose[1:] == whose[:-1]
    assert (stays["on"][1:][same] >= stays["on"][:-1][same]).all()
    first = (date(2025, 1, 1) - date(1970, 1, 1)).days
    assert stays["on"].min() >= first
    assert stays["on"].max() <= first + 364
    assert (stays["excluded"] + stays["upfront"] <= stays["cost"]).all()
    for name, values in stays.items():
        bounds = declared().get(name)
        if bounds is not None:
            assert bounds.low <= values.min(), name
            assert values.max() <= bounds.high, name


def test_a_person_has_the_same_stays_in_any_batch(made: tuple[Columns, Columns]) -> None:
    people, stays = made
    claims = Claims(People("重庆", ON))
    part = claims.of({name: values[1000:2000] for name, values in people.items()})
    chosen = (stays["person_id"] >= 1000) & (stays["person_id"] < 2000)
    for name, values in part.items():
        assert (values == stays[name][chosen]).all(), name


def test_less_than_a_year_has_fewer_stays() -> None:
    half = Claims(People("重庆", date(2025, 6, 30)))
    whole = Claims(People("重庆", ON))
    assert half.rates[0] == whole.rates[0] * Fraction(181, 365)
