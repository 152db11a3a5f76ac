"""Does a run over files give what the scalar rule gives, to the fen, stopped and resumed, and refuse what it cannot?"""

import json
import os
import signal
import time
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from tests.commands import YIBAO, Commands

from yibao.law.lowering.program import REASON_TEXTS
from yibao.population import sources
from yibao.population.errors import PopulationError
from yibao.population.people import making
from yibao.population.rows import explain_row, row_of_person, work
from yibao.population.runs import run, stream
from yibao.population.totals import exact_sum

ON = date(2025, 10, 31)
ROWS = 1200
FACTS = ("scheme", "flexible", "status", "tier", "age", "base", "average_pension", "pension", "retired_month")


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two areas, three files, 1,200 people each, and their stays."""
    folder = tmp_path_factory.mktemp("people")
    for name, area, seed in (("a", "北京", 1), ("b", "重庆", 2), ("c", "北京", 3)):
        claims = folder / "claims" / f"{name}.parquet"
        making.make(ROWS, area, ON, folder / "people" / f"{name}.parquet", seed, claims=claims)
    return folder


@pytest.fixture(scope="module")
def done(people: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The month of allocation of these people."""
    out = tmp_path_factory.mktemp("run")
    run(people / "people", out, "allocation", ON, progress=False)
    return out


def rows_of(folder: Path) -> list[dict]:
    return [row for path in sorted(folder.glob("*.parquet")) for row in pq.read_table(path).to_pylist()]


def test_totals_are_the_sum_over_the_rows_by_the_scalar_rule(people: Path, done: Path) -> None:
    told = run(people / "people", done, "allocation", ON, progress=False)
    sums: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for row in rows_of(people / "people"):
        worked = work("allocation", f"{row['area']:06d}", ON, {name: row[name] for name in FACTS})
        reasons[worked.reason] += 1
        sums.update({name: value for name, value in worked.figures.items() if value})
    assert told.rows == 3 * ROWS
    assert dict(told.sums) | {"allocation_year": 0} == dict(sums) | {"allocation_year": 0}
    assert told.reason_texts == {text: count for text, count in reasons.items() if text}
    assert told.reasons[0] == reasons[""] == told.counts["allocation_net"] > 500


def test_every_row_has_its_own_figure(people: Path, done: Path) -> None:
    for given, found in zip(rows_of(people / "people")[::13], rows_of(done)[::13], strict=True):
        worked = work("allocation", f"{given['area']:06d}", ON, {name: given[name] for name in FACTS})
        assert found["person_id"] == given["person_id"]
        assert found["allocation_net"] == worked.figures.get("allocation_net")
        assert (found["reason"] == 0) == (found["allocation_net"] is not None)


def test_a_stay_and_its_day_come_from_the_row(people: Path, tmp_path: Path) -> None:
    """Each stay has a day of its own; over the last days of the year the law of each is asked."""
    told = run(people / "claims", tmp_path, "inpatient", outputs=("fund_pays",), progress=False)
    assert told.reasons[0] > 50
    for row in range(0, told.rows, 7):
        assert explain_row(tmp_path, row).agrees


def test_a_row_is_explained_afterwards(people: Path, done: Path) -> None:
    for row in range(0, 3 * ROWS, 97):
        told = explain_row(done, row)
        assert told.agrees
        assert told.same_law
    given = pq.read_table(people / "people" / "b.parquet")
    place = pc.index(pc.and_(pc.equal(given["scheme"], 0), pc.equal(given["status"], 1)), True).as_py()
    told = explain_row(done, ROWS + place)
    assert told.file.endswith("b.parquet")
    assert told.area == "500000"
    assert [link.topic for link in told.links] == ["allocation", "allocation_net"]
    assert told.links[0].explained is not None
    assert told.links[0].explained.steps[-1].value == told.recorded["allocation_gross"]
    assert row_of_person(done, 1034) == 1034


def test_a_wrong_figure_in_a_run_is_noticed(people: Path, done: Path, tmp_path: Path) -> None:
    run(people / "people", tmp_path, "allocation", ON, progress=False)
    table = pq.read_table(tmp_path / "a.parquet")
    place = pc.index(pc.equal(table["reason"], 0), True).as_py()
    wrong = table["allocation_net"].to_pylist()
    wrong[place] += 1
    column = table.schema.get_field_index("allocation_net")
    pq.write_table(table.set_column(column, "allocation_net", pa.array(wrong, pa.int64())), tmp_path / "a.parquet")
    assert not explain_row(tmp_path, place).agrees
    with pytest.raises(PopulationError, match="没有第 3600 行"):
        explain_row(tmp_path, 3 * ROWS)


def test_killed_and_resumed_gives_the_same(tmp_path: Path) -> None:
    source = tmp_path / "people"
    for number in range(12):
        making.make(50_000, "北京", ON, source / f"{number:02d}.parquet", number)
    whole = run(source, tmp_path / "whole", "allocation", ON, progress=False)
    command = (*YIBAO, "population", "run", "--chain", "allocation", "--people", str(source), "--on", "2025-10-31")
    arguments = (*command, "--out", str(tmp_path / "killed"), "--json")
    commands = Commands(tmp_path / "data")
    process = commands.start(*arguments)
    record = tmp_path / "killed" / "_run.json"
    while process.poll() is None and not (record.exists() and json.loads(record.read_text())["files"]):
        time.sleep(0.01)
    assert process.poll() is None, process.communicate()[1]
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    finished = json.loads(record.read_text())["files"]
    assert 0 < len(finished) < 12
    before = {name: (tmp_path / "killed" / name).stat().st_mtime_ns for name in finished}
    told = json.loads(commands.run(*arguments))
    assert {name: found["sum"] for name, found in told["figures"].items()} == dict(whole.sums)
    assert {row["reason"]: row["rows"] for row in told["reasons"]} == dict(whole.reasons)
    for path in (tmp_path / "whole").glob("*.parquet"):
        assert path.read_bytes() == (tmp_path / "killed" / path.name).read_bytes()
    assert {name: (tmp_path / "killed" / name).stat().st_mtime_ns for name in finished} == before
    assert not list((tmp_path / "killed").glob(".*.tmp"))


def test_only_what_changed_is_run_again(people: Path, tmp_path: Path) -> None:
    source = tmp_path / "in"
    making.make(500, "北京", ON, source / "a.parquet")
    making.make(500, "北京", ON, source / "b.parquet", 2)
    first = run(source, tmp_path / "out", "allocation", ON, progress=False)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.parquet")}
    making.make(600, "北京", ON, source / "b.parquet", 2)
    making.make(100, "北京", ON, source / "c.parquet", 3)
    second = run(source, tmp_path / "out", "allocation", ON, progress=False)
    assert (first.rows, second.rows) == (1000, 1200)
    assert [path.name for path in before if path.stat().st_mtime_ns == before[path]] == ["a.parquet"]
    for chain, on in (("premium", ON), ("allocation", date(2025, 9, 30))):
        with pytest.raises(PopulationError, match="另一次运算"):
            run(source, tmp_path / "out", chain, on, progress=False)


def test_threads_and_batches_change_nothing(people: Path, done: Path, tmp_path: Path) -> None:
    run(people / "people", tmp_path / "one", "allocation", ON, threads=1, progress=False)
    for path in done.glob("*.parquet"):
        assert path.read_bytes() == (tmp_path / "one" / path.name).read_bytes()
    table = pa.concat_tables(pq.read_table(path) for path in sorted((people / "people").glob("*.parquet")))
    reader = pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=700))
    streamed = pa.Table.from_batches([batch for batch, _ in stream(reader, "allocation", ON)])
    assert streamed.to_pylist() == rows_of(done)
    again = pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=2000))
    whole = run(people / "people", done, "allocation", ON, progress=False)
    assert run(again, tmp_path / "batches", "allocation", ON).sums == whole.sums


def test_a_large_row_group_is_read_in_pieces(people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run(people / "people" / "a.parquet", tmp_path / "whole", "allocation", ON, progress=False)
    monkeypatch.setattr(sources, "GROUP_MAX", 1000)
    monkeypatch.setattr(sources, "PIECE", 999)
    assert run(people / "people" / "a.parquet", tmp_path / "pieces", "allocation", ON, progress=False) == whole
    assert rows_of(tmp_path / "pieces") == rows_of(tmp_path / "whole")


def changed(people: Path, target: Path, **columns: pa.Array) -> Path:
    """The first file with some columns replaced."""
    table = pq.read_table(people / "people" / "a.parquet")
    for name, values in columns.items():
        table = table.set_column(table.schema.get_field_index(name), name, values)
    pq.write_table(table, target)
    return target


def test_missing_is_never_zero(people: Path, tmp_path: Path) -> None:
    table = pq.read_table(people / "people" / "a.parquet")
    every = np.arange(ROWS)
    age = pa.array(table["age"].to_numpy(), mask=every % 2 == 0)
    area = pa.array(table["area"].to_numpy(), mask=every % 3 == 0)
    source = changed(people, tmp_path / "x.parquet", age=age, area=area)
    told = run(source, tmp_path / "out", "allocation", ON, progress=False)
    assert told.reason_texts[REASON_TEXTS[1]] > 0
    for row, found in enumerate(rows_of(tmp_path / "out")):
        if row % 3 == 0:
            assert found["allocation_net"] is None
        elif row % 37 == 0:
            assert explain_row(tmp_path / "out", row).agrees


def test_an_area_that_is_none_and_a_value_out_of_range(people: Path, tmp_path: Path) -> None:
    table = pq.read_table(people / "people" / "a.parquet")
    area = pa.array(np.where(np.arange(ROWS) % 2, 110000, 999999).astype(np.int32))
    age = pa.array(np.where(np.arange(ROWS) % 5, table["age"].to_numpy(), 70_000).astype(np.int64))
    source = changed(people, tmp_path / "x.parquet", age=age, area=area)
    told = run(source, tmp_path / "out", "allocation", ON, progress=False)
    assert told.reason_texts[REASON_TEXTS[2]] == ROWS // 10
    found = rows_of(tmp_path / "out")
    assert all(row["allocation_net"] is None for row in found[::2])
    assert all(explain_row(tmp_path / "out", row).agrees for row in range(0, 60))


def test_one_area_and_one_day_may_be_given_for_all(people: Path, done: Path, tmp_path: Path) -> None:
    table = pq.read_table(people / "people" / "a.parquet").drop_columns(["area"])
    pq.write_table(table, tmp_path / "a.parquet")
    with pytest.raises(PopulationError, match="area"):
        run(tmp_path / "a.parquet", tmp_path / "no", "allocation", ON, progress=False)
    run(tmp_path / "a.parquet", tmp_path / "out", "allocation", ON, area="北京", progress=False)
    assert rows_of(tmp_path / "out") == rows_of(done)[:ROWS]
    with pytest.raises(PopulationError, match="不都是 110000"):
        run(people / "people", tmp_path / "no", "allocation", ON, area="北京", progress=False)
    with pytest.raises(PopulationError, match="on"):
        run(tmp_path / "a.parquet", tmp_path / "no", "allocation", area="北京", progress=False)


def test_what_cannot_be_run_is_told_in_a_sentence(people: Path, tmp_path: Path) -> None:
    texts = changed(people, tmp_path / "texts.parquet", age=pa.array(["七十"] * ROWS))
    floats = changed(people, tmp_path / "floats.parquet", base=pa.array([8800.5] * ROWS))
    without = tmp_path / "without.parquet"
    pq.write_table(pq.read_table(people / "people" / "a.parquet").drop_columns(["base"]), without)
    short = tmp_path / "short.parquet"
    short.write_bytes((people / "people" / "a.parquet").read_bytes()[:-2000])
    hollow = tmp_path / "hollow.parquet"  # its end is there, its middle is not
    whole = bytearray((people / "people" / "a.parquet").read_bytes())
    whole[200:1200] = bytes(1000)
    hollow.write_bytes(whole)
    (tmp_path / "empty").mkdir()
    for source, said in (
        (texts, "age 应是整数"), (floats, "整数分"), (without, "少了这些列：base"), (short, "被截断"),
        (hollow, "读不出来"), (tmp_path / "empty", "没有 Parquet"), (tmp_path / "nothing", "没有找到"),
    ):  # fmt: skip
        with pytest.raises(PopulationError, match=said):
            run(source, tmp_path / "out" / source.name, "allocation", ON, progress=False)
        assert not list((tmp_path / "out" / source.name).glob("*.parquet"))
    with pytest.raises(PopulationError, match="能算的有"):
        run(people / "people", tmp_path / "out" / "x", "alocation", ON, progress=False)


def test_sums_are_exact_however_large() -> None:
    values = np.array([10**11] * 1000 + [-(2**62)] * 5 + [2**62 + 1] * 9, np.int64)
    assert exact_sum(values) == 10**14 - 5 * 2**62 + 9 * (2**62 + 1)
    assert exact_sum(np.empty(0, np.int64)) == 0
