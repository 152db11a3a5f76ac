"""How does a command of the agency get at the books? Keys, the database running, its tables up to date.

The command line starts this module by its name, since a channel may not import the site.
"""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator

from yibao.site.data_folder import data_folder
from yibao.site.database import EmbeddedDatabase
from yibao.site.keys import KeysRefused, load_keys, make_keys
from yibao.site.postgresql_programs import DatabaseRefused


@contextlib.contextmanager
def books_at_hand(*, may_make_keys: bool = False) -> Iterator[None]:
    """Have the books open meanwhile; an embedded database that nobody else uses is stopped again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yibao.site.settings")
    data = data_folder()
    if may_make_keys:
        make_keys(data)
    load_keys(data)
    with contextlib.ExitStack() as stack:
        if not os.environ.get("DATABASE_URL"):
            stack.enter_context(EmbeddedDatabase(data).in_use())
        import django

        django.setup()
        from yibao.site.serve import bring_up_to_date

        bring_up_to_date()
        yield


def run_with_books(command: Callable[[], int], *, may_make_keys: bool = False) -> int:
    """The exit status of a command that needs the books; 2 with one plain sentence where they cannot be had."""
    from django.db import OperationalError

    try:
        with books_at_hand(may_make_keys=may_make_keys):
            return command()
    except (KeysRefused, DatabaseRefused) as refused:
        print(refused, file=sys.stderr)
    except OperationalError:
        print("数据库连不上，请检查 DATABASE_URL。The database cannot be reached: check DATABASE_URL.", file=sys.stderr)
    except PermissionError as problem:
        print(f"{problem.filename} 无权写入。No permission; YIBAO_DATA names another place.", file=sys.stderr)
    except KeyboardInterrupt:
        print("已停止；再执行一次，会接着做完。Stopped; run it again to go on.", file=sys.stderr)
    return 2
