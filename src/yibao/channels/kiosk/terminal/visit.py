"""Who is there, since when did nobody touch the screen, and what is forgotten when?

A visit is the cookie that the server gave, in the memory of this program and nowhere else. It is wiped 30 seconds after
the last touch and in the moment in which its card leaves the reader: first it is forgotten here, so that not even an
answer that is on its way is still shown, then the screens are told, then the server.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from yibao.channels.kiosk.terminal.server import Answer, Server, Unreachable

IDLE_SECONDS = 30.0
STILL_SECONDS = 10.0
"""While the screen is touched, the server hears of it so often."""
TICK_SECONDS = 0.25
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
START = "/kiosk/"


class Visit:
    """One visit; another object is another visit."""

    def __init__(self, now: float, by_card: bool = False) -> None:
        self.cookies: dict[str, str] = {}
        self.by_card = by_card
        self.touched = self.asked = now


class Machine:
    """The state of the machine: the visit, the card in the reader, the screens that listen."""

    def __init__(self, server: Server, prints: tuple[str, ...] = (), now: Callable[[], float] = time.monotonic) -> None:
        self.server, self.prints, self.now = server, prints, now
        self.lock = threading.RLock()
        self.visit = Visit(now())
        self.has_reader, self.card_is_in, self.card_words = False, False, ""
        self.screens: list[queue.SimpleQueue[str]] = []
        self.to_clear = True  # what an earlier browser may have kept goes with the first page
        self.stopped = threading.Event()

    def start(self) -> None:
        """Watch the clock."""
        threading.Thread(target=self._tick, daemon=True).start()

    def stop(self) -> None:
        """Forget whoever is there, and end."""
        self.stopped.set()
        self.wipe()

    # what the screen asks ------------------------------------------------------------------------------------------

    def ask(
        self, method: str, path: str, headers: dict[str, str], body: bytes, before: dict[str, str] | None = None
    ) -> tuple[Visit, Answer]:
        """The server's answer within the visit, and the visit it belongs to; `before`: the cookie of the one before."""
        with self.lock:
            visit = self.visit
            visit.touched = visit.asked = self.now()
            cookies = before or dict(visit.cookies)
        answer = self.server.ask(method, path, cookies, {**headers, **self._told()}, body)
        with self.lock:
            if self.visit is visit:
                kept = {**visit.cookies, **answer.cookies}
                visit.cookies = {name: value for name, value in kept.items() if value}
            elif answer.cookies:
                self._end_at_server(answer.cookies)  # begun for nobody: the visit was wiped meanwhile
        return visit, answer

    def is_now(self, visit: Visit) -> bool:
        """Whether a visit goes on: what was asked for another is shown to nobody."""
        return self.visit is visit

    @property
    def state(self) -> str:
        """What a screen must know when it begins to listen: nobody is there, or somebody, by a card or otherwise."""
        with self.lock:
            return "nobody" if not self.visit.cookies else "card" if self.visit.by_card else "somebody"

    def touch(self) -> None:
        """The screen was touched."""
        with self.lock:
            visit, now = self.visit, self.now()
            visit.touched = now
            ask = bool(visit.cookies) and now - visit.asked > STILL_SECONDS
            if ask:
                visit.asked = now
        if ask:
            with contextlib.suppress(Unreachable):
                self.ask("POST", f"{START}still/", {}, b"")

    # what happens --------------------------------------------------------------------------------------------------

    def wipe(self) -> None:
        """Forget the visit: here, on the screens, at the server."""
        with self.lock:
            cookies, self.visit = self.visit.cookies, Visit(self.now())
            self.to_clear = True
            if self.card_is_in:
                self.card_words = "left"
            self.tell("wiped")
        self._end_at_server(cookies)

    def card_event(self, event: dict[str, Any]) -> None:
        """Something happened at the reader."""
        what = event.get("event")
        if what == "reader":
            self.has_reader = bool(event.get("there"))
            if not self.visit.cookies:
                self.tell("wiped")
        elif what == "reading":
            self.card_is_in = True
            self.tell("reading")
        elif what == "card":
            self._begin(str(event.get("number", "")))
        elif what == "unusable":
            self._cannot(str(event.get("why", "unreadable")))
        elif what == "gone":
            self._gone()

    def tell(self, state: str) -> None:
        """Let every screen know."""
        for screen in list(self.screens):
            screen.put(state)

    def _begin(self, number: str) -> None:
        with self.lock:
            old, self.visit = self.visit.cookies, Visit(self.now(), by_card=True)
            self.card_is_in, self.card_words = True, ""
        try:  # with the cookie from before: the server ends that visit, and keeps the large print that was switched on
            visit, answer = self.ask("POST", f"{START}card/", FORM, urlencode({"number": number}).encode(), old)
        except Unreachable:
            return self._cannot("unreadable")
        if answer.status != 204:
            self._end_at_server(old)
        if not self.is_now(visit):
            return None
        return self.tell("pin") if answer.status == 204 else self._cannot("wrong")

    def _cannot(self, why: str) -> None:
        with self.lock:
            self.card_is_in, self.card_words = True, why
            self.tell("wiped")

    def _gone(self) -> None:
        with self.lock:
            was_in, self.card_is_in, self.card_words = self.card_is_in, False, ""
            if self.visit.by_card or (was_in and not self.visit.cookies):
                self.wipe()

    def _tick(self) -> None:
        while not self.stopped.wait(TICK_SECONDS):
            self.look()

    def look(self) -> None:
        """Wipe a visit in which nobody touched the screen for 30 seconds."""
        with self.lock:
            if self.visit.cookies and self.now() - self.visit.touched >= IDLE_SECONDS:
                self.wipe()

    def _told(self) -> dict[str, str]:
        """What the server must know of the machine to make the page."""
        return {
            "X-Terminal-Card": self.card_words,
            "X-Terminal-Reader": "yes" if self.has_reader else "no",
            "X-Terminal-Prints": ",".join(self.prints),
        }

    def _end_at_server(self, cookies: dict[str, str]) -> None:
        """The server forgets the visit too; where it cannot be reached, it does so by itself after 45 seconds."""
        if not cookies:
            return

        def end() -> None:
            with contextlib.suppress(Unreachable):
                self.server.ask("POST", f"{START}end/", cookies, FORM)

        threading.Thread(target=end, daemon=True).start()
