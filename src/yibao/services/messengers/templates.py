"""With which template of a channel is a notice sent, and which of its fields takes what?

The agency has its templates approved by WeChat or Alipay and writes into the setting, as JSON, by our names of notices:

    {"allocation": {"id": "TM00015", "fields": {"thing1": "title"}, "page": "https://NAME/me/"}}

Left stands the field as the channel calls it, right what we know it by.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from yibao.services.results import Done, Refused

LONGEST = {"thing": 20, "character_string": 32, "phrase": 5, "amount": 32, "time": 32, "date": 32, "number": 32}
"""Signs that WeChat takes in a field of a kind; the kind is its name without the figure at its end."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with its fields filled in."""

    id: str
    fields: dict[str, str]
    page: str


def filled(setting: str, template: str, fields: Mapping[str, str]) -> Done[Filled] | Refused:
    """The template of a notice; refused where the agency has none for it or a field of it is not known."""
    try:
        known = json.loads(setting) if setting else {}
        held = known[template]
        told = {theirs: fields[ours] for theirs, ours in held["fields"].items()}
        cut = {name: _cut(name, text) for name, text in told.items()}
        return Done(Filled(str(held["id"]), cut, str(held.get("page", ""))))
    except (KeyError, TypeError, ValueError, AttributeError):
        message = "这种通知还没有配好模板，没有发出去。请管理员检查模板的设置。"
        return Refused("template_missing", message, field="template")


def _cut(name: str, text: str) -> str:
    longest = LONGEST.get(name.rstrip("0123456789"), 200)
    return text if len(text) <= longest else text[: longest - 1] + "…"
