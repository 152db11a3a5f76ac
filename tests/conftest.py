"""What every test may use: a data folder and keys of the run, and a real PostgreSQL, started only when a test asks.

With `DATABASE_URL` set the tests run on that server instead, in a database of their own.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

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


def pytest_configure() -> None:
    """Before anything is collected: the settings need a data folder with keys."""
    global _run_folder
    _run_folder = _folder_that_others_may_enter()
    os.environ["YIBAO_DATA"] = str(_run_folder / "data")
    os.environ["DJANGO_SETTINGS_MODULE"] = "yibao.site.settings"
    make_keys(data_folder())
    django.setup()


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
