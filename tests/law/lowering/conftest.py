"""A PostgreSQL for the tests of SQL: the embedded one, or the one of DATABASE_URL."""

import os
from collections.abc import Iterator

import psycopg
import pytest

from yibao.site.data_folder import data_folder
from yibao.site.database import EmbeddedDatabase


@pytest.fixture(scope="session")
def postgres() -> Iterator[psycopg.Connection]:
    """A connection to a real PostgreSQL, started only when a test asks."""
    if url := os.environ.get("DATABASE_URL"):
        with psycopg.connect(url) as connection:
            connection.execute("SET jit = off")
            yield connection
        return
    database = EmbeddedDatabase(data_folder())
    with database.in_use(), psycopg.connect(**database.connection()) as connection:  # type: ignore[arg-type]
        connection.execute("SET jit = off")
        connection.commit()
        yield connection
