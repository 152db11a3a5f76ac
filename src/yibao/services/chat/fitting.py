"""How does an answer fit into one message? What must be said, then as much of the rest as there is room for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from yibao.services.private_numbers import masked

WECHAT_BYTES, ALIPAY_BYTES = 2048, 2000
"""What a text may measure in UTF-8, by their documents."""


@dataclass(frozen=True, slots=True)
class Reply:
    """`head` and `foot` are said in any case, `more` as far as there is room; `link` is (words, address)."""

    head: tuple[str, ...]
    more: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    link: tuple[str, str] | None = None

    def text(self, limit: int = WECHAT_BYTES, *, anchored: bool = True) -> str:
        """The message; nobody's number stands in it. Where a channel knows no links, the address is written out."""
        end = [masked(line) for line in self.foot] + ([_link(*self.link, anchored=anchored)] if self.link else [])
        room = limit - size(end) - (1 if end else 0)
        said = [cut("\n".join(masked(line) for line in self.head), room)]
        for line in (masked(line) for line in self.more):
            if size([*said, line]) <= room:
                said.append(line)
        return "\n".join([*said, *end])


def size(lines: Iterable[str]) -> int:
    """The bytes of some lines.

    >>> size(["医保", "a"]), size([])
    (8, 0)
    """
    return len("\n".join(lines).encode())


def cut(text: str, limit: int) -> str:
    """A text of so many bytes at most: cut after a sentence if one ends there, never within a sign.

    >>> cut("划入107元。还有别的。", 22), cut("没有句号的话", 10)
    ('划入107元。……', '没……')
    """
    if len(text.encode()) <= limit:
        return text
    kept = text.encode()[: max(limit - len("……".encode()), 0)].decode("utf-8", "ignore")
    sentence = kept[: max(kept.rfind("。"), kept.rfind("\n")) + 1]
    return (sentence or kept) + "……"


def _link(words: str, address: str, *, anchored: bool) -> str:
    return f'<a href="{escape(address)}">{words}</a>' if anchored else f"{words}：{address}"
