"""What of an area's own law shapes the people made for it: wages, limits of the base, tiers, months of retirement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np

import yibao.law.rules  # noqa: F401  registers the rules
from yibao.law.parameters.resolving import resolve
from yibao.law.parameters.shapes import ANY, Law
from yibao.law.registry import in_force
from yibao.law.rules.allocation import AllocationLaw
from yibao.law.rules.inpatient import InpatientLaw
from yibao.law.rules.premium import PremiumLaw
from yibao.law.rules.retirement_age import RetirementAgeLaw
from yibao.law.values import MILLION, Gap, Missing, Scheme, Sex, month_number
from yibao.population.areas import code_of
from yibao.population.people.statistics import Statistics

OLDEST = 105  # years: older than this nobody is made
OLD_AGES = ((Sex.MALE, 60), (Sex.FEMALE, 55), (Sex.FEMALE, 50))


@dataclass(frozen=True)
class Place:
    """An area on a day. wage: its average, fen a month; floor, ceiling: of the base; tiers: by group of members;
    retires: month of retirement by kind (`OLD_AGES`) and months of age."""

    code: int
    on: date
    month: int
    wage: int
    wage_from: str
    floor: int
    ceiling: int
    tiers_flexible: tuple[int, ...]
    tiers_employed: tuple[int, ...]
    tiers_resident: tuple[int, ...]
    retires: np.ndarray[Any, np.dtype[np.int16]]


def place_of(area: str, on: date, statistics: Statistics) -> Place:
    """What is known of an area (name or code) on a day; `PopulationError` where the name is no pooling area."""
    code = code_of(area)
    law = resolve(PremiumLaw, code, on)
    wage, wage_from = _wage(law, statistics)
    floor = _known(law.base_floor, wage * statistics.assumed("flexible_base") // MILLION)
    laws = (law, *(resolve(kind, code, on) for kind in (AllocationLaw, InpatientLaw)))
    return Place(
        int(code), on, month_number(on.year, on.month), wage, wage_from, floor, _known(law.base_ceiling, 3 * wage),
        _tiers(laws, Scheme.EMPLOYEE, True), _tiers(laws, Scheme.EMPLOYEE, False), _tiers(laws, Scheme.RESIDENT, False),
        _retirements(code, on),
    )  # fmt: skip


def _known(value: Any, otherwise: int) -> int:
    return otherwise if isinstance(value, Gap) else int(value)


def _wage(law: PremiumLaw, statistics: Statistics) -> tuple[int, str]:
    """The average wage, fen a month: a third of the ceiling of the base where that is known, else the nation's."""
    ceiling: Any = law.base_ceiling
    if isinstance(ceiling, Gap):
        earlier = Statistics(statistics.year - 1, statistics.used)  # a year's wage is published in the next
        return int(earlier.figure("wages")) * 100 // 12, "nation"
    return int(ceiling) // int(statistics.assumed("ceiling_is_threefold")), "area"


def _tiers(laws: Iterable[Law], scheme: Scheme, flexible: bool) -> tuple[int, ...]:
    """The tiers that an area's laws tell apart for a group of members; 0 where they tell none apart."""
    resident, employed = scheme is Scheme.RESIDENT, scheme is Scheme.EMPLOYEE and not flexible
    own = {"resident": resident, "flexible": flexible, "person": employed, "employer": employed}
    found: set[int] = set()
    for law in laws:
        for one in fields(law):
            shape = one.metadata.get("shape")
            other = resident and isinstance(law, AllocationLaw)
            if shape is None or "tier" not in shape.dims or other or not own.get(one.name.partition("_")[0], True):
                continue
            keyed = getattr(law, one.name)
            used = [shape.dims[place] for place in keyed.places]
            for cell in keyed.cells if "tier" in used else ():
                told = dict(zip(used, cell, strict=True))
                here = told.get("scheme", scheme) in (ANY, scheme) and told.get("flexible", flexible) in (ANY, flexible)
                found |= {told["tier"]} if here and told["tier"] != ANY else set()
    return tuple(sorted(found)) or (0,)


def _retirements(code: str, on: date) -> np.ndarray[Any, np.dtype[np.int16]]:
    """The month of retirement by kind and months of age, by the law's own rule; before it, at the old age (int16)."""
    month = month_number(on.year, on.month)
    table = np.zeros((len(OLD_AGES), OLDEST * 12), np.int16)
    law = resolve(RetirementAgeLaw, code, on)
    for kind, (sex, old_age) in enumerate(OLD_AGES):
        for age in range(OLDEST * 12):
            try:
                reached = in_force("retirement_age", on).function(law, sex, old_age, month - age)
                table[kind, age] = reached.retires_on
            except Missing:
                table[kind, age] = month - age + 12 * old_age
    return table
