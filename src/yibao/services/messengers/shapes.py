"""What does every messenger offer: signing in, a notice from a template, the menu?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol
from uuid import UUID

from yibao.services.results import Done, Refused

Channel = Literal["wechat", "alipay"]
NAMES: dict[str, str] = {"wechat": "微信", "alipay": "支付宝"}


@dataclass(frozen=True, slots=True)
class Bound:
    """A person's account of a channel. `identity` (openid, user id) is for sending only and is never shown."""

    id: UUID
    channel: str
    person_id: UUID
    identity: str = field(repr=False)
    bound_at: datetime
    is_demo: bool = False  # a made-up person; known where somebody wrote to us

    @property
    def channel_name(self) -> str:
        """The channel as people call it."""
        return NAMES[self.channel]


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the menu: `kind` say (as if typed), page (of this site) or call (a telephone number)."""

    name: str
    kind: Literal["say", "page", "call"]
    what: str


@dataclass(frozen=True, slots=True)
class Group:
    """A button of the menu with its lines."""

    name: str
    items: tuple[Item, ...]


class Messenger(Protocol):
    """An account of ours at a channel."""

    def sign_in_address(self, back: str, state: str) -> str:
        """Where somebody is sent who signs in with it; it sends them `back` with a code and `state`."""

    def identity(self, code: str) -> Done[str] | Refused:
        """Whom the code stands for."""

    def send(self, binding: Bound, template: str, fields: Mapping[str, str], number: str = "") -> Done[str] | Refused:
        """Send a notice made of one of the channel's templates; done: the number of the message there."""

    def menu(self, groups: tuple[Group, ...], site: str) -> dict[str, Any]:
        """The menu as the channel wants it."""

    def send_menu(self, groups: tuple[Group, ...], site: str) -> Done[None] | Refused:
        """Make it the menu that people see."""
