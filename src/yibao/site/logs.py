"""What may a log line hold? No query string, no words of an exception (facts), no number of a shared answer (a key)."""

import logging
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType

_QUERY = re.compile(r"\?[^\s\"']*")
_SHARED_CODE = re.compile(r"\b(?:[0-9A-Za-z]{4}-?){6}[0-9A-Za-z]{2}\b")


class PrivateFormatter(logging.Formatter):
    """Time, level, logger and message with what is private cut out; of an exception its kind and where."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        del datefmt
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")  # instants are UTC

    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have left its own text of the exception on the record, with its words.
        record.exc_text = None
        return _SHARED_CODE.sub("…", _QUERY.sub("?…", super().format(record)))

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        kind, _, where = ei
        name = kind.__qualname__ if kind else "no exception"
        return "".join(traceback.format_tb(where)) + name
