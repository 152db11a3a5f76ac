"""A hotline on a free port with a small conversation, and a telephone of sockets that calls it."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo
from tests.channels.hotline.callers import PIN
from tests.channels.hotline.telephone.menu import SENTENCES, TONE, Menu
from tests.sip.raw import Raw
from tests.sip.telephone import Running, hotline

from yibao.channels.hotline import server
from yibao.channels.hotline.prompts import Prompts


@pytest.fixture(scope="module")
def prompts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prompts]:
    with closing(Prompts(TONE, tmp_path_factory.mktemp("voice"), SENTENCES)) as made:
        yield made


@pytest.fixture(autouse=True)
def no_other_loop() -> Iterator[None]:
    """Playwright, once started in this process, leaves its loop marked as running in this thread; it does not run."""
    other = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(other)


@pytest.fixture(autouse=True)
def short_farewell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Telephones of sockets do not answer our BYE when their test is over."""
    monkeypatch.setattr(server, "FAREWELL_S", 0.05)


@pytest.fixture
def for_processes(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let processes that a test starts have its database."""
    of = connection.settings_dict
    parts = {
        "host": of["HOST"],
        "port": of["PORT"],
        "dbname": of["NAME"],
        "user": of["USER"],
        "password": of["PASSWORD"],
    }
    monkeypatch.setenv("DATABASE_URL", make_conninfo(**{name: value for name, value in parts.items() if value}))


@pytest.fixture
def retiree(agency: Any) -> Any:
    """The retiree of the agency, with a PIN."""
    from yibao.services import credential
    from yibao.services.results import Done

    assert credential.activate(agency[1].person.id, PIN, PIN) == Done(None)
    return agency[1]


@pytest.fixture
def there(prompts: Prompts) -> Iterator[Running]:
    with hotline(Menu, prompts) as running:
        yield running


@pytest.fixture
def phone(there: Running) -> Iterator[Raw]:
    with Raw(there.port) as raw:
        yield raw


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a second without a key is silence."""
    monkeypatch.setattr(Menu, "patience", 0.5)
