"""Is every row that cannot be taken refused for its exact reason, and does nothing else stay out?"""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.services.imports.files import (
    AREA,
    CONTRIBUTIONS,
    ENROLMENTS,
    MOVEMENTS,
    PEOPLE,
    Rows,
    enrolments,
    numbered,
    people,
    write,
)

Bring = Callable[..., Any]
ONE, TWO, THREE = (numbered(at) for at in (0, 1, 2))


def codes(report: Any) -> list[tuple[int, str]]:
    return sorted((row.line, row.code) for row in report.refused)


@pytest.fixture
def known(bring: Bring) -> Rows:
    """Three people, the first two enrolled."""
    rows = people(3)
    assert bring("people", PEOPLE, rows).new == 3
    assert bring("enrolments", ENROLMENTS, enrolments(rows[:2])).new == 2
    return rows


def changed(row: list[str], at: int, text: str) -> list[str]:
    return [*row[:at], text, *row[at + 1 :]]


@pytest.mark.parametrize(
    ("at", "text", "code"),
    [
        (0, "驾驶证", "certificate_type_unknown"),
        (0, "居住证", "certificate_number_wrong_form"),
        (1, "", "certificate_number_missing"),
        (1, ONE[:-1] + "?", "certificate_number_wrong_form"),
        (1, "9.90100195001011E+17", "number_lost_its_digits"),
        (1, "990100195001011000", "number_lost_its_digits"),
        (2, " ", "name_missing"),
        (2, "=cmd()", "name_wrong_form"),
        (2, "王123", "name_wrong_form"),
        (3, "不详", "unknown_word"),
        (4, "1950-13-01", "impossible_day"),
        (4, "1950-01-02", "born_differs_from_certificate"),
        (4, "", "day_missing"),
        (4, "一九五〇年", "not_a_day"),
        (5, "1234", "phone_wrong_form"),
    ],
)
def test_people(bring: Bring, at: int, text: str, code: str) -> None:
    row = people(1)[0]
    report = bring("people", PEOPLE, [changed(row, at, text), people(2)[1]])
    assert codes(report) == [(2, code)]
    assert report.new == 1


def test_the_sex_must_be_that_of_the_number(bring: Bring) -> None:
    row = people(1)[0]
    report = bring("people", PEOPLE, [changed(row, 3, "男" if row[3] == "女" else "女")])
    assert codes(report) == [(2, "sex_differs_from_certificate")]


def test_made_up_people_are_refused_where_the_area_is_no_demo(db: None, tmp_path: Path) -> None:
    from yibao.services.imports import import_file

    file = write(tmp_path / "people.csv", PEOPLE, people(3))
    report = import_file("people", file, "330600").value  # type: ignore[union-attr]
    assert report.area_opened
    assert {row.code for row in report.refused} == {"certificate_is_made_up"}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ([numbered(9), "职工", "单位职工", "", "U1", "2020-01-01", ""], "certificate_unknown"),
        ([THREE, "商业保险", "单位职工", "", "U1", "2020-01-01", ""], "unknown_word"),
        ([THREE, "居民", "单位职工", "", "U1", "2020-01-01", ""], "kind_not_of_scheme"),
        ([THREE, "职工", "退休", "", "U1", "2020-01-01", ""], "only_the_employed_have_an_employer"),
        ([THREE, "职工", "单位职工", "", "单位", "2020-01-01", ""], "employer_wrong_form"),
        ([THREE, "居民", "成年居民", "一二三四五六七八九十一", "", "2020-01-01", ""], "tier_wrong_form"),
        ([THREE, "职工", "单位职工", "", "U1", "2020-02-30", ""], "impossible_day"),
        ([THREE, "职工", "单位职工", "", "U1", "2020-02-01", "2020-01-31"], "enrolment_ends_after_it_starts"),
        ([ONE, "居民", "成年居民", "", "", "2025-01-01", ""], "enrolled_twice"),
        ([ONE, "职工", "单位职工", "", "U0", "2019-01-01", "2020-01-01"], "enrolled_twice"),
        ([ONE, "职工", "单位职工", "", "U0", "2020-01-01", "2025-12-31"], "differs_from_record"),
        ([ONE, "职工", "单位职工", "", "U7", "2020-01-01", ""], "differs_from_record"),
    ],
)
def test_enrolments(bring: Bring, known: Rows, row: list[str], code: str) -> None:
    good = [ONE, "居民", "成年居民", "", "", "2018-01-01", "2019-12-31"]  # the day before the next one begins
    report = bring("enrolments", ENROLMENTS, [row, good])
    assert codes(report) == [(2, code)]
    assert report.new == 1


def test_two_rows_of_a_file_that_overlap(bring: Bring, known: Rows) -> None:
    rows = [[THREE, "职工", "单位职工", "", "", f"2021-0{at}-01", f"2021-0{at + 1}-01"] for at in (1, 2, 3)]
    assert codes(bring("enrolments", ENROLMENTS, rows)) == [(3, "enrolled_twice")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ([numbered(9), "职工", "2025-01", "正常", "8000", "160", "720", "2025-01-15"], "certificate_unknown"),
        ([THREE, "职工", "2025-01", "正常", "8000", "160", "720", "2025-01-15"], "not_enrolled_then"),
        ([ONE, "职工", "2019-12", "正常", "8000", "160", "720", "2025-01-15"], "not_enrolled_then"),
        ([ONE, "居民", "2025-01", "正常", "0", "400", "0", "2025-01-15"], "not_enrolled_then"),
        ([ONE, "职工", "2025-13", "正常", "8000", "160", "720", "2025-01-15"], "impossible_month"),
        ([ONE, "职工", "25年1月", "正常", "8000", "160", "720", "2025-01-15"], "not_a_month"),
        ([ONE, "职工", "2025-01", "预缴", "8000", "160", "720", "2025-01-15"], "unknown_word"),
        ([ONE, "职工", "2025-01", "正常", "-8000", "160", "720", "2025-01-15"], "negative_amount"),
        ([ONE, "职工", "2025-01", "正常", "8000", "160.005", "720", "2025-01-15"], "too_many_decimals"),
        ([ONE, "职工", "2025-01", "正常", "8000", "", "720", "2025-01-15"], "amount_missing"),
        ([ONE, "职工", "2025-01", "正常", "8000", "160", "1e3", "2025-01-15"], "not_an_amount"),
        ([ONE, "职工", "2025-01", "正常", "9999999999", "160", "7", "2025-01-15"], "amount_too_large"),
        ([ONE, "职工", "2025-01", "正常", "8000", "160", "720", ""], "paid_month_has_a_day"),
        ([ONE, "职工", "2025-01", "正常", "8000", "160", "720", "2199-01-01"], "day_in_the_future"),
        ([ONE, "职工", "2025-01", "视同", "8000", "160", "0", ""], "deemed_month_costs_nothing"),
        ([ONE, "职工", "2025-01", "正常", "8000", "160", "720", "2024-12-31"], "month_is_closed"),
    ],
)
def test_contributions(bring: Bring, known: Rows, row: list[str], code: str) -> None:
    close("2024-12-01")
    good = [TWO, "职工", "2025年1月", "补缴", "8,000.00", "160", "720.5", "2025/1/15"]
    report = bring("contributions", CONTRIBUTIONS, [row, good])
    assert codes(report) == [(2, code)]
    assert report.new == 1


def close(month: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_close_month(%s, %s)", [AREA, date.fromisoformat(month)])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ([numbered(9), "2025-01-05", "消费", "1.00", "R1"], "certificate_unknown"),
        ([THREE, "2025-01-05", "划入", "1.00", "R1"], "no_individual_account"),
        ([ONE, "2025-01-05", "消费", "100.01", "R1"], "individual_account_not_overdrawn"),
        ([ONE, "2025-01-03", "消费", "0.01", "R1"], "individual_account_not_overdrawn"),
        ([ONE, "2025-01-05", "消费", "-1.00", "R1"], "negative_amount"),
        ([ONE, "2025-01-05", "消费", "1.005", "R1"], "too_many_decimals"),
        ([ONE, "2025-01-05", "消费", "0.00", "R1"], "amount_is_zero"),
        ([ONE, "2025-01-05", "消费", "", "R1"], "amount_missing"),
        ([ONE, "2025-01-05", "刷卡", "1.00", "R1"], "unknown_word"),
        ([ONE, "2025-01-05", "消费", "1.00", ""], "reference_missing"),
        ([ONE, "2025-01-05", "消费", "1.00", "a/b"], "reference_wrong_form"),
        ([ONE, "2199-01-05", "消费", "1.00", "R1"], "day_in_the_future"),
        ([ONE, "2024-12-31", "划入", "1.00", "R1"], "month_is_closed"),
        ([ONE, "2025-01-04", "结转余额", "100.00", "R0"], "row_twice"),
        ([ONE, "2025-01-04", "结转余额", "100.01", "R0"], "key_reused"),
    ],
)
def test_movements(bring: Bring, known: Rows, row: list[str], code: str) -> None:
    close("2024-12-01")
    good = [ONE, "2025-01-04", "结转余额", "100.00", "R0"]
    report = bring("movements", MOVEMENTS, [good, row])
    assert codes(report) == [(3, code)]
    assert report.new == 1


def test_a_reference_with_another_body_is_refused_by_the_books_too(bring: Bring, known: Rows) -> None:
    row = [ONE, "2025-01-04", "结转余额", "100.00", "R0"]
    assert bring("movements", MOVEMENTS, [row]).new == 1
    assert bring("movements", MOVEMENTS, [row]).same == 1
    for at, text in ((1, "2025-01-05"), (2, "划入"), (3, "99.00")):
        assert codes(bring("movements", MOVEMENTS, [changed(row, at, text)])) == [(2, "key_reused")]


def test_overdrawing_is_judged_by_the_day_not_by_the_line_and_alike_each_time(bring: Bring, known: Rows) -> None:
    rows = [
        [ONE, "2025-03-01", "消费", "60.00", "C"],  # 50 + 30 - 40 = 40: too much
        [ONE, "2025-02-01", "消费", "40.00", "B"],
        [ONE, "2025-02-01", "划入", "30.00", "D"],
        [ONE, "2025-01-01", "结转余额", "50.00", "A"],
        [ONE, "2025-04-01", "划入", "500.00", "E"],
    ]
    first, again = (bring("movements", MOVEMENTS, rows) for _ in range(2))
    assert codes(first) == codes(again) == [(2, "individual_account_not_overdrawn")]
    assert (first.new, again.new, again.same) == (4, 0, 4)
    late = [ONE, "2025-01-15", "消费", "40.01", "F"]  # 50 there then, but only 40 from February on
    assert codes(bring("movements", MOVEMENTS, [late])) == [(2, "individual_account_not_overdrawn")]
    assert bring("movements", MOVEMENTS, [changed(late, 3, "40.00")]).new == 1


@pytest.mark.parametrize(
    ("area", "code"),
    [("999999", "area_unknown"), ("110101", "area_not_a_pooling_area"), ("330600", "area_without_books")],
)
def test_an_area_that_has_no_books(db: None, tmp_path: Path, area: str, code: str) -> None:
    from yibao.services.imports import import_file
    from yibao.services.results import Refused

    result = import_file("movements", write(tmp_path / "m.csv", MOVEMENTS, []), area)
    assert isinstance(result, Refused)
    assert result.code == code


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_the_errors_file(area: str, tmp_path: Path, encoding: str) -> None:
    from yibao.services.imports import import_file

    rows = people(3)
    rows[1][2] = ""
    file = write(tmp_path / "people.csv", PEOPLE, rows, encoding)
    errors = tmp_path / "people.csv.errors.csv"
    import_file("people", file, area)
    raw = errors.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8")  # a spreadsheet tells UTF-8 by the mark
    with errors.open(encoding="utf-8-sig" if encoding == "utf-8" else "gbk", newline="") as opened:
        assert list(csv.reader(opened)) == [
            ["行号 line", "代码 code", "列 column", "原因 reason"],
            ["3", "name_missing", "姓名", "没有写姓名，请补上。"],
        ]
    rows[1][2] = "王芳"
    import_file("people", write(file, PEOPLE, rows, encoding), area)
    assert not errors.exists()
