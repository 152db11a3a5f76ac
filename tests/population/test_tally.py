"""Are the sums of a comparison exact, in any order and any number of parts?"""

from collections import Counter
from itertools import pairwise
from statistics import median as middle

import numpy as np
import pytest

from yibao.population.groups import AGES, INCOMES, cell_of, groupings
from yibao.population.tally import Tally, average, margins, median

ROWS, CELLS = 4_000, 6


def made(seed: int, rows: int = ROWS) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    today = chance.integers(0, 10**11, rows)
    return chance.integers(0, CELLS, rows), today, today + chance.integers(-900, 900, rows) * 100


def tallied(*parts: tuple[np.ndarray, np.ndarray, np.ndarray]) -> Tally:
    total = Tally(CELLS)
    for cell, today, changed in parts:
        total.add(cell, today, changed, changed - today)
    total.fold()
    return total


def test_sums_are_those_of_a_loop() -> None:
    cells, today, changed = made(1)
    found = tallied((cells, today, changed))
    for cell in range(CELLS):
        here = [(int(t), int(c)) for k, t, c in zip(cells, today, changed, strict=True) if k == cell]
        gains = [c - t for t, c in here]
        assert [stat[cell] for stat in found.sums] == [
            len(here), sum(g > 0 for g in gains), sum(g < 0 for g in gains), sum(t for t, _ in here),
            sum(c for _, c in here), sum(g for g in gains if g > 0), sum(g for g in gains if g < 0),
        ]  # fmt: skip
    assert found.changes == Counter((changed - today).tolist())


@pytest.mark.parametrize("cuts", [[0, 1, ROWS], [0, 1_000, 1_001, 3_999, ROWS]])
def test_parts_make_the_whole_in_any_order(cuts: list[int]) -> None:
    cells, today, changed = made(2)
    whole = tallied((cells, today, changed))
    parts = [tallied((cells[a:b], today[a:b], changed[a:b])) for a, b in pairwise(cuts)]
    total = Tally(CELLS)
    for part in reversed(parts):
        total = total + part
    assert (total.sums, total.changes, total.compared) == (whole.sums, whole.changes, whole.compared)


def test_sums_above_64_bits_are_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yibao.population.tally.FOLD", 50)
    cell, most = np.zeros(60, np.int64), np.full(60, 10**17)
    total = Tally(1)
    for _ in range(4):
        total.add(cell, most, most, np.zeros(60, np.int64))
    total.fold()
    assert total.sums[3] == [4 * 60 * 10**17]


@pytest.mark.parametrize("seed", range(3))
def test_median_is_the_middle_of_all_rows(seed: int) -> None:
    gains = np.random.default_rng(seed).integers(0, 50, 100 + seed).tolist()
    twice = 2 * middle(gains)
    assert median(Counter(gains)) == (int(twice) + 1) // 2


def test_median_counts_far_apart_changes() -> None:
    total = Tally(1)
    gain = np.array([-(10**10), 5, 10**10])
    total.add(np.zeros(3, np.int64), gain, gain, gain)
    assert median(total.changes) == 5


def test_average_rounds_a_loss_as_a_gain() -> None:
    assert [average(n, 2) for n in (-3, -1, 1, 3)] == [-2, -1, 1, 2]


def test_cells_fall_apart_into_their_groups() -> None:
    ages = np.array([0, 17, 18, 69, 70, 130, 45, 45])
    columns = {
        "age": ages, "age__missing": np.array([False] * 7 + [True]), "sex": np.array([0, 1, 0, 1, 0, 1, 0, 1]),
        "scheme": np.array([1, 1, 0, 0, 0, 0, 0, 0]), "status": np.array([0, 0, 0, 1, 1, 1, 0, 0]),
        "base": np.array([0, 0, 300_000, 0, 0, 0, 299_999, 2_000_000]),
        "pension": np.array([0, 0, 0, 500_000, 0, 1, 0, 0]),
        "area": np.array([110000, 500000, 110000, 500000, 310000, 110000, 110000, 110000]),
    }  # fmt: skip
    listed = groupings(("500000", "110000"), with_level=False)
    cells = cell_of(len(ages), listed, columns, ("500000", "110000"))
    size = 1
    for grouping in listed:
        size *= len(grouping.groups)
    total = Tally(size)
    total.add(cells, ages, ages, np.zeros(len(ages), np.int64))
    total.fold()
    found = margins(total.sums, [len(grouping.groups) for grouping in listed])
    rows = {g.name: [group[0] for group in groups] for g, groups in zip(listed, found, strict=True)}
    assert rows["age"] == [2, 1, 1, 0, 1, 1, 1, 1]
    assert len(AGES) + 1 == len(rows["age"])
    assert rows["status"] == [3, 3, 2, 0]
    assert rows["income"] == [2, 1, 1, 0, 0, 1, 3]
    assert len(INCOMES) + 1 == len(rows["income"])
    assert rows["area"] == [2, 5, 1]
