"""Where do slips and records come out? A receipt printer by its device or address, and a queue of CUPS.

Nothing is written to the disk here: a slip goes straight to the device, a record through a pipe to `lp`. What CUPS
keeps of a job is CUPS's: docs/kiosk.md says how to have it keep nothing.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LP_SECONDS, PRINTER_SECONDS = 30, 10


@dataclass(frozen=True)
class Printers:
    """The printers of the machine; "" where there is none.

    `slip` is `file:/dev/usb/lp0`, `tcp:HOST:PORT`, or `png:FOLDER`, which prints nothing and leaves a picture of each
    slip in a folder, for trying things out.
    """

    slip: str = ""
    paper: int = 58
    queue: str = ""

    @property
    def there(self) -> tuple[str, ...]:
        """What can be printed."""
        return tuple(what for what, where in (("slip", self.slip), ("record", self.queue)) if where)

    def put(self, what: str, body: bytes) -> bool:
        """Print a slip (its JSON) or a record (its PDF); whether it went to the printer."""
        try:
            if what == "record":
                return bool(self.queue) and self._record(body)
            return bool(self.slip) and self._slip(json.loads(body))
        except (OSError, ValueError, subprocess.SubprocessError) as problem:
            print(f"printing: {type(problem).__name__}", file=sys.stderr)  # never what was to be printed
            return False

    def _record(self, pdf: bytes) -> bool:
        command = ["lp", "-s", "-d", self.queue, "-t", "yibao", "-"]  # the same title for everybody
        return subprocess.run(command, input=pdf, capture_output=True, timeout=LP_SECONDS).returncode == 0

    def _slip(self, slip: dict[str, Any]) -> bool:
        from yibao.channels.kiosk.terminal.slips import receipt  # its libraries are an extra: yibao[kiosk]

        data = receipt(slip, self.paper)
        kind, _, where = self.slip.partition(":")
        if kind == "png":
            return self._picture(data, Path(where))
        _send(kind, where, data)
        return True

    def _picture(self, data: bytes, folder: Path) -> bool:
        from yibao.channels.kiosk.terminal.paper import picture

        number = len(list(folder.glob("slip-*.png"))) + 1
        (folder / f"slip-{number}.png").write_bytes(picture(data, self.paper))
        return True


def _send(kind: str, where: str, data: bytes) -> None:
    if kind == "file":
        with Path(where).open("wb", buffering=0) as device:
            device.write(data)
        return
    host, _, port = where.rpartition(":")
    with socket.create_connection((host, int(port)), PRINTER_SECONDS) as printer:
        printer.sendall(data)
