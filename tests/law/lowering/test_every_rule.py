"""Does every rule give the same figures as a plain function, explained, as a kernel, in DuckDB and in PostgreSQL?

On rows drawn where things happen, on the bounds of the law itself and where the program turns; in areas whose law
differs, gaps included; with facts missing and values out of range. The plain rule is what the others are held to.
Programs broken on purpose must be noticed by the same rows.
"""

from typing import Any

import psycopg
import pytest
from tests.law.lowering.cases import CHAINS, RULES, name_of, rule_case
from tests.law.lowering.checking import mistakes_are_noticed, same, tries_something
from tests.law.lowering.engines import as_python, compiled, in_duckdb, in_postgres
from tests.law.lowering.reference import outcomes

from yibao.law.explanation import explain
from yibao.law.lowering.evaluate import evaluate
from yibao.law.registry import Version

EXPLAINED_ROWS, SOAK_ROWS = 120, 100_000
every = pytest.mark.parametrize("version", RULES, ids=name_of)


def test_every_rule_is_in_a_chain() -> None:
    assert {link.topic for chain in CHAINS.values() for link in chain} == {version.topic for version in RULES}


@every
def test_every_engine_gives_the_rules_figures(version: Version, postgres: psycopg.Connection) -> None:
    case = rule_case(version)
    rows, expected = case.tried
    tries_something(case)
    same(rows, evaluate(case.program, rows), expected)
    same(rows, as_python(case.program, rows), expected)
    same(rows, in_duckdb(case.program, rows), expected)
    same(rows, in_postgres(postgres, case.program, rows, "law_of_the_day"), expected)


@every
def test_mistakes_are_noticed(version: Version) -> None:
    mistakes_are_noticed(rule_case(version), [version.topic])


@every
def test_the_explanation_gives_the_rules_figures(version: Version) -> None:
    """Of several gaps the words may meet another one first; then there is no figure either way."""
    case = rule_case(version)
    rows = {name: column[:EXPLAINED_ROWS] for name, column in case.tried[0].items()}

    def told(law: Any, *given: Any) -> Any:
        return explain(version.function, law, *given).value

    plain, explained = (outcomes(case.chain, case.laws, rows, case.program, run) for run in (version.function, told))
    for one, other in zip(plain, explained, strict=True):
        for name, (value, reason) in one.items():
            assert other[name][0] == value, (name, one, other)
            assert (other[name][1] == reason) or {reason, other[name][1]} <= {1, 3, 4}


@pytest.mark.soak
@every
def test_many_rows(version: Version, postgres: psycopg.Connection) -> None:
    case = rule_case(version)
    rows = case.rows(SOAK_ROWS, seed=11)
    expected = case.expected(rows)
    same(rows, compiled(case.program, rows), expected)
    same(rows, in_duckdb(case.program, rows, "law_of_the_day"), expected)
    same(rows, in_postgres(postgres, case.program, rows), expected)
