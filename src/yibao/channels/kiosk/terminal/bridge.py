"""What may the browser of the machine ask? The pages of the terminal, and the machine itself; nothing else.

Only the loopback address is served, only under its own name (no other name may be made to lead here), and what changes
something only from our own pages. No cookie reaches the browser, and what it is given may not be kept.
"""

from __future__ import annotations

import queue
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from yibao.channels.kiosk.terminal.printing import Printers
from yibao.channels.kiosk.terminal.server import Answer, Unreachable
from yibao.channels.kiosk.terminal.visit import FORM, START, Machine

HOST = "127.0.0.1"
PASSED_ON = (
    "Content-Type", "Cache-Control", "Content-Security-Policy", "Location", "Referrer-Policy", "X-Content-Type-Options",
    "X-Frame-Options",
)  # fmt: skip
PRINT = "/local/print"
STILL_THERE_SECONDS = 10.0
FORM_MAX = 100_000
DOWN = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="refresh" content="10">
<title>暂时不能用</title>
<h1>这台机器暂时连不上医保系统</h1><p>请到窗口办，或打 12393。连上以后会自动恢复。</p></html>"""


class Bridge(ThreadingHTTPServer):
    """The web server of the machine, for its own browser."""

    daemon_threads = True

    def __init__(self, port: int, machine: Machine, printers: Printers) -> None:
        super().__init__((HOST, port), Handler)
        self.machine, self.printers = machine, printers

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went on while it was answered is no error; of anything else only the kind is told."""
        problem = sys.exc_info()[0]
        if problem is not None and not issubclass(problem, ConnectionError):
            print(f"bridge: {problem.__name__}", file=sys.stderr)

    @property
    def address(self) -> str:
        """Where the browser begins."""
        return f"http://{HOST}:{self.server_port}{START}"


class Handler(BaseHTTPRequestHandler):
    """One request of the browser."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "yibao", ""
    server: Bridge

    def do_GET(self) -> None:
        """A page, a file of it, or the events of the card."""
        if not self._is_ours():
            return self._empty(HTTPStatus.FORBIDDEN)
        if self.path == "/":
            return self._to(START)
        if self.path == "/local/events":
            return self._events()
        return self._pass_on("GET")

    def do_POST(self) -> None:
        """Something that was pressed."""
        body = self._body()
        if not self._is_ours() or self.headers.get("Sec-Fetch-Site") != "same-origin" or body is None:
            return self._empty(HTTPStatus.FORBIDDEN)
        if self.path == "/local/touch":
            self.server.machine.touch()
            return self._empty(HTTPStatus.NO_CONTENT)
        if self.path.startswith(f"{PRINT}{START}"):
            return self._print(self.path.removeprefix(PRINT))
        if self.path == f"{START}end/":
            self.server.machine.wipe()
            return self._to(START)
        return self._pass_on("POST", body)

    def _is_ours(self) -> bool:
        return self.headers.get("Host") == f"{HOST}:{self.server.server_port}"

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > FORM_MAX:
            self.close_connection = True
            return None
        return self.rfile.read(int(length))

    def _pass_on(self, method: str, body: bytes = b"") -> None:
        """The server's page, unless the visit it was made for is over by now."""
        machine, path = self.server.machine, self.path
        if not path.startswith((START, "/static/")):
            return self._empty(HTTPStatus.NOT_FOUND)
        clear = path == START and machine.to_clear
        try:
            visit, answer = machine.ask(method, path, FORM if method == "POST" else {}, body)
        except Unreachable:
            return self._page(HTTPStatus.BAD_GATEWAY, DOWN)
        if not machine.is_now(visit) and path.startswith(START):
            return self._to(START)
        if clear:
            machine.to_clear = False
        return self._answer(answer, {"Clear-Site-Data": '"cache", "storage"'} if clear else {})

    def _print(self, path: str) -> None:
        """Fetch what is to be printed, print it, and say how it went; nothing for a visit that is over."""
        machine, printers = self.server.machine, self.server.printers
        try:
            visit, answer = machine.ask("POST", path, FORM, b"")
        except Unreachable:
            return self._page(HTTPStatus.BAD_GATEWAY, DOWN)
        if not machine.is_now(visit) or answer.status in (301, 302, 303):
            return self._to(START)
        what = "record" if answer.headers.get("Content-Type") == "application/pdf" else "slip"
        went_well = answer.status == HTTPStatus.OK and printers.put(what, answer.body)
        return self._to(f"{START}printed/{what if went_well else 'failed'}/")

    def _events(self) -> None:
        """What happens, as it happens, until the screen goes to another page."""
        screen: queue.SimpleQueue[str] = queue.SimpleQueue()
        screens = self.server.machine.screens
        screens.append(screen)
        screen.put(self.server.machine.state)  # what happened while the page was on its way to the screen
        try:
            self.send_response(HTTPStatus.OK)
            for name, value in (("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")):
                self.send_header(name, value)
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(b"retry: 500\n\n")
            while not self.server.machine.stopped.is_set():
                try:
                    line = f"data: {screen.get(timeout=STILL_THERE_SECONDS)}\n\n"
                except queue.Empty:
                    line = ": still there\n\n"
                self.wfile.write(line.encode())
        except OSError:
            pass  # the browser went on
        finally:
            screens.remove(screen)
            self.close_connection = True

    def _answer(self, answer: Answer, more: dict[str, str]) -> None:
        passed = {name: answer.headers[name] for name in PASSED_ON if name in answer.headers}
        if not self.path.startswith("/static/"):
            passed["Cache-Control"] = "no-store"
        self._send(answer.status, {**passed, **more}, answer.body)

    def _page(self, status: int, text: str) -> None:
        self._send(status, {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}, text.encode())

    def _to(self, path: str) -> None:
        self._send(HTTPStatus.SEE_OTHER, {"Location": path, "Cache-Control": "no-store"}, b"")

    def _empty(self, status: int) -> None:
        self._send(status, {}, b"")

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if status != HTTPStatus.NO_CONTENT:
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: a line would say what somebody looked at."""
