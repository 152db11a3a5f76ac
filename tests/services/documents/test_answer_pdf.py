"""The printed answer: real PDFs, read back with another program."""

import copy
import json
import re
import shutil
import subprocess
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import yibao.law
from yibao.services.documents import answer_pdf
from yibao.services.documents.answer_sheet import qr, sheet
from yibao.services.documents.typesetting import FONTS, TEMPLATES, fonts, in_font, printable

CODE = "0123456789abcdefghjkmnpqrs"
URL = f"https://yibao.example/check/{CODE}"
DAY = date(2026, 11, 21)
HOSTILE = (
    '#read("/etc/passwd") #{1+1} ] [ } { $x^2$ \\ \\u{41} */ // /* " \' `raw` <label> @answer @preview/a:1.0.0 '
    '#import "@preview/a:1.0.0" = 标题 - 列表 *粗* _斜_ ~ --- \n\n#pagebreak()'
)


def shown_by(program: str, pdf: bytes, folder: Path, *options: str) -> str:
    """What one of Poppler's programs says of a PDF."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is missing (Debian: poppler-utils), so no PDF can be read back")
    path = folder / "answer.pdf"
    path.write_bytes(pdf)
    return subprocess.run(
        [program, *options[:1], str(path), *options[1:]], capture_output=True, check=True
    ).stdout.decode()


def text_of(pdf: bytes, folder: Path) -> str:
    """What another program reads in a PDF, without its spaces and line ends."""
    return re.sub(r"[\s\u200b]+", "", shown_by("pdftotext", pdf, folder, "-layout", "-"))


def printed(answer: dict[str, Any], folder: Path) -> str:
    """The text of an answer's PDF."""
    return text_of(answer_pdf(answer, CODE, URL, DAY), folder)


def test_page_holds_figure_sum_law_and_code(answer: dict[str, Any], tmp_path: Path) -> None:
    text = printed(answer, tmp_path)
    for wanted in (
        "每月划入个人账户多少钱", "样例市", "按2025年6月1日的规定", "107.00元/月", answer["summary"].replace(" ", ""),
        "不满70周岁", "97.00元/月", "没有查到这一种情况的规定", "满70岁的标准110.00元", "四舍五入",
        "参保状态", "退休", "72岁", "关于样例的通知", "样医保发〔2022〕9号", "第二条（一）", "样例市医疗保障局",
        "2022年9月1日起用", "2026年11月21日核对", "据报道", "官方原文", "未核实",
        "https://law.example/zhengce/content_1.htm", "大额医疗费用补助缴费3.00元/月",
        "年龄算到当月最后一天", "打12393问自己的账户", "allocation_gross-allocation_large_amount_fee=10700",
        "0123-4567-89AB-CDEF-GHJK-MNPQ-RS", URL, "本页不是官方文件", "第1页，共", "2026年11月21日打印",
    ):  # fmt: skip
        assert wanted in text


def test_every_page_has_code_and_number(answer: dict[str, Any], tmp_path: Path) -> None:
    answer["caveats"] = [f"第{number}条说明。" * 20 for number in range(30)]
    text = printed(answer, tmp_path)
    pages = int(re.findall(r"共(\d+)页", text)[0])
    assert pages > 2
    assert re.findall(r"第(\d+)页，共", text) == [str(number) for number in range(1, pages + 1)]
    assert text.count("0123-4567-89AB-CDEF-GHJK-MNPQ-RS") == text.count("本页不是官方文件") == pages


def test_archival_tagged_and_both_faces_embedded(answer: dict[str, Any], tmp_path: Path) -> None:
    pdf = answer_pdf(answer, CODE, URL, DAY)
    assert re.search(rb"<pdfaid:part>2</pdfaid:part>.*<pdfaid:conformance>B</pdfaid:conformance>", pdf, re.DOTALL)
    rows = [line.split() for line in shown_by("pdffonts", pdf, tmp_path).splitlines()[2:]]
    assert sorted(row[0].partition("+")[2] for row in rows) == [
        "NotoSansCJKsc-Bold-Identity-H", "NotoSansCJKsc-Regular-Identity-H",
    ]  # fmt: skip
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in rows), "embedded, subset, with its Unicode map"
    info = shown_by("pdfinfo", pdf, tmp_path)
    assert re.search(r"Tagged:\s+yes", info)
    assert re.search(r"Page size:.*A4", info)


def test_only_our_own_fonts_are_known() -> None:
    assert {font.family for font in fonts().fonts()} == {"Noto Sans CJK SC"}
    assert {Path(font.path or "").parent for font in fonts().fonts()} == {FONTS}
    assert sorted(font.weight for font in fonts().fonts()) == [400, 700]


def test_same_answer_gives_the_same_bytes(answer: dict[str, Any]) -> None:
    first = answer_pdf(answer, CODE, URL, DAY)
    assert answer_pdf(copy.deepcopy(answer), CODE, URL, DAY) == first
    assert answer_pdf(answer, CODE, URL, date(2026, 11, 22)) != first


def poisoned(value: Any, poison: str, key: str = "") -> Any:
    """The same answer with the poison in place of every text that has no fixed form."""
    if isinstance(value, dict):
        return {name: poisoned(each, poison, name) for name, each in value.items()}
    if isinstance(value, list):
        return [poisoned(each, poison, key) for each in value]
    fixed = {"topic", "on", "certainty", "unit", "grade", "name", "id", "citation"}
    return poison if isinstance(value, str) and key not in fixed else value


def test_markup_in_the_data_stays_text(answer: dict[str, Any], tmp_path: Path) -> None:
    pdf = answer_pdf(poisoned(answer, HOSTILE), '#read("x")]$', 'https://x.example/"<svg onload="x">&]#', DAY)
    text = text_of(pdf, tmp_path)
    assert re.sub(r"\s+", "", HOSTILE) in text
    assert "root:" not in text


@pytest.mark.parametrize(
    "rare",
    [
        "\0\x07\x1b",
        "😀🀄",
        "\ue000\U000f0000",
        "\u202e\u200f\ufeff",
        "𠀀𪚥",
        "䶮𫖯㛃",
        "ガ゙é",
        "ก็",
        "a" * 900,
        "︎️",
        "\ud7fb",
        "",
    ],
)
def test_any_character_can_be_printed(answer: dict[str, Any], tmp_path: Path, rare: str) -> None:
    assert "107.00元/月" in printed(poisoned(answer, f"甲{rare}乙"), tmp_path)


def test_what_the_font_lacks_is_shown_as_lacking() -> None:
    assert printable("王😀\u202e\u0000李\n𠀀") == "王〓李 〓"
    assert printable("䶮㛃𫖯，〔2022〕①№") == "䶮㛃𫖯，〔2022〕①№"
    assert in_font("〓")


def test_font_holds_gb2312_and_every_place_name_character() -> None:
    gb2312 = [bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    for pair in gb2312:
        character = pair.decode("gb2312", errors="ignore")
        assert not character or in_font(character), character
    law = Path(yibao.law.__file__).parent
    for path in [*law.rglob("*.yaml"), *law.rglob("*.json")]:
        held = set(path.read_text(encoding="utf-8"))
        missing = {character for character in held if character > " " and not in_font(character)}
        assert not missing, f"{path.name}: {missing}"


def test_an_answer_without_figures_says_what_is_missing(answer: dict[str, Any], tmp_path: Path) -> None:
    answer |= {
        "certainty": "unknown", "figures": {}, "cases": [], "steps": [], "parameters": [], "citations": [],
        "inputs": [], "needs": [{"name": "age", "label": "年龄"}], "caveats": [], "next": [],
    }  # fmt: skip
    text = printed(answer, tmp_path)
    assert "还要知道：年龄" in text
    assert "元/月" not in text


@pytest.mark.parametrize(
    ("certainty", "words"),
    [("range", "只知道一个范围"), ("unknown", "还算不出准数"), ("not_applicable", "不适用于您")],
)
def test_what_is_not_exact_is_said_large(answer: dict[str, Any], tmp_path: Path, certainty: str, words: str) -> None:
    assert words in printed(answer | {"certainty": certainty}, tmp_path)


def test_a_range_shows_both_ends(answer: dict[str, Any], tmp_path: Path) -> None:
    answer["figures"] = {"allocation_net": {"low": 7_500, "high": 10_500, "unit": "fen/month"}}
    assert "75.00～105.00元/月" in printed(answer | {"certainty": "range"}, tmp_path)


def test_many_figures_of_a_case_stand_below_each_other(answer: dict[str, Any], tmp_path: Path) -> None:
    figures = {name: {"value": 123_456_789, "unit": "fen"} for name in ("eligible", "fund_pays", "person_pays")}
    answer["cases"] = [{"when": "三级医院", "facts": {}, "figures": figures}]
    text = printed(answer | {"topic": "inpatient"}, tmp_path)
    assert "住院一次自己要付多少" in text
    assert text.count("1,234,567.89元") == 3


def test_threads_may_print_at_once(answer: dict[str, Any]) -> None:
    wanted = answer_pdf(answer, CODE, URL, DAY)
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda: made.append(answer_pdf(answer, CODE, URL, DAY))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [wanted] * 6


def test_the_template_evaluates_reads_and_fetches_nothing() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*"))
    code = re.sub(r"//[^\n]*", "", source)
    assert not re.findall(r"\b(?:eval|read|include|import|plugin|csv|toml|yaml|xml|cbor)\b|@preview", code)
    assert {path.suffix for path in TEMPLATES.rglob("*")} == {".typ"}


def test_figures_are_arranged_not_computed(answer: dict[str, Any]) -> None:
    shown = sheet(answer, CODE, URL, DAY)
    assert shown["main"] == {"label": "每月实际划入额", "number": "107.00", "unit": "元/月"}
    assert [row["value"] for row in shown["others"]] == ["110.00 元/月"]
    assert shown["grade"]["word"] == "未核实"
    assert json.loads(json.dumps(shown)) == shown


def test_qr_code_is_an_svg_with_a_quiet_zone() -> None:
    drawn = qr(URL)
    assert drawn.startswith("<svg")
    assert "script" not in qr('"><script>')
