"""The two workloads of `peers/columns/workload.py` as rules of our own language, and their figures as its laws.

Nothing here is tuned: it is how any rule of the law is written. The kernels are printed from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple

from yibao.law.helpers import half_up, reached, share
from yibao.law.parameters import Keyed, Law, given, keyed, rows
from yibao.law.rules.allocation import Allocated, Band, RetiredBy
from yibao.law.rules.inpatient import Deductible
from yibao.law.values import MILLION, Age, Count, Fen, Ppm, Range, Scheme, Status


@dataclass(frozen=True)
class CreditLaw(Law):
    """What an area credits its retirees: a sum by age, or a share of the average pension."""

    retired_by: RetiredBy = given(RetiredBy)
    retired_bands: tuple[Band, ...] = rows(Band)
    average_pension: Fen = given()
    retired_rate: Ppm = given()


def credit(p: CreditLaw, age: Age, status: Status, scheme: Scheme) -> Allocated:
    """W1: what is credited to a retiree's account for a month; nothing to anybody else."""
    if status != Status.RETIRED or scheme != Scheme.EMPLOYEE:
        allocation_gross = 0
    elif p.retired_by == RetiredBy.AVERAGE:
        allocation_gross = share(p.average_pension, p.retired_rate)
    else:
        allocation_gross = reached(p.retired_bands, age).amount
    return Allocated(allocation_gross)


@dataclass(frozen=True)
class SettleLaw(Law):
    """One deductible and one share above it, up to a cap; above the cap a share by the large-amount insurance."""

    deductibles: tuple[Deductible, ...] = rows(Deductible)
    top_rate: Keyed[Ppm] = keyed(int, "level", "status")
    pool_cap: Fen = given()
    large_rate: Ppm = given()


class Settled(NamedTuple):
    """Fen of one stay."""

    fund_pays: Fen
    large_amount_pays: Fen
    person_pays: Fen


def settle(
    p: SettleLaw,
    cost: Fen,
    rate: Annotated[int, Range(0, 10_000)],
    level: Annotated[int, Range(1, 3)],
    status: Status,
    stay: Count,
    used_cap: Fen,
) -> Settled:
    """W2: who pays what of a stay; rate: the share of the cost outside the catalogue, in ten-thousandths."""
    eligible = max(cost - half_up(cost * rate, 10_000), 0)
    deductible = reached(p.deductibles, stay).amount
    in_top = max(eligible - deductible, 0)
    fund_share = share(in_top, p.top_rate[level, status])
    pool_limit = max(p.pool_cap - used_cap, 0)
    fund_pays = min(fund_share, pool_limit)
    if fund_share > pool_limit:
        beyond_cap = max(in_top - half_up(pool_limit * MILLION, p.top_rate[level, status]), 0)
    else:
        beyond_cap = 0
    large_amount_pays = share(beyond_cap, p.large_rate)
    person_pays = cost - fund_pays - large_amount_pays
    return Settled(fund_pays, large_amount_pays, person_pays)


def credit_laws(w: Any) -> list[dict[type[Law], Law]]:
    """The eight areas of W1, from the figures of the workload's module."""

    def law(area: int) -> CreditLaw:
        if area in w.PERMILLE:
            return CreditLaw(
                retired_by=RetiredBy.AVERAGE,
                average_pension=w.AVERAGE_PENSION,
                retired_rate=1000 * w.PERMILLE[area],
            )
        bands = [Band(w.SPLIT_AGE[area], w.OLDER[area])]
        if w.SPLIT_AGE[area]:
            bands = [Band(0, w.YOUNGER[area]), *bands]
        return CreditLaw(retired_by=RetiredBy.MONTH_BANDS, retired_bands=tuple(bands))

    return [{CreditLaw: law(area)} for area in range(len(w.AREAS))]


def settle_laws(w: Any) -> list[dict[type[Law], Law]]:
    """The one law of W2."""
    percents = {Status.ACTIVE: w.ACTIVE_PERCENT, Status.RETIRED: w.RETIRED_PERCENT}
    rates = {
        (level, int(status)): 10_000 * percent
        for status, by_level in percents.items()
        for level, percent in enumerate(by_level, 1)
    }
    law = SettleLaw(
        deductibles=(Deductible(1, w.FIRST_DEDUCTIBLE), Deductible(2, w.LATER_DEDUCTIBLE)),
        top_rate=Keyed("top_rate", (0, 1), rates),
        pool_cap=w.BASIC_CAP,
        large_rate=10_000 * w.LARGE_PERCENT,
    )
    return [{SettleLaw: law}]


def our_columns(workload: str, data: Any) -> dict[str, Any]:
    """The workload's columns under our names, without copies; `law` is the area."""
    names = {
        "w1": {"area": "law", "age": "age", "retired": "status", "scheme": "scheme"},
        "w2": {
            "total": "cost", "self_bp": "rate", "level": "level", "retired": "status", "admission": "stay",
            "fund_so_far": "used_cap",
        },
    }[workload]  # fmt: skip
    return {ours: data[theirs].view("int8") if theirs == "retired" else data[theirs] for theirs, ours in names.items()}
