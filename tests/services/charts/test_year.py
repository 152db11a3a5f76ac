"""The chart of a year: the picture, the table and the sentence say the same of every month."""

import doctest
import re
from xml.etree import ElementTree

import pytest

from yibao.services.charts import svg_of_year, year, year_chart

SPACE = "{http://www.w3.org/2000/svg}"
MONTHS = [(1, 27_000, 0), (2, 27_000, 14_230), (3, 27_000, 5), (4, 0, 30_000)]


def test_20_the_table_has_every_month_and_the_sums() -> None:
    chart = year_chart(2026, MONTHS)
    assert chart is not None
    assert chart.rows[0] == ("1月", "270.00", "0.00")
    assert chart.rows[2] == ("3月", "270.00", "0.05")
    assert chart.rows[-1] == ("合计", "810.00", "442.35")
    assert chart.summary == "有收入的3个月，每月收入都是270.00元；支出最多的是4月，300.00元。"


@pytest.mark.parametrize("letters", [16, 22, 30])
def test_20_columns_are_as_tall_as_their_amounts_and_nothing_leaves_the_picture(letters: int) -> None:
    chart = year_chart(2026, MONTHS)
    assert chart is not None
    picture = ElementTree.fromstring(svg_of_year(chart, letters))
    wide, high = (int(number) for number in picture.attrib["viewBox"].split()[2:])
    drawn = [box.attrib for box in picture.iter(f"{SPACE}rect") if "x" in box.attrib]
    boxes = [{name: int(box[name]) for name in ("x", "y", "width", "height")} for box in drawn]
    columns = [box for box in boxes if box["width"] < letters and box["y"] > 2 * letters]
    tall = sorted(box["height"] for box in columns)
    assert tall == [4, 14_230 * 140 // 30_000, *[27_000 * 140 // 30_000] * 3, 140], "even the smallest is seen"
    for box in boxes:
        assert box["x"] + box["width"] <= wide
        assert box["y"] + box["height"] <= high
    for text in picture.iter(f"{SPACE}text"):
        assert int(text.attrib["y"]) <= high
    assert re.search("url\\(#year-own\\)", svg_of_year(chart, letters)), "a pattern besides the colour"


def test_there_is_no_picture_of_a_year_in_which_nothing_moved() -> None:
    assert year_chart(2026, []) is None
    assert year_chart(2026, [(1, 0, 0)]) is None


def test_examples_in_docstrings_are_true() -> None:
    assert doctest.testmod(year, verbose=False).failed == 0
