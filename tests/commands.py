"""The real commands, each in a process group of its own, on the books that the settings name."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

YIBAO = ("-m", "yibao.channels.cli.main")


class Commands:
    """Commands on one set of books: begun, to be killed; or run to their end."""

    def __init__(self, data: Path, settings: Mapping[str, str] | None = None) -> None:
        self.settings = {**os.environ, "YIBAO_DATA": str(data)}
        self.settings.pop("DATABASE_URL", None)
        self.settings |= settings or {}

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """A command in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            env=self.settings, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip

    def run(self, *arguments: str) -> str:
        """What a command printed; it must succeed."""
        process = self.start(*arguments)
        out, told = process.communicate(timeout=300)
        assert process.returncode == 0, told
        return out
