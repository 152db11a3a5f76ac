"""Does a simulation tell what it found, in words, tables and files, and refuse what it cannot run?"""

import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.services.simulate.asking import BEIJING, CHONGQING, ON, people, question, run

from yibao.channels.cli import main as cli
from yibao.population.comparing import tally_batches, tally_files
from yibao.population.people.statistics import _told
from yibao.population.tally import Tally
from yibao.services.results import Done, Refused
from yibao.services.simulate import Asked, html, simulate, tables
from yibao.services.simulate.choosing import choices, typed
from yibao.services.simulate.people import SUPPOSED


def test_retired_of_chongqing_get_exactly_what_the_law_says() -> None:
    """105 and 115 yuan times 5/4: 26.25 more below 70, 28.75 more from 70 on, and nothing for who works."""
    done = run("500000", "allocation.retired_bands=x2.5%/2%")
    assert set(done.tally.changes) == {0, 2_625, 2_875}
    groups = {group.label: group for group in done.groups["status"][1]}
    assert groups["职工医保在职"].gain == 0
    assert groups["职工医保退休"].losers == 0
    assert groups["职工医保退休"].winners == groups["职工医保退休"].rows


def test_nobody_in_beijing_gains_more_than_half_the_deductible_at_the_highest_rate() -> None:
    """Halved, 1,300 yuan leaves 650 to be shared; a retired member is paid at most 98.2 % + half of the rest of it."""
    done = run("110000", "inpatient.deductibles=x0.5", 8_000)
    assert 0 < done.least_and_most[1] <= 65_000 * 991 // 1000
    assert done.all.losers == 0
    assert set(done.groups) >= {"status", "age", "income", "level"}


def test_parts_of_a_population_make_the_whole(tmp_path: Path) -> None:
    asked = question(*CHONGQING[:3])
    table = people(asked, 4_000)
    files = []
    for place, (start, stop) in enumerate(((0, 1), (1, 2_500), (2_500, 4_000))):
        files.append(tmp_path / f"{place}.parquet")
        pq.write_table(table.slice(start, stop - start), files[-1])
    whole = tally_batches(asked, [table])
    parts: Tally = asked.tally()
    for file in files:
        parts = parts + tally_files(asked, [file])
    for name in ("sums", "parts", "changes", "reasons", "rows", "compared"):
        assert getattr(parts, name) == getattr(whole, name), name


def test_people_of_other_areas_are_left_out_and_counted(tmp_path: Path) -> None:
    table = people(question(*CHONGQING[:3]), 2_000)
    here = table.set_column(table.column_names.index("area"), "area", pa.array([500000, 110000] * 1_000, pa.int32()))
    pq.write_table(here, tmp_path / "people.parquet")
    done = run("500000", CHONGQING[2], files=(tmp_path / "people.parquet",))
    assert done.tally.elsewhere == 1_000
    assert done.tally.rows == 2_000


def test_two_areas_at_once() -> None:
    done = simulate(Asked(("500000", "110000"), ("allocation.retired_bands=+10yuan",), ON, rows=3_001, threads=1))
    assert isinstance(done, Done)
    assert done.value.tally.rows == 3_001
    groups = {group.label: group for group in done.value.groups["area"][1]}
    assert set(groups) == {"重庆市", "北京市"}
    assert all(group.gain == 1_000 * group.winners for group in groups.values())


def test_a_change_without_effect_says_which_parameters_are_read() -> None:
    done = run("500000", "allocation.retired_rate=2.5%")
    assert done.is_without_effect
    page = html(done)
    assert "谁的数都没有变" in page
    assert "allocation.retired_bands" in page
    same = run("500000", "allocation.retired_bands.1.amount=105yuan")
    assert "什么都没有变" in html(same)


def test_what_begins_to_apply_and_what_stops_is_counted() -> None:
    done = run("500000", "allocation.has_account.flexible:no=no")
    assert done.tally.stops == done.groups["status"][1][0].losers > 0
    assert done.all.changed < done.all.today


def test_gaps_are_counted_and_never_zero() -> None:
    """The shares of residents in 北京 are only known to lie between 75 and 80 %."""
    done = run("110000", "inpatient.deductibles=x0.5", 4_000)
    assert "居民医保" not in {group.label for group in done.groups["status"][1]}
    left_out = sum(number for (today, _), number in done.reasons if today != "有数")
    assert left_out == done.tally.rows - done.tally.compared > 0
    assert "没有当作0" in html(done)


class Checker(HTMLParser):
    """Every tag is closed, every id stands once, and nothing is loaded from anywhere."""

    VOID = frozenset({"meta", "br", "link", "img", "input"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.asked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.ids[told.get("id") or ""] += 1
        self.asked += [f"{tag} {name}" for name in told if name in ("src", "href", "srcset", "action", "style")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def report() -> str:
    return html(run(*BEIJING[::2], BEIJING[3]))


def test_the_report_is_one_whole_file(report: str) -> None:
    checker = Checker()
    checker.feed(report)
    assert checker.open == []
    del checker.ids[""]
    assert {name for name, times in checker.ids.items() if times > 1} == set()
    assert checker.asked == []
    assert not re.search(r"https?://|url\((?!#)|@import|<script", report)


def test_the_report_tells_law_people_and_doubts(report: str) -> None:
    law, people = (
        ("1,300.00 元", "650.00 元", "据报道", "2025年6月1日"),
        ("随机种子 7", "不是真实数据", "国家医疗保障局"),
    )
    for words in (*law, *people, "不知道的，和没有算的", "yibao simulate --area 110000", "yibao 0.1"):
        assert words in report, words


def test_every_chart_stands_beside_a_table_of_its_numbers() -> None:
    for shown in tables(run("500000", "allocation.retired_bands.1.amount=-5yuan")):
        assert all(len(row) == len(shown.heads) for row in shown.rows)
        if shown.chart:
            cells = " ".join(cell for row in shown.rows for cell in row).replace(",", "").replace(" ", "")
            for bar in shown.chart.bars:
                for piece in bar.pieces:
                    assert shown.chart.text(piece).replace(",", "").replace(" ", "") in cells


def test_command_writes_report_charts_and_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = f"simulate --area 重庆 --set {CHONGQING[2]} --on 2025-06-01 --rows 2000 --seed 7 --json"
    assert cli.main([*command.split(), "--report", f"{tmp_path}/r/a.html", "--charts", f"{tmp_path}/c"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["people"]["read"] == 2_000
    assert told["set"] == ["allocation.retired_bands=x2.5%/2%"]
    assert (tmp_path / "r" / "a.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    names = {path.stem for path in (tmp_path / "c").iterdir()}
    assert names >= {"totals", "people", "age"}
    for name in names:
        ElementTree.fromstring((tmp_path / "c" / f"{name}.svg").read_text(encoding="utf-8"))
        assert (tmp_path / "c" / f"{name}.png").read_bytes().startswith(b"\x89PNG")


def test_command_tells_it_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(f"simulate --area 500000 --set {CHONGQING[2]} --on 2025-06-01 --rows 2000".split()) == 0
    printed = capsys.readouterr().out
    assert "从 105.00 元 改成 131.25 元" in printed
    assert "由统筹基金出" in printed


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("--area 火星 --set allocation.retired_rate=2%", "没有找到"),
        ("--area 甘肃 --set allocation.retired_rate=2%", "不是统筹区"),
        ("--area 重庆 --set allocation.retired_rat=2%", "最接近"),
        ("--area 重庆 --set allocation.retired_rate=2", "比例"),
        ("--area 重庆 --set allocation.retired_rate=2% --rows 0", "人数"),
        ("--area 重庆 --set allocation.retired_rate=2% --on 2025-02-30", "日期"),
        ("--area 重庆 --set allocation.retired_rate=2% --chain inpatient", "用不到"),
        ("--area 重庆 --set allocation.retired_rate=2% --chain transfer", "不能演算"),
        ("--area 重庆 --set outpatient.above_cap_rate=2%", "合成人口里没有"),
        ("--area 重庆 --set allocation.retired_rate=2% --people nowhere.parquet", "nowhere.parquet"),
        ("--area 重庆 --set allocation.retired_rate=2% --engine spark", "--people"),
        ("--area 重庆 --set allocation.retired_rate=2% --engine spark --people a.parquet", "--master"),
    ],
)
def test_command_refuses_in_one_sentence(options: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["simulate", *options.split()]) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""


def test_files_that_cannot_be_used_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole, short, cut = tmp_path / "whole.parquet", tmp_path / "short.parquet", tmp_path / "cut.parquet"
    table = people(question(*CHONGQING[:3]), 100).append_column("average_pension", pa.nulls(100, pa.int64()))
    pq.write_table(table, whole)
    pq.write_table(table.drop(["age"]), short)
    cut.write_bytes(whole.read_bytes()[:500])
    for file, word in ((short, "age"), (cut, "截断"), (tmp_path / "none", "没有找到")):
        done = simulate(Asked(("500000",), (CHONGQING[2],), ON, files=(file,)))
        assert isinstance(done, Refused)
        assert word in done.message
    assert (
        cli.main(["simulate", "--area", "500000", "--set", CHONGQING[2], "--people", str(whole), "--on", "2025-06-01"])
        == 0
    )
    assert "whole.parquet" in capsys.readouterr().out


def test_what_may_be_chosen_stands_with_its_value_of_today() -> None:
    told = {one.path: (one.words, one.today) for one in choices("allocation", "500000", ON)}
    assert told["allocation.retired_bands.2.amount"] == ("退休人员划入标准：70岁起", "115.00 元")
    assert told["allocation.retired_bands"][1] == "2个数"
    assert [typed(text) for text in ("120 元", "0.5倍", "+10元", "2.5％", "area:北京")] == [
        "120yuan", "x0.5", "+10yuan", "2.5%", "area:北京",
    ]  # fmt: skip


def test_every_assumption_is_told_in_chinese() -> None:
    assert set(_told()["assumed"]) <= set(SUPPOSED)


def test_where_nothing_can_be_compared_nobody_is_told_that_nothing_changes() -> None:
    """What the fund of 重庆 pays at most in a year is only known to lie between two sums: no stay has a figure."""
    done = run("500000", "inpatient.deductibles=x0.5", 1_000)
    assert done.all.rows == 0
    assert "一行也没有比出来" in html(done)
    assert "谁的数都没有变" not in html(done)
