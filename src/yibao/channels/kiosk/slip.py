"""What is printed on a slip (小票): a sheet as a list of lines, which the machine then puts on paper."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from yibao.channels.kiosk.sheets import Sheet
from yibao.services.wording import SERVICE_NAME

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
ROWS_MAX = 40


def slip_of(sheet: Sheet, request: HttpRequest) -> dict[str, Any]:
    """The slip of a sheet; its code leads to the portal, where one goes on at home, and says nothing of anybody."""
    at = request.build_absolute_uri("/")
    return {
        "service": SERVICE_NAME,
        "title": sheet.title,
        "where": request.machine.name,
        "as_of": sheet.as_of,
        "big": list(sheet.big) if sheet.big else None,
        "words": list(sheet.words),
        "rows": [list(row) for row in sheet.rows[:ROWS_MAX]],
        "law": list(sheet.law),
        "foot": ["供您自己核对用，不是凭证。", "上面是您自己的情况，看完收好。", "有疑问，打 12393。"],
        "qr": "" if request.get_host().rpartition(":")[0] in LOOPBACK else at,
    }
