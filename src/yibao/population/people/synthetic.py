"""Made-up people of an area on a day, after published statistics: any number, any part of them alone, always the same.

What is cited and what is assumed stands in `statistics.yaml` and in docs/population.md.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from yibao.law.values import MILLION, Category, Scheme, Sex, Status, month_number
from yibao.population.people import draws
from yibao.population.people.place import OLD_AGES, OLDEST, place_of
from yibao.population.people.statistics import Statistics

Column = npt.NDArray[np.signedinteger[Any]]
CHILD, GROWN, ADULT, ELDERLY = 6, 18, 23, 60  # years: pupils from 6 on, students to 22, elderly from 60 on


class People:
    """The people of an area on a day, by their numbers: `batch(start, count)` gives columns as Parquet holds them.

    area: name or code of a pooling area; seed: another one, other people; average_pension: fen a month of the area's
    year of reform, if it is known, else the column is missing. Raises `PopulationError` for an unknown area.
    """

    def __init__(self, area: str, on: date, seed: int = 1, average_pension: int | None = None) -> None:
        self.seed, self.average_pension = seed, average_pension
        self.statistics = Statistics(on.year)
        self.place = place_of(area, on, self.statistics)
        self._ages()
        self._schemes()
        self._tables()

    def _ages(self) -> None:
        """The table of ages and sexes: place `2 * age + sex`, each as often as at the census."""
        self.statistics.assumed("age_structure")
        male = {age: share for low, high, share in self.statistics.rows("male") for age in range(low, high + 1)}
        self.weights: list[Fraction] = []
        for low, high, people in self.statistics.rows("ages"):
            for age in range(low, high + 1):
                here = Fraction(people, high - low + 1)
                men = Fraction(male[age], MILLION)
                self.weights += [here * (1 - men), here * men]  # Sex.FEMALE is 0, Sex.MALE 1
        self.people_of = draws.shares(self.weights, draws.FINE)

    def _schemes(self) -> None:
        """The shares of the employee scheme among those of working age, and among those who have reached retirement."""
        figure = self.statistics.figure
        for name in ("scheme_by_area", "tiers"):
            self.statistics.assumed(name)
        self.first_age = int(self.statistics.assumed("first_age"))
        cadre = self.statistics.share("old_age_women")
        working, retired, everybody = Fraction(0), Fraction(0), sum(self.weights)
        over = (self.place.retires <= self.place.month).reshape(len(OLD_AGES), OLDEST, 12).sum(axis=2)
        for kind, (sex, _) in enumerate(OLD_AGES):
            part = Fraction(1) if sex is Sex.MALE else (cadre if kind == 1 else 1 - cadre)
            for age in range(self.first_age, OLDEST):
                here = self.weights[2 * age + sex] * part
                gone = Fraction(int(over[kind, age]), 12)
                working, retired = working + here * (1 - gone), retired + here * gone
        insured = figure("insured")
        self.share_working = min(Fraction(figure("employees_active"), insured) * everybody / working, Fraction(1))
        self.share_retired = min(Fraction(figure("employees_retired"), insured) * everybody / retired, Fraction(1))
        self.old_at_55 = draws.threshold(cadre)

    def _tables(self) -> None:
        """Thresholds and tables of what is drawn."""
        figure, assumed, share = self.statistics.figure, self.statistics.assumed, self.statistics.share
        self.working = draws.threshold(self.share_working)
        self.retired = draws.threshold(self.share_retired)
        both = figure("employees_active") + figure("employees_retired")
        self.flexible = draws.threshold(Fraction(figure("employees_flexible"), both))
        self.aided = draws.threshold(Fraction(figure("aided"), figure("residents")))
        assumed("aid_groups")
        mean = self.place.wage
        self.wages = mean * draws.log_normal(share("wage_spread")) // MILLION // 100 * 100
        self.pensions = mean * int(assumed("pension_mean")) // MILLION * draws.log_normal(share("pension_spread"))
        self.pensions = self.pensions // MILLION // 100 * 100
        self.begins = [int(year) * 12 for year in assumed("work_begins")]
        self.since = [_month(assumed(name)) for name in ("scheme_began", "residents_began")]
        self.full, self.here = draws.threshold(share("paid_in_full")), draws.threshold(share("paid_here"))
        self.gap, self.missed = draws.threshold(share("in_gap")), draws.threshold(share("missed"))
        self.students = draws.threshold(share("students"))
        sizes = [int(size) for size in assumed("family_size")]
        self.family_of = np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)
        self.families = len(sizes)

    def batch(self, start: int, count: int) -> dict[str, Column]:
        """`count` people from number `start` on, by column; figures in fen, months as numbers, codes as in the law."""
        a = draws.words(self.seed, 0, start, count)
        fine = (a & np.uint64(draws.FINE - 1)).astype(np.intp)
        _, _, months, scheme = draws.quarters(a)
        person = np.arange(start, start + count, dtype=np.int64)
        cell = self.people_of[fine]
        age, sex = cell >> 1, (cell & 1).astype(np.int8)
        b = draws.quarters(draws.words(self.seed, 1, start, count))
        c = draws.quarters(draws.words(self.seed, 2, start, count))
        d = draws.quarters(draws.words(self.seed, 3, start, count))
        age_months = age * np.int16(12) + ((months.astype(np.int32) * 12) >> 16).astype(np.int16)
        kind = np.where(sex == Sex.MALE, 0, np.where(d[3] < self.old_at_55, 1, 2)).astype(np.int8)
        retires = self.place.retires.reshape(-1)[kind.astype(np.int32) * (OLDEST * 12) + age_months]
        gone = retires <= self.place.month
        employee = (scheme < np.where(gone, self.retired, self.working)) & (age >= self.first_age)
        found: dict[str, Column] = {
            "person_id": person,
            "family_id": person // len(self.family_of) * self.families + self.family_of[person % len(self.family_of)],
            "area": np.full(count, self.place.code, np.int32),
            "scheme": np.where(employee, Scheme.EMPLOYEE, Scheme.RESIDENT).astype(np.int8),
            "flexible": (employee & ~gone & (b[0] < self.flexible)).astype(np.int8),
            "status": np.where(employee & gone, Status.RETIRED, Status.ACTIVE).astype(np.int8),
            "sex": sex,
            "age": age,
            "born": np.int16(self.place.month) - age_months,
            "old_age": np.array([old for _, old in OLD_AGES], np.int8)[kind],
            "retires": retires,
            "retired_month": retires,
        }
        self._membership(found, employee, age, (c, d))
        self._money(found, employee, gone, b)
        self._contributions(found, employee, (b, c, d))
        return found

    def _membership(self, found: dict[str, Column], employee: Any, age: Column, drawn: Any) -> None:
        """Tier, as whom a resident is insured, and whether somebody is helped."""
        c, d = drawn
        place = self.place
        pupil = (age >= CHILD) & (age < GROWN) | (age >= GROWN) & (age < ADULT) & (d[2] < self.students)
        category = np.select(
            [employee, age < CHILD, pupil, age >= ELDERLY],
            [Category.ADULT, Category.CHILD, Category.STUDENT, Category.ELDERLY],
            Category.ADULT,
        )
        groups = ((~employee, place.tiers_resident), (found["flexible"] == 1, place.tiers_flexible))
        tier = _chosen(d[1], place.tiers_employed)
        for chosen, tiers in groups:
            if tiers != place.tiers_employed:
                tier = np.where(chosen, _chosen(d[1], tiers), tier)
        aided = ~employee & (c[3] < self.aided)
        found |= {
            "tier": tier,
            "category": category.astype(np.int8),
            "aid_group": np.where(aided, draws.between(d[0], 1, 3), 0).astype(np.int8),
        }

    def _money(self, found: dict[str, Column], employee: Any, gone: Any, b: Any) -> None:
        """Base and pension, fen a month: 0 for whoever pays on no base and draws no pension of an employee."""
        place = self.place
        base = np.clip(self.wages, place.floor, place.ceiling)[b[1]]
        base = np.where(found["flexible"] == 1, place.floor, base)
        found["base"] = np.where(employee & ~gone, base, 0)
        found["pension"] = np.where(employee & gone, self.pensions[b[1]], 0)

    def _contributions(self, found: dict[str, Column], employee: Any, drawn: Any) -> None:
        """Months paid, deemed, paid here, unbroken and missed; years that a resident missed; what is constant."""
        b, c, d = drawn
        now, born = np.int32(self.place.month), found["born"].astype(np.int32)
        begun = np.minimum(born + draws.between(b[2], *self.begins).astype(np.int32), now - 1)
        end = np.minimum(found["retires"], now)
        joined = np.where(employee, np.maximum(begun, self.since[0]), np.maximum(born, self.since[1]))
        span = np.maximum(np.where(employee, end, now) - joined, 0).astype(np.int32)
        part = np.where(c[0] < self.full, 65536, 32768 + (c[0].astype(np.int32) >> 1))
        in_gap = employee & (end == now) & (b[3] < self.gap)
        gap = np.where(in_gap, np.minimum(draws.between(c[1], 1, 24), span), 0).astype(np.int32)
        missed = np.where(~employee & (b[3] < self.missed), draws.between(c[1], 1, 5), 0).astype(np.int32)
        missed = np.minimum(missed, span // 12)
        paid = np.where(employee, np.minimum((span * part) >> 16, span - gap), span - 12 * missed)
        whole = paid == span
        deemed = np.minimum(self.since[0], end) - begun
        here = np.where(c[2] < self.here, 65536, 32768 + (c[2].astype(np.int32) >> 1))
        found |= {
            "joined": joined.astype(np.int16),
            "paid_months": paid.astype(np.int16),
            "deemed_months": np.where(employee, np.maximum(deemed, 0), 0).astype(np.int16),
            "local_months": ((paid * here) >> 16).astype(np.int16),
            "continuous_months": np.where(whole, paid, (paid * (d[0] >> 1).astype(np.int32)) >> 15).astype(np.int16),
            "gap_months": gap.astype(np.int16),
            "missed_years": missed.astype(np.int8),
            "repaid_years": ((missed * (d[2].astype(np.int32) & 255)) >> 8).astype(np.int8),
            "switched": np.zeros(len(born), np.int8),
            "first_time": np.zeros(len(born), np.int8),
            "asked_year": np.full(len(born), self.place.on.year, np.int16),
        }


def _month(text: str) -> int:
    return month_number(int(text[:4]), int(text[5:]))


def _chosen(draw: draws.Words, tiers: tuple[int, ...]) -> Column:
    """One of the tiers, all alike."""
    if len(tiers) == 1:
        return np.full(len(draw), tiers[0], np.int8)
    return np.array(tiers, np.int8)[draws.between(draw, 0, len(tiers) - 1)]
