"""Is an agency's extract read exactly: yuan to fen, births to ages, every bad row told by its line?"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yibao.population.errors import PopulationError
from yibao.population.people.cells import read
from yibao.population.people.extracts import read_extract
from yibao.population.people.mapping import Reading

EXAMPLES = Path(__file__).parents[2] / "examples" / "population"
ON = date(2025, 10, 31)
STYLES = ["%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y-%m-%d 00:00:00"]
MAP = """
on: 2025-10-31
columns:
  person_id: {from: 编号, required: yes}
  base: {from: 基数, as: yuan}
"""


def extract(folder: Path, text: str, mapping: str = MAP, encoding: str = "utf-8") -> tuple[list[dict], list[str]]:
    """The rows that are taken of a text, and the lines of the errors file without its header."""
    (folder / "x.csv").write_bytes(text.encode(encoding))
    (folder / "map.yaml").write_text(mapping, encoding="utf-8")
    done = read_extract(folder / "x.csv", folder / "map.yaml", folder / "out")
    errors = folder / "out" / "_x.csv.errors.csv"
    told = errors.read_text(encoding="utf-8-sig").splitlines()[1:] if errors.exists() else []
    assert done.errors == ([errors] if told else [])
    found = pq.read_table(folder / "out" / "x.parquet").to_pylist()
    assert done.rows == len(found)
    return found, told


def test_the_worked_example(tmp_path: Path) -> None:
    done = read_extract(EXAMPLES / "extract.csv", EXAMPLES / "map.yaml", tmp_path)
    found = pq.read_table(tmp_path / "extract.parquet").to_pylist()
    assert (done.rows, done.refused) == (5, 2)
    first, third = found[0], found[2]
    assert (first["base"], first["pension"], first["age"], first["born"]) == (880_050, None, 40, 1985 * 12 + 2)
    assert (third["pension"], third["age"], third["retired_month"]) == (432_110, 70, 2015 * 12 + 4)
    assert [row["scheme"] for row in found] == [0, 0, 0, 0, 1]
    told = (tmp_path / "_extract.csv.errors.csv").read_text("utf-8-sig").splitlines()[1:]
    assert [line.split(",")[0] for line in told] == ["7", "8", "8", "8"]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.integers(0, 10**13), min_size=1, max_size=20), st.sampled_from(["plain", "grouped", "zeros", "blank"])
)
def test_yuan_become_fen_exactly(amounts: list[int], style: str) -> None:
    def text(fen: int) -> str:
        yuan = f"{fen // 100:,}" if style == "grouped" else str(fen // 100)
        places = f".{fen % 100:02d}"
        if style == "blank":
            return f"  {yuan}{places.rstrip('0').rstrip('.')} "
        return yuan + places + ("000" if style == "zeros" else "")

    told = read(pa.array([text(fen) for fen in amounts]), Reading("base", "b", "yuan"), None)
    assert told.values.to_pylist() == amounts
    assert not told.wrong.any()


@pytest.mark.parametrize("text", ["1.005", "1e3", "12,34.5", "--1", "1.2.3", "¥5", "一百", "0x1", ".5", "NaN", "1 0"])
def test_what_is_no_amount_is_not_guessed_at(text: str) -> None:
    told = read(pa.array([text]), Reading("base", "b", "yuan"), None)
    assert told.values.to_pylist() == [None]
    assert told.wrong.tolist() == [True]


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1900, 1, 1), ON), st.sampled_from(STYLES))
def test_a_birth_is_an_age_in_full_years(born: date, style: str) -> None:
    cell = pa.array([born.strftime(style)])
    had_birthday = (born.month, born.day) <= (ON.month, ON.day)
    assert read(cell, Reading("age", "b", "age"), ON).values.to_pylist() == [ON.year - born.year - (not had_birthday)]
    assert read(cell, Reading("born", "b", "month"), ON).values.to_pylist() == [born.year * 12 + born.month - 1]


@pytest.mark.parametrize("text", ["1988-02-30", "2026-01-01", "19881", "88-02-01", "2025-13-01", "x"])
def test_what_is_no_birth_is_refused(text: str) -> None:
    assert read(pa.array([text]), Reading("age", "b", "age"), ON).wrong.tolist() == [True]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_of_agencies(tmp_path: Path, encoding: str) -> None:
    found, told = extract(tmp_path, "编号,基数,备注\n1,5000.5,正常\n2,,空着\n", encoding=encoding)
    assert found == [{"person_id": 1, "base": 500_050}, {"person_id": 2, "base": None}]
    assert told == []


def test_every_bad_row_is_told_by_its_line(tmp_path: Path) -> None:
    rows = ["1,100", "2,abc", "3", "", "4,1.999", ",5", "5,200000000000", "6,7"]
    found, told = extract(tmp_path, "编号,基数\n" + "\n".join(rows) + "\n")
    assert [row["person_id"] for row in found] == [1, 6]
    assert [line.split(",")[0] for line in told] == ["3", "4", "6", "7", "8"]
    assert "最多两位小数" in told[0]
    assert "格数" in told[1]
    assert "不能空" in told[3]
    assert "超出范围" in told[4]
    assert not any("abc" in line for line in told), "cells of people are not repeated"


def test_a_file_that_was_cut_off(tmp_path: Path) -> None:
    found, told = extract(tmp_path, "编号,基数\n1,100\n2,8800.5")  # of 8800.55, perhaps
    assert [row["person_id"] for row in found] == [1]
    assert told[0].startswith("3,")
    assert "没有传完" in told[0]


def test_many_lines_keep_their_numbers(tmp_path: Path) -> None:
    lines = [f"{n},{n}.50" if n % 1000 else "坏的一行" for n in range(1, 20_001)]
    found, told = extract(tmp_path, "编号,基数\n" + "\n".join(lines) + "\n")
    assert [int(line.split(",")[0]) for line in told] == [n + 1 for n in range(1000, 20_001, 1000)]
    assert all(row["base"] == row["person_id"] * 100 + 50 for row in found)


def test_what_was_read_is_not_read_again(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
    for name, amount in (("a", 1), ("b", 2), ("c", 3)):
        (folder / f"{name}.csv").write_text(f"编号,基数\n1,{amount}\n2,x\n", encoding="utf-8")
    first = read_extract(folder, tmp_path / "map.yaml", out, progress=False)
    assert (first.rows, first.refused, len(first.errors)) == (3, 3, 3)
    before = {path: path.stat().st_mtime_ns for path in first.files}
    (folder / "b.csv").write_text("编号,基数\n1,22.5\n", encoding="utf-8")
    second = read_extract(folder, tmp_path / "map.yaml", out, progress=False)
    assert (second.rows, second.refused, len(second.errors)) == (3, 2, 2)
    assert [path.stem for path in second.files if path.stat().st_mtime_ns != before[path]] == ["b"]
    assert pq.read_table(out)["base"].to_pylist() == [100, 2250, 300]
    (tmp_path / "map.yaml").write_text(MAP.replace("as: yuan", "as: whole"), encoding="utf-8")
    third = read_extract(folder, tmp_path / "map.yaml", out, progress=False)
    assert all(path.stat().st_mtime_ns != before[path] for path in third.files)


def test_codes_keep_their_zeros(tmp_path: Path) -> None:
    mapping = 'columns:\n  scheme: {from: 险种, codes: {"01": EMPLOYEE, "1": RESIDENT}}\n'
    found, _ = extract(tmp_path, "险种\n01\n1\n", mapping)
    assert [row["scheme"] for row in found] == [0, 1]


def test_parquet_with_decimals_is_read_and_floats_are_not(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
    exact = pa.table({"编号": [1, 2], "基数": pa.array([Decimal("8800.50"), None], pa.decimal128(12, 2))})
    pq.write_table(exact, tmp_path / "a.parquet")
    read_extract(tmp_path / "a.parquet", tmp_path / "map.yaml", tmp_path / "out")
    assert pq.read_table(tmp_path / "out" / "a.parquet")["base"].to_pylist() == [880_050, None]
    pq.write_table(pa.table({"编号": [1], "基数": [8800.5]}), tmp_path / "b.parquet")
    with pytest.raises(PopulationError, match="浮点数"):
        read_extract(tmp_path / "b.parquet", tmp_path / "map.yaml", tmp_path / "out2")
    assert not list((tmp_path / "out2").glob("*.parquet"))


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("columns: [", "YAML"),
        ("on: 2025-10-31\n", "columns"),
        ("columns:\n  bases: 基数\n", "是不是 base"),
        ("columns:\n  base: {from: 基数, as: money}\n", "as 只能是"),
        ("columns:\n  base: {as: yuan}\n", "要写一个"),
        ("columns:\n  status: {from: 状态, codes: {a: GONE}}\n", "RETIRED"),
        ("columns:\n  age: {from: 出生, as: age}\n", "on: 2025"),
        ("on: 昨天\ncolumns:\n  base: 基数\n", "日期"),
        ("columns:\n  base: 没有的列\n", "没有的列"),
    ],
)
def test_a_wrong_map_is_told_in_a_sentence(mapping: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(PopulationError, match=said):
        extract(tmp_path, "编号,基数\n1,2\n", mapping)


@pytest.mark.parametrize(("data", "said"), [(b"", "空的"), (b"\xff\xfe1\x00,\x002", "UTF-8"), (b"a,b\n1,2\n", "少了")])
def test_a_file_that_is_no_extract(data: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(data)
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
    with pytest.raises(PopulationError, match=said):
        read_extract(tmp_path / "x.csv", tmp_path / "map.yaml", tmp_path / "out")
    assert not list((tmp_path / "out").glob("*.parquet"))
