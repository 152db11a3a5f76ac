"""`yibao staff`: what is printed once, who is listed, and one plain sentence where it is refused."""

from importlib import import_module
from typing import Any

import pytest

from yibao.channels.cli import main as cli

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, settings: Any, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command on the test's own books: exit status, what was printed, what was said of a mistake."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(import_module("yibao.site.at_hand"), "run_with_books", lambda command: command())
    import_module("yibao.books.areas.models").Area.objects.create(code="110000")

    def ran(*words: str) -> tuple[int, str, str]:
        status = cli.main(["staff", *words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return ran


def test_the_way_of_a_member(run: Any) -> None:
    staff = import_module("yibao.services.staff")
    status, printed, _ = run("add", "wang.fang", "--name", "王芳", "--area", "北京")
    assert status == 0
    first = printed.split()[1]
    assert run("list")[1] == "wang.fang\t王芳\t北京市\t还没登录过\n"
    entered = staff.check_password("wang.fang", first, "192.0.2.1")
    staff.choose_password(entered.value.user_id, "雨天记得带伞和手套 42", "雨天记得带伞和手套 42")
    assert run("list")[1].split("\t")[3] == "在用\n"
    assert run("close", "wang.fang")[0] == 0
    assert run("list")[1].split("\t")[3] == "停用\n"
    status, printed, _ = run("reset", "wang.fang")
    assert status == 0
    assert printed.split()[1] != first
    assert run("list")[1].split("\t")[3] == "还没登录过\n"


@pytest.mark.parametrize(
    "words",
    [
        ("add", "wang.fang", "--name", "王芳", "--area", "火星"),
        ("add", "wang.fang", "--name", "王芳", "--area", "上海"),
        ("add", "王芳", "--name", "王芳", "--area", "北京"),
        ("reset", "nobody"),
        ("close", "nobody"),
        ("code",),
    ],
)
def test_what_cannot_be_is_one_sentence_and_changes_nothing(run: Any, words: tuple[str, ...]) -> None:
    status, printed, said = run(*words)
    assert (status, printed) == (2, "")
    assert said.strip().count("\n") == 0
    assert said.strip().endswith("。")
    assert run("list")[1] == ""


def test_the_demos_code_is_printed(run: Any) -> None:
    import_module("yibao.books.areas.models").Area.objects.update(is_demo=True)
    import_module("yibao.services.staff").make_demo()
    status, printed, _ = run("code")
    assert status == 0
    assert printed.strip().isdigit()
    assert len(printed.strip()) == 6
