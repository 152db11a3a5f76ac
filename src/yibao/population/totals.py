"""What does a run come to? Rows, rows by reason, and exact sums: Python's whole numbers, so that nothing overflows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from yibao.population.columns import Marks, Numbers

LOW = 0xFFFFFFFF


def exact_sum(values: Numbers) -> int:
    """The sum of a column, exact whatever its size.

    values: int64, any length. Where the sum could leave 64 bits, the halves of the numbers are summed apart.

    >>> exact_sum(np.full(4, 2**62))
    18446744073709551616
    """
    if not len(values):
        return 0
    most = max(abs(int(values.min())), abs(int(values.max())))
    if most * len(values) < 2**63:
        return int(values.sum())
    return (int((values >> 32).sum()) << 32) + int((values & LOW).sum())


@dataclass(frozen=True)
class Totals:
    """rows: of all files; reasons: rows by the number of the reason of the row (0: there is a figure); texts: the
    sentence of each reason; sums: of each figure, in its own unit; counts: how many rows have it."""

    rows: int = 0
    reasons: Mapping[int, int] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)
    sums: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def reason_texts(self) -> dict[str, int]:
        """Rows without a figure by the sentence that says why, the most frequent first."""
        ordered = sorted(self.reasons.items(), key=lambda pair: (-pair[1], pair[0]))
        return {self.texts.get(code, str(code)): rows for code, rows in ordered if code}

    def to_json(self) -> dict[str, Any]:
        """As it stands in `_run.json`."""
        reasons = {str(code): rows for code, rows in sorted(self.reasons.items())}
        return {"rows": self.rows, "reasons": reasons, "sums": dict(self.sums), "counts": dict(self.counts)}

    @classmethod
    def of_json(cls, told: Mapping[str, Any], texts: Mapping[int, str]) -> Totals:
        """As it was written; the sentences come from the run."""
        reasons = {int(code): int(rows) for code, rows in told["reasons"].items()}
        return cls(int(told["rows"]), reasons, dict(texts), dict(told["sums"]), dict(told["counts"]))


def of_rows(figures: Mapping[str, Numbers], reason: Numbers, without: Mapping[str, Marks | None]) -> Totals:
    """The totals of some rows. figures: int64, 0 where there is none; without: the rows that lack it (None: no row)."""
    rows = len(reason)
    found = {int(code): int(count) for code, count in enumerate(np.bincount(reason)) if count}
    counts = {name: rows - (0 if lack is None else int(lack.sum())) for name, lack in without.items()}
    return Totals(rows, found, {}, {name: exact_sum(values) for name, values in figures.items()}, counts)


def together(parts: Iterable[Totals]) -> Totals:
    """The totals of several parts as one.

    >>> together([Totals(1, {0: 1}, {}, {"a": 5}), Totals(2, {1: 2}, {}, {"a": 0})]).reasons
    {0: 1, 1: 2}
    """
    rows, reasons, sums, counts = 0, Counter[int](), Counter[str](), Counter[str]()
    texts: dict[int, str] = {}
    for part in parts:
        rows += part.rows
        texts |= part.texts
        for held, more in ((reasons, part.reasons), (sums, part.sums), (counts, part.counts)):
            for key, value in more.items():
                held[key] += value  # type: ignore[index]  # each with keys of its own
    return Totals(rows, dict(sorted(reasons.items())), texts, dict(sums), dict(counts))
