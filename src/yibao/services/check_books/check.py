"""How are the books of an area checked? The invariants, then every month held against the law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from yibao.books.areas.models import Area
from yibao.books.ledger.accounts import AccountKind, EntryKind
from yibao.books.ledger.checks import broken
from yibao.services.check_books.expected import POOLED, Expected, expected
from yibao.services.check_books.posted import Difference, Lines, PostedEntry, posted
from yibao.services.check_books.received import Received, differences, take
from yibao.services.results import Done, Refused, RefusedError

ACCOUNT_NAMES = {0: "?"} | {int(kind): kind.name.lower() for kind in AccountKind}
BY_LAW = (EntryKind.ASSESSMENT, EntryKind.ALLOCATION, EntryKind.DEDUCTION)


@dataclass
class Checked:
    """What was looked at, and what is wrong."""

    areas: int = 0
    entries: int = 0
    recomputed: int = 0
    differences: list[Difference] = field(default_factory=list)


def check_books(area: str = "", progress: Callable[[str], None] = lambda what: None) -> Done[Checked] | Refused:
    """Whether the books of an area, or of all, hold their invariants and are what the law says, to the fen.

    `progress` is told what was done: an area's ledger, then each of its months. Refused: `area_not_opened`.
    """
    opened = Area.objects.filter(**({"code": area} if area else {})).order_by("code")
    codes = list(opened.values_list("code", flat=True))
    if area and not codes:
        return Refused("area_not_opened", f"{area} 在这里还没有账本。")
    checked = Checked(len(codes))
    for code in codes:
        checked.differences += [Difference(code, *row) for row in broken(code)]
        progress(code)
        _Check(code, checked, progress).run()
    return Done(checked)


@dataclass
class _Check:
    area: str
    checked: Checked
    progress: Callable[[str], None]
    received: Received = field(default_factory=Counter)
    begin: date | None = None

    def run(self) -> None:
        for month, entries in groupby(posted(self.area), lambda entry: entry.month):
            self.begin = self.begin or month
            self._month(month, entries)
            self.progress(f"{month:%Y-%m}")
        if self.begin:
            self.checked.differences += differences(self.area, self.begin, self.received)

    def _month(self, month: date, entries: Iterator[PostedEntry]) -> None:
        """Every entry of a month; those that the law decides are kept until the month is known whole."""
        by_law: dict[str, PostedEntry] = {}
        for entry in entries:
            self.checked.entries += 1
            if not entry.is_as_posted:
                self._differs("entry_is_as_it_was_posted", entry.key, "分录和记账时的内容不一样")
            if not entry.stands:
                continue
            if entry.kind == EntryKind.CONTRIBUTION_RECEIVED:
                take(entry, self.received)
            elif entry.kind in BY_LAW:
                by_law[entry.key] = entry
        if by_law:
            self._against_law(month, by_law)

    def _against_law(self, month: date, by_law: dict[str, PostedEntry]) -> None:
        was_run = any(POOLED in entry.lines for entry in by_law.values())
        try:
            wanted = expected(self.area, month, was_run=was_run)
        except RefusedError as error:
            self._differs("law_decides_every_entry", f"{month:%Y-%m}", error.refused.message)
            return
        if not was_run:  # the month's run is still to come
            wanted = {key: entry for key, entry in wanted.items() if key in by_law}
        self.checked.recomputed += len(wanted)
        for key in sorted({*wanted, *by_law}):
            what = _difference(by_law.get(key), wanted.get(key))
            if what:
                self._differs("entry_is_what_the_law_says", key, what)

    def _differs(self, rule: str, row: str, what: str) -> None:
        self.checked.differences.append(Difference(self.area, rule, row, what))


def _difference(found: PostedEntry | None, wanted: Expected | None) -> str:
    """What is wrong with an entry, in words; empty where it is right."""
    if found is None:
        return "按规定应当有，账上没有"
    if wanted is None:
        return "账上有，按记录和规定不应当有"
    if (found.for_month, found.effective_on) != (wanted.for_month, wanted.effective_on):
        return f"账上 {found.for_month:%Y-%m} 的月份、{found.effective_on} 的日期不对"
    if found.lines != wanted.lines:
        return f"账上 {_told(found.lines)}，按规定 {_told(wanted.lines)}"
    return ""


def _told(lines: Lines) -> str:
    return "、".join(f"{ACCOUNT_NAMES[kind]} {amount}" for (kind, _), amount in sorted(lines.items())) + " 分"
