"""Does `yibao hotline` start, say where it is, take a call over UDP, TCP and TLS, and stop in good order?"""

import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.sip.raw import Raw
from tests.sip.telephone import caller, free_port, until

from yibao.channels.cli import main as cli
from yibao.channels.hotline import running

ROOT = Path(__file__).resolve().parents[4]


@contextmanager
def started(*options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The real command, in its own process, with a voice that needs no program."""
    port = free_port()
    command = [sys.executable, "-m", "yibao.channels.cli.main", "hotline", "--port", str(port), *options]
    command += ["--voice", "tests.sip.voices.Tone", "--rtp-ports", "31600-31900"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    try:
        for line in process.stdout:
            if "the hotline is ready" in line:
                break
        else:
            assert process.stderr
            raise AssertionError(process.stderr.read())
        assert process.stdout.readline() == "\n"
        yield process, port
    finally:
        process.kill()
        process.communicate()


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, errors = process.communicate(timeout=40)
    return process.returncode, errors


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A certificate that we signed ourselves."""
    folder = tmp_path_factory.mktemp("certificate")
    key, made = str(folder / "key.pem"), str(folder / "certificate.pem")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    subprocess.run([*command, "-keyout", key, "-out", made], check=True, capture_output=True)
    return made, key


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl missing")
@pytest.mark.usefixtures("for_processes")
def test_it_takes_calls_every_way_and_stops(tmp_path: Path, certificate: tuple[str, str]) -> None:
    """One start for all. The first signal lets a call go on, the second ends it."""
    tls = str(free_port())
    made, key = certificate
    with started("--tls-port", tls, "--certificate", made, "--key", key) as (process, port):
        for over, where in (("tcp", port), ("tls", int(tls))):
            with caller(where, tmp_path / f"{over}.wav", over=over, codec="PCMU") as theirs:
                theirs.wait_for("sound")
                until(lambda theirs=theirs: "CONFIRMED" in theirs.states())
                theirs.hang_up()
                assert theirs.states()[-1] == "DISCONNECTED"
        with Raw(port) as phone, Raw(port) as late:
            assert phone.call()[0] == 200
            assert phone.hear(20)
            process.send_signal(signal.SIGTERM)
            assert process.stdout
            assert "no new calls" in process.stdout.readline()
            assert late.call()[0] == 503
            assert phone.hear(20)
            process.send_signal(signal.SIGTERM)
            assert phone.answer(10)[1].startswith("BYE ")
            assert ended(process) == (0, "")


@pytest.mark.parametrize(
    "options",
    [
        ["--port", "0"],
        ["--port", "x"],
        ["--rtp-ports", "30000"],
        ["--rtp-ports", "40000-30000"],
        ["--trunk", "example.org"],
        ["--advertise", "here"],
        ["--calls", "0"],
    ],
)
def test_what_is_written_wrongly_is_said(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["hotline", *options])
    assert ended.value.code == 2
    assert "命令写得不对" in capsys.readouterr().err


def test_tls_needs_its_certificate(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["hotline", "--tls-port", "5061"]) == 2
    assert "要一起写" in capsys.readouterr().err


def test_a_port_that_is_taken(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DATA = tmp_path
    monkeypatch.setattr(running, "settle", lambda: None)
    monkeypatch.setattr(running, "fixed_sentences", lambda: ["您好。"])
    monkeypatch.setattr(running, "REAL", "tests.sip.minds:echo")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", 0))
        options = ["--voice", "tests.sip.voices.Tone", "--port", str(other.getsockname()[1])]
        assert running.run(cli._parser().parse_args(["hotline", *options])) == 2
    assert "热线启动不了" in capsys.readouterr().err


def test_a_voice_that_is_not_there(settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings.DATA = tmp_path
    assert running.run(cli._parser().parse_args(["hotline", "--voice", "nobody"])) == 2
    assert "没有这个语音" in capsys.readouterr().err
