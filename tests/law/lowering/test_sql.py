"""Does the printed SQL keep what is missing missing, pass columns through, quote names, and say no where it must?"""

from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest
import sqlglot
from tests.law.lowering.cases import chain_case, rule_case
from tests.law.lowering.engines import in_duckdb, listed

from yibao.law.lowering.evaluate import evaluate
from yibao.law.lowering.lookups import Dialect, lookups
from yibao.law.lowering.lower import lower
from yibao.law.lowering.program import GAP, MISSING, Program
from yibao.law.lowering.sql import sql
from yibao.law.parameters.resolving import resolve
from yibao.law.registry import RuleError, in_force
from yibao.law.rules.allocation import AllocationLaw

DAY = date(2025, 6, 1)
DIALECTS: tuple[Dialect, ...] = ("duckdb", "postgres", "spark")


def allocation() -> Program:
    laws = [{AllocationLaw: resolve(AllocationLaw, code, DAY)} for code in ("110000", "500000")]
    return lower([in_force("allocation", DAY).function, in_force("allocation_net", DAY).function], laws)


def run(query: str, table: pa.Table, *statements: str, name: str = "people") -> list[dict[str, Any]]:
    with duckdb.connect() as connection:
        connection.register(name, table)
        for statement in statements:
            connection.execute(statement)
        found = connection.execute(query)
        names = [column[0] for column in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def people(program: Program, **columns: Any) -> pa.Table:
    """One row: somebody in work, with 8,000 yuan, in the first of the laws."""
    plain: dict[str, Any] = {"id": [1], "law": [0]} | {name: [bounds.low] for name, bounds in program.inputs.items()}
    plain |= {"age": [40], "base": [800_000], **columns}
    return pa.table({name: pa.array(values) for name, values in plain.items()})


def test_an_allocation() -> None:
    program = allocation()
    found = run(sql(program, "people", "duckdb").query, people(program))
    assert found[0]["allocation_gross"] == 800_000 * 2 // 100  # 2 % of the own base
    assert found[0]["reason"] == 0


@pytest.mark.parametrize("name", [name for name in allocation().inputs if name != "law"])
def test_null_in_any_input_gives_no_figure(name: str) -> None:
    """Also where nobody said that the input may be missing."""
    program = allocation()
    found = run(sql(program, "people", "duckdb").query, people(program, **{name: pa.array([None], pa.int64())}))
    assert [found[0][figure] for figure in program.figures] == [None] * len(program.figures)
    assert found[0]["reason"] == MISSING


@pytest.mark.parametrize("law", [None, -1, 2])
def test_an_unknown_law_is_a_gap(law: int | None) -> None:
    program = allocation()
    found = run(sql(program, "people", "duckdb").query, people(program, law=pa.array([law], pa.int64())))
    assert (found[0]["allocation_gross"], found[0]["reason"]) == (None, GAP)


def test_a_table_of_the_law_in_which_a_row_is_wanting_is_a_gap() -> None:
    program = allocation()
    made = sql(program, "people", "duckdb", "law_2025_06")
    emptied = [f'DELETE FROM "{table.name}"' for table in made.lookups]
    found = run(made.query, people(program), *made.statements, *emptied)
    assert (found[0]["allocation_gross"], found[0]["reason"]) == (None, GAP)


def test_columns_are_passed_through_whatever_their_names() -> None:
    program = allocation()
    table = people(program, **{'the "month", 月': ["2025-06"], "select": [7]})
    found = run(
        sql(program, "the people", "duckdb", keep=("select", 'the "month", 月')).query, table, name="the people"
    )
    assert list(found[0])[:2] == ["select", 'the "month", 月']
    assert (found[0]["select"], found[0]['the "month", 月']) == (7, "2025-06")


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(RuleError, match="reason"):
        sql(allocation(), "people", "duckdb", keep=("id", "reason"))


def test_nothing_but_a_name_gets_into_the_query() -> None:
    query = sql(allocation(), 'people"; DROP TABLE people; --', "duckdb", keep=('id" FROM x; --',)).query
    assert len(sqlglot.parse(query, read="duckdb")) == 1


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_query_is_one_select_of_whole_numbers(dialect: Dialect) -> None:
    program = chain_case("inpatient").program
    tree = sqlglot.parse_one(sql(program, "people", dialect, "law_of_the_day").query, read=dialect)
    assert isinstance(tree, sqlglot.exp.Select)
    assert tree.named_selects == ["id", *program.figures, *program.reason_columns()]
    kinds = {cast.to.sql() for cast in tree.find_all(sqlglot.exp.Cast)}
    assert kinds <= {"BIGINT", "SMALLINT", "INT"}
    divisions = {type(node).__name__ for node in tree.find_all(sqlglot.exp.Div, sqlglot.exp.IntDiv)}
    assert divisions == {"Div" if dialect == "postgres" else "IntDiv"}


def test_tables_written_into_the_query_are_the_same() -> None:
    case = chain_case("allocation")
    rows = case.rows(500)
    inline, made = in_duckdb(case.program, rows), in_duckdb(case.program, rows, "law_of_the_day")
    assert all((inline[name] == made[name]).all() for name in made)


def test_joined_tables_hold_what_the_program_holds() -> None:
    """Tables of few rows are widened into one: for every combination of keys it says what each of them says."""
    program = chain_case("allocation").program
    found = lookups(program, "law")
    assert sorted(name for table in found for name in table.columns) == sorted(program.tables)
    assert len(found) < len(program.tables)
    for table in found:
        places = np.unravel_index(np.arange(table.rows), [key.size for key in table.keys])
        for name, column in table.columns.items():
            own = program.tables[name]
            index = [places[table.keys.index(key)] for key in own.keys]
            flat = np.ravel_multi_index(tuple(index), [key.size for key in own.keys])
            assert (own.values[flat] == column).all()


def test_yes_and_no_may_be_boolean() -> None:
    program = allocation()
    for value in (True, False):
        as_boolean = run(sql(program, "people", "duckdb").query, people(program, flexible=[value]))
        assert as_boolean == run(sql(program, "people", "duckdb").query, people(program, flexible=[int(value)]))


def test_a_program_without_inputs_or_tables_is_printed_too() -> None:
    case = rule_case(in_force("total_pension", DAY))
    rows = case.rows(100)
    bare = replace(case.program, laws=1, figures={"pension": replace(case.program.figures["pension"], value=7)})
    assert listed(bare, rows)["id"] == list(range(100))
    found = in_duckdb(bare, rows)
    assert (found["pension"] == evaluate(bare, rows)["pension"]).all()
