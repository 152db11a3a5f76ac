"""numba by hand, the plain rule compiled as it is written, on all cores, into columns that are used again."""

import numba
import numpy as np
import workload as w

SPLIT, LOW, HIGH = (np.array(table, np.int64) for table in (w.SPLIT_AGE, w.YOUNGER, w.OLDER))
RATE = np.array([w.PERMILLE.get(area, 0) for area in range(8)], np.int64)
PERCENT = np.array((w.ACTIVE_PERCENT, w.RETIRED_PERCENT), np.int64)
half_up = numba.njit(w.half_up)


@numba.njit
def credit_one(area, age, retired, scheme, split, low, high, rate):
    if not retired or scheme != 0:
        return 0
    if rate[area] > 0:
        return half_up(370_000 * rate[area], 1000)
    return high[area] if age >= split[area] else low[area]


@numba.njit
def settle_one(total, self_bp, level, retired, admission, so_far, percents):
    eligible = total - half_up(total * np.int64(self_bp), 10_000)
    deductible = 130_000 if admission <= 1 else 65_000
    base = max(eligible - deductible, 0)
    percent = percents[1 if retired else 0, level - 1]
    wanted = half_up(base * percent, 100)
    room = max(10_000_000 - so_far, 0)
    basic = min(wanted, room)
    above = base - half_up(room * 100, percent) if wanted > room else 0
    large = half_up(max(above, 0) * 90, 100)
    return basic, large, total - basic - large


@numba.njit(parallel=True)
def w1(area, age, retired, scheme, split, low, high, rate, out):
    for i in numba.prange(len(area)):
        out[i] = credit_one(area[i], age[i], retired[i], scheme[i], split, low, high, rate)


@numba.njit(parallel=True)
def w2(total, self_bp, level, retired, admission, so_far, percents, basic, large, own):
    for i in numba.prange(len(total)):
        basic[i], large[i], own[i] = settle_one(
            total[i], self_bp[i], level[i], retired[i], admission[i], so_far[i], percents
        )


KERNELS = {"w1": (w1, (SPLIT, LOW, HIGH, RATE)), "w2": (w2, (PERCENT,))}


def prepare(workload, data):
    columns = [data[name] for name in w.COLUMNS[workload]]
    return columns, [np.empty(len(columns[0]), np.int64) for _ in w.FIGURES[workload]]


def run(workload, ready):
    columns, outs = ready
    kernel, tables = KERNELS[workload]
    kernel(*columns, *tables, *outs)
    return outs
