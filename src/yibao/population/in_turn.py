"""The claims of people one after another: what the claims before have used up is carried, under each law its own sums.

So a lower deductible reaches the year's limit earlier, as it would. It needs all claims of a person's year, in order.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from yibao.law.lowering.chains import CARRIED
from yibao.law.lowering.over import Lowered
from yibao.law.lowering.program import FIRST_SENTENCE, MISSING, REASON_TEXTS
from yibao.law.lowering.sequence import Sequence
from yibao.population.errors import PopulationError

Columns = dict[str, Any]
_COMPILED: dict[int, tuple[Lowered, dict[frozenset[str], Sequence]]] = {}
KEPT = 16
AFTER_UNKNOWN = "同一个人前一次没有算出来，后面的跟着算不出来，或者缺少要用到的事实"


def in_turn(low: Lowered, columns: Columns, on: date, threads: int) -> tuple[Columns, Mapping[int, str]]:
    """The figures of claims, as `Lowered.run` gives them, and the sentence of each reason.

    columns: as for `run`, with `person_id` (the claims of a person follow each other in the order in which they are
    settled) and `area`. Raises `PopulationError` where the rules change within the days that `low` knows.
    """
    if len(low.versions) != 1:
        raise PopulationError("several_versions", "这一年里算法换过，不能按一个人的先后接着算，请分段演算。")
    carried = {name: how for name, how in CARRIED[low.chain].items() if name in low.columns}
    lacks = {name.removesuffix("__missing") for name in columns if name.endswith("__missing")}
    compiled = _compiled(low, frozenset(lacks & set(low.columns) - set(carried)), carried, threads)
    given = dict(columns)
    if compiled.program.laws > 1:
        given["law"] = low.locator(columns["area"], on.toordinal(), low.law, len(columns["area"]))
    found = dict(compiled(given, _starts(columns["person_id"])))
    for name, reason in compiled.program.reason_of().items():
        found[f"reason_{name}"] = found[reason]
    sentences = {FIRST_SENTENCE + place: text for place, text in enumerate(compiled.program.reasons)}
    return found, {**REASON_TEXTS, MISSING: AFTER_UNKNOWN, **sentences}


def _compiled(low: Lowered, missing: frozenset[str], carried: dict[str, str], threads: int) -> Sequence:
    """The compiled program where some facts may be missing; the last few are kept."""
    if id(low) not in _COMPILED:
        if len(_COMPILED) >= KEPT:
            _COMPILED.clear()
        _COMPILED[id(low)] = (low, {})
    held = _COMPILED[id(low)][1]
    if missing not in held:
        held[missing] = Sequence(low.program(0, missing), carried, threads)
    return held[missing]


def _starts(person: Any) -> Any:
    """The row at which each person's claims begin, and the number of rows.

    >>> _starts(np.array([4, 4, 9])).tolist()
    [0, 2, 3]
    """
    changes = np.flatnonzero(np.diff(person)) + 1
    return np.concatenate(([0], changes, [len(person)])) if len(person) else np.zeros(1, np.int64)
