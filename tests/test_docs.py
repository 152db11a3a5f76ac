"""Do the documents say what the code does: commands, topics, facts, refusals, settings, keys, days, links?"""

import argparse
import ast
import contextlib
import importlib.util
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from yibao.channels.cli import main as cli
from yibao.law.areas import find
from yibao.law.glossary import markdown
from yibao.law.parameters.loading import tree
from yibao.law.parameters.resolving import begins
from yibao.law.terms import terms
from yibao.services.answers import ALL_TOPICS, FACTS, TOPICS, answer

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "yibao"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *SOURCE.rglob("*.md"), *ROOT.glob("tests/**/*.md")])
READMES = ("README.md", "README.zh-CN.md")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def coded(name: str) -> set[str]:
    """What stands in backticks on a page, word by word."""
    found = re.findall(r"`([^`\n]+)`", text(name))
    return {word for span in found for word in re.split(r"[\s|,]+", span)}


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def syntax() -> Iterator[tuple[Path, ast.Module]]:
    for file in sorted(SOURCE.rglob("*.py")):
        yield file, ast.parse(file.read_text(encoding="utf-8"))


def test_areas_page_is_in_step() -> None:
    page = load(ROOT / "tools" / "make_coverage.py").page()
    assert text("docs/areas.md") == page, "run: .venv/bin/python tools/make_coverage.py > docs/areas.md"


def test_seed_areas_page_is_in_step() -> None:
    page = load(ROOT / "tools" / "make_seed_areas.py").page()
    assert text("docs/seed-areas.md") == page, "run: .venv/bin/python tools/make_seed_areas.py > docs/seed-areas.md"


def test_glossary_is_in_step() -> None:
    assert text("GLOSSARY.md") == markdown(), "run: .venv/bin/yibao glossary > GLOSSARY.md"


@pytest.mark.parametrize("name", READMES)
def test_readme_begins_with_the_two_commands(name: str) -> None:
    lines = text(name).splitlines()
    assert lines[2] == "```"
    assert [line.split("#")[0].strip() for line in lines[3:5]] == ["make run", "make test"]


@pytest.mark.parametrize("name", READMES)
def test_commands_shown_print_what_is_shown(name: str) -> None:
    shown = re.findall(r"```console\n\$ \.venv/bin/yibao ([^\n]+)\n(.*?)\n```", text(name), re.DOTALL)
    assert shown
    for command, output in shown:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            assert cli.main(command.split()) == 0
        assert printed.getvalue().rstrip("\n") == output


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_in_the_readme(name: str) -> None:
    parser = cli._parser()
    (commands,) = (a.choices for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    targets = re.search(r"^\.PHONY: (.+)$", text("Makefile"), re.MULTILINE)
    assert targets
    public = [target for target in targets[1].split() if not target.startswith("setup-")]
    page = text(name)
    assert [command for command in commands if f"`yibao {command}" not in page] == []
    assert [target for target in public if f"make {target}" not in page] == []
    words = ("PORT=", "PYTHON=", "PYTEST_ARGS=", "NAME=", "yibao.site.database start", "`stop`", "`status`")
    assert [word for word in words if word not in page] == []


@pytest.mark.parametrize("name", [*READMES, "docs/api.md", "docs/areas.md"])
def test_every_topic_is_documented(name: str) -> None:
    assert [topic for topic in ALL_TOPICS if topic not in coded(name)] == []


def test_every_fact_and_choice_is_documented() -> None:
    words = coded("docs/api.md")
    assert [name for name in ("area", "on", *FACTS) if name not in words] == []
    assert [value for fact in FACTS.values() for value, _, _ in fact.options if value not in words] == []


def test_facts_of_each_topic_are_those_that_are_asked() -> None:
    for topic in TOPICS.values():
        row = re.search(rf"^\| `{topic.name}` \| (.*scheme.*|.*sex.*|.*age.*) \|$", text("docs/api.md"), re.MULTILINE)
        assert row, topic.name
        assert [name for name in topic.facts if f"`{name}`" not in row[1]] == []


def codes() -> set[str]:
    """Every code of refusal that the source writes; the fact's name in one is written FACT."""
    found = set()
    for _, module in syntax():
        for node in ast.walk(module):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id not in ("Refused", "RefusedError"):
                continue
            code = node.args[0] if node.args else next(k.value for k in node.keywords if k.arg == "code")
            if isinstance(code, ast.Constant):
                found.add(str(code.value))
            elif isinstance(code, ast.JoinedStr):
                found.add("".join(part.value if isinstance(part, ast.Constant) else "FACT" for part in code.values))  # type: ignore[misc]
    return found


def test_every_refusal_is_documented() -> None:
    assert len(codes()) > 20
    pages = ("docs/api.md", "docs/import.md", "docs/demo.md", "docs/account.md", "docs/simulate.md")
    assert sorted(codes() - set().union(*(coded(page) for page in pages))) == []


def test_no_refusal_is_documented_that_is_gone() -> None:
    rows = re.findall(r"^\| (?:404|422|429) \| (.+?) \|", text("docs/api.md"), re.MULTILINE)
    told = {code for row in rows for code in re.findall(r"`(\w+)`", row)}
    assert told - codes() == set()


def variables() -> set[str]:
    """Every environment variable that the source reads."""
    found = set()
    for _, module in syntax():
        for node in ast.walk(module):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="environ"), attr="get"), args=[first, *_]):
                    pass
                case ast.Call(func=ast.Attribute(attr="getenv"), args=[first, *_]):
                    pass
                case ast.Subscript(value=ast.Attribute(attr="environ"), slice=first):
                    pass
                case _:
                    continue
            assert isinstance(first, ast.Constant), ast.unparse(node)
            found.add(str(first.value))
    return found


@pytest.mark.parametrize("name", READMES)
def test_every_setting_is_documented(name: str) -> None:
    assert "DATABASE_URL" in variables()
    assert sorted(variables() - coded(name)) == []


def keys_of(body: Any) -> set[str]:
    """The keys of an answer; under `figures` and `facts` stand names, not keys."""
    if isinstance(body, list):
        return {key for item in body for key in keys_of(item)}
    if not isinstance(body, dict):
        return set()
    found = set(body)
    for key, value in body.items():
        found |= {k for v in value.values() for k in keys_of(v)} if key == "figures" else set()
        found |= keys_of(value) if key not in ("figures", "facts") else set()
    return found


QUESTIONS = [
    ("allocation", "北京", {"status": "retired"}),
    ("allocation", "海东", {"status": "retired", "average_pension": "3500"}),
    ("allocation", "海东", {"status": "retired"}),
    ("allocation", "甘肃", {"status": "retired"}),
    ("allocation", "上海", {"scheme": "resident"}),
    ("contribution-years", "深圳", {"sex": "male"}),
    ("contribution-years", "重庆", {"sex": "male", "paid_months": "100", "deemed_months": "0", "local_months": "9"}),
    ("retirement-age", "北京", {"sex": "male", "born": "1970-06-15"}),
    ("pension", "北京", {"age": "60", "wage": "8000", "index": "1", "months": "300", "balance": "100000"}),
    ("inpatient", "北京", {"status": "retired", "level": "3", "cost": "700000", "stay": "1"}),
    ("inpatient", "重庆", {"status": "retired", "level": "3", "cost": "700000", "stay": "1"}),
    ("balance", "绍兴", {"scheme": "employee"}),
]


def answers() -> list[dict[str, Any]]:
    on = date(2025, 6, 1)
    return [answer(topic, area=area, on=on, facts=facts).value.to_json() for topic, area, facts in QUESTIONS]


def test_every_key_of_an_answer_is_documented() -> None:
    assert sorted(keys_of(answers()) - coded("docs/api.md")) == []


def test_every_figure_is_documented() -> None:
    bodies = [part for body in answers() for part in (body, *body["cases"])]
    assert sorted({name for body in bodies for name in body["figures"]} - coded("docs/api.md")) == []


def test_every_unit_is_documented() -> None:
    assert sorted({term.unit for term in terms().values()} - coded("docs/api.md")) == []


def test_the_program_of_the_page_recomputes() -> None:
    (program,) = re.findall(r"```python\n(def recompute.*?)```", text("docs/api.md"), re.DOTALL)
    scope: dict[str, Any] = {}
    exec(program, scope)
    for body in answers():
        for part in body["cases"] or [body]:
            if not any("kind" in step for step in part["steps"]):  # words are not computed
                scope["recompute"](part)


def test_every_address_of_the_api_is_documented() -> None:
    from yibao.channels.api.urls import api  # with all its calls

    page = text("docs/api.md")
    paths = [str(path) for path in api.get_openapi_schema(path_prefix="/api/v1")["paths"]]
    assert paths
    missing = [path for path in [*paths, "/api/v1/openapi.json", "/healthz", "/readyz"] if path not in page]
    assert missing == []


def law_of_the_changelog() -> dict[str, str]:
    """The Law part, by area code; what is told of all areas of a province stands in one table."""
    law = text("CHANGELOG.md").split("# Software")[0]
    sections = re.finditer(r"^## (\d{6}).*?(?=^## |\Z)", law, re.MULTILINE | re.DOTALL)
    rows = re.finditer(r"^\| (\d{6}) .*$", law, re.MULTILINE)
    told: dict[str, str] = {}
    for found in (*sections, *rows):
        told[found[1]] = told.get(found[1], "") + found[0]
    return told


@pytest.mark.parametrize("code", sorted(tree()["areas"]))
def test_every_day_of_the_law_is_in_the_changelog(code: str) -> None:
    shelves = [file.get(kind, {}) for file in tree()["areas"][code].values() for kind in ("parameters", "statements")]
    histories = [history for shelf in shelves for history in shelf.values()]
    days = {begins(value).isoformat() for history in histories for value in history if "gap" not in value}
    told = law_of_the_changelog().get(code, "")
    assert sorted(days - set(re.findall(r"\d{4}-\d\d-\d\d", told))) == [], find(code).name


def test_every_package_of_the_locks_is_in_third_party() -> None:
    page = text("THIRD_PARTY.md").lower()
    locks = text("requirements.lock") + text("requirements-dev.lock")
    names = set(re.findall(r"^([A-Za-z0-9_.-]+)==", locks, re.MULTILINE))
    assert len(names) > 20
    assert [n for n in sorted(names) if not re.search(rf"(?<![\w-]){re.escape(n.lower())}(?![\w-])", page)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_named_are_there(page: Path) -> None:
    """Paths in backticks that begin with a folder of ours; CODE, TOPIC … stand for something."""
    folders = "src|tests|tools|docs|benchmarks|law|services|channels|books|site"
    named = re.findall(rf"`((?:{folders})/[\w./-]+)`", page.read_text(encoding="utf-8"))
    paths = [name for name in named if not re.search(r"[A-Z]{3}", name)]
    assert [name for name in paths if not any((base / name).exists() for base in (ROOT, SOURCE))] == []


def test_adrs_are_whole() -> None:
    pages = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [page.name[:4] for page in pages] == [f"{number:04d}" for number in range(1, len(pages) + 1)]
    for page in pages:
        parts = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert parts == ["Context", "Decision", "It forbids", "Allowed", "Forbidden", "It costs"], page.name
