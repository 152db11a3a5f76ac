"""`yibao terminal` of the agency and `yibao kiosk` of the machine, as a process of its own."""

import os
import signal
import subprocess
import sys
import urllib.request
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from tests.channels.kiosk.test_printing import free_port

YIBAO = [sys.executable, "-m", "yibao.channels.cli.main"]


def kiosk(*options: str) -> "subprocess.Popen[str]":
    command = [*YIBAO, "kiosk", "--no-card", "--no-browser", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.django_db(transaction=True)
def test_the_machine_starts_with_its_token_serves_its_browser_and_stops(
    live_server: Any, token: str, tmp_path: Path
) -> None:
    file, port = tmp_path / "token", str(free_port())
    file.write_text(f"{token}\n")
    file.chmod(0o600)
    options = ["--server", str(live_server.url), "--token-file", str(file), "--port", port]
    with kiosk(*options) as process:
        assert process.stdout
        try:
            assert "自助机已就绪" in process.stdout.readline()
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as page:
                assert "查自己的医保" in page.read().decode()
                assert page.headers["Set-Cookie"] is None
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
        finally:
            process.kill()
    file.write_text("x" * 43)
    with kiosk(*options) as process:
        assert process.wait(60) == 2
        assert "服务器不认识这台机器" in process.stderr.read()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("mode", "text", "said"),
    [(0o644, "abc", "chmod 600"), (0o600, " \n", "是空的"), (None, "", "yibao terminal add")],
)
def test_a_token_that_others_could_read_or_that_is_not_there(
    mode: int | None, text: str, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "token"
    if mode is not None:
        file.write_text(text)
        os.chmod(file, mode)
    main = import_module("yibao.channels.kiosk.terminal.main")
    with pytest.raises(main.KioskRefused, match=said):
        main.token_of(file)


@pytest.mark.parametrize("wrong", [["--port", "0"], ["--port", "x"], ["--slip-printer", "png:/no/such/folder"]])
def test_options_that_cannot_be(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert import_module("yibao.channels.cli.main").main(["kiosk", "--no-browser", *wrong]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.django_db
def test_the_agency_adds_lists_and_ends(
    agency: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at_hand = import_module("yibao.site.at_hand")
    monkeypatch.setattr(at_hand, "run_with_books", lambda command: command())  # the test's own books are at hand
    main = import_module("yibao.channels.cli.main").main
    named = ["--area", "北京", "--name", "大厅1号机"]
    assert main(["terminal", "add", *named, "--profile", "agency"]) == 0
    token = capsys.readouterr().out.strip()
    assert import_module("yibao.services.terminals").machine_of(token).name == "大厅1号机"
    assert main(["terminal", "add", *named, "--profile", "agency"]) == 2
    assert main(["terminal", "list"]) == 0
    told = capsys.readouterr().out
    assert "大厅1号机\t医保经办大厅\t在用" in told
    assert token not in told
    assert main(["terminal", "end", *named]) == 0
    assert main(["terminal", "end", *named]) == 2
    assert import_module("yibao.services.terminals").machine_of(token) is None
    assert main(["terminal", "list", "--area", "火星"]) == 2
