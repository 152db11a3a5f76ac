"""Books of their own for a benchmark: a data folder, keys, an embedded PostgreSQL with its usual settings, the tables.

Django is set up once in a process; so every benchmark has a process of its own (see `benchmarks.run`).
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from yibao.site.database import EmbeddedDatabase


@contextlib.contextmanager
def own_books() -> Iterator[EmbeddedDatabase]:
    """The database meanwhile; everything is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="yibao-bench-", dir="/tmp"))
    folder.chmod(0o755)  # as root, the database's system user has to pass through
    os.environ["YIBAO_DATA"] = str(folder / "data")
    os.environ.pop("DATABASE_URL", None)
    try:
        from yibao.site.at_hand import books_at_hand

        with books_at_hand(may_make_keys=True):
            yield EmbeddedDatabase(folder / "data")
            from django.db import connections

            connections.close_all()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
