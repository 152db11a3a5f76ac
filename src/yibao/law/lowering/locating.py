"""Which law a row is under: its area and its day, each by a small table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numba
import numpy as np
import numpy.typing as npt

AREA_CODES = 1_000_000


@numba.njit(cache=True, nogil=True)
def _locate(area, on, places, first, days, grid, found):  # type: ignore[no-untyped-def]  # numba infers them
    for i in range(len(found)):
        code, day = np.int64(area[i % len(area)]), np.int64(on[i % len(on)]) - first
        found[i] = -1
        if 0 <= code < len(places) and 0 <= day < len(days) and places[code] >= 0 and days[day] >= 0:
            found[i] = grid[places[code], days[day]]


class Locator:
    """The tables that lead from an area and a day to a cell of a grid."""

    def __init__(self, areas: Sequence[int], days: Sequence[int]) -> None:
        self.places = np.full(AREA_CODES, -1, np.int16)
        self.places[np.array(areas)] = np.arange(len(areas))
        self.first = min(days)
        self.days = np.full(max(days) - self.first + 1, -1, np.int16)
        self.days[np.array(days) - self.first] = np.arange(len(days))

    def __call__(self, area: Any, on: Any, grid: npt.NDArray[np.int32], rows: int) -> npt.NDArray[np.int32]:
        """For each row the number in a grid of areas and days; -1 where area or day are not in it.

        area: six-digit codes, on: proleptic ordinals of days; each one number or an array of whole numbers.

        >>> grid = np.array([[0, 1]], np.int32)
        >>> Locator([110000], [739000, 739001])(np.array([110000, 5]), np.array([739001, 739001]), grid, 2).tolist()
        [1, -1]
        """
        given = [np.ascontiguousarray(np.atleast_1d(column)) for column in (area, on)]
        found = np.empty(rows, np.int32)
        _locate(given[0].copy() if not given[0].flags.writeable else given[0],
                given[1].copy() if not given[1].flags.writeable else given[1],
                self.places, self.first, self.days, grid, found)  # fmt: skip
        return found
