"""The Python client: in step with the OpenAPI document, in need of nothing, and right against a real server."""

import ast
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.test import Client
from tests.channels.portal.owners import owners
from tests.services.apps.held import token_of

from yibao.channels.api import examples
from yibao.services.scopes import SCOPES

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "clients" / "python"


def loaded(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def client_module() -> Any:
    sys.path.insert(0, str(FOLDER))
    try:
        yield importlib.import_module("yibao_client")
    finally:
        sys.path.remove(str(FOLDER))


def test_it_is_in_step_with_the_document() -> None:
    written = dict(loaded(ROOT / "tools" / "make_client.py", "make_client").files())
    kept = {path.name: path.read_text(encoding="utf-8") for path in (FOLDER / "yibao_client").glob("*.py")}
    assert kept == written, "run: .venv/bin/python tools/make_client.py"


def test_it_needs_nothing_but_python() -> None:
    found = set()
    for file in (FOLDER / "yibao_client").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                found.add((node.module or "").partition(".")[0])
            elif isinstance(node, ast.Import):
                found |= {name.name.partition(".")[0] for name in node.names}
    assert found - sys.stdlib_module_names == {"yibao_client"}


@pytest.fixture
def there(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    del transactional_db
    return owners(monkeypatch).people


@pytest.mark.parametrize("path", ["the law", "a record"])
def test_it_gives_what_the_api_gives(there: Any, live_server: Any, client_module: Any, path: str) -> None:
    """Every call with its example, against a real server on this machine."""
    told = token_of(there.worker, *SCOPES)
    client = client_module.Client(live_server.url, told)
    if path == "the law":
        told = ""
        assert client.answer(**examples.asked("/answers/{topic}")) == examples.answered("/answers/{topic}")
        assert client.ask(**examples.asked("/ask")) == examples.answered("/ask")
        assert client.search(**examples.asked("/search")) == json.loads(json.dumps(examples.answered("/search")))
        assert client.topics() == examples.topics()
        return
    plain = Client(headers={"authorization": f"Bearer {told}"})
    for name, query in (
        ("home", {}), ("movements", {"year": 2026, "kind": "in"}), ("months", {"year": 2025}), ("enrolments", {}),
        ("coverage", {}), ("years", {}),
    ):  # fmt: skip
        expected = plain.get(f"/api/v1/me/{name}", query).json()
        found = getattr(client, f"my_{name}")(**query)
        assert {**found, "as_of": ""} == {**expected, "as_of": ""}
    month = client.my_allocation("2026-09")
    assert month["posted"] == 12_000 * 2  # fen: 2 % of 12,000 yuan


def test_a_refusal_is_told_as_one(there: Any, live_server: Any, client_module: Any) -> None:
    client = client_module.Client(live_server.url, "made up")
    for call, status, code in (
        (lambda: client.answer("allocation", area="吉林"), 422, "ambiguous_area"),
        (lambda: client.answer("no/such topic", area="北京"), 404, "not_found"),
        (client.my_home, 401, "token_not_valid"),
        (lambda: client.my_allocation("../home"), 404, "not_found"),  # not another call
    ):
        with pytest.raises(client_module.Refused) as refused:
            call()
        assert (refused.value.status, refused.value.code) == (status, code)
        assert refused.value.message


def test_asked_too_often_it_waits_and_asks_again(
    there: Any, live_server: Any, client_module: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.API_PER_MINUTE = 2
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        settings.API_PER_MINUTE = 100

    monkeypatch.setattr(client_module.time, "sleep", sleep)
    client = client_module.Client(live_server.url)
    assert [bool(client.topics()) for _ in range(3)] == [True] * 3
    assert len(waited) == 1
    assert 1 <= waited[0] <= 60
    settings.API_PER_MINUTE = 2
    with pytest.raises(client_module.Refused) as refused:
        client_module.Client(live_server.url, patience=0).topics()
    assert refused.value.status == 429


def test_it_runs_without_yibao(live_server: Any, transactional_db: None) -> None:
    """In a process that has neither this package nor any other."""
    program = f"""
import sys; sys.path.insert(0, {str(FOLDER)!r})
from yibao_client import Client
print(Client({live_server.url!r}).answer("allocation", area="110000", on="2025-06-01", status="retired", age="72")
    ["figures"]["allocation_net"]["value"])
"""
    done = subprocess.run([sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout == f"{110_00 - 3_00}\n", done.stderr
