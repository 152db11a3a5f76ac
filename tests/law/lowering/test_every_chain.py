"""Does every chain of rules give the same figures as its rules one after the other, in every engine?"""

import psycopg
import pytest
from tests.law.lowering.cases import CHAINS, chain_case
from tests.law.lowering.checking import mistakes_are_noticed, same, tries_something
from tests.law.lowering.engines import as_python, compiled, in_duckdb, in_postgres

from yibao.law.lowering.evaluate import evaluate

SOAK_ROWS = 100_000


@pytest.mark.parametrize("chain", CHAINS)
def test_every_engine_gives_the_figures_of_the_chain(chain: str, postgres: psycopg.Connection) -> None:
    case = chain_case(chain)
    rows, expected = case.tried
    tries_something(case)
    same(rows, evaluate(case.program, rows), expected)
    same(rows, as_python(case.program, rows), expected)
    same(rows, in_duckdb(case.program, rows, "law_of_the_day"), expected)
    same(rows, in_postgres(postgres, case.program, rows), expected)


@pytest.mark.parametrize("chain", CHAINS)
def test_mistakes_are_noticed(chain: str) -> None:
    mistakes_are_noticed(chain_case(chain), [link.topic for link in CHAINS[chain]])


@pytest.mark.soak
@pytest.mark.parametrize("chain", CHAINS)
def test_many_rows(chain: str, postgres: psycopg.Connection) -> None:
    case = chain_case(chain)
    rows = case.rows(SOAK_ROWS, seed=11)
    expected = case.expected(rows)
    same(rows, compiled(case.program, rows), expected)
    same(rows, in_duckdb(case.program, rows, "law_of_the_day"), expected)
    same(rows, in_postgres(postgres, case.program, rows), expected)
