"""What a chain gives for one row, by the rules themselves: plain Python, one person after the other."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from yibao.law.explanation.reader import read
from yibao.law.lowering.chains import Bound
from yibao.law.lowering.program import (
    APPLIES,
    DIVIDED,
    ELSE,
    FIRST_SENTENCE,
    GAP,
    MISSING,
    OUT_OF_RANGE,
    RANGE_ONLY,
    Program,
)
from yibao.law.parameters import Law
from yibao.law.values import Gap, LawError, Missing, NeedsFact, NotApplicable, Unset, _Refusing

Laws = Sequence[Mapping[type[Law], Law]]
Run = Callable[..., Any]
Outcome = dict[str, tuple[int, int]]
"""By figure: its value (0 where it is none) and its reason."""
WHOLE = ""
"""Under this name stands the reason of the row."""


class LacksError(LawError):
    """A figure of an earlier rule that is not there was read."""

    def __init__(self, reason: int) -> None:
        super().__init__(str(reason))
        self.reason = reason


class Lacks(_Refusing):
    """Stands for a figure of an earlier rule that is not there."""

    def __init__(self, reason: int) -> None:
        self.reason = reason

    def error(self) -> LawError:
        return LacksError(self.reason)


def figures_of(bound: Bound) -> tuple[str, ...]:
    """Every figure that a rule may return."""
    scope = read(bound.function).scope
    named = [getattr(scope.get(n), "_fields", ()) for n in str(bound.function.__annotations__["return"]).split(" | ")]
    return tuple(dict.fromkeys(name for names in named for name in names))


def ran(run: Run, law: Law, arguments: Iterable[Any], program: Program) -> tuple[Any, int]:
    """What a rule returns, and the reason where it returns no figures, or one that is not known."""
    try:
        value = run(law, *arguments)
    except LacksError as lacks:
        return None, lacks.reason
    except Missing as error:
        return None, RANGE_ONLY if error.gap.range_only else GAP
    except NeedsFact:
        return None, MISSING
    except ZeroDivisionError:
        return None, DIVIDED
    if isinstance(value, NotApplicable):
        return None, FIRST_SENTENCE + program.reasons.index(value.reason)
    reasons = [reason for figure in value if (reason := reason_in(figure))]
    return (None, reasons[0]) if reasons else (value, APPLIES)


def reason_in(value: Any) -> int:
    """Why what a rule returned as a figure is none; 0 if it is one."""
    if isinstance(value, Gap):
        return RANGE_ONLY if value.range_only else GAP
    if isinstance(value, Lacks):
        return value.reason
    return MISSING if isinstance(value, Unset) else APPLIES


def outcome(
    chain: Sequence[Bound], law: Mapping[type[Law], Law], row: Mapping[str, Any], program: Program, run: Run | None
) -> Outcome:
    """The figures of one row; `row` holds an `Unset` for a fact that is not given; `run` stands for a single rule."""
    main = next(place for place, link in enumerate(chain) if not link.otherwise)
    read_later: dict[str, Any] = {}
    figures: Outcome = {}
    whole = APPLIES
    for place, link in enumerate(chain):
        reading = read(link.function)
        given = [read_later.get(name, row.get(name)) for name in reading.inputs]
        rule = run or link.function
        value, reason = (None, whole) if whole else ran(rule, law[reading.law_class], given, program)
        if place == main:
            whole = reason
        own = dict(zip(value._fields, value, strict=True)) if value is not None else {}
        for name in figures_of(link):
            lacks = APPLIES if name in own else reason or ELSE
            figures[name] = (int(own.get(name, 0)), lacks)
            read_later[name] = own.get(name, Lacks(lacks))
            if lacks >= FIRST_SENTENCE and name in link.otherwise:
                read_later[name] = link.otherwise[name]
    return {WHOLE: (0, whole), **figures}


def outcomes(
    chain: Sequence[Bound], laws: Laws, columns: Mapping[str, np.ndarray], program: Program, run: Run | None = None
) -> list[Outcome]:
    """The figures of every row of some columns, `law` and `NAME__missing` among them as a kernel takes them."""
    names = list(program.inputs)
    listed = {name: columns[name].tolist() for name in names}
    masks = {name: columns[f"{name}__missing"].tolist() for name in names if f"{name}__missing" in columns}
    which = columns["law"].tolist() if program.laws > 1 else [0] * len(next(iter(listed.values())))
    unset = {name: Unset(name) for name in names}
    out = []
    for place, law in enumerate(which):
        row: dict[str, Any] = {n: unset[n] if n in masks and masks[n][place] else listed[n][place] for n in names}
        outside = [n for n, x in row.items() if not isinstance(x, Unset) and not fits(program, n, x)]
        if not 0 <= law < len(laws) or outside:
            out.append(dict.fromkeys([WHOLE, *program.figures], (0, OUT_OF_RANGE if 0 <= law < len(laws) else GAP)))
        else:
            out.append(outcome(chain, laws[law], row, program, run))
    return out


def fits(program: Program, name: str, value: int) -> bool:
    """Whether a value lies in the range of an input."""
    return program.inputs[name].low <= value <= program.inputs[name].high


def as_columns(found: Sequence[Outcome], program: Program) -> dict[str, np.ndarray]:
    """Outcomes as the columns of a kernel: figures and columns of reasons."""
    out = {name: np.array([row[name][0] for row in found], np.int64) for name in program.figures}
    for name, column in program.reason_of().items():
        out[f"reason of {name}"] = np.array([row[name][1] for row in found], np.int64)
        out.setdefault(column, out[f"reason of {name}"])
    return out | {"reason": np.array([row[WHOLE][1] for row in found], np.int64)}
