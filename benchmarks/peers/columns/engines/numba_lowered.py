"""numba lowered by hand, as a good compiler of rules would print it: no branches, what has few values in a table,
division by constants only, all cores, columns that are used again."""

import numba
import numpy as np
import workload as w

from engines.numba_scalar import prepare

AGES = 128
AMOUNTS = [w.credit(area, age, True, w.EMPLOYEE)[0] for area in range(8) for age in range(AGES)]
TABLE = np.array([0] * (8 * AGES) + AMOUNTS, np.int64)  # [credited or not, area, age]
PERCENT = np.array((*w.ACTIVE_PERCENT, 0, *w.RETIRED_PERCENT), np.int64)
jit = numba.njit(parallel=True, error_model="numpy", nogil=True)


@jit
def w1(area, age, retired, scheme, table, out):
    for i in numba.prange(len(area)):
        credited = np.int64(retired[i]) & np.int64(scheme[i] == 0)
        out[i] = table[np.uint64((credited << 10) | (np.int64(area[i]) << 7) | np.int64(age[i]))]


@jit
def w2(total, self_bp, level, retired, admission, so_far, percents, basic, large, own):
    for i in numba.prange(len(total)):
        t = total[i]
        deductible = 65_000 + 65_000 * np.int64(admission[i] <= 1)
        outside = np.int64(np.uint64(2 * t * self_bp[i] + 10_000) // np.uint64(20_000))
        base = max(t - outside - deductible, 0)
        percent = percents[np.uint64((np.int64(retired[i]) << 2) + level[i] - 1)]
        wanted = np.int64(np.uint64(2 * base * percent + 100) // np.uint64(200))
        room = max(10_000_000 - so_far[i], 0)
        used = np.int64(np.uint64(200 * room + percent) // np.uint64(2 * percent))
        above = max(base - used, 0) * np.int64(wanted > room)
        basic[i] = min(wanted, room)
        large[i] = np.int64(np.uint64(2 * above * 90 + 100) // np.uint64(200))
        own[i] = t - basic[i] - large[i]


KERNELS = {"w1": (w1, TABLE), "w2": (w2, PERCENT)}
__all__ = ["prepare", "run"]


def run(workload, ready):
    columns, outs = ready
    kernel, table = KERNELS[workload]
    kernel(*columns, table, *outs)
    return outs
