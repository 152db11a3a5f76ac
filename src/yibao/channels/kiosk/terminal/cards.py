"""How does the machine hear of cards? From a small process of its own, which the system's Python runs.

A pipe and no socket: nobody else on the machine can listen, or say that a card was put in.
"""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

AGENT = Path(__file__).with_name("card_agent.py")
AGAIN_SECONDS = 3.0
Listener = Callable[[dict[str, Any]], None]


class Cards:
    """The agent that watches the reader, kept alive; each of its lines goes to the listener."""

    def __init__(self, listener: Listener, python: str = "/usr/bin/python3") -> None:
        self.listener, self.python = listener, python
        self.stopped = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None
        self.thread = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self.thread.start()

    def stop(self) -> None:
        """End the agent and wait for it."""
        self.stopped.set()
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()  # the agent ends with it
        self.thread.join(5)

    def _keep(self) -> None:
        while not self.stopped.is_set():
            self._listen()
            self.listener({"event": "gone"})  # without an agent nobody knows of the card: as if it had been pulled out
            self.listener({"event": "reader", "there": False})
            self.stopped.wait(AGAIN_SECONDS)

    def _listen(self) -> None:
        command = [self.python, "-I", str(AGENT)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            self.process = process
            for line in process.stdout or ():
                try:
                    self.listener(json.loads(line))
                except ValueError:
                    continue
            process.kill()
