"""What if the law were otherwise: changes typed as `allocation.retired_rate=2.5%`, and the law that they make.

A scenario is a list of such texts for some areas on a day. It gives the changed law in place of `resolve`, so that
the same rules run on it, and tells value by value what was and what would be, with the documents of both.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar, get_type_hints

from rapidfuzz import fuzz, process

import yibao.law.rules  # noqa: F401  the rules tell which parameters there are
from yibao.law.areas import AreaError, find
from yibao.law.parameters.resolving import Dated, begins, dated, document, filled
from yibao.law.parameters.shapes import Law, Shape
from yibao.law.registry import VERSIONS
from yibao.population.amounts import ScenarioError
from yibao.population.changing import add_row, drop_row, in_order, known_of, put, targets
from yibao.population.telling import NOT_FOUND, Line, lines

L = TypeVar("L", bound=Law)
SET = re.compile(r"(?P<path>.+?)(?P<how>\+=|-=|=)(?P<value>.+)", re.DOTALL)
NEAREST = 3
LONGEST = 200
NO_CHANGE = "没有说要改什么。请用 --set 写改动，例如 --set allocation.retired_rate=2.5%。"


class Set(NamedTuple):
    """One typed change: `subject.key.parts how value`."""

    subject: str
    key: str
    parts: tuple[str, ...]
    how: str
    value: str

    @property
    def path(self) -> str:
        """The path as it was typed."""
        return ".".join(part for part in (self.subject, self.key, *self.parts) if part)


class Cited(NamedTuple):
    """Where a value comes from: document, number, article, issuer, first day, grade, and the area whose file has it."""

    document: str
    number: str
    article: str
    issuer: str
    since: str
    grade: str
    area: str
    note: str = ""


class Change(NamedTuple):
    """A parameter as it is and as it would be, by lines; `after_cited` only where another rule in force is taken."""

    path: str
    before: tuple[Line, ...]
    after: tuple[Line, ...]
    before_cited: tuple[Cited, ...]
    after_cited: tuple[Cited, ...]

    @property
    def is_none(self) -> bool:
        """Whether nothing is changed by it."""
        return self.before == self.after


@lru_cache(maxsize=1)
def laws() -> dict[str, tuple[type[Law], ...]]:
    """The sets of parameters that the rules read, by subject."""
    found: dict[str, dict[type[Law], None]] = {}
    for versions in VERSIONS.values():
        for version in versions:
            law = next(iter(get_type_hints(version.function).values()))
            found.setdefault(law.subject, {})[law] = None
    return {subject: tuple(listed) for subject, listed in found.items()}


@lru_cache(maxsize=1)
def shapes() -> dict[tuple[str, str], Shape]:
    """The shape of every parameter, by subject and key."""
    return {
        (subject, one.name): one.metadata["shape"]
        for subject, listed in laws().items()
        for law in listed
        for one in fields(law)
        if "shape" in one.metadata
    }


def parse(text: str) -> Set:
    """What a typed change says; refuses what is no change, and an unknown path with the nearest ones.

    >>> parse("allocation.retired_bands.2.amount=120yuan").parts
    ('2', 'amount')
    """
    match = SET.fullmatch(text.strip())
    if not match or len(text) > LONGEST:
        raise ScenarioError("bad_change", f"“{text[:40]}”不是一个改动。请写成 allocation.retired_rate=2.5% 这样。")
    path = match["path"].strip()
    subject, *rest = path.split(".")
    how, value = match["how"], match["value"].strip()
    elsewhere = how == "=" and value.startswith(("area:", "on:"))
    known = (subject, rest[0]) in shapes() if rest else subject in laws() and elsewhere
    if not known:
        raise _unknown(path)
    return Set(subject, rest[0] if rest else "", tuple(rest[1:]), how, value)


def _unknown(path: str) -> ScenarioError:
    names = [f"{subject}.{key}" for subject, key in shapes()]
    near = tuple(name for name, *_ in process.extract(path, names, scorer=fuzz.WRatio, limit=NEAREST))
    return ScenarioError("unknown_parameter", f"没有 {path} 这个参数。最接近的是：{'、'.join(near)}。", near)


@dataclass(frozen=True)
class Scenario:
    """Changes of the law for some areas; `texts` are kept as typed, so that they can be sent and written down."""

    texts: tuple[str, ...]
    areas: tuple[str, ...]
    day: date
    sets: tuple[Set, ...] = field(init=False, compare=False, repr=False)
    _made: dict[tuple[type[Law], str, date], Law] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Refuses at once what cannot be changed on the day in each of the areas."""
        object.__setattr__(self, "sets", tuple(parse(text) for text in self.texts))
        if not self.sets:
            raise ScenarioError("no_change", NO_CHANGE)
        subjects = list(dict.fromkeys(one.subject for one in self.sets))
        if len(subjects) > 1:
            said = f"一次只能改一件事的规定，这里有：{'、'.join(subjects)}。请分开演算。"
            raise ScenarioError("several_subjects", said)
        for area in self.areas:
            for key in self.keys:
                self.find(area, self.subject, key, self.day)

    @property
    def subject(self) -> str:
        """What the changed parameters are about."""
        return self.sets[0].subject

    @property
    def keys(self) -> tuple[str, ...]:
        """The parameters that are changed."""
        named = [one.key for one in self.sets if one.key]
        if len(named) < len(self.sets):
            named += [key for subject, key in shapes() if subject == self.subject]
        return tuple(dict.fromkeys(named))

    def law(self, law: type[L], area: str, day: date) -> L:
        """The changed parameters of a rule, in place of `resolve`.

        >>> from yibao.law.rules.allocation import AllocationLaw
        >>> changed = Scenario(("allocation.retired_bands=x2.5%/2%",), ("500000",), date(2025, 6, 1))
        >>> [band.amount for band in changed.law(AllocationLaw, "500000", date(2025, 6, 1)).retired_bands]
        [13125, 14375]
        """
        place = (law, area, day)
        if place not in self._made:
            self._made[place] = filled(law, area, day, find=self.find)
        return self._made[place]  # type: ignore[return-value]

    def find(self, area: str, subject: str, key: str, day: date) -> Dated:
        """The dated value of a parameter, changed if a change names it and the area is one of the scenario's."""
        found = dated(area, subject, key, day)
        if area not in self.areas:
            return found
        touched = False
        for one in self.sets:
            if one.subject == subject and one.key in ("", key):
                found, touched = _changed(found, one, key, area, day), True
        code, history, entry = found
        if touched and entry is not None:
            in_order(entry, shapes()[subject, key], f"{subject}.{key}")
            return code, history or [entry], entry
        return found

    def changes(self, area: str) -> tuple[Change, ...]:
        """What is changed in an area on the day, parameter by parameter; what stays as it is is left out."""
        found = [self._change(area, key) for key in self.keys]
        whole = any(not one.key for one in self.sets)
        return tuple(change for change in found if not (whole and change.is_none))

    def _change(self, area: str, key: str) -> Change:
        before, after = dated(area, self.subject, key, self.day), self.find(area, self.subject, key, self.day)
        elsewhere = any(one.key in ("", key) and one.value.startswith(("area:", "on:")) for one in self.sets)
        shape, path = shapes()[self.subject, key], f"{self.subject}.{key}"
        return Change(
            path,
            tuple(lines(before[2], shape, key)),
            tuple(lines(after[2], shape, key)),
            cited(before, self.subject),
            cited(after, self.subject) if elsewhere else (),
        )


def known(subject: str, area: str, day: date) -> tuple[Change, ...]:
    """The parameters of a subject that are known in an area on a day, as changes that change nothing."""
    found = []
    for key in (key for about, key in shapes() if about == subject):
        held = dated(area, subject, key, day)
        told = tuple(lines(held[2], shapes()[subject, key], key))
        if any(line.text != NOT_FOUND for line in told):
            found.append(Change(f"{subject}.{key}", told, told, cited(held, subject), ()))
    return tuple(found)


def _changed(found: Dated, one: Set, key: str, area: str, day: date) -> Dated:
    """A dated value after one change; the files' own value is never touched."""
    if one.how == "=" and one.value.startswith("area:"):
        return dated(_area(one.value.removeprefix("area:")), one.subject, key, day)
    if one.how == "=" and one.value.startswith("on:"):
        return dated(area, one.subject, key, _day(one.value.removeprefix("on:")))
    code, history, old = found
    shape, path = shapes()[one.subject, key], one.path
    entry: dict[str, Any] = copy.deepcopy(dict(old)) if old else {"gap": "", "from": day.isoformat()}
    try:
        named = targets(entry, shape, one.parts, path)
    except ScenarioError:
        raise _no_such_part(one, key, old, shape) from None
    for target in known_of(named):
        if one.how == "=":
            put(target, one.value, shape, key, path)
        else:
            (add_row if one.how == "+=" else drop_row)(target.holder, one.value, shape, path)
    return code or area, history, entry


def _no_such_part(one: Set, key: str, entry: Mapping[str, Any] | None, shape: Shape) -> ScenarioError:
    """Which parts of a parameter there are, where a path names one that is not there."""
    names = list(dict.fromkeys(line.path for line in lines(entry, shape, key)))
    there = [f"{one.subject}.{key}{name}" for name in names if name]
    near = tuple(name for name, *_ in process.extract(one.path, there, scorer=fuzz.WRatio, limit=NEAREST))
    said = f"最接近的是：{'、'.join(near)}。" if near else f"{one.subject}.{key} 下面不分这些。"
    return ScenarioError("unknown_parameter", f"没有 {one.path} 这个参数。{said}", near)


def _area(text: str) -> str:
    try:
        return find(text).code
    except AreaError as error:
        raise ScenarioError("unknown_area", str(error)) from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ScenarioError("bad_date", f"“{text[:20]}”不是一个日子。请写成 on:2024-01-01 这样。") from None


def cited(found: Dated, subject: str) -> tuple[Cited, ...]:
    """The documents of a dated value, its cells' own ones too."""
    code, _, entry = found
    if not entry or not code:
        return ()
    holders: list[Mapping[str, Any]] = [{**entry, **cell} for cell in entry.get("cells", [])] or [entry]
    out: dict[Cited, None] = {}
    for one in holders:
        if "cite" in one and "grade" in one and "gap" not in one:
            told = document(code, subject, one["cite"])
            since, note = begins(entry).isoformat(), str(one.get("note", ""))
            number, article, issuer = told.get("number", ""), str(one.get("article", "")), told.get("issuer", "")
            out[Cited(told["document"], number, article, issuer, since, str(one["grade"]), code, note)] = None
    return tuple(out)
