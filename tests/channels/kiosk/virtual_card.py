"""A social security card that is made of software, in a virtual reader (vpcd) of a real pcscd.

Run as a program, as root, inside a network of its own (`unshare -n`), since vpcd listens on every address:

    virtual_card.py      then on standard input:  in NUMBER | locked | other | out      it says "done" after each

pcscd is reached from outside through its Unix socket. The card speaks as LD/T 32 cards do: the environment
"sx1.sh.社会保障" is selected by its name, then file EF06, then data item 08 is read, after being asked for its length.
"""

import contextlib
import os
import shutil
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

ATR = bytes([0x3B, 0x68, 0x00, 0x00]) + b"SSCARD01"
ENVIRONMENT = bytes.fromhex("7378312E73682EC9E7BBE1B1A3D5CF")
PORT = 35963
SOCKET = Path("/run/pcscd/pcscd.comm")
WAIT_SECONDS = 20


class Card:
    """What the card answers; `kind` is "ours", "locked" (wants a PSAM first) or "other" (a bank card, say)."""

    def __init__(self, number: str, kind: str = "ours") -> None:
        self.number, self.kind, self.file = number, kind, ""

    def answer(self, apdu: bytes) -> bytes:
        cla, ins, p1, p2 = apdu[:4]
        assert cla == 0
        if ins == 0xA4:
            return self._select(p1, apdu[5 : 5 + apdu[4]])
        if ins == 0xB2:
            return self._read(p1, p2, apdu[4])
        return b"\x6d\x00"

    def _select(self, how: int, name: bytes) -> bytes:
        if how == 4:
            self.file = "environment" if name == ENVIRONMENT and self.kind != "other" else ""
            return b"\x90\x00" if self.file else b"\x6a\x82"
        self.file = "holder" if self.file and how == 2 and name == b"\xef\x06" else self.file
        return b"\x90\x00" if self.file == "holder" else b"\x6a\x82"

    def _read(self, p1: int, p2: int, length: int) -> bytes:
        if self.file != "holder":
            return b"\x69\x85"
        if self.kind == "locked":
            return b"\x69\x82"
        if (p1, p2) != (0x08, 0x00):
            return b"\x6a\x83"
        item = bytes([0x08, 18]) + self.number.encode().ljust(18, b"\x00")
        return item + b"\x90\x00" if length == len(item) else bytes([0x6C, len(item)])


def play(card: Card, line: socket.socket) -> None:
    """The card in vpcd's reader, until it is pulled out: the line is then closed."""

    def take(count: int) -> bytes:
        got = b""
        while len(got) < count:
            part = line.recv(count - len(got))
            if not part:
                raise EOFError
            got += part
        return got

    def put(what: bytes) -> None:
        line.sendall(struct.pack(">H", len(what)) + what)

    with contextlib.suppress(OSError, EOFError):
        while True:
            told = take(struct.unpack(">H", take(2))[0])
            if told == b"\x04":
                put(ATR)
            elif len(told) > 1:
                put(card.answer(told))
            else:
                card.file = ""  # switched on, off, or reset


def missing() -> str:
    """What this machine lacks for the test, in words; nothing if it lacks nothing."""
    if os.geteuid() != 0:
        return "needs root, to put pcscd and the virtual reader into a network of their own"
    lacking = [name for name in ("pcscd", "unshare", "ip") if shutil.which(name) is None]
    lacking += [] if Path("/etc/reader.conf.d/vpcd").exists() else ["vsmartcard-vpcd"]
    script = "import smartcard"
    has_pyscard = subprocess.run(["/usr/bin/python3", "-c", script], capture_output=True).returncode == 0
    lacking += [] if has_pyscard else ["python3-pyscard"]
    if lacking:
        return f"missing (Debian: pcscd vsmartcard-vpcd python3-pyscard iproute2): {', '.join(lacking)}"
    with socket.socket(socket.AF_UNIX) as probe:
        if probe.connect_ex(str(SOCKET)) == 0:
            return "another pcscd runs on this machine"
    return ""


class Reader:
    """The virtual reader, as a test uses it: put a card in, pull it out."""

    def __init__(self) -> None:
        self.program = subprocess.Popen(
            ["unshare", "-n", sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._done()

    def put_in(self, number: str) -> None:
        self._tell(f"in {number}")

    def put_in_another(self, kind: str) -> None:
        self._tell(kind)

    def pull_out(self) -> None:
        self._tell("out")

    def close(self) -> None:
        assert self.program.stdin
        assert self.program.stdout
        self.program.stdin.close()
        try:
            self.program.wait(10)
        finally:
            self.program.kill()
            self.program.stdout.close()

    def _tell(self, line: str) -> None:
        assert self.program.stdin
        self.program.stdin.write(line + "\n")
        self.program.stdin.flush()
        self._done()

    def _done(self) -> None:
        assert self.program.stdout
        assert self.program.stdout.readline() == "done\n"


def line_to_reader() -> socket.socket:
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            line = socket.create_connection(("127.0.0.1", PORT))
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
            continue
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return line


def main() -> None:
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    SOCKET.parent.mkdir(exist_ok=True)
    SOCKET.unlink(missing_ok=True)
    quiet = subprocess.DEVNULL
    with subprocess.Popen(["pcscd", "--foreground"], stdout=quiet, stderr=quiet) as pcscd:
        line: socket.socket | None = None
        try:
            line_to_reader().close()  # the reader is there
            print("done", flush=True)
            for told in sys.stdin:
                if line is not None:
                    line.shutdown(socket.SHUT_RDWR)
                    line.close()
                    line = None
                word, _, number = told.strip().partition(" ")
                if word != "out":
                    line = line_to_reader()
                    card = Card(number, "ours" if word == "in" else word)
                    threading.Thread(target=play, args=(card, line), daemon=True).start()
                print("done", flush=True)
        finally:
            pcscd.terminate()


if __name__ == "__main__":
    main()
