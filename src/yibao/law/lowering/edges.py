"""Which rows try a rule hardest? Those at which something happens: bounds of the law, halves of a fen, ends of ranges.

`random_rows` gives many rows weighted to where things happen; `edge_rows` puts one or two inputs of such a row on a
number of the law itself, one below it, or one above. Both are the same for the same seed, and both know the law and
not the program that was made of it, so that a bound which the program lost is tried all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from math import gcd
from typing import Any

import numpy as np

from yibao.law.parameters.shapes import Keyed, Law
from yibao.law.terms import terms
from yibao.law.values import MILLION, Gap, Range

Laws = Sequence[Mapping[type[Law], Law]]
Rows = dict[str, np.ndarray]

FEW = 256
"""An input of so few values is drawn evenly; one of more is money, a month, a rate."""
UNITS = {"fen/month": "fen", "fen/year": "fen", "count": "months", "years": "months", "yes_no": "code"}
"""Units whose numbers are tried on each other's inputs."""


def numbers(laws: Laws) -> dict[str, list[int]]:
    """Every number that the laws hold, by its unit (`fen`, `ppm`, `month`, …), sorted; gaps hold none.

    >>> from yibao.law.rules.allocation import AllocationLaw, Band
    >>> law = AllocationLaw(retired_bands=(Band(0, 10_000), Band(70, 11_000)), large_amount_fee=300)
    >>> numbers([{AllocationLaw: law}])
    {'age': [0, 70], 'age_months': [0, 840], 'fen': [0, 300, 10000, 11000], 'month': [0]}
    """
    found: dict[str, set[int]] = {}
    for law in (law for group in laws for law in group.values()):
        for name, number in _held(law):
            unit = unit_of(name)
            found.setdefault(unit, set()).add(number)
            if unit == "age":
                found.setdefault("age_months", set()).add(12 * number)
    return {unit: sorted(found[unit]) for unit in sorted(found)}


def unit_of(name: str) -> str:
    """The unit of a name of the law: `fen`, `ppm`, `month`, `months`, `age`, `code` …"""
    term = terms().get(name)
    unit = term.unit if term else "code"
    return UNITS.get(unit, unit)


def _held(law: Law) -> Iterator[tuple[str, int]]:
    for field in fields(law):
        if "shape" not in field.metadata:
            continue
        value = getattr(law, field.name)
        if isinstance(value, Keyed):
            yield from (("age", end) for ends in value.ages for end in (*ends, ends[1] + 1))
            for cell in value.cells.values():
                yield from _numbers_in(field.name, cell)
        else:
            yield from _numbers_in(field.name, value)


def _numbers_in(name: str, value: Any) -> Iterator[tuple[str, int]]:
    if isinstance(value, Gap):
        return
    if isinstance(value, int):
        yield name, int(value)
    for row in value if isinstance(value, tuple) else ():
        yield from ((column, int(x)) for column, x in row._asdict().items() if isinstance(x, int))


def half_points(rate: int, base: int = MILLION) -> list[int]:
    """The first amounts of which `rate` parts of `base` are exactly half a fen too much; none where there is no half.

    >>> half_points(20_000)  # 2 %: of 25 fen half a fen
    [25, 75, 125]
    >>> half_points(1_000_000)
    []
    """
    common = gcd(rate, base)
    if rate == 0 or base % 2 or (base // 2) % common:
        return []
    step = base // common
    first = (base // 2 // common) * pow(rate // common, -1, step) % step
    return [first + step * k for k in range(3)]


def points(name: str, bounds: Range, held: Mapping[str, Sequence[int]]) -> list[int]:
    """The values of an input at which the law may turn: the ends of its range, the law's numbers of its unit ± 1.

    For money also the amounts at which a rate of the law gives exactly half a fen, near nothing and near each number.
    """
    unit = unit_of(name)
    found = {bounds.low, bounds.low + 1, bounds.high, bounds.high - 1}
    for number in held.get(unit, ()):
        found |= {number - 1, number, number + 1}
    if unit == "fen":
        halves = {x for rate in held.get("ppm", ()) for x in half_points(rate)}
        found |= {x + d for x in halves for d in (-1, 0, 1)}
        found |= {number + x for number in held.get("fen", ()) for x in sorted(halves)[:4]}
    return sorted(x for x in found if bounds.low <= x <= bounds.high)


def random_rows(inputs: Mapping[str, Range], laws: Laws, count: int, seed: int = 1) -> Rows:
    """Rows of inputs with a `law` column (index into laws), weighted to where things happen.

    inputs: the ranges of a program; count: rows. int64 columns. Ages evenly; of codes the first (at home, in work)
    oftener than the others; money mostly below three times a number of the law, else on a logarithmic scale; months
    near those of the law. The first amount of a rule is what it is about (the cost, the base) and seldom nothing, what
    is taken off it is nothing more often than not.

    >>> rows = random_rows({"age": Range(0, 130), "base": Range(0, 10**11)}, [{}], 1000)
    >>> sorted(rows), int(rows["base"].min()), bool((rows["age"] <= 130).all())
    (['age', 'base', 'law'], 0, True)
    """
    held, random = numbers(laws), np.random.default_rng(seed)
    rows = {"law": random.integers(0, len(laws), count)}
    nothing = 5
    for name, bounds in inputs.items():
        rows[name] = _column(random, count, bounds, unit_of(name), held)
        if bounds.high - bounds.low > MILLION // 2:
            rows[name][_chance(random, count, nothing)] = bounds.low
            nothing = 60
    return rows


def _chance(random: np.random.Generator, count: int, percent: int) -> np.ndarray:
    """In how many rows of a hundred something holds."""
    return random.integers(0, 100, count) < percent


def _column(
    random: np.random.Generator, count: int, bounds: Range, unit: str, held: Mapping[str, Sequence[int]]
) -> np.ndarray:
    low, high = int(bounds.low), int(bounds.high)
    if high - low < FEW:
        evenly = random.integers(low, high + 1, count)
        return np.where(_chance(random, count, 30), low, evenly) if unit == "code" else evenly
    own = np.array([x for x in held.get(unit, ()) if low <= x <= high] or [low + min(high - low, MILLION)])
    if unit in ("month", "year", "months", "age_months", "day"):
        near = random.choice(own, count) + random.integers(-30, 31, count)
        spread = random.integers(low, min(high, low + 5000) + 1, count)
    else:
        near = random.choice(own, count) * random.integers(0, 3001, count) // 1000
        widest = (high - low).bit_length()
        spread = low + (random.integers(0, 1 << 62, count) >> (62 - random.integers(1, widest + 1, count)))
    return np.clip(np.where(_chance(random, count, 70), near, spread), low, high)


def edge_rows(inputs: Mapping[str, Range], laws: Laws, count: int, seed: int = 2) -> Rows:
    """Rows of which one to three inputs stand on a point of the law, the others as in `random_rows`; int64 columns.

    Every point of every input comes as often as any other; with fewer rows than points each comes at most once.
    """
    held, random = numbers(laws), np.random.default_rng(seed)
    rows = random_rows(inputs, laws, count, seed + 1)
    every = [(name, x) for name, bounds in inputs.items() for x in points(name, bounds, held)]
    for share in (1, 2, 3):
        order = random.permutation(len(every))
        for row in range(0, count if every else 0, share):
            name, value = every[order[row % len(every)]]
            rows[name][row] = value
    return rows
