"""Does the page of the import say what the code does: codes, columns, words, and examples that can be imported?"""

import ast
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.services.imports.files import PEOPLE

ROOT = Path(__file__).parents[3]
SERVICES = ROOT / "src" / "yibao" / "services"
PAGE = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")
WORDS = {word for span in re.findall(r"`([^`\n]+)`", PAGE) for word in span.split()}


def codes() -> set[str]:
    """Every code with which the import refuses a row or a file."""
    found = set()
    for file in (*(SERVICES / "imports").glob("*.py"), SERVICES / "certificates.py", SERVICES / "people.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            code: ast.expr | None = None
            if node.func.id in ("BadRow", "Refused", "RefusedError"):
                code = node.args[0]
            elif node.func.id == "Line" and isinstance(node.args[-1], ast.Tuple):
                code = node.args[-1].elts[0]
            if isinstance(code, ast.Constant):
                found.add(str(code.value))
    return found


def test_every_code_is_documented_and_none_that_is_gone() -> None:
    assert len(codes()) > 50
    assert sorted(codes() - WORDS) == []
    told = {word for row in re.findall(r"^\| (`[a-z_` ]+`) \|", PAGE, re.MULTILINE) for word in re.findall(r"\w+", row)}
    assert sorted(told - codes()) == []


def test_every_column_and_word_is_documented() -> None:
    from yibao.books.contributions.models import How
    from yibao.books.enrolment.models import Kind
    from yibao.books.people.models import CertificateType
    from yibao.services.imports import COLUMNS
    from yibao.services.imports.movements import WORDS as MOVEMENTS

    words = [name.lower() for names in (Kind.names, How.names, CertificateType.names) for name in names]
    words += [label for choices in (Kind, How, CertificateType) for label in choices.labels]
    words += [name for columns in COLUMNS.values() for name in columns.values()]
    assert [word for word in (*words, *MOVEMENTS) if word not in PAGE] == []


def test_the_examples_can_be_imported(bring: Callable[..., Any]) -> None:
    examples = [text.split("\n") for text in re.findall(r"```csv\n(.*?)\n```", PAGE, re.DOTALL)]
    assert len(examples) == 4
    assert examples[0][0] == ",".join(PEOPLE)
    for kind, (header, *rows) in zip(("people", "enrolments", "contributions", "movements"), examples, strict=True):
        report = bring(kind, header.split(","), [row.split(",") for row in rows])
        assert (report.new, report.refused) == (len(rows), [])
