"""What posting costs: the same drawn transfers between individual accounts, by eight clients at once and by one alone.

Each engine has the same accounts with the same opening balances, and does the same transfers in the same rounds, in
turn, so that the noise of the machine meets all. A client is a process; eight share a round. Every transfer is a
transaction on the disk (`synchronous_commit` on) of the same PostgreSQL. At the end every account's balance is compared
with plain addition. One client alone mostly waits for the disk, whatever the engine: its figures stand beside.

yibao          `books.ledger.posting.post`: key, content, balances kept, refused where an account would be overdrawn
raw function   the same database function, called by psycopg alone; everything it is given is made beforehand
hordak         django-hordak, in an environment of its own, doing what the two above do: an
               account is not overdrawn, so both are locked, the balance is read, then `Account.transfer_to`. This is
               the peer of `over_hordak`, for it gives the same results
hordak, bare   `Account.transfer_to` alone: no keys, no balance kept, any overdraft posted. It stands beside
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from benchmarks.books import own_books
from benchmarks.ledger_client import AREA, DAY, MONTH
from benchmarks.measuring import PeerMissingError, Result, Row

LIMITS: dict[str, float] = {}
AT_LEAST = {"over_raw_function": 0.5, "over_hordak": 5}
HERE = Path(__file__).resolve().parent
PEER = HERE / "peers" / "hordak"
ACCOUNTS, OPENING = 500, 10_000_000  # fen
CLIENTS, TRANSFERS, ALONE, REPEATS = 8, 2_000, 400, 5
ENGINES = {
    "yibao": "yibao, post()",
    "raw": "the database function, psycopg alone",
    "bare": "django-hordak, bare",
    "hordak": "django-hordak",
}
Transfer = tuple[int, int, int, str]
"""From which account to which, how many fen, and what makes it unlike every other."""


def run() -> Result:
    """A round of each engine to warm up, then the rounds that count: all clients, then one alone."""
    drawn = random.Random(20250630)
    rounds = [
        ([_drawn(drawn, f"{place}/all/{n}") for n in range(TRANSFERS)],
         [_drawn(drawn, f"{place}/one/{n}") for n in range(ALONE)])
        for place in range(REPEATS + 1)
    ]  # fmt: skip
    with own_books() as database, ExitStack() as stack:
        raw = stack.enter_context(psycopg.connect(**database.connection(), autocommit=True))
        accounts = {name: _opened(name) for name in ("yibao", "raw")}
        clients = {name: stack.enter_context(_ours(name, accounts[name], database.connection())) for name in accounts}
        clients["hordak"] = clients["bare"] = stack.enter_context(_hordak(raw, database.connection("hordak")))
        speeds: dict[str, list[float]] = {name: [] for name in ENGINES}
        alone: dict[str, list[float]] = {name: [] for name in ENGINES}
        for many, one in rounds:
            for name in ENGINES:
                # hordak does half of them bare and half of them checked, and so ends with the same balances
                part = {"bare": slice(0, None, 2), "hordak": slice(1, None, 2)}.get(name, slice(None))
                speeds[name].append(_speed(clients[name], many[part], name))
                alone[name].append(_speed(clients[name][:1], one[part], name))
        found = {name: _balances(raw, accounts[name]) for name in accounts}
        found["hordak"] = found["bare"] = clients["hordak"][0].ask({"balances": True})["balances"]
        wanted, broken = _added([move for both in rounds for moves in both for move in moves]), _broken()
    wrong = {name: sum(a != b for a, b in zip(balances, wanted, strict=True)) for name, balances in found.items()}
    wrong["yibao"] += broken
    return _result(speeds, alone, wrong)


def _result(speeds: dict[str, list[float]], alone: dict[str, list[float]], wrong: dict[str, int]) -> Result:
    table = [Row(f"{told}, {CLIENTS} clients", speeds[name][1:], "1/s", wrong[name]) for name, told in ENGINES.items()]
    table += [Row(f"{told}, one client", alone[name][1:], "1/s", wrong[name]) for name, told in ENGINES.items()]
    own, floor, bare, peer, *one = (row.median for row in table)
    figures = {"transfers_s": own, "over_raw_function": own / floor, "over_hordak": own / peer}
    figures |= {"one_client_transfers_s": one[0], "one_client_over_raw_function": one[0] / one[1]}
    figures |= {"one_client_over_hordak": one[0] / one[3]}
    figures |= {"over_hordak_bare": own / bare, "one_client_over_hordak_bare": one[0] / one[2]}  # it does less
    told = (
        f"{ACCOUNTS} accounts compared for each engine; {REPEATS} rounds of {TRANSFERS:,} transfers by {CLIENTS} "
        f"clients and of {ALONE} by one, in turn"
    )
    return Result(ACCOUNTS, figures, table, (told,))


class Client:
    """A process that does transfers: a line of JSON each way."""

    def __init__(self, process: "subprocess.Popen[str]", who: str) -> None:
        self.process, self.who = process, who

    def say(self, what: dict[str, Any]) -> None:
        """Tells it something without waiting."""
        assert self.process.stdin
        print(json.dumps(what), file=self.process.stdin, flush=True)

    def hear(self) -> Any:
        """What it answers."""
        assert self.process.stdout
        answer = self.process.stdout.readline()
        if not answer:
            raise PeerMissingError(f"{self.who} did not answer")
        return json.loads(answer)

    def ask(self, what: dict[str, Any]) -> Any:
        self.say(what)
        return self.hear()


def _speed(clients: Sequence[Client], transfers: Sequence[Transfer], name: str) -> float:
    """Transfers a second, from the first client that begins to the last one that ends."""
    for number, client in enumerate(clients):
        client.ask({"transfers": transfers[number :: len(clients)], "checked": name == "hordak"})
    for client in clients:
        client.say({"go": True})
    times = [client.hear() for client in clients]
    return len(transfers) / (max(one["end"] for one in times) - min(one["begin"] for one in times))


def _drawn(drawn: random.Random, own: str) -> Transfer:
    source, target = drawn.sample(range(ACCOUNTS), 2)
    return source, target, drawn.randrange(1, 10_000), own


def _added(transfers: Sequence[Transfer]) -> list[int]:
    """What every account must hold in the end."""
    balances = [OPENING] * ACCOUNTS
    for source, target, amount, _ in transfers:
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


def _balances(connection: Any, accounts: Sequence[UUID]) -> list[int]:
    rows = connection.execute("SELECT id, balance FROM ledger_account WHERE id = ANY(%s)", [list(accounts)])
    held = dict(rows.fetchall())
    return [held[account] for account in accounts]


def _broken() -> int:
    from yibao.books.ledger.checks import broken

    return len(broken(AREA))


@contextmanager
def _clients(command: Sequence[str], env: dict[str, str], who: str, first: dict[str, Any]) -> Iterator[list[Client]]:
    """So many processes, the first of them ready before the others begin."""
    with ExitStack() as stack:
        made: list[Client] = []
        for number in range(CLIENTS):
            process = subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            made.append(Client(stack.enter_context(process), who))
            made[-1].ask({**first, "first": number == 0})
        yield made
        for client in made:
            assert client.process.stdin
            client.process.stdin.close()


def _ours(engine: str, accounts: Sequence[UUID], connection: dict[str, str]) -> Any:
    told = {"engine": engine, "accounts": [str(account) for account in accounts], "connection": connection}
    return _clients([sys.executable, str(HERE / "ledger_client.py")], dict(os.environ), ENGINES[engine], told)


def _hordak(server: Any, connection: dict[str, str]) -> Any:
    made = subprocess.run(
        [str(PEER / "setup")], env={**os.environ, "PYTHON": sys.executable}, capture_output=True, text=True
    )
    if made.returncode:
        raise PeerMissingError(f"django-hordak could not be installed: {made.stderr[-1000:]}")
    hidden = {"PYTHONPATH", "PYTHONHOME", "DJANGO_SETTINGS_MODULE"}
    clean = {name: value for name, value in os.environ.items() if name not in hidden}
    server.execute("CREATE DATABASE hordak")
    command = [str(PEER / ".venv" / "bin" / "python"), str(PEER / "transfers.py")]
    return _clients(
        command, clean, "django-hordak", {"connection": connection, "accounts": ACCOUNTS, "opening": OPENING}
    )
