"""Conversations for processes of their own, named by tests as `tests.sip.minds:…`."""

from __future__ import annotations

import os
import time
from importlib import import_module
from typing import Any

from yibao.channels.hotline.shapes import Collect, Turn
from yibao.channels.hotline.thinking import Make, real


def agency_day() -> Make:
    """The real conversation, on the day of the small agency."""
    make = real()
    today = import_module("tests.services.records.agency").TODAY
    clock: Any = import_module("yibao.services.clock")
    clock.today = lambda: today
    return make


def echo() -> Make:
    """Says back what was pressed; some keys break it."""
    return Echo


def refusing() -> Make:
    """Cannot be made ready."""
    raise SystemExit(1)


class Echo:
    """Its process dies at 1, the step fails at 2, and the process hangs at 3; others say what was pressed so far."""

    def __init__(self, caller: str, call: str) -> None:
        self._lines = [str(os.getpid()), caller]

    def start(self) -> Turn:
        return Turn(tuple(self._lines), Collect(3, seconds=7.5, secret=True), speed="slow", language="en")

    def pressed(self, digits: str) -> Turn:
        if digits == "1":
            os._exit(1)
        if digits == "2":
            raise ValueError(digits)
        if digits == "3":
            time.sleep(600)
        self._lines.append(digits)
        return Turn(tuple(self._lines), end=True)

    def hung_up(self) -> None:
        self._lines.clear()
