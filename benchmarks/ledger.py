"""What posting costs: the same drawn transfers between two individual accounts, one client, one at a time.

Each engine has the same accounts with the same opening balances, and does the same transfers in the same rounds, in
turn, so that the noise of the machine meets all. Every transfer is a transaction on the disk (`synchronous_commit` on)
of the same PostgreSQL. At the end every account's balance is compared with plain addition.

yibao          `books.ledger.posting.post`: key, content, balances kept, refused where an account would be overdrawn
raw function   the same database function, called by psycopg alone; everything it is given is made beforehand
hordak         django-hordak's `Account.transfer_to`, in a process and an environment of its own; it has no keys, keeps
               no balance and refuses no overdraft, so it does less
hordak, kept   the same, and an account is not overdrawn: both are locked and the balance is read first
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from benchmarks.books import own_books
from benchmarks.measuring import PeerMissingError, Result, Row

LIMITS: dict[str, float] = {}
AT_LEAST = {"over_raw_function": 0.5, "over_hordak": 5}
PEER = Path(__file__).resolve().parent / "peers" / "hordak"
AREA, MONTH, DAY = "110000", date(2025, 6, 1), date(2025, 6, 30)
ACCOUNTS, OPENING = 500, 10_000_000  # fen
TRANSFERS, REPEATS = 1_000, 7
ENGINES = {
    "yibao": "yibao, post()",
    "raw": "the database function, psycopg alone",
    "hordak": "django-hordak",
    "kept": "django-hordak, not overdrawn",
}
Transfer = tuple[int, int, int]
"""From which account to which, and how many fen."""


def run() -> Result:
    """One round of each engine to warm up, then the rounds that count."""
    drawn = random.Random(20250630)
    rounds = [[_drawn(drawn) for _ in range(TRANSFERS)] for _ in range(REPEATS + 1)]
    wanted = _added(rounds)
    with own_books() as database:
        accounts = {name: _opened(name) for name in ("yibao", "raw")}
        took: dict[str, list[float]] = {name: [] for name in ENGINES}
        connected = psycopg.connect(**database.connection(), autocommit=True)
        with connected as raw, _hordak(database.connection("hordak")) as hordak:
            for place, transfers in enumerate(rounds):
                took["yibao"].append(_yibao(accounts["yibao"], place, transfers))
                took["raw"].append(_raw(raw, accounts["raw"], place, transfers))
                # hordak does half of them bare and half of them checked, and so ends with the same balances
                for name, part in (("hordak", transfers[::2]), ("kept", transfers[1::2])):
                    took[name].append(hordak({"transfers": part, "checked": name == "kept"})["seconds"] * 2)
            found = {name: _balances(raw, accounts[name]) for name in accounts}
            found["hordak"] = found["kept"] = hordak({"balances": True})["balances"]
        broken = _broken()
    speeds = {name: [TRANSFERS / one for one in seconds[1:]] for name, seconds in took.items()}
    wrong = {name: sum(a != b for a, b in zip(balances, wanted, strict=True)) for name, balances in found.items()}
    wrong["yibao"] += broken
    table = [Row(told, speeds[name], "1/s", wrong[name]) for name, told in ENGINES.items()]
    own, floor, peer, kept = (row.median for row in table)
    figures = {"transfers_s": own, "over_raw_function": own / floor, "over_hordak": own / peer}
    figures["over_hordak_not_overdrawn"] = own / kept
    told = f"{ACCOUNTS} accounts compared for each engine; {REPEATS} rounds of {TRANSFERS:,} transfers, in turn"
    return Result(ACCOUNTS, figures, table, (told,))


def _drawn(drawn: random.Random) -> Transfer:
    source, target = drawn.sample(range(ACCOUNTS), 2)
    return source, target, drawn.randrange(1, 10_000)


def _added(rounds: Sequence[Sequence[Transfer]]) -> list[int]:
    """What every account must hold in the end."""
    balances = [OPENING] * ACCOUNTS
    for source, target, amount in (transfer for transfers in rounds for transfer in transfers):
        balances[source] -= amount
        balances[target] += amount
    return balances


def _opened(name: str) -> list[UUID]:
    """The individual accounts of one engine, each with its opening balance."""
    from yibao.books.areas.models import Area
    from yibao.books.ledger.accounts import AccountKind, EntryKind
    from yibao.books.ledger.batch import post_batch
    from yibao.books.ledger.posting import Entry, accounts

    Area.objects.get_or_create(code=AREA, defaults={"is_demo": True})
    bank = accounts(AREA, AccountKind.BANK)[""]
    subjects = [f"{name} {number}" for number in range(ACCOUNTS)]
    opened = accounts(AREA, AccountKind.INDIVIDUAL, subjects)
    entries = [
        Entry(AREA, f"opening/{AREA}/{subject}", EntryKind.OPENING, MONTH, DAY, ((bank, OPENING), (account, -OPENING)))
        for subject, account in opened.items()
    ]
    post_batch(AREA, entries)
    return [opened[subject] for subject in subjects]


def _entries(name: str, accounts: Sequence[UUID], place: int, transfers: Sequence[Transfer]) -> list[Any]:
    """The transfers as entries, each under its key."""
    from yibao.books.ledger.accounts import EntryKind
    from yibao.books.ledger.posting import Entry

    return [
        Entry(AREA, f"year-end/{AREA}/2025-06/{name}/{place}/{number}", EntryKind.YEAR_END, MONTH, DAY,
              ((accounts[source], amount), (accounts[target], -amount)))
        for number, (source, target, amount) in enumerate(transfers)
    ]  # fmt: skip


def _yibao(accounts: Sequence[UUID], place: int, transfers: Sequence[Transfer]) -> float:
    """Seconds of our posting function, as a use case calls it."""
    from yibao.books.ledger.posting import post

    entries = _entries("yibao", accounts, place, transfers)
    begin = time.perf_counter()
    for entry in entries:
        post(entry)
    return time.perf_counter() - begin


def _raw(connection: Any, accounts: Sequence[UUID], place: int, transfers: Sequence[Transfer]) -> float:
    """Seconds of the database function alone."""
    from yibao.books.keys import new_key
    from yibao.books.ledger.posting import POST

    rows = [
        (entry.area, entry.key, new_key(), int(entry.kind), entry.content(), entry.for_month, entry.effective_on,
         [account for account, _ in entry.lines], [amount for _, amount in entry.lines], None, "")
        for entry in _entries("raw", accounts, place, transfers)
    ]  # fmt: skip
    with connection.cursor() as cursor:
        begin = time.perf_counter()
        for row in rows:
            cursor.execute(POST, row)
            cursor.fetchone()
        return time.perf_counter() - begin


def _balances(connection: Any, accounts: Sequence[UUID]) -> list[int]:
    rows = connection.execute("SELECT id, balance FROM ledger_account WHERE id = ANY(%s)", [list(accounts)])
    held = dict(rows.fetchall())
    return [held[account] for account in accounts]


def _broken() -> int:
    from yibao.books.ledger.checks import broken

    return len(broken(AREA))


@contextmanager
def _hordak(connection: dict[str, str]) -> Iterator[Callable[[dict[str, Any]], Any]]:
    """Asks hordak, in its own process: a line of JSON each way."""
    made = subprocess.run(
        [str(PEER / "setup")], env={**os.environ, "PYTHON": sys.executable}, capture_output=True, text=True
    )
    if made.returncode:
        raise PeerMissingError(f"django-hordak could not be installed: {made.stderr[-1000:]}")
    hidden = {"PYTHONPATH", "PYTHONHOME", "DJANGO_SETTINGS_MODULE"}
    clean = {name: value for name, value in os.environ.items() if name not in hidden}
    with psycopg.connect(**{**connection, "dbname": "yibao"}, autocommit=True) as server:
        server.execute("CREATE DATABASE hordak")
    command = [str(PEER / ".venv" / "bin" / "python"), str(PEER / "transfers.py")]
    with subprocess.Popen(command, env=clean, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer:

        def ask(what: dict[str, Any]) -> Any:
            assert peer.stdin
            assert peer.stdout
            print(json.dumps(what), file=peer.stdin, flush=True)
            answer = peer.stdout.readline()
            if not answer:
                raise PeerMissingError("django-hordak did not answer")
            return json.loads(answer)

        ask({"connection": connection, "accounts": ACCOUNTS, "opening": OPENING})
        yield ask
        assert peer.stdin
        peer.stdin.close()
