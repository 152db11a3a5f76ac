"""What do the gateways have in common? Approved texts, handing over without waiting, what a lost connection means.

A gateway in China sends approved texts only (短信模板): the agency copies them, with their numbers, into one file.
Which of them a text of ours is, is seen by laying it over them; what stands at the gaps is sent along.
"""

from __future__ import annotations

import json
import logging
import re
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from yibao.services.results import Done, Refused
from yibao.services.wording import SERVICE_NAME

GAP = re.compile(r"\$?\{(\w+)\}")
LOST = frozenset({"ConnectTimeoutError", "ConnectTimeout", "NewConnectionError", "NameResolutionError", "gaierror",
                  "ConnectionRefusedError", "SSLError"})  # fmt: skip
"""Failures before anything was handed over; after any other, the message may be on its way."""
HANDING = ThreadPoolExecutor(max_workers=4, thread_name_prefix="sms")
log = logging.getLogger(__name__)


class Fitted(NamedTuple):
    """An approved text and what stands at its gaps, in their order."""

    id: str
    gaps: tuple[tuple[str, str], ...]


class Gateway:
    """A sender by a gateway; `_deliver` is the gateway's own."""

    def send(self, phone: str, text: str) -> None:
        """Hand it over and return at once; what goes wrong is logged, without number and text."""
        HANDING.submit(self._logged, phone, text)

    def deliver(self, phone: str, text: str, number: str) -> Done[None] | Refused:
        """Send it and tell what came of it."""
        fitted = fit(text, settings.SMS_GATEWAY["templates"])
        if fitted is None:
            return Refused("sms_refused", "这条短信没有报备过的模板，没有发出去。请管理员报备模板。")
        try:
            return self._deliver(phone, fitted, number)
        except Exception as error:  # the two libraries raise what they like
            if LOST & _names(error):
                return not_taken()
            return Refused("outcome_unknown", "短信网关没有答复，不知道发出去没有。")

    def _deliver(self, phone: str, fitted: Fitted, number: str) -> Done[None] | Refused:
        raise NotImplementedError

    def _logged(self, phone: str, text: str) -> None:
        done = self.deliver(phone, text, "")
        if isinstance(done, Refused):
            log.error("a short message was not sent: %s", done.code)


def fit(text: str, file: str) -> Fitted | None:
    """Which approved text this is; the gateway itself puts the name in front."""
    plain = text.removeprefix(f"{SERVICE_NAME}：")
    for number, names, pattern in _approved(file):
        found = pattern.fullmatch(plain)
        if found:
            return Fitted(number, tuple(zip(names, found.groups(), strict=True)))
    return None


@lru_cache(maxsize=4)
def _approved(file: str) -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    """The approved texts of a file as patterns; first the one with the most words outside its gaps."""
    held = json.loads(Path(file).read_text(encoding="utf-8")) if file else {}
    out = []
    for number, text in sorted(held.items(), key=lambda one: -len(GAP.sub("", one[1]))):
        pattern = "".join("(.+?)" if at % 2 else re.escape(part) for at, part in enumerate(GAP.split(text)))
        out.append((number, tuple(GAP.findall(text)), re.compile(pattern, re.DOTALL)))
    return tuple(out)


def not_taken() -> Refused:
    """To be tried again."""
    return Refused("sms_not_taken", "短信网关这会儿没有接受，过一会儿再试。")


def refused(why: str) -> Refused:
    """Another try is of no use."""
    return Refused("sms_refused", f"短信网关不发这一条（{why[:60]}）。请管理员照文档检查。")


def _names(error: BaseException | None) -> set[str]:
    """The kinds of an error and of everything that it came of."""
    found: set[str] = set()
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop()
        if isinstance(one, BaseException) and type(one).__name__ not in found:
            found.add(type(one).__name__)
            waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
            waiting += [getattr(one, "inner_exception", None), getattr(one, "unretryable_exception", None)]
    return found
