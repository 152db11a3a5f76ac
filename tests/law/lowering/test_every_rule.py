"""Does every rule give the same figures as a plain function, explained, compiled, in DuckDB and in PostgreSQL?

On rows drawn where things happen, on the bounds of the law itself and where the program turns; in areas whose law
differs, gaps included; with facts missing and values out of range. The plain rule is what the others are held to.
Broken programs must be noticed by the same rows.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import psycopg
import pytest
from tests.law.lowering.breaking import broken
from tests.law.lowering.cases import CHAINS, RULES, Case, Columns, chain_case, given_case, name_of, rule_case
from tests.law.lowering.engines import as_python, compiled, in_duckdb, in_postgres
from tests.law.lowering.reference import as_columns, outcomes

from yibao.law.explanation import explain
from yibao.law.lowering.evaluate import evaluate
from yibao.law.lowering.program import Program
from yibao.law.registry import Version

ROWS, COMPILED_ROWS, EXPLAINED_ROWS, SOAK_ROWS = 2000, 6000, 120, 100_000

HARMLESS = {
    "missing_years": {"edge <= made <": "deemed_months > 0 or >= 0: taking nothing off changes nothing"},
    "retirement_age": {
        "floor dropped": "born is at least the first month affected on that path; the floor is for others"
    },
}
"""Mistakes that change no figure, and why."""

EVERY: list[Any] = [
    *(pytest.param(rule_case, version, id=name_of(version)) for version in RULES),
    *(pytest.param(chain_case, chain, id=f"chain-{chain}") for chain in CHAINS),
]
every = pytest.mark.parametrize(("make", "what"), EVERY)


def wrong(got: Columns, expected: Columns) -> dict[str, list[int]]:
    """The rows in which a column is not what it must be."""
    found = {name: np.flatnonzero(got[name] != expected[name]) for name in got if name in expected}
    assert set(got) <= set(expected)
    return {name: rows.tolist() for name, rows in found.items() if len(rows)}


def same(case: Case, rows: Columns, got: Columns, expected: Columns) -> None:
    """Fails with the first wrong row."""
    bad = wrong(got, expected)
    first = next(iter(bad.items()), ("", []))
    shown = {name: column[first[1][0]].item() for name, column in rows.items()} if bad else {}
    assert bad == {}, (first[0], got[first[0]][first[1][0]], expected[first[0]][first[1][0]], shown)


def test_every_rule_is_in_a_chain() -> None:
    chained = {link.topic for chain in CHAINS.values() for link in chain}
    assert chained == {version.topic for version in RULES}


@every
def test_every_rule_gives_figures_and_reasons(make: Callable[[Any], Case], what: Any) -> None:
    """Rows that all have the same fate would try nothing."""
    case = make(what)
    expected = case.expected(case.rows(ROWS))
    figures = [name for name in case.program.figures if expected[f"reason of {name}"].min() == 0]
    assert figures
    assert all(len(np.unique(expected[f"reason of {name}"])) > 1 for name in figures)


@every
def test_the_kernels_text_gives_the_rules_figures(make: Callable[[Any], Case], what: Any) -> None:
    case = make(what)
    rows = case.rows(ROWS)
    expected = case.expected(rows)
    same(case, rows, evaluate(case.program, rows), expected)
    same(case, rows, as_python(case.program, rows), expected)


GIVEN = [*((given_case, chain) for chain in CHAINS), (chain_case, "retirement_age")]


@pytest.mark.parametrize(("make", "chain"), GIVEN)
def test_the_compiled_kernel_gives_the_rules_figures(make: Callable[[str], Case], chain: str) -> None:
    case = make(chain)
    rows = case.rows(COMPILED_ROWS, seed=12)
    same(case, rows, compiled(case.program, rows), case.expected(rows))


@every
def test_duckdb_gives_the_rules_figures(make: Callable[[Any], Case], what: Any) -> None:
    case = make(what)
    rows = case.rows(ROWS, seed=8)
    same(case, rows, in_duckdb(case.program, rows, "law_of_the_day"), case.expected(rows))


@every
def test_postgresql_gives_the_rules_figures(
    make: Callable[[Any], Case], what: Any, postgres: psycopg.Connection
) -> None:
    case = make(what)
    rows = case.rows(ROWS, seed=9)
    same(case, rows, in_postgres(postgres, case.program, rows, "law_of_the_day"), case.expected(rows))


@pytest.mark.parametrize("version", RULES, ids=name_of)
def test_the_explanation_gives_the_rules_figures(version: Version) -> None:
    """Of several gaps the words may meet another one first; then there is no figure either way."""
    case = rule_case(version)
    rows = case.rows(EXPLAINED_ROWS, seed=10)

    def told(law: Any, *given: Any) -> Any:
        return explain(version.function, law, *given).value

    plain, explained = (outcomes(case.chain, case.laws, rows, case.program, run) for run in (version.function, told))
    for one, other in zip(plain, explained, strict=True):
        for name, (value, reason) in one.items():
            assert other[name][0] == value, (name, one, other)
            assert (other[name][1] == reason) or {reason, other[name][1]} <= {1, 3, 4}


@every
def test_mistakes_are_noticed(make: Callable[[Any], Case], what: Any) -> None:
    """Each kind of mistake that a rule's program can be given makes some row wrong."""
    case = make(what)
    rows = case.rows(ROWS)
    expected = case.expected(rows)
    assert not is_wrong(case.program, rows, expected)
    noticed: dict[str, bool] = {}
    for kind, _, program in broken(case.program):
        noticed[kind] = noticed.get(kind, False) or is_wrong(program, rows, expected)
    topics = [link.topic for link in CHAINS[what]] if isinstance(what, str) else [what.topic]
    harmless = {kind for topic in topics for kind in HARMLESS.get(topic, {})}
    assert {kind for kind, seen in noticed.items() if not seen} <= harmless


def is_wrong(program: Program, rows: Columns, expected: Columns) -> bool:
    """Whether a broken program is noticed; one that reads beyond the end of a table is."""
    try:
        with np.errstate(all="ignore"):
            return bool(wrong(evaluate(program, rows), expected))
    except IndexError:
        return True


@pytest.mark.soak
@every
def test_many_rows(make: Callable[[Any], Case], what: Any, postgres: psycopg.Connection) -> None:
    """The full number of rows, in every engine, the tables of the law written into the query."""
    case = make(what)
    rows = case.rows(SOAK_ROWS, seed=11)
    expected = as_columns(outcomes(case.chain, case.laws, rows, case.program), case.program)
    same(case, rows, compiled(case.program, rows), expected)
    same(case, rows, in_duckdb(case.program, rows), expected)
    same(case, rows, in_postgres(postgres, case.program, rows), expected)
