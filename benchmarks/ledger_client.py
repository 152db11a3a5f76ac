"""One client of our ledger, in a process of its own: a line of JSON in, a line of JSON out.

`yibao` posts by `books.ledger.posting.post`, as a use case does; `raw` calls the same database function by psycopg
alone, with everything that it is given made beforehand. Django is set up in both, so that they start alike.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

if __package__ in (None, ""):  # run as a file: the folder above holds the package
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

AREA, MONTH, DAY = "110000", date(2025, 6, 1), date(2025, 6, 30)


def entries(name: str, accounts: Sequence[UUID], transfers: Sequence[Sequence[Any]]) -> list[Any]:
    """The transfers as entries; each is from, to, fen and what makes its key its own."""
    from yibao.books.ledger.accounts import EntryKind
    from yibao.books.ledger.posting import Entry

    return [
        Entry(AREA, f"year-end/{AREA}/2025-06/{name}/{own}", EntryKind.YEAR_END, MONTH, DAY,
              ((accounts[source], amount), (accounts[target], -amount)))
        for source, target, amount, own in transfers
    ]  # fmt: skip


def posting(made: Sequence[Any]) -> Callable[[], None]:
    """The work of `yibao`."""
    from yibao.books.ledger.posting import post

    def work() -> None:
        for entry in made:
            post(entry)

    return work


def calling(connection: Any, made: Sequence[Any]) -> Callable[[], None]:
    """The work of `raw`."""
    from yibao.books.keys import new_key
    from yibao.books.ledger.posting import POST

    rows = [
        (entry.area, entry.key, new_key(), int(entry.kind), entry.content(), entry.for_month, entry.effective_on,
         [account for account, _ in entry.lines], [amount for _, amount in entry.lines], None, "")
        for entry in made
    ]  # fmt: skip

    def work() -> None:
        with connection.cursor() as cursor:
            for row in rows:
                cursor.execute(POST, row)
                cursor.fetchone()

    return work


def main() -> None:
    """Prepares transfers when told, does them when told to go, and answers when it began and ended."""
    import psycopg

    from yibao.site.at_hand import books_at_hand

    with books_at_hand():
        asked = json.loads(sys.stdin.readline())
        name, accounts = asked["engine"], [UUID(account) for account in asked["accounts"]]
        with psycopg.connect(**asked["connection"], autocommit=True) as raw:
            print(json.dumps({"ready": True}), flush=True)
            for line in sys.stdin:
                made = entries(name, accounts, json.loads(line)["transfers"])
                work = posting(made) if name == "yibao" else calling(raw, made)
                print(json.dumps({"prepared": len(made)}), flush=True)
                sys.stdin.readline()
                begin = time.perf_counter()
                work()
                print(json.dumps({"begin": begin, "end": time.perf_counter()}), flush=True)


if __name__ == "__main__":
    main()
