"""`python -m yibao.site.serve`: keys, database, migrations, and then the site, until it is stopped.

`yibao serve` starts this module by its name, since a channel may not import the site.
"""

import argparse
import contextlib
import errno
import io
import os
import signal
import socket
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from datetime import timedelta
from types import FrameType
from typing import NoReturn

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from yibao.site.data_folder import data_folder
from yibao.site.database import EmbeddedDatabase
from yibao.site.first_demo import is_wanted, make_first_demo, sign_in_lines
from yibao.site.keys import KeysRefused, load_keys, make_keys
from yibao.site.postgresql_programs import DatabaseRefused
from yibao.site.sending import send_around

HOST = "127.0.0.1"
WORKERS = 2
HOUR = 3600
MIGRATION_LOCK = 0x79696261  # "yiba": of servers that start at once on one database, one migrates and the others wait


class ServeRefused(Exception):
    """The server cannot start; the text is one plain sentence for the operator."""


def check_port(port: int) -> None:
    """Can the port be had? Asked before anything is started."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as problem:
            if problem.errno == errno.EADDRINUSE:
                raise ServeRefused(
                    f"端口 {port} 已被占用，请换一个：PORT={port + 1} make run。"
                    f"Port {port} is in use; take another: PORT={port + 1} make run"
                ) from None
            raise ServeRefused(
                f"端口 {port} 不能使用，请换一个：PORT=8001 make run。Port {port}: {problem.strerror}; take another."
            ) from None


def make_ready() -> None:
    """Bring the database to this version's tables, one server at a time; what has expired leaves it.

    The whole site is loaded once here, so that what is broken stops the start and not the first visitor.
    """
    import django

    django.setup()
    from django.core.management import call_command

    from yibao.services import apps, callbacks, sign_in
    from yibao.services.shared import purge_expired
    from yibao.services.sign_in import spoken

    call_command("check", stdout=io.StringIO())
    bring_up_to_date()
    purge_expired()
    sign_in.purge_expired()
    spoken.tidy()
    apps.forget_expired()
    callbacks.purge_done()
    close_connection()


def close_connection() -> None:
    """The workers open their own."""
    from django.db import connection

    connection.close()


def bring_up_to_date() -> None:
    """Migrate; of those that do so at once, one does and the others wait."""
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            call_command("migrate", verbosity=0, interactive=False)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def announce(port: int, stopped: threading.Event, answers: threading.Event, lines: Sequence[str] = ()) -> None:
    """Say where the site is and how to sign in to the demo, once it really answers."""
    address = f"http://{HOST}:{port}/"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while not stopped.is_set():
        with contextlib.suppress(urllib.error.URLError, OSError), opener.open(f"{address}healthz", timeout=5):
            answers.set()
            print(f"\n医保答案已就绪，请用浏览器打开  {address}      停止：Ctrl-C", flush=True)
            print(f"yibao is ready, open it here:   {address}      to stop: Ctrl-C\n", flush=True)
            print("".join(f"{line}\n" for line in lines), flush=True)
            return
        time.sleep(0.1)


def work_ahead(stopped: threading.Event, answers: threading.Event) -> None:
    """Work out the table of coverage for today and tomorrow, beside the workers, so that no visitor waits for it.

    Not before the site answers: the workers are forked from here, and one forked in the middle of this work would
    start with a lock that nobody opens and with rules half read.
    """
    from yibao.services.answers.coverage import coverage
    from yibao.services.clock import today

    answers.wait()
    while not stopped.is_set():
        for days in (0, 1):
            coverage(today() + timedelta(days))
        stopped.wait(HOUR)


def warm() -> None:
    """Load what the first answer and the first search need, before there is any other thread.

    The workers are forked from this process: they have it without loading it again. Were a thread importing it at that
    moment, its lock would be held in a worker for ever, and the first visitor would wait as long.
    """
    import yibao.services.answers.coverage  # noqa: F401 met by the thread that works ahead
    from yibao.services import notices, search, webhooks  # noqa: F401 met by the thread that sends
    from yibao.services.answers import answer
    from yibao.services.ask import ask
    from yibao.services.clock import today

    answer("allocation", area="北京", on=today(), facts={"age": "70"})
    ask("北京退休人员每月返多少钱")
    search.warm()


def serve(port: int, lines: Sequence[str] = ()) -> None:
    """Serve until stopped."""
    warm()
    stopped, answers = threading.Event(), threading.Event()
    threading.Thread(target=announce, args=(port, stopped, answers, lines), daemon=True).start()
    threading.Thread(target=work_ahead, args=(stopped, answers), daemon=True).start()
    if not os.environ.get("DATABASE_URL"):
        threading.Thread(target=send_around, args=(stopped, answers), daemon=True).start()
    try:
        Granian(
            "yibao.site.wsgi:application",
            address=HOST,
            port=port,
            interface=Interfaces.WSGI,
            workers=WORKERS,
            blocking_threads=2,
            respawn_failed_workers=True,
            log_level=LogLevels.warning,
            log_access=False,  # an access log holds query strings, and those hold people's facts
        ).serve()
    finally:
        stopped.set()


def run(port: int, *, may_make_keys: bool, with_demo: bool = False) -> None:
    """Have keys and a database, and the demo where it is wanted, then serve."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yibao.site.settings")
    # A question is a few small matrices: threads for each cost three times what they save, in every worker anew.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    data = data_folder()
    check_port(port)
    if may_make_keys:
        make_keys(data)
    load_keys(data)
    with contextlib.ExitStack() as stack:
        # Before anything is loaded that counts: all processes of this server count in one folder, see site.metrics.
        counts = stack.enter_context(tempfile.TemporaryDirectory(prefix="yibao-metrics-"))
        os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", counts)
        if not os.environ.get("DATABASE_URL"):
            print(f"== 启动数据库 · starting the database in {data}", flush=True)
            stack.enter_context(EmbeddedDatabase(data).in_use())
        print("== 更新数据表 · bringing the tables up to date", flush=True)
        make_ready()
        shown_once = make_first_demo() if with_demo else []
        lines = sign_in_lines(shown_once)
        close_connection()
        serve(port, lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 stopped as asked, 2 could not start, with one plain sentence."""
    parser = argparse.ArgumentParser(prog="yibao serve", description="医保答案网站：http://127.0.0.1:PORT")
    parser.add_argument("--port", type=_port, default=8000, help="8000 unless told")
    parser.add_argument("--make-keys", action="store_true", help="make the secret keys if there are none yet")
    parser.add_argument("--no-demo", action="store_true", help="make no demo area, as YIBAO_DEMO=0")
    asked = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, _stop)
    from django.db import OperationalError

    try:
        with_demo = asked.make_keys and is_wanted(no_demo=asked.no_demo)
        run(asked.port, may_make_keys=asked.make_keys, with_demo=with_demo)
    except (ServeRefused, KeysRefused, DatabaseRefused) as refused:
        print(refused, file=sys.stderr)
        return 2
    except OperationalError:
        print("数据库连不上，请检查 DATABASE_URL。The database cannot be reached: check DATABASE_URL.", file=sys.stderr)
        return 2
    except PermissionError as problem:
        print(f"{problem.filename} 无权写入。No permission; YIBAO_DATA names another place.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0
    return 0


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"端口应是1到65535的整数，不是{text}。A port is a number from 1 to 65535.")
    return int(text)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    """Stop in good order also before the server has taken the signals over."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
