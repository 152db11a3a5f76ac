"""A registered terminal, somebody with a card and a PIN, and the machine's own program in front of a running site."""

import threading
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from tests.channels.kiosk import virtual_card

HERE = "东城大厅1号机"


@pytest.fixture
def agency(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    """The small agency on its own day, each of its people with a certificate and a PIN."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a PIN takes its time by design
    module = import_module("tests.channels.kiosk.visitors")
    return module.agency(monkeypatch)


@pytest.fixture
def token(agency: Any) -> str:
    """The token of a terminal in a hall of the agency."""
    return str(import_module("yibao.services.terminals").register(agency.area, HERE, "agency").value)


class Machine:
    """The program of the machine, as the browser of a test meets it."""

    def __init__(self, url: str, token: str, printers: Any) -> None:
        visit = import_module("yibao.channels.kiosk.terminal.visit")
        bridge = import_module("yibao.channels.kiosk.terminal.bridge")
        server = import_module("yibao.channels.kiosk.terminal.server").Server(url, token)
        self.state = visit.Machine(server, printers.there)
        self.bridge = bridge.Bridge(0, self.state, printers)
        self.address = self.bridge.address
        threading.Thread(target=self.bridge.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        self.state.start()

    def insert(self, number: str) -> None:
        """What the card agent says when a card is put in."""
        for event in ({"event": "reader", "there": True}, {"event": "reading"}, {"event": "card", "number": number}):
            self.state.card_event(event)

    def pull_out(self) -> None:
        """What it says when the card is pulled out."""
        self.state.card_event({"event": "gone"})

    def close(self) -> None:
        self.state.stop()
        self.bridge.shutdown()
        self.bridge.server_close()


@pytest.fixture
def machine(live_server: Any, token: str, tmp_path: Path) -> Iterator[Machine]:
    """A machine whose slips become pictures."""
    printing = import_module("yibao.channels.kiosk.terminal.printing")
    made = Machine(str(live_server.url), token, printing.Printers(f"png:{tmp_path}", 58, "no-such-queue"))
    yield made
    made.close()


@pytest.fixture
def screen(browser: Any, machine: Machine) -> Iterator[Callable[..., Any]]:
    """Opens the machine's first page on a screen of a size."""
    contexts = []

    def opened(width: int = 1080, height: int = 1920, **more: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, **more)
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(machine.address)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def reader() -> Iterator[virtual_card.Reader]:
    """A virtual card reader under the real pcscd."""
    lacking = virtual_card.missing()
    if lacking:
        pytest.skip(f"no virtual card reader: {lacking}")
    made = virtual_card.Reader()
    yield made
    made.close()
