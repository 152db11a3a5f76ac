"""Is a file read for what it holds, whoever wrote it, and is a broken one refused with its exact reason?"""

from pathlib import Path

import pytest
from tests.services.imports.files import ENROLMENTS, PEOPLE, people, write, write_xlsx

from yibao.services.imports.columns import order_of
from yibao.services.imports.reading import Table, table_of
from yibao.services.results import RefusedError

ROWS = people(30)


def cells(table: Table) -> list[list[str]]:
    return [line.cells for line in table.lines]


def broken(table: Table) -> list[tuple[int, str]]:
    return [(line.number, line.broken[0]) for line in table.lines if line.broken]


@pytest.mark.parametrize(
    ("encoding", "shown_in"),
    [("utf-8", "utf-8-sig"), ("utf-8-sig", "utf-8-sig"), ("gbk", "gb18030"), ("gb18030", "gb18030")],
)
def test_encodings_are_told_by_content(tmp_path: Path, encoding: str, shown_in: str) -> None:
    table = table_of(write(tmp_path / "people.txt", PEOPLE, ROWS, encoding))
    assert (table.header, table.encoding) == (PEOPLE, shown_in)
    assert cells(table) == ROWS


def test_characters_that_only_gb_18030_has(tmp_path: Path) -> None:
    row = [*ROWS[0][:2], "王㛃𬭚", *ROWS[0][3:]]
    assert cells(table_of(write(tmp_path / "people.csv", PEOPLE, [row], "gb18030"))) == [row]


def test_xlsx_gives_what_the_csv_gives(tmp_path: Path) -> None:
    table = table_of(write_xlsx(tmp_path / "people.csv", PEOPLE, ROWS))  # named wrongly: the content counts
    assert (table.header, cells(table)) == (PEOPLE, ROWS)


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(f'{",".join(PEOPLE)}\n\n{",".join(ROWS[0])}\n,,,,,\n身份证,1,"两\n行",男,,\n{",".join(ROWS[1])}\n')
    assert [line.number for line in table_of(file).lines] == [3, 5, 7]


def head(rows: int, encoding: str = "utf-8") -> bytes:
    return "\n".join(",".join(row) for row in [PEOPLE, *ROWS[:rows]]).encode(encoding)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (head(9)[:-4], [(10, "file_is_cut_off")]),  # in the last cell
        (head(9)[:-30], [(10, "file_is_cut_off")]),  # some cells are missing
        (head(9) + b"\n" + "居民身份证".encode()[:7], [(11, "wrong_encoding")]),  # in a character
        (head(9, "gbk") + b"\n" + "居民身份证".encode("gbk")[:3], [(11, "wrong_encoding")]),
        (head(3) + b'\n"' + ROWS[5][1].encode() + b",\n1,2\n", [(5, "quote_not_closed")]),
        (head(9) + "\n居民身份证,1,王".encode() + b"\xff\xfe,,,\n", [(11, "wrong_encoding")]),
    ],
)
def test_what_is_cut_off_or_damaged_costs_only_its_row(
    tmp_path: Path, content: bytes, expected: list[tuple[int, str]]
) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(content)
    assert broken(table_of(file)) == expected
    whole = [line for line in table_of(file).lines if not line.broken]
    assert [line.cells for line in whole] == ROWS[: len(whole)]


def test_a_last_line_without_an_end_is_whole_where_nothing_is_missing(tmp_path: Path) -> None:
    rows = [row for row in ROWS if row[5]]
    file = tmp_path / "people.csv"
    file.write_bytes("\n".join(",".join(row) for row in [PEOPLE, *rows]).encode())
    assert cells(table_of(file)) == rows


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_is_empty"),
        (b" \n\n", "file_is_empty"),
        ("证件类型,证件号码\n".encode("utf-16"), "wrong_encoding"),
        ("证件类型,证件号码\n".encode("utf-16-le"), "wrong_encoding"),
        (b"PK\x03\x04 and no more", "file_unreadable"),
        (bytes(range(128, 256)) * 40, "wrong_encoding"),
    ],
)
def test_files_of_which_nothing_can_be_taken(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(content)
    with pytest.raises(RefusedError) as refused:
        table_of(file)
    assert refused.value.refused.code == code


def test_a_workbook_that_is_cut_off(tmp_path: Path) -> None:
    file = write_xlsx(tmp_path / "people.xlsx", PEOPLE, ROWS)
    file.write_bytes(file.read_bytes()[:3000])
    with pytest.raises(RefusedError) as refused:
        table_of(file)
    assert refused.value.refused.code == "file_unreadable"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as refused:
        table_of(tmp_path / "nothing.csv")
    assert refused.value.refused.code == "file_not_found"


ENGLISH = ["certificate_number", "scheme", "kind", "tier", "employer", "from", "to"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (ENROLMENTS, ENGLISH),
        (ENGLISH, ENGLISH),
        ([name.upper() for name in ENGLISH], ENGLISH),
        (["险种(职工|居民)", " 证件号码 ", "kind", "档次", "单位代码", "to", "开始"],
         ["scheme", "certificate_number", "kind", "tier", "employer", "to", "from"]),
        (ENROLMENTS[:-1], "missing_column"),
        ([*ENROLMENTS, "备注"], "unknown_column"),
        ([*ENROLMENTS, "from"], "column_twice"),
        (["".join(ENROLMENTS)], "unknown_column"),
        ([name.encode().decode("gb18030", "replace") for name in ENROLMENTS], "unknown_column"),
    ],
)  # fmt: skip
def test_columns(header: list[str], expected: list[str] | str) -> None:
    table = Table(header, [], 0, "utf-8-sig")
    if isinstance(expected, list):
        assert order_of("enrolments", table) == expected
        return
    with pytest.raises(RefusedError) as refused:
        order_of("enrolments", table)
    assert refused.value.refused.code == expected
