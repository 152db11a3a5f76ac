"""What processes keep for each other for some minutes: found by all, sealed, gone in time, and taken once."""

import threading
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from tests.channels.portal.owners import owners, signed_in
from tests.services.apps.asked import app, came_back, question, redeem, yes

from yibao.books.consents.models import ShortLived


def test_kept_found_and_let_go(db: None) -> None:
    cache.set("one", {"scopes": ["a"], "number": 1}, timeout=60)
    assert cache.get("one") == {"scopes": ["a"], "number": 1}
    cache.set("one", "else")
    assert (cache.get("one"), cache.get("two"), cache.get("two", 7)) == ("else", None, 7)
    assert (cache.delete("one"), cache.delete("one"), cache.get("one")) == (True, False, None)


def test_what_has_run_out_is_not_there(db: None) -> None:
    cache.set("one", 1, timeout=0)
    assert cache.get("one") is None
    assert (cache.add("one", 2, timeout=60), cache.add("one", 3, timeout=60), cache.get("one")) == (True, False, 2)
    assert cache.touch("one", 0)
    assert (cache.get("one"), cache.touch("one")) == (None, False)
    cache.set("for ever", 1, timeout=None)
    cache.clear()
    assert not ShortLived.objects.exists()


def test_the_row_tells_neither_name_nor_value(db: None) -> None:
    cache.set("code-of-somebody", "482915")
    (row,) = ShortLived.objects.all()
    held = bytes(row.key) + bytes(row.value_sealed)
    assert b"482915" not in held
    assert b"somebody" not in held
    ShortLived.objects.update(value_sealed=bytes(row.value_sealed)[:-1] + b"\x00\x01")  # changed by somebody else
    assert cache.get("code-of-somebody") is None


@pytest.mark.django_db(transaction=True)
def test_of_many_who_add_at_once_one_does() -> None:
    def one(number: int) -> bool:
        return bool(cache.add("used", number, timeout=60))

    assert sorted(together(one, 6)) == [False] * 5 + [True]


@pytest.mark.django_db(transaction=True)
def test_in_a_transaction_who_reads_first_takes_it() -> None:
    cache.set("code", 1, timeout=60)

    def one(_: int) -> bool:
        with transaction.atomic():
            found = cache.get("code") is not None
            cache.delete("code")
            return found

    assert sorted(together(one, 6)) == [False] * 5 + [True]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_redeem_one_code_at_once_one_gets_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    one = app("contributions", is_public=True)
    client: Client = signed_in(owners(monkeypatch).people.worker)
    code = came_back(yes(client, question(one)))["code"]
    answers = together(lambda _: redeem(one, code).status_code, 4)
    assert sorted(answers) == [200, 400, 400, 400]


def together(work: Any, times: int) -> list[Any]:
    """What several threads get that begin at one moment, each with a connection of its own."""
    begin, out = threading.Barrier(times), []

    def run(number: int) -> None:
        begin.wait(30)
        try:
            out.append(work(number))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return out
