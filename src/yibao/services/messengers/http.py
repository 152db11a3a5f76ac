"""How is another program's HTTP interface called? With a limit of time and length, and no word of it in a log."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

from yibao.services.results import Done, Refused

SECONDS = 3.5
"""WeChat waits five seconds for our own answer."""
BYTES_MAX = 256 * 1024


def fetched(address: str, body: bytes | None = None, kind: str = "application/json") -> Done[str] | Refused:
    """What an address answers, as text; refused where nothing came in time."""
    request = urllib.request.Request(address, data=body, headers={"Content-Type": kind})  # noqa: S310 - ours, from the settings
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as response:  # noqa: S310
            return Done(response.read(BYTES_MAX).decode("utf-8", "replace"))
    except (urllib.error.URLError, OSError, ValueError):
        return unreachable()


def as_json(answered: Done[str] | Refused) -> Done[dict[str, Any]] | Refused:
    """The same read as a JSON object."""
    if isinstance(answered, Refused):
        return answered
    try:
        held = json.loads(answered.value)
    except ValueError:
        return unreachable()
    return Done(held) if isinstance(held, dict) else unreachable()


def dumped(body: object) -> bytes:
    """JSON as both want it: Chinese as it is, not escaped."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def unreachable() -> Refused:
    """They did not answer, or not as they should."""
    return Refused("messenger_unreachable", "现在连不上对方的服务，没有办成。请过几分钟再试一次。")
