"""Paper: a record through a real CUPS, a slip to a receipt printer on the network, and nothing kept on the way."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.channels.kiosk.test_slips import SLIP

from yibao.channels.kiosk.terminal.printing import Printers
from yibao.channels.kiosk.terminal.slips import receipt

QUEUE, WAIT_SECONDS = "yibao-test", 30
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF\n"
CUPSD = """
Listen 127.0.0.1:{port}
DefaultAuthType None
PreserveJobFiles No
PreserveJobHistory No
Browsing No
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
"""
FILES = """
SystemGroup root
ServerRoot {at}
RequestRoot {at}/spool
TempDir {at}/tmp
CacheDir {at}/cache
StateDir {at}/state
AccessLog {at}/access
ErrorLog {at}/error
PageLog {at}/page
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Printer:
    """A printer on the network: it takes what comes, until the line is closed."""

    def __init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listening.getsockname()[1])
        self.got = b""
        self.thread = threading.Thread(target=self._take, daemon=True)
        self.thread.start()

    def _take(self) -> None:
        line, _ = self.listening.accept()
        with line:
            while part := line.recv(65536):
                self.got += part

    def printed(self) -> bytes:
        self.thread.join(WAIT_SECONDS)
        self.listening.close()
        return self.got


@pytest.fixture
def cups(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a CUPS of our own, which the commands of this process then speak to."""
    lacking = [name for name in ("cupsd", "lpadmin", "lp") if shutil.which(name) is None]
    if lacking or os.geteuid() != 0:
        pytest.skip(f"no CUPS of our own: {', '.join(lacking) or 'needs root'} (Debian: cups cups-client)")
    at = Path(tempfile.mkdtemp(prefix="yibao-cups-", dir="/tmp"))
    at.chmod(0o755)
    port = free_port()
    for folder in ("spool", "tmp", "cache", "state"):
        (at / folder).mkdir()
    (at / "cupsd.conf").write_text(CUPSD.format(port=port))
    (at / "cups-files.conf").write_text(FILES.format(at=at))
    monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{port}")
    command = ["cupsd", "-f", "-c", str(at / "cupsd.conf"), "-s", str(at / "cups-files.conf")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as cupsd:
        try:
            until = time.monotonic() + WAIT_SECONDS
            while subprocess.run(["lpstat", "-r"], capture_output=True, text=True).stdout != "scheduler is running\n":
                assert cupsd.poll() is None
                assert time.monotonic() < until
                time.sleep(0.1)
            yield at
        finally:
            cupsd.terminate()
            cupsd.wait(WAIT_SECONDS)
    shutil.rmtree(at, ignore_errors=True)


def test_a_record_goes_through_cups_and_cups_keeps_nothing(cups: Path) -> None:
    printer = Printer()
    queue = ["lpadmin", "-p", QUEUE, "-E", "-v", f"socket://127.0.0.1:{printer.port}", "-m", "raw"]
    subprocess.run(queue, check=True, capture_output=True)
    assert Printers(queue=QUEUE).put("record", PDF)
    assert printer.printed() == PDF
    until = time.monotonic() + WAIT_SECONDS
    while [path for path in (cups / "spool").rglob("d*") if path.is_file()]:
        assert time.monotonic() < until, "the job is still in the spool"
        time.sleep(0.05)
    assert not Printers(queue="no-such-queue").put("record", PDF)


def test_a_slip_goes_to_a_printer_on_the_network_as_it_was_made() -> None:
    printer = Printer()
    assert Printers(f"tcp:127.0.0.1:{printer.port}", 80).put("slip", json.dumps(SLIP).encode())
    assert printer.printed() == receipt(SLIP, 80)


def test_a_slip_goes_to_a_device(tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    device.touch()
    assert Printers(f"file:{device}").put("slip", json.dumps(SLIP).encode())
    assert device.read_bytes() == receipt(SLIP)


@pytest.mark.parametrize(
    "where", ["", "file:/no/such/folder/lp0", "tcp:127.0.0.1:{port}", "tcp:nonsense", "png:/no/such"]
)
def test_a_printer_that_is_not_there_is_told(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    printers = Printers(where.format(port=free_port()))
    assert not printers.put("slip", json.dumps(SLIP).encode())
    assert "8,992.00" not in capsys.readouterr().err
    assert printers.there == (("slip",) if where else ())


def test_what_is_no_slip_is_not_printed(tmp_path: Path) -> None:
    assert not Printers(f"png:{tmp_path}").put("slip", b"<html>")
    assert list(tmp_path.iterdir()) == []
