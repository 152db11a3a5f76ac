"""What stands in the menu of the official account and the life account? The data is `menu.yaml`, one for both."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from yibao.services.messengers.shapes import Group, Item

KINDS = ("say", "page", "call")


@cache
def groups() -> tuple[Group, ...]:
    """The buttons with their lines."""
    held = yaml.safe_load(Path(__file__).with_name("menu.yaml").read_text(encoding="utf-8"))
    return tuple(Group(one["name"], tuple(_item(line) for line in one["items"])) for one in held)


def _item(line: dict[str, str]) -> Item:
    kind = next(kind for kind in KINDS if kind in line)
    return Item(line["name"], kind, line[kind])  # type: ignore[arg-type]
