"""What every test may use: a data folder and keys of the run, and a real PostgreSQL, started only when a test asks.

With `DATABASE_URL` set the tests run on that server instead, in a database of their own.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import pytest

from yibao.site.data_folder import data_folder
from yibao.site.database import EmbeddedDatabase
from yibao.site.keys import make_keys

_run_folder: Path | None = None


def _folder_that_others_may_enter() -> Path:
    """pytest's own temporary folders are private; as root the database's system user could not pass through them."""
    folder = Path(tempfile.mkdtemp(prefix="yibao-tests-", dir="/tmp"))
    folder.chmod(0o755)
    return folder


def pytest_configure(config: pytest.Config) -> None:
    """Before anything is collected: the settings need a data folder with keys, one for each process that runs tests."""
    global _run_folder
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        return  # this process only hands out the tests
    _run_folder = _folder_that_others_may_enter()
    os.environ["YIBAO_DATA"] = str(_run_folder / "data")
    os.environ["DJANGO_SETTINGS_MODULE"] = "yibao.site.settings"
    os.environ["YIBAO_DEMO"] = "0"  # a server that a test starts makes no demo
    make_keys(data_folder())
    django.setup()
    _let_tests_empty_the_books()
    _let_the_test_database_go()


def _let_tests_empty_the_books() -> None:
    """After a test with real transactions Django empties its tables; the books' own, which refuse it, go with them."""
    from django.apps import apps
    from django.db.backends.postgresql.operations import DatabaseOperations

    plain = DatabaseOperations.sql_flush
    books = sorted({model._meta.db_table for model in apps.get_models() if not model._meta.managed} | {"ledger_month"})

    def sql_flush(self: Any, style: Any, tables: list[str], **how: Any) -> list[str]:
        with self.connection.cursor() as cursor:  # the parts of the tables that are split by area are among them
            cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
            guarded = [table for (table,) in cursor.fetchall()]
        switch = [f"ALTER TABLE {table} {{}} TRIGGER USER" for table in guarded]
        emptied = plain(self, style, [*tables, *books], **{**how, "allow_cascade": True})
        return [*(line.format("DISABLE") for line in switch), *emptied, *(line.format("ENABLE") for line in switch)]

    DatabaseOperations.sql_flush = sql_flush


def _let_the_test_database_go() -> None:
    """A command that a test killed may still have a session for a moment; the database goes nevertheless."""
    from django.db.backends.postgresql.creation import DatabaseCreation

    def destroy(self: Any, name: str, verbosity: int) -> None:
        with self._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {self.connection.ops.quote_name(name)} WITH (FORCE)")

    DatabaseCreation._destroy_test_db = destroy


REAL_TIME = (
    "tests/channels/hotline/telephone/",
    "tests/channels/kiosk/test_card.py",
    "tests/channels/kiosk/test_printing.py",
)
"""Besides those marked `browser`: tests that wait for a telephone, a card reader, a printer."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits for somebody else's program in real time is tried once more where it fails; both runs are printed."""
    for item in items:
        if item.get_closest_marker("browser") or item.nodeid.startswith(REAL_TIME):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_unconfigure() -> None:
    if _run_folder is not None:
        shutil.rmtree(_run_folder, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """The hook at which pytest-django lets us have a server before it makes its test database."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    with EmbeddedDatabase(data_folder()).in_use():
        yield


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A temporary folder that the database's system user may enter."""
    folder = _folder_that_others_may_enter()
    yield folder
    shutil.rmtree(folder)
