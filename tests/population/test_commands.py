"""Do `yibao people` and `yibao population` do what their page says, from people to the explanation of a row?"""

import ast
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from yibao.channels.cli.main import main

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "population"
OURS = ("areas", "columns", "families", "planning", "record", "rows", "runs", "sources", "totals", "writing")
"""Modules whose refusals stand in docs/population.md, besides those under people/."""


def yibao(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = main([str(word) for word in words])
    told = capsys.readouterr()
    return status, told.out, told.err


def test_from_made_up_people_to_the_explanation_of_a_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people, out = tmp_path / "people", tmp_path / "out"
    made = yibao(capsys, "people", "make", "--rows", "2e3", "--area", "北京", "--on", "2025-10-31", "--out", people)
    assert made[0] == 0
    assert "2,000 人" in made[1]
    assert "11,937.00" in made[1]
    command = ("population", "run", "--chain", "allocation", "--people", people, "--on", "2025-10-31", "--out", out)
    status, told, _ = yibao(capsys, *command, "--keep", "person_id,family_id", "--json")
    body = json.loads(told)
    assert status == 0
    assert body["rows"] == 2000 == sum(row["rows"] for row in body["reasons"])
    net = pq.read_table(out)["allocation_net"].to_pylist()
    assert body["figures"]["allocation_net"]["sum"] == sum(value for value in net if value)
    place = next(row for row, value in enumerate(net) if value)
    status, told, _ = yibao(capsys, "population", "explain", out, "--row", place)
    assert status == 0
    assert "一样" in told
    assert json.loads(yibao(capsys, "population", "explain", out, "--person", place, "--json")[1])["row"] == place
    assert yibao(capsys, "population", "families", out, "--out", tmp_path / "sums.parquet")[0] == 0
    sums = pq.read_table(tmp_path / "sums.parquet")
    assert sum(value or 0 for value in sums["allocation_net"].to_pylist()) == body["figures"]["allocation_net"]["sum"]


def test_an_extract_is_read_and_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = tmp_path / "people"
    words = ("people", "read", EXAMPLES / "extract.csv", "--map", EXAMPLES / "map.yaml", "--out", people)
    status, told, _ = yibao(capsys, *words)
    assert status == 1, "two rows are left out"
    assert "读入 5 行，没有读入 2 行" in told
    words = ("population", "run", "--chain", "allocation", "--people", people, "--on", "2025-10-31", "--out")
    status, told, _ = yibao(capsys, *words, tmp_path / "out", "--figures", "allocation_net", "--json")
    assert status == 0
    found = pq.read_table(tmp_path / "out")["allocation_net"].to_pylist()
    own = (880_050 * 2 + 50) // 100  # 2 % of 8,800.50 yuan, half up; then three yuan a month less for retirees
    assert found == [own, None, 11_000 - 300, 10_000 - 300, None]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("people", "make", "--rows", "0", "--area", "北京", "--on", "2025-10-31", "--out", "x.parquet"), "人数"),
        (("people", "make", "--rows", "9", "--area", "浙江", "--on", "2025-10-31", "--out", "x.parquet"), "统筹区"),
        (("people", "make", "--rows", "9", "--area", "北京", "--on", "2025-13-01", "--out", "x.parquet"), "日期"),
        (("people", "read", "nothing.csv", "--map", "nothing.yaml", "--out", "x"), "没有找到"),
        (("population", "run", "--chain", "allocation", "--people", "nothing", "--out", "x"), "没有找到"),
        (("population", "explain", "nothing", "--row", "1"), "没有运算结果"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    words: tuple[str, ...],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, told = yibao(capsys, *words)
    assert (status, out) == (2, "")
    assert said in told
    assert told.count("\n") == 1
    assert not list(tmp_path.rglob("*.parquet"))


def test_every_refusal_is_documented() -> None:
    page = (ROOT / "docs" / "population.md").read_text(encoding="utf-8")
    codes = set()
    folder = ROOT / "src" / "yibao" / "population"
    for file in (*(folder / f"{name}.py" for name in OURS), *(folder / "people").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "PopulationError":
                codes |= {str(one.value) for one in node.args[:1] if isinstance(one, ast.Constant)}
    assert len(codes) > 20
    assert sorted(code for code in codes if f"| `{code}` |" not in page) == []


def test_every_chain_is_documented() -> None:
    from yibao.law.lowering.chains import CHAINS

    page = (ROOT / "docs" / "population.md").read_text(encoding="utf-8")
    assert [chain for chain in CHAINS if f"`{chain}`" not in page] == []
