"""Stays in hospital of made-up people in the year of the day, after published numbers of stays and their costs."""

from __future__ import annotations

import calendar
import math
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from yibao.law.values import MILLION, Away, Level, Scheme, Sex, Status
from yibao.population.people import draws
from yibao.population.people.synthetic import ELDERLY, Column, People

MOST = 5  # stays of a person in a year; also how many claim numbers a person has
LEVELS = (Level.THREE, Level.TWO, Level.ONE)
FACTS = (
    "person_id", "family_id", "area", "scheme", "flexible", "status", "tier", "sex", "age", "aid_group", "base",
    "retired_month", "continuous_months",
)  # fmt: skip
EPOCH = date(1970, 1, 1)


class Claims:
    """The stays of some people from the first of January to the day, each with the facts of its person.

    `of(columns)` gives the stays of a batch of people, by column; the same person has the same stays in any batch.
    """

    def __init__(self, people: People) -> None:
        self.people, on = people, people.place.on
        self.first = (date(on.year, 1, 1) - EPOCH).days
        self.days = (on - date(on.year, 1, 1)).days + 1
        self.of_year = Fraction(self.days, 365 + calendar.isleap(on.year))
        self._stays()
        self._levels()
        self._rest()

    def _stays(self) -> None:
        """The table of how many stays, for members in work, retired members, younger and older residents."""
        figure, assumed = self.people.statistics.figure, self.people.statistics.assumed
        for name in ("stays_by_age", "stays_alike"):
            assumed(name)
        times = Fraction(figure("care_retired"), figure("care_active"))
        active, retired = figure("employees_active"), figure("employees_retired")
        employees = Fraction(figure("employee_stays")) / (active + times * retired)
        old = self._old_residents()
        residents = Fraction(figure("resident_stays"), figure("residents")) / (1 - old + times * old)
        self.rates = [rate * self.of_year for rate in (employees, employees * times, residents, residents * times)]
        self.stays = np.stack([_poisson(rate) for rate in self.rates])

    def _old_residents(self) -> Fraction:
        """Which part of the residents is 60 or older, among the people made here."""
        people, weights = self.people, self.people.weights
        everybody = old = Fraction(0)
        gone = (people.place.retires <= people.place.month).reshape(3, -1, 12).sum(axis=2)
        women = Fraction(people.old_at_55, draws.SIZE)
        for place, weight in enumerate(weights):
            age, sex = divmod(place, 2)
            parts = [(0, Fraction(1))] if sex == Sex.MALE else [(1, women), (2, 1 - women)]
            for kind, part in parts:
                over = Fraction(int(gone[kind, age]), 12)
                employed = over * people.share_retired + (1 - over) * people.share_working
                resident = weight * part * (1 - employed if age >= people.first_age else 1)
                everybody += resident
                old += resident if age >= ELDERLY else 0
        return old / everybody

    def _levels(self) -> None:
        """The table of levels, and the mean cost at each, fen: place 0 employees, 1 residents."""
        figure, assumed = self.people.statistics.figure, self.people.statistics.assumed
        assumed("resident_level_costs")
        three, two, one = (Fraction(cost) for cost in figure("employee_level_costs"))
        top = Fraction(figure("resident_level_three_cost"))
        costs = [(three, two, one), (top, top * two / three, top * one / three)]
        means = [Fraction(figure("employee_stay_cost")), Fraction(figure("resident_stay_cost"))]
        lowest = [Fraction(part, MILLION) for part in assumed("level_one")]
        self.level_shares = [_solved(*args) for args in zip(costs, means, lowest, strict=True)]
        self.levels = np.stack([draws.shares(part) for part in self.level_shares])
        self.costs = np.array([[int(100 * cost) for cost in part] for part in costs], np.int64)

    def _rest(self) -> None:
        figure, assumed = self.people.statistics.figure, self.people.statistics.assumed
        assumed("away_kinds")
        shares = [Fraction(figure(name), MILLION) for name in ("away_employees", "away_residents")]
        self.away = np.array([draws.threshold(share) for share in shares])
        self.spread = draws.log_normal(self.people.statistics.share("cost_spread"))
        self.excluded, self.upfront = (tuple(assumed(name)) for name in ("excluded", "upfront"))

    def of(self, columns: dict[str, Column]) -> dict[str, Column]:
        """The stays of a batch of people, in the order of the people and of the days; fen, days since 1970."""
        seed = self.people.seed
        person, resident = columns["person_id"], columns["scheme"] == Scheme.RESIDENT
        older = np.where(resident, columns["age"] >= ELDERLY, columns["status"] == Status.RETIRED)
        drawn = draws.quarters(draws.words_at(seed, 8, person.astype(np.uint64)))[0]
        count = self.stays.reshape(-1)[(2 * resident + older).astype(np.intp) * draws.SIZE + drawn]
        whose = np.repeat(np.arange(len(person)), count)
        stay = (np.arange(len(whose)) - np.repeat(np.cumsum(count) - count, count) + 1).astype(np.int8)
        claim = person[whose] * MOST + stay - 1
        found = {"claim_id": claim} | {name: columns[name][whose] for name in FACTS}
        a = draws.quarters(draws.words_at(seed, 9, claim.astype(np.uint64)))
        b = draws.quarters(draws.words_at(seed, 10, claim.astype(np.uint64)))
        many, own = count[whose].astype(np.int64), resident[whose].astype(np.intp)
        day = (((stay.astype(np.int64) - 1) * 65536 + a[0]) * self.days // many) >> 16
        rank = self.levels.reshape(-1)[own * draws.SIZE + a[1]]
        cost = self.costs[own, rank] * self.spread[a[2]] // MILLION
        excluded = cost * draws.between(b[0], *self.excluded) // MILLION
        return found | {
            "on": (self.first + day).astype(np.int32),
            "stay": stay,
            "level": np.array([int(level) for level in LEVELS], np.int8)[rank],
            "away": np.where(a[3] < self.away[own], draws.between(b[2], 1, len(Away) - 1), 0).astype(np.int8),
            "cost": cost,
            "excluded": excluded,
            "upfront": (cost - excluded) * draws.between(b[1], *self.upfront) // MILLION,
            "used_deductible": np.zeros(len(claim), np.int64),
            "used_cap": np.zeros(len(claim), np.int64),
        }


def _poisson(rate: Fraction) -> npt.NDArray[np.int16]:
    """How many stays, each number as often as for independent stays at this rate, at most `MOST`."""
    chances = [float(rate) ** n / math.factorial(n) for n in range(MOST + 1)]
    return draws.shares([Fraction(chance) for chance in chances])


def _solved(costs: tuple[Any, ...], mean: Fraction, lowest: Fraction) -> list[Fraction]:
    """The shares of three levels whose costs average to the mean, the share of the lowest given.

    >>> [float(part) for part in _solved((30, 20, 10), Fraction(22), Fraction(1, 10))]
    [0.3, 0.6, 0.1]
    """
    three, two, one = costs
    highest = (mean - two * (1 - lowest) - one * lowest) / (three - two)
    return [highest, 1 - lowest - highest, lowest]
