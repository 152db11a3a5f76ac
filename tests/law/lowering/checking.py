"""How a test says that an engine gives what the rules give, and that broken programs are noticed."""

from collections.abc import Sequence

import numpy as np
from tests.law.lowering.breaking import broken
from tests.law.lowering.cases import Case, Columns

from yibao.law.lowering.evaluate import evaluate
from yibao.law.lowering.program import Program

HARMLESS = {
    "missing_years": {"edge <= made <": "deemed_months > 0 or >= 0: taking nothing off changes nothing"},
    "retirement_age": {"floor dropped": "born is not before the first month affected there; the floor is for others"},
    "inpatient": {"edge <= made <": "at the bound of a segment nothing lies in it yet; both ways round give the same"},
}
"""Mistakes that change no figure of a rule, and why."""


def wrong(got: Columns, expected: Columns) -> dict[str, list[int]]:
    """The rows in which a column is not what it must be."""
    assert set(got) <= set(expected)
    found = {name: np.flatnonzero(got[name] != expected[name]) for name in got}
    return {name: rows.tolist() for name, rows in found.items() if len(rows)}


def same(rows: Columns, got: Columns, expected: Columns) -> None:
    """Fails with the first wrong row."""
    for name, bad in wrong(got, expected).items():
        shown = {column: values[bad[0]].item() for column, values in rows.items()}
        raise AssertionError(f"{name}: {len(bad)} wrong; {got[name][bad[0]]}, not {expected[name][bad[0]]}, of {shown}")


def tries_something(case: Case) -> None:
    """Every figure is given in some rows and not in others: rows that all have the same fate would try nothing."""
    _, expected = case.tried
    for name in case.program.figures:
        reasons = set(expected[f"reason of {name}"].tolist())
        assert 0 in reasons, name
        assert len(reasons) > 1, name


def is_noticed(program: Program, rows: Columns, expected: Columns) -> bool:
    """Whether a program gives anything wrong; reading beyond the end of a table is wrong too."""
    try:
        with np.errstate(all="ignore"):
            return bool(wrong(evaluate(program, rows), expected))
    except IndexError:
        return True


def mistakes_are_noticed(case: Case, topics: Sequence[str]) -> None:
    """Each kind of mistake that a program can be given makes some row wrong; that of one line need not."""
    rows, expected = case.tried
    assert not is_noticed(case.program, rows, expected)
    noticed: dict[str, bool] = {}
    for kind, _, program in broken(case.program):
        noticed[kind] = noticed.get(kind, False) or is_noticed(program, rows, expected)
    harmless = {kind for topic in topics for kind in HARMLESS.get(topic, {})}
    assert {kind for kind, seen in noticed.items() if not seen} <= harmless
