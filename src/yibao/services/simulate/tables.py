"""The tables of a simulation, and the chart of each: both are made of the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from yibao.law.terms import label
from yibao.services.charts import Bar, Chart, Piece
from yibao.services.charts.data import Look
from yibao.services.formats import MINUS, fen_text, months_text
from yibao.services.simulate.result import Group, Simulated

DISTINCT = 10
"""So many different changes are shown one by one; more are put into bands."""
MONTHS = 12


class Shown(NamedTuple):
    """A table: what it is called, its heads and rows of words, a remark, and its chart if there is one."""

    name: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    chart: Chart | None = None


def money(amount: int, unit: str = "fen", signed: bool = False) -> str:
    """An amount in words, with a sign where it is a change.

    >>> money(123_456), money(2_625, signed=True), money(-500, signed=True)
    ('1,234.56 元', '+26.25 元', '−5.00 元')
    """
    text = months_text(amount) if unit == "months" else f"{fen_text(amount)} 元"
    return f"+{text}" if signed and amount > 0 else text


def count(number: int) -> str:
    """A number of people, in groups of three digits."""
    return f"{number:,}"


def percent(part: int, whole: int, signed: bool = False) -> str:
    """A share in percent with two decimals, half-up by whole numbers.

    >>> percent(1, 3), percent(-1, 8, signed=True), percent(1, 0)
    ('33.33%', '−12.50%', '—')
    """
    if not whole:
        return "—"
    hundredths = (20_000 * abs(part) + whole) // (2 * whole)
    sign = (MINUS if part < 0 else "+" if signed else "") if hundredths else ""
    return f"{sign}{hundredths // 100}.{hundredths % 100:02d}%"


def tables(done: Simulated) -> list[Shown]:
    """All tables, the most important first."""
    found = [_totals(done), _people(done), _each(done), _spread(done), *_groups(done), _without(done)]
    return [table for table in found if table is not None]


def _period(done: Simulated) -> str:
    if done.question.in_turn:
        return "一年"
    return {"month": "每月", "year": "一年", "claims": "全部看病记录", "person": "全部的人"}[done.question.outcome.per]


def _totals(done: Simulated) -> Shown:
    """What it costs, figure by figure."""
    outcome, unit = done.question.outcome, done.question.outcome.unit
    rows = []
    for part in outcome.parts:
        before, after = done.tally.parts.get(part.figure, (0, 0))
        if before or after:
            rows.append((part.word, *_three(before, after, unit)))
    whole = done.all
    rows.append((f"{outcome.total}，{_period(done)}合计", *_three(whole.today, whole.changed, unit)))
    if outcome.per == "month":
        year = (whole.today * MONTHS, whole.changed * MONTHS)
        rows.append((f"{outcome.total}，一年（按{MONTHS}个月）", *_three(*year, unit)))
    sides: tuple[tuple[str, int, Look], ...] = (("今天", whole.today, "own"), ("改了以后", whole.changed, "fund"))
    bars = tuple(Bar(word, (Piece(word, size, size, look),)) for word, size, look in sides)
    chart = Chart("bars", f"{outcome.total}，{_period(done)}", unit, bars) if whole.today and whole.changed else None
    heads = ("哪一项", "今天", "改了以后", "差", "变化")
    return Shown("totals", "一共多少钱" if unit == "fen" else "一共多少", heads, tuple(rows), "", chart)


def _three(before: int, after: int, unit: str) -> tuple[str, ...]:
    difference = after - before
    return money(before, unit), money(after, unit), money(difference, unit, True), percent(difference, before, True)


def _people(done: Simulated) -> Shown:
    """For how many it is better, worse, the same."""
    outcome, whole = done.question.outcome, done.all
    rows: list[tuple[str, int, Look]] = [
        (outcome.better, whole.winners, "fund"),
        (outcome.worse, whole.losers, "own"),
        ("不变", whole.rows - done.affected, "fund-4"),
    ]
    told = [(word, f"{count(size)} {outcome.each}", percent(size, whole.rows)) for word, size, _ in rows]
    told.append(("比较了", f"{count(whole.rows)} {outcome.each}", percent(whole.rows, whole.rows)))
    pieces = tuple(Piece(word, size, size, look) for word, size, look in rows if size)
    title = f"多少{outcome.each}受影响"
    counted = "people" if outcome.each == "人" else "times"
    chart = Chart("parts", title, counted, (Bar("比较了", pieces),)) if len(pieces) > 1 else None
    return Shown("people", title, ("怎样", "多少", "占比较的"), tuple(told), "", chart)


def _each(done: Simulated) -> Shown:
    """What one person gains: averages, middle, ends."""
    outcome, whole, unit = done.question.outcome, done.all, done.question.outcome.unit
    low, high = done.least_and_most
    rows = [
        (f"所有比较的，平均每{outcome.each}", money(whole.average, unit, True)),
        (f"所有比较的，排在正中间的那一{outcome.each}", money(done.median_all, unit, True)),
    ]
    if done.affected:
        rows += [
            (f"有变化的，平均每{outcome.each}", money(done.average_affected, unit, True)),
            (f"有变化的，排在正中间的那一{outcome.each}", money(done.median_affected, unit, True)),
            ("变化最小的", money(low, unit, True)),
            ("变化最大的", money(high, unit, True)),
        ]
    note = f"正数是{outcome.better}，负数是{outcome.worse}。平均数四舍五入到分；正中间的数是一个一个数出来的。"
    return Shown("each", f"每{outcome.each}差多少", ("怎么算", _gain_head(done)), tuple(rows), note)


def _gain_head(done: Simulated) -> str:
    outcome = done.question.outcome
    when = {"month": "每月", "year": "一年"}.get(outcome.per, "")
    return f"{when}{outcome.better}（−是{outcome.worse}）"


def _spread(done: Simulated) -> Shown | None:
    """How many gain how much."""
    outcome, changes = done.question.outcome, done.tally.changes
    if not done.affected:
        return None
    if len(changes) <= DISTINCT:
        told = sorted(changes.items())
        bands = [(money(gain, outcome.unit, True) if gain else "不变", number) for gain, number in told]
    else:
        bands = list(_bands(changes, outcome.unit))
    rows = tuple((word, f"{count(number)} {outcome.each}", percent(number, done.all.rows)) for word, number in bands)
    unit = "people" if outcome.each == "人" else "times"
    bars = tuple(Bar(word, (Piece(word, number, number),)) for word, number in bands)
    chart = Chart("bars", f"差多少的有多少{outcome.each}", unit, bars) if len(bars) > 1 else None
    return Shown("spread", f"差多少的有多少{outcome.each}", (_gain_head(done), "多少", "占比较的"), rows, "", chart)


def _bands(changes: Any, unit: str) -> Iterator[tuple[str, int]]:
    """Bands of equal width in round numbers, so that there are at most ten."""
    gains = [gain for gain in changes if gain]
    least, most = min(gains), max(gains)
    step = 1 if unit == "months" else 100
    for size in (1, 2, 5, 10, 20, 50, 100, 200, 500, *(10**k * n for k in range(3, 12) for n in (1, 2, 5))):
        width = size * step
        if max(most, 0) // width - min(least, 0) // width < DISTINCT:
            break
    held: dict[int, int] = {}
    for gain, number in changes.items():
        place = 0 if not gain else (gain - 1) // width + 1 if gain > 0 else -((-gain - 1) // width + 1)
        held[place] = held.get(place, 0) + number
    for place in sorted(held):
        if not place:
            yield "不变", held[place]
            continue
        low, high = (abs(place) - 1) * width, abs(place) * width
        ends = f"{low // step:,}到{high // step:,}{'个月' if unit == 'months' else '元'}"
        yield ("多 " if place > 0 else "少 ") + ends, held[place]


def _groups(done: Simulated) -> Iterator[Shown]:
    """Who gains and who loses, grouping by grouping; one group alone tells nothing."""
    outcome, unit = done.question.outcome, done.question.outcome.unit
    for name, (word, groups) in done.groups.items():
        if len(groups) < 2:
            continue
        ways = (outcome.better, outcome.worse, "不变")
        heads = (word, f"比较的{outcome.each}", *ways, "合计差", f"平均每{outcome.each}")
        rows = tuple(_row(group, unit) for group in (*groups, done.all))
        bars = tuple(Bar(group.label, (Piece(group.label, group.average, group.average),)) for group in groups)
        title = f"按{word}看，平均每{outcome.each}{outcome.better}多少"
        chart = Chart("change", title, unit, bars) if any(group.average for group in groups) else None
        yield Shown(name, f"按{word}看", heads, rows, "", chart)


def _row(group: Group, unit: str) -> tuple[str, ...]:
    same = group.rows - group.winners - group.losers
    numbers = (group.rows, group.winners, group.losers, same)
    return (group.label, *(count(n) for n in numbers), money(group.gain, unit, True), money(group.average, unit, True))


def _without(done: Simulated) -> Shown | None:
    """Rows without a figure, and why: they are in no sum."""
    rows = [
        (today if today == changed else f"今天：{today}；改了以后：{changed}", count(number))
        for (today, changed), number in done.reasons
        if (today, changed) != ("有数", "有数")
    ]
    for (figure, why), number in sorted(done.tally.unknown_parts.items()):
        rows.append((f"只少一项“{label(figure)}”：{why}", count(number)))
    if done.tally.elsewhere:
        rows.append(("不在要比的统筹区参保", count(done.tally.elsewhere)))
    if not rows:
        return None
    note = "这些人不在上面的总数和平均数里，没有当作0。只少一项的人在里面，少的那一项两边都没有算。"
    return Shown("without", "没有比较的，和为什么", ("为什么", "多少行"), tuple(rows), note)
