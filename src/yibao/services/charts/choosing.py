"""Which chart helps with an answer: chosen by its topic and its figures, from its JSON alone.

Only what the answer says is drawn. Parts that do not add up to their whole, or a figure that is not known, give no
chart: a picture is believed before it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from yibao.law.values import UNLIMITED
from yibao.services.answers.topics import TOPICS
from yibao.services.charts.data import Bar, Chart, Look, Piece
from yibao.services.formats import figure_text

Json = Mapping[str, Any]

DRAWN = {"fen", "fen/day", "fen/month", "fen/year", "months", "days", "working_days", "years", "ppm"}
"""Units whose size can be seen: a calendar month or a word has none."""
BARS_MAX = 12
"""More bars than this are a list, which the page has already."""


def chart_of(answer: Json) -> Chart | None:
    """The chart of an answer, or none where a picture would say nothing or too much."""
    if answer.get("certainty") in ("unknown", "not_applicable") and not answer.get("cases"):
        return None
    if answer.get("cases"):
        return _of_cases(answer)
    figures = answer.get("figures") or {}
    if any("value" not in figure for figure in figures.values()):
        return _of_ranges(answer)
    make = BY_TOPIC.get(answer["topic"])
    return make(answer) if make and figures else None


class Named(NamedTuple):
    """A thing to compare: its name, its figure if it has one, and what is said where it has none."""

    label: str
    figure: Json | None
    note: str = ""
    name: str = ""
    case: int = 0


def comparison(title: str, things: Sequence[Named]) -> Chart | None:
    """One figure of several areas, persons or cases side by side; none where fewer than two of them have it."""
    units = {str(one.figure["unit"]) for one in things if one.figure}
    if len(units) != 1 or not units <= DRAWN or len(things) > BARS_MAX:
        return None
    bars = tuple(_bar(one) for one in things)
    if sum(bool(bar.pieces) for bar in bars) < 2 or not any(bar.size for bar in bars):
        return None
    return Chart("bars", title, units.pop(), bars)


WHY_NONE = {"unknown": "没有查到", "not_applicable": "没有这一项"}


def chart_of_several(answers: Sequence[tuple[str, Json]]) -> Chart | None:
    """One figure of several answers to one topic, each under its name: the one that most of them have.

    `case` of a piece counts the answers.
    """
    single = [(label, answer) for label, answer in answers if not answer["cases"] and answer["figures"]]
    names = list(dict.fromkeys(name for _, answer in single for name in (_first(answer), *answer["figures"])))
    if not names:
        return None
    name = max(names, key=lambda one: sum(one in answer["figures"] for _, answer in single))
    things = []
    for number, (label, answer) in enumerate(answers, start=1):
        figure = None if answer["cases"] else answer["figures"].get(name)
        things.append(Named(label, figure, "" if figure else _instead(answer), name, number))
    shown = next(answer for _, answer in single if name in answer["figures"])
    return comparison(f"{_label(shown, name, shown['figures'][name])}，比一比", things)


def _instead(answer: Json) -> str:
    """What an answer has in place of a figure that others have."""
    if answer["cases"]:
        return "看是哪一种情况"
    if not answer["figures"]:
        return WHY_NONE.get(answer["certainty"], "没有这个数")
    name = _first(answer)
    figure = answer["figures"][name]
    return f"只有{_label(answer, name, figure)} {figure_text(figure)}"


def _first(answer: Json) -> str:
    """The figure that an answer shows first."""
    topic, figures = TOPICS.get(answer["topic"]), answer["figures"]
    return next((name for name in (topic.main if topic else ()) if name in figures), next(iter(figures)))


def _bar(one: Named) -> Bar:
    if not one.figure:
        return Bar(one.label, (), one.note or "没有这个数")
    low, high = _ends(one.figure)
    if high >= UNLIMITED or low < 0:
        return Bar(one.label, (), figure_text(one.figure))
    return Bar(one.label, (Piece(one.label, low, high, "fund", one.name, one.case),))


def _ends(figure: Json) -> tuple[int, int]:
    """The two ends of a figure, the same twice where it is one number."""
    return int(figure.get("value", figure.get("low", 0))), int(figure.get("value", figure.get("high", 0)))


def _of_cases(answer: Json) -> Chart | None:
    """The first figure of the topic in every case."""
    topic = TOPICS.get(answer["topic"])
    known = [name for case in answer["cases"] for name in case["figures"]]
    name = next((name for name in (topic.main if topic else ()) if name in known), "")
    found = [case["figures"][name] for case in answer["cases"] if name in case["figures"]]
    if not found:
        return None
    things = [
        Named(case["when"], case["figures"].get(name), case.get("reason") or "没有查到，算不出数", name, number)
        for number, case in enumerate(answer["cases"], start=1)
    ]
    return comparison(f"{_label(answer, name, found[0])}，每一种情况", things)


def _of_ranges(answer: Json) -> Chart | None:
    """Figures of which only the ends are known, those of one unit: even a single one shows how wide it is."""
    figures: Json = answer["figures"]
    first = _first(answer)
    unit = str(figures[first]["unit"])
    names = sorted((n for n in figures if figures[n]["unit"] == unit), key=lambda n: n != first)
    bars = tuple(_bar(Named(_label(answer, n, figures[n]), figures[n], name=n)) for n in names)
    pieces = [bar.pieces[0] for bar in bars if bar.pieces]
    if unit not in DRAWN or not any(piece.is_range for piece in pieces) or any(not bar.pieces for bar in bars):
        return None
    return Chart("bars", "最低和最高", unit, bars)


def _label(answer: Json, name: str, figure: Json) -> str:
    """What a figure is called on the page: in plain words where the steps have them."""
    plain = next((s.get("plain_label") for s in answer.get("steps", ()) if s["name"] == name), "")
    return str(plain or figure.get("plain_label") or figure.get("label") or name)


def _values(answer: Json) -> dict[str, int]:
    """Every whole number that the answer names: what was told, the steps, the figures."""
    rows: Iterable[Json] = [*answer.get("inputs", ()), *answer.get("steps", ())]
    told = {row["name"]: row["value"] for row in rows if type(row.get("value")) is int}
    return told | {n: f["value"] for n, f in answer["figures"].items() if type(f.get("value")) is int}


def _piece(answer: Json, label: str, value: int, look: Look, name: str = "") -> Piece:
    return Piece(label, value, value, look, name if name in answer["figures"] else "")


# who pays what of a bill ---------------------------------------------------------------------------------------------

OTHERS: tuple[tuple[str, str, Look], ...] = (
    ("large_amount_pays", "大额补助付", "fund-2"),
    ("critical_illness_pays", "大病保险付", "fund-3"),
    ("medical_aid_pays", "医疗救助付", "fund-4"),
)
"""Who pays besides the pooled fund. The last two pay out of what is left to the person."""
AFTERWARDS = ("critical_illness_pays", "medical_aid_pays")
ONESELF: tuple[tuple[str, str, Look], ...] = (
    ("deductible", "自己付：起付线", "own-2"),
    ("upfront", "自己付：乙类先行自付", "own-4"),
    ("excluded", "自己付：目录外", "own-3"),
)


def _bill(answer: Json) -> Chart | None:
    """A bill cut into what each pays of it."""
    known = _values(answer)
    if not {"cost", "fund_pays", "person_pays"} <= known.keys():
        return None
    pool, supplement = known.get("pool_pays", 0), known.get("supplement", 0)
    pieces = [_piece(answer, "医保基金付", known["fund_pays"], "fund", "fund_pays")]
    if supplement and pool + supplement == known["fund_pays"]:
        pieces = [
            _piece(answer, "统筹基金付", pool, "fund"),
            _piece(answer, "统一补充付", supplement, "fund-4"),
        ]
    pieces += [_piece(answer, label, known[name], look, name) for name, label, look in OTHERS if known.get(name)]
    left = known["person_pays"] - sum(known.get(name, 0) for name in AFTERWARDS)
    own = [_piece(answer, label, known[name], look, name) for name, label, look in ONESELF if known.get(name)]
    rest = left - sum(piece.low for piece in own)
    if not own or rest < 0:
        whole = "person_pays" if left == known["person_pays"] else ""
        own, rest = [_piece(answer, "自己付", left, "own", whole)], 0
    pieces += [*own, *([_piece(answer, "自己付：其余", rest, "own")] if rest else [])]
    return _parts("谁付多少", "医疗总费用", "fen", pieces, known["cost"])


def _parts(title: str, label: str, unit: str, pieces: Sequence[Piece], whole: int | None = None) -> Chart | None:
    """A bar of parts; none where there is only one part, or where they do not make up the whole."""
    shown = tuple(piece for piece in pieces if piece.low)
    if len(shown) < 2 or any(piece.low < 0 or piece.high >= UNLIMITED for piece in shown):
        return None
    if whole is not None and sum(piece.low for piece in shown) != whole:
        return None
    return Chart("parts", title, unit, (Bar(label, shown),))


# the other topics ----------------------------------------------------------------------------------------------------


def _allocation(answer: Json) -> Chart | None:
    """What is credited before the deductions, cut into what arrives and what is taken off."""
    figures = answer["figures"]
    if not {"allocation_gross", "allocation_net"} <= figures.keys():
        return None
    gross, net = figures["allocation_gross"]["value"], figures["allocation_net"]["value"]
    pieces = [
        _piece(answer, "实际到账", net, "fund", "allocation_net"),
        _piece(answer, "代扣", gross - net, "own"),
    ]
    return _parts("划入的钱，到账多少", "每月划入（扣费前）", figures["allocation_gross"]["unit"], pieces, gross)


def _premium(answer: Json) -> Chart | None:
    """Who pays how much of a contribution."""
    figures = answer["figures"]
    own: tuple[tuple[str, str, Look], ...] = (("person_pays", "您自己交", "own"),)
    if "own_after_aid" in figures:
        own = (("own_after_aid", "您自己交", "own"), ("aid_year", "政府替您交", "fund-3"))
    names: tuple[tuple[str, str, Look], ...] = (
        *own, ("employer_pays", "单位交", "fund"), ("subsidy", "财政补助", "fund"),
    )  # fmt: skip
    found = [(name, label, look) for name, label, look in names if name in figures]
    units = {str(figures[name]["unit"]) for name, _, _ in found}
    if len(units) != 1:
        return None
    unit = units.pop()
    pieces = [_piece(answer, label, figures[name]["value"], look, name) for name, label, look in found]
    return _parts("医保费谁出多少", "合计", unit, pieces)


def _pension(answer: Json) -> Chart | None:
    """The parts of a pension; side by side where the whole is not known, since they would look like all of it."""
    figures = answer["figures"]
    looks: dict[str, Look] = {"basic_pension": "fund", "account_pension": "fund-2", "transitional_pension": "fund-3"}
    named = [(name, _label(answer, name, figures[name])) for name in looks if name in figures]
    if "pension" not in figures:
        things = [Named(label, figures[name], name=name) for name, label in named]
        return comparison("养老金里算得出的几部分", things)
    pieces = [_piece(answer, label, figures[name]["value"], looks[name], name) for name, label in named]
    return _parts("养老金由哪几部分组成", "每月养老金", "fen/month", pieces, figures["pension"]["value"])


YEARS = (
    ("总年限", "required_months", "missing_months", ("paid_months", "deemed_months")),
    ("本地实际缴费", "required_local_months", "missing_local_months", ("local_months",)),
    ("实际缴费", "required_paid_months", "missing_paid_months", ("paid_months",)),
)


def _years(answer: Json) -> Chart | None:
    """What one has of the years that are asked for."""
    figures, known, bars = answer["figures"], _values(answer), []
    for label, asked, missing, told in YEARS:
        if asked not in figures or missing not in figures or not all(name in known for name in told):
            continue
        required, lacking, have = known[asked], known[missing], sum(known[name] for name in told)
        if lacking != max(required - have, 0):
            return None  # the rule counted something else too, which this picture would hide
        pieces = [Piece("已有", have, have)]
        pieces += [_piece(answer, "还差", lacking, "own", missing)] if lacking else []
        bars.append(Bar(label, tuple(pieces), mark=_piece(answer, "规定", required, "own", asked)))
    return Chart("against", "缴费年限，已有和规定", "months", tuple(bars)) if bars else None


BY_TOPIC = {
    "inpatient": _bill,
    "outpatient": _bill,
    "allocation": _allocation,
    "premium": _premium,
    "pension": _pension,
    "contribution-years": _years,
}
