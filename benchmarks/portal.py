"""What a page costs: the home of an account, signed in, through the real server, with a demo of 1,000 people.

The home page and a bare page (same server, same middleware, signed in, reads one row) are asked for in turn, by
connections that stay open, each request as one of the drawn people. The client is one process on the same machine and
costs both the same. Every home page is looked at: it must show the balance of the person who asked.

home_rps        home pages a second, with as many connections as the server has threads
answer_p50_ms   one answer's page, asked for one after another
"""

import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks.books import own_books
from benchmarks.measuring import Result, Row

LIMITS: dict[str, float] = {}
AT_LEAST = {"home_over_bare_view": 0.35}
PEOPLE, SEED, AREA, UNTIL = 1_000, 1, "110000", date(2026, 9, 1)
WHO, CONNECTIONS, REPEATS, REQUESTS, ANSWERS = 100, 4, 7, 800, 300
ANSWER = "/answers/allocation/?" + urlencode(
    {"area": "北京", "on": "2025-06-01", "scheme": "employee", "status": "retired", "age": "69", "done": "1"}
)


class Visitor(NamedTuple):
    """Somebody who is signed in, and the balance that the home page must show."""

    cookie: str
    balance: str


def run() -> Result:
    """A warm-up of each, then the rounds that count."""
    with own_books():
        visitors, home = _visitors()
        from django.db import connections

        connections.close_all()
        with _serving() as port:
            took: dict[str, list[float]] = {"home": [], "bare": []}
            wrong = sum(not _shows(port, home, visitor) for visitor in visitors)
            for _ in range(REPEATS + 1):
                took["home"].append(_round(port, home, visitors))
                took["bare"].append(_round(port, "/bench/bare/", visitors))
            answers = _answers(port)
    speeds = {name: [REQUESTS / one for one in seconds[1:]] for name, seconds in took.items()}
    table = [
        Row("home of an account", speeds["home"], "1/s", wrong),
        Row("bare page, signed in, one row", speeds["bare"], "1/s"),
        Row("an answer's page", answers, "ms"),
    ]
    home_rps, bare_rps, p50 = (row.median for row in table)
    figures = {"home_rps": home_rps, "home_over_bare_view": home_rps / bare_rps, "answer_p50_ms": p50}
    told = f"{home}; {CONNECTIONS} connections, {REPEATS} rounds of {REQUESTS} requests as {len(visitors)} people"
    return Result(len(visitors), figures, table, (told,))


def _visitors() -> tuple[list[Visitor], str]:
    """Drawn people of a new demo, signed in; and where their home page is."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.portal_site"
    from django.urls import NoReverseMatch, reverse

    from yibao.books.enrolment.models import Enrolment
    from yibao.services.demo import make
    from yibao.services.results import Refused

    made = make(PEOPLE, SEED, AREA, UNTIL)
    if isinstance(made, Refused):
        raise RuntimeError(made.message)
    with_account = Enrolment.objects.filter(kind__in=(0, 2), ends__isnull=True).order_by("person_id")
    people = random.Random(SEED).sample(list(with_account.values_list("person_id", flat=True)), WHO)
    try:
        home = reverse("portal:me")
    except NoReverseMatch:
        home = "/bench/home/"
    return [_signed_in(person) for person in people], home


def _signed_in(person: object) -> Visitor:
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from yibao.books.access.models import User
    from yibao.law.formats import figure_parts
    from yibao.services import records
    from yibao.services.permissions import Actor

    user = User.objects.create_user()
    user.person_id = person
    user.save()
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session["seen"] = session["since"] = time.time()
    session.save()
    found = records.home(Actor("self", user.pk, user.person_id)).value  # type: ignore[union-attr]
    balance, _ = figure_parts({"value": found.balance or 0, "unit": "fen"})
    return Visitor(f"{settings.SESSION_COOKIE_NAME}={session.session_key}", balance)


@contextmanager
def _serving() -> Iterator[int]:
    """The real server on these books, with the bare page beside the site's."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    here = str(Path(__file__).resolve().parent.parent)
    path = os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))
    settings = {"DJANGO_SETTINGS_MODULE": "benchmarks.portal_site", "PYTHONPATH": path}
    command = [sys.executable, "-m", "yibao.site.serve", "--port", str(port), "--no-demo"]
    with subprocess.Popen(
        command, env={**os.environ, **settings}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _wait_until_up(port, server)
            yield port
        finally:
            server.terminate()


def _wait_until_up(port: int, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as connection:
                if _ask(connection, "/readyz", "").startswith(b"HTTP/1.1 200"):
                    return
        except OSError:
            pass
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError("the server did not come up")
        time.sleep(0.1)


def _ask(connection: socket.socket, path: str, cookie: str) -> bytes:
    """One request on a connection that stays open; head and body of what comes."""
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n"
    connection.sendall(head.encode())
    got = b""
    while b"\r\n\r\n" not in got:
        more = connection.recv(65_536)
        if not more:
            raise ConnectionError("the server closed the connection")
        got += more
    top, _, body = got.partition(b"\r\n\r\n")
    lengths = [line for line in top.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    wanted = int(lengths[0].partition(b":")[2])
    while len(body) < wanted:
        body += connection.recv(65_536)
    return top + b"\r\n\r\n" + body


def _shows(port: int, home: str, visitor: Visitor) -> bool:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        page = _ask(connection, home, visitor.cookie).decode()
    return page.startswith("HTTP/1.1 200") and visitor.balance in page


def _round(port: int, path: str, visitors: Sequence[Visitor]) -> float:
    """Seconds for all the requests of a round."""
    each = REQUESTS // CONNECTIONS

    def one(start: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            for number in range(each):
                cookie = visitors[(start * each + number) % len(visitors)].cookie
                if not _ask(connection, path, cookie).startswith(b"HTTP/1.1 200"):
                    raise RuntimeError(f"{path} was refused")

    begin = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(one, range(CONNECTIONS)))
    return time.perf_counter() - begin


def _answers(port: int) -> list[float]:
    """Milliseconds of each request for the same answer, after a few that do not count."""
    took = []
    with socket.create_connection(("127.0.0.1", port)) as connection:
        for number in range(ANSWERS + 20):
            begin = time.perf_counter()
            if not _ask(connection, ANSWER, "").startswith(b"HTTP/1.1 200"):
                raise RuntimeError("the answer was refused")
            if number >= 20:
                took.append((time.perf_counter() - begin) * 1000)
    return took
