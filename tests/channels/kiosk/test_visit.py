"""The machine's memory: what is forgotten when, told by a clock of the test's own and a server that only listens."""

import queue
import threading
from typing import Any

import pytest

from yibao.channels.kiosk.terminal import visit
from yibao.channels.kiosk.terminal.server import Answer, Unreachable


class Listening:
    """A server that gives a cookie for a card, and writes down what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.ended = threading.Event()
        self.is_down = False
        self.before: Any = None

    def ask(
        self, method: str, path: str, cookies: dict[str, str], headers: dict[str, str], body: bytes = b""
    ) -> Answer:
        if self.is_down:
            raise Unreachable
        self.asked.append((method, path, dict(cookies)))
        if self.before:
            self.before()
        if path.endswith("/end/"):
            self.ended.set()
        got = {"sessionid": "secret"} if path.endswith("/card/") and b"number=99" in body else {}
        status = 422 if path.endswith("/card/") and not got else 204 if path.endswith("/card/") else 200
        return Answer(status, {}, b"a page", got)


@pytest.fixture
def clock() -> list[float]:
    return [1000.0]


@pytest.fixture
def server() -> Listening:
    return Listening()


@pytest.fixture
def machine(server: Listening, clock: list[float]) -> visit.Machine:
    return visit.Machine(server, ("slip",), now=lambda: clock[0])  # type: ignore[arg-type]


def put_in(machine: visit.Machine, number: str = "990100196503071011") -> None:
    machine.card_event({"event": "reading"})
    machine.card_event({"event": "card", "number": number})


def heard(machine: visit.Machine) -> Any:
    screen: queue.SimpleQueue[str] = queue.SimpleQueue()
    machine.screens.append(screen)
    return lambda: [screen.get_nowait() for _ in range(screen.qsize())]


def test_a_card_begins_a_visit_and_ends_it_when_it_leaves(machine: visit.Machine, server: Listening) -> None:
    told = heard(machine)
    put_in(machine)
    assert told() == ["reading", "pin"]
    assert machine.visit.cookies == {"sessionid": "secret"}
    machine.card_event({"event": "gone"})
    assert machine.visit.cookies == {}, "at once: nobody waits for the server"
    assert told() == ["wiped"]
    assert server.ended.wait(10)
    assert server.asked[-1] == ("POST", "/kiosk/end/", {"sessionid": "secret"})


def test_a_visit_is_wiped_thirty_seconds_after_the_last_touch(machine: visit.Machine, clock: list[float]) -> None:
    put_in(machine)
    clock[0] += 29.9
    machine.look()
    assert machine.state == "card"
    machine.touch()
    clock[0] += 29.9
    machine.look()
    assert machine.state == "card"
    clock[0] += 0.1
    machine.look()
    assert machine.state == "nobody"
    assert machine.card_words == "left", "the card is still in the reader"
    put_in(machine)
    assert machine.card_words == ""


def test_a_page_is_a_touch_and_touches_keep_the_server_waiting(
    machine: visit.Machine, server: Listening, clock: list[float]
) -> None:
    put_in(machine)
    clock[0] += 20
    machine.ask("GET", "/kiosk/home/", {}, b"")
    for _ in range(6):
        clock[0] += 5
        machine.touch()
        machine.look()
    assert machine.state == "card"
    assert [path for _, path, _ in server.asked].count("/kiosk/still/") == 2, "every ten seconds and no more often"


def test_what_was_on_its_way_when_the_card_left_is_shown_to_nobody(machine: visit.Machine, server: Listening) -> None:
    put_in(machine)
    server.before = lambda: setattr(server, "before", None) or machine.card_event({"event": "gone"})
    was, _ = machine.ask("GET", "/kiosk/home/", {}, b"")
    assert not machine.is_now(was)


def test_a_visit_begun_for_a_card_that_is_gone_by_then_is_ended(machine: visit.Machine, server: Listening) -> None:
    server.before = lambda: setattr(server, "before", None) or machine.card_event({"event": "gone"})
    told = heard(machine)
    put_in(machine)
    assert machine.state == "nobody"
    assert "pin" not in told()
    assert server.ended.wait(10)
    assert server.asked[-1] == ("POST", "/kiosk/end/", {"sessionid": "secret"})


def test_a_card_that_cannot_be_used_says_why_until_it_is_pulled_out(machine: visit.Machine) -> None:
    for why in ("unreadable", "locked", "not_ours"):
        machine.card_event({"event": "reading"})
        machine.card_event({"event": "unusable", "why": why})
        assert machine.card_words == why
        machine.card_event({"event": "gone"})
        assert machine.card_words == ""
    put_in(machine, "123")
    assert (machine.card_words, machine.state) == ("wrong", "nobody")


def test_a_card_ends_what_an_e_credential_began_and_a_stray_gone_does_not(
    machine: visit.Machine, server: Listening
) -> None:
    machine.visit.cookies["sessionid"] = "by a code"
    machine.card_event({"event": "gone"})
    assert machine.visit.cookies == {"sessionid": "by a code"}
    put_in(machine)
    assert machine.visit.cookies == {"sessionid": "secret"}
    assert server.asked[-1] == ("POST", "/kiosk/card/", {"sessionid": "by a code"}), "so the server can end it"


def test_without_a_server_nothing_begins_and_all_is_forgotten(machine: visit.Machine, server: Listening) -> None:
    put_in(machine)
    server.is_down = True
    machine.touch()
    machine.wipe()
    assert machine.state == "nobody"
    put_in(machine)
    assert (machine.card_words, machine.state) == ("unreadable", "nobody")


def test_the_clocks_of_machine_and_server_fit() -> None:
    """The server forgets by itself, but never while the machine still shows somebody's page."""
    pages = (visit.IDLE_SECONDS, visit.STILL_SECONDS)
    assert sum(pages) < 45
