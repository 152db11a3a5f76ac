"""Is the house in order: no float near money, small files, words on every file, nothing of one machine?"""

import ast
import doctest
import importlib
import pkgutil
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import yibao
import yibao.law
import yibao.population
import yibao.services.answers
import yibao.services.simulate
from yibao.law.glossary import markdown

ROOT = Path(yibao.__file__).parents[2]
SOURCE = ROOT / "src" / "yibao"
MONEY = [SOURCE / "law", SOURCE / "services" / "answers"]
LINES_OF_A_FILE, LINES_OF_A_FUNCTION = 300, 40

LONGER: dict[str, int] = {
    "src/yibao/law/rules/inpatient.py inpatient": 42,  # the law of a stay is read top to bottom, as its clauses run
    "src/yibao/law/explanation/reader.py expression": 44,  # the whole language of rules in one match
}
"""What is longer than the house allows, with the length that it may not exceed. May only shrink."""


def tracked() -> list[Path]:
    """Every file of the repository, whether committed yet or not, without what is ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True)
    if listed.returncode:  # not a clone, but an unpacked archive
        return [path for folder in ("src", "tests", "tools") for path in (ROOT / folder).rglob("*") if path.is_file()]
    names = listed.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def python_files() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py"]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function of a file with the lines of its body, the docstring left out: examples there are welcome."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            if body:
                yield f"{name(path)} {node.name}", (node.end_lineno or 0) - body[0].lineno + 1


def test_there_are_files_to_look_at() -> None:
    assert {SOURCE / "law" / "values.py", ROOT / "pyproject.toml", Path(__file__)} <= set(tracked())


@pytest.mark.parametrize("folder", MONEY, ids=name)
def test_no_float_near_money(folder: Path) -> None:
    found = []
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            number = isinstance(node, ast.Constant) and isinstance(node.value, float | complex)
            made = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
            divided = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
            if number or made or (divided and not _of_paths(node)):
                found.append(f"{name(path)}:{node.lineno}: {ast.unparse(node)}")  # type: ignore[attr-defined]
    assert found == []


def _of_paths(node: ast.AST) -> bool:
    """Whether a division joins paths: some part of it is a text or the folder of a file."""
    return any(isinstance(part, ast.Constant | ast.JoinedStr) and not _whole(part) for part in ast.walk(node)) or (
        "FOLDER" in ast.unparse(node) or "Path" in ast.unparse(node)
    )


def _whole(part: ast.AST) -> bool:
    return isinstance(part, ast.Constant) and not isinstance(part.value, str)


def too_long() -> dict[str, int]:
    """Files and functions of the source that are longer than the house allows."""
    found = {}
    for path in python_files():
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > LINES_OF_A_FILE:
            found[name(path)] = lines
        if SOURCE in path.parents:
            found |= {function: lines for function, lines in functions(path) if lines > LINES_OF_A_FUNCTION}
    return found


def test_files_and_functions_are_short() -> None:
    over = {what: lines for what, lines in too_long().items() if lines > LONGER.get(what, 0)}
    assert over == {}


def test_the_list_of_what_is_longer_only_shrinks() -> None:
    assert set(LONGER) <= set(too_long()), "these have become short: take them off the list"


def test_every_file_says_what_it_answers() -> None:
    silent = [
        name(path)
        for path in python_files()
        if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        if "migrations" not in path.parts and "vendor" not in path.parts
    ]
    assert silent == []


def test_glossary_is_printed_from_the_terms() -> None:
    assert (ROOT / "GLOSSARY.md").read_text(encoding="utf-8") == markdown()


FORBIDDEN = {
    "an address in a lock": re.compile(r'(?m)^(?:-i|--(?:extra-)?index-url|--find-links)\b.*|"resolved": *"http\S*'),
    "a path of one machine": re.compile(r"(?<![\w.])/(?:work|root|home/(?!li\b))/[\w./-]+|/tmp/t/\S+"),
    "an address of one network": re.compile(
        r"(?<!\d\.)\b(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2,3}\b"
    ),
}
BINARY = {".otf", ".ttf", ".woff", ".woff2", ".png", ".ico", ".pdf", ".jpg", ".npz"}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_nothing_of_one_machine_is_committed(what: str) -> None:
    found = []
    for path in tracked():
        if path.suffix not in BINARY and "vendor" not in path.parts and path != Path(__file__):
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{name(path)}: {match[0]}" for match in FORBIDDEN[what].finditer(text)]
    assert found == []


MODULES = [
    module.name
    for package in (yibao.law, yibao.population, yibao.services.answers, yibao.services.simulate)
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + ".")
]


@pytest.mark.parametrize("module", [*MODULES, "yibao.services.formats", "yibao.services.results"])
def test_examples_in_docstrings_are_true(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module), verbose=False).failed == 0


def test_examples_are_found() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    with_examples = [m for m in MODULES if any(t.examples for t in finder.find(importlib.import_module(m)))]
    assert len(with_examples) > 8
