"""What the law says in words: the statements of a topic that no figure answers, for an area and a day.

They lie in the area's folder beside the values, one file a topic, under `statements` in place of `parameters`. A city
inherits from its province, the province from the nation, key by key: a key of which an area speaks hides its parents'
for all days, what it adds stands after theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yibao.law.areas import chain
from yibao.law.parameters.loading import tree
from yibao.law.parameters.resolving import begins, entry_on
from yibao.law.values import Gap

ANSWER = "answer"
"""The key of the sentence that is read first."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One dated statement: its key, the code of the area whose file says it, and what the file says."""

    key: str
    area: str
    entry: Mapping[str, Any]

    @property
    def words(self) -> str:
        """The statement itself, in plain Chinese; empty for a gap."""
        return str(self.entry.get("words", ""))

    @property
    def title(self) -> str:
        """A short label."""
        return str(self.entry.get("title", ""))

    @property
    def kind(self) -> str:
        """`step`: something to do; `rule`: what the law says; `beware`: a warning."""
        return str(self.entry.get("kind", "step"))

    @property
    def scheme(self) -> str:
        """The scheme for which alone it holds, `employee` or `resident`; empty for everybody."""
        return str(self.entry.get("scheme", ""))


def statements(subject: str, area: str, day: date) -> tuple[Statement | Gap, ...]:
    """What an area says on a subject on a day, in the order of the files; a gap where it knows only that it differs.

    An area's key that does not yet hold on the day leaves nothing in its place, not the nation's words; of the sentence
    that is read first it leaves a gap, so that the answer can say why there is none.

    >>> [said.title for said in statements("balance", "330600", date(2026, 11, 22)) if isinstance(said, Statement)][:2]
    ['', '用手机查：国家医保服务平台']
    >>> statements("balance", "330600", date(1998, 1, 1))[0].why
    '2011年7月1日以前的规定没有查到'
    """
    areas = tree()["areas"]
    found: dict[str, Statement | Gap | None] = {}
    for code in reversed(chain(area)):
        histories = areas.get(code, {}).get(subject, {}).get("statements", {})
        for key, history in histories.items():
            found[key] = _said(f"{subject}.{key}", key, code, history, day)
    return tuple(said for said in found.values() if said is not None)


def _said(path: str, key: str, code: str, history: list[Mapping[str, Any]], day: date) -> Statement | Gap | None:
    """The statement of a key on a day."""
    entry = entry_on(history, day)
    if entry is None:
        first = begins(history[0])
        before = f"{first.year}年{first.month}月{first.day}日以前的规定" if first > day else "这一天的规定"
        return Gap(path, f"{before}没有查到") if key == ANSWER else None
    if "gap" in entry:
        return Gap(path, str(entry["gap"]), str(entry["settles"]))
    return Statement(key, code, entry)
