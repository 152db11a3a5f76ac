"""The two workloads: their figures, drawn rows and the plain rule; what the plain rule says is what is right.

The figures are made up after the law of several areas, so that every engine can hold them; money is integer fen.
Every engine must agree with the plain rule on every row before its speed counts.
"""

from pathlib import Path

import numpy as np

# --- W1: what is credited to a retiree's account for a month -----------------------------------------------------
AREAS = ("beijing", "shandong", "shanghai", "anhui", "gansu", "rate_a", "rate_b", "rate_c")
EMPLOYEE, RESIDENT = 0, 1
AVERAGE_PENSION = 370_000
SPLIT_AGE = (70, 70, 75, 0, 0, 0, 0, 0)
YOUNGER = (10_000, 10_000, 168_000 // 12, 7_000, 12_000, 0, 0, 0)
OLDER = (11_000, 12_500, 189_000 // 12, 7_000, 12_000, 0, 0, 0)
PERMILLE = {5: 28, 6: 25, 7: 30}  # of the average pension, by area

# --- W2: who pays what of a stay in hospital ----------------------------------------------------------------------
FIRST_DEDUCTIBLE, LATER_DEDUCTIBLE = 130_000, 65_000
ACTIVE_PERCENT = (90, 87, 85)  # hospital level 1, 2, 3
RETIRED_PERCENT = (95, 92, 90)
BASIC_CAP = 10_000_000
LARGE_PERCENT = 90

BYTES_PER_ROW = {"w1": 5 + 8, "w2": 21 + 24}  # inputs read and figures written, 8 bytes each


def half_up(numerator, denominator):
    """Whole numbers, or whole columns."""
    return (2 * numerator + denominator) // (2 * denominator)


AMOUNT_BY_RATE = {area: half_up(AVERAGE_PENSION * permille, 1000) for area, permille in PERMILLE.items()}


def credit(area: int, age: int, retired: bool, scheme: int) -> tuple[int]:
    """W1 for one person, fen a month."""
    if not retired or scheme != EMPLOYEE:
        return (0,)
    if area in PERMILLE:
        return (AMOUNT_BY_RATE[area],)
    return (OLDER[area] if age >= SPLIT_AGE[area] else YOUNGER[area],)


def settle(total: int, self_bp: int, level: int, retired: bool, admission: int, fund_so_far: int):
    """W2 for one claim: what the basic fund, the large-amount fund and the person pay, fen."""
    eligible = total - half_up(total * self_bp, 10_000)
    deductible = FIRST_DEDUCTIBLE if admission <= 1 else LATER_DEDUCTIBLE
    base = max(eligible - deductible, 0)
    percent = RETIRED_PERCENT[level - 1] if retired else ACTIVE_PERCENT[level - 1]
    wanted = half_up(base * percent, 100)
    room = max(BASIC_CAP - fund_so_far, 0)
    basic = min(wanted, room)
    above = base - half_up(room * 100, percent) if wanted > room else 0
    large = half_up(max(above, 0) * LARGE_PERCENT, 100)
    return basic, large, total - basic - large


RULES = {"w1": credit, "w2": settle}
COLUMNS = {
    "w1": ("area", "age", "retired", "scheme"),
    "w2": ("total", "self_bp", "level", "retired", "admission", "fund_so_far"),
}
FIGURES = {"w1": ("credit",), "w2": ("basic_pay", "large_pay", "self_pay")}


def make(workload: str, rows: int, seed: int = 1) -> dict[str, np.ndarray]:
    """Drawn rows; the same seed draws the same ones."""
    r = np.random.default_rng(seed)
    if workload == "w1":
        age = r.integers(0, 101, rows, dtype=np.int16)
        return {
            "area": r.integers(0, 8, rows, dtype=np.int8),
            "age": age,
            "retired": (age >= 55) & (r.random(rows, np.float32) < 0.9),
            "scheme": (r.random(rows, np.float32) >= 0.7).astype(np.int8),
        }
    return {
        "total": np.minimum(r.lognormal(13.8, 1.1, rows), 2e8).astype(np.int64),
        "self_bp": r.integers(0, 4001, rows, dtype=np.int16),
        "level": r.integers(1, 4, rows, dtype=np.int8),
        "retired": r.random(rows, np.float32) < 0.4,
        "admission": r.integers(1, 5, rows, dtype=np.int8),
        "fund_so_far": r.integers(0, 11_000_000, rows, dtype=np.int64),
    }


def expected(workload: str, data: dict[str, np.ndarray], step: int = 500_000) -> list[np.ndarray]:
    """Each figure of each row by the plain rule, one row after another."""
    rows = len(data["retired"])
    out = [np.empty(rows, np.int64) for _ in FIGURES[workload]]
    rule, names = RULES[workload], COLUMNS[workload]
    for start in range(0, rows, step):
        part = slice(start, start + step)
        got = np.array(list(map(rule, *(data[name][part].tolist() for name in names))), np.int64)
        for column, figures in zip(out, got.T, strict=True):
            column[part] = figures
    return out


def wrong_rows(got, wanted) -> int:
    """In how many rows any figure differs."""
    differs = np.zeros(len(wanted[0]), bool)
    for mine, right in zip(got, wanted, strict=True):
        differs |= np.asarray(mine) != right
    return int(differs.sum())


def save(folder: Path, workload: str, rows: int) -> tuple[dict[str, np.ndarray], list[np.ndarray]]:
    """Draws the rows and works out what is right, once for all engines, into a folder of plain NumPy files."""
    data = make(workload, rows)
    wanted = expected(workload, data)
    for name, column in (data | dict(zip(FIGURES[workload], wanted, strict=True))).items():
        np.save(folder / f"{workload}-{name}.npy", column)
    return data, wanted


def load(folder: Path, workload: str) -> tuple[dict[str, np.ndarray], list[np.ndarray]]:
    """The rows and the right figures."""

    def column(name):
        return np.load(folder / f"{workload}-{name}.npy")

    return {name: column(name) for name in COLUMNS[workload]}, [column(name) for name in FIGURES[workload]]
