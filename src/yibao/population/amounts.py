"""Amounts of the law as people type them: `120yuan`, `2.5%`, `x0.5`, `+10yuan`; the unit is compulsory.

What a parameter is measured in stands in the glossary, so that 2.5 can never be taken for 2.5 % or for 2.5 yuan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from yibao.law.helpers import half_up
from yibao.law.parameters.loading import ParameterError, number
from yibao.law.terms import label, terms
from yibao.law.values import MILLION, UNLIMITED, month_text
from yibao.population.errors import PopulationError

WRITTEN = {
    "fen": ("金额，单位是元", "120yuan"),
    "ppm": ("比例", "2.5%"),
    "months": ("一段时间", "25y 或 6m"),
    "month": ("年月", "2025-06"),
    "": ("一个整数，没有单位", "3"),
}
"""What a unit is in words, and how it is typed."""
FACTOR = re.compile(r"x(\d+(?:\.\d+)?)(%|yuan|)(?:/(\d+(?:\.\d+)?)(%|yuan|))?")


class ScenarioError(PopulationError):
    """A change that cannot be made: `code` names why, `nearest` what may have been meant."""

    def __init__(self, code: str, message: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(code, message)
        self.nearest = nearest


@dataclass(frozen=True, slots=True)
class Relative:
    """A change in proportion or by a sum: `x0.5`, `x2.5%/2%`, `+10yuan`, `-0.5%`."""

    factor: Fraction = Fraction(1)
    plus: int = 0
    unit: str = ""

    def of(self, value: int) -> int:
        """The changed value, half-up to the whole unit; a limit that is not set stays so.

        >>> Relative(factor=Fraction(1, 2)).of(65_001), Relative(plus=1_000, unit="fen").of(10_500)
        (32501, 11500)
        """
        if value == UNLIMITED:
            return value
        product = value * self.factor.numerator
        return half_up(product, self.factor.denominator) + self.plus


def unit_of(term: str) -> str:
    """In what a parameter or a column of its table is typed: `fen`, `ppm`, `months`, `month` or nothing.

    >>> unit_of("retired_rate"), unit_of("amount"), unit_of("from_age")
    ('ppm', 'fen', '')
    """
    known = terms().get(term)
    unit = known.unit if known else ""
    return {"fen": "fen", "ppm": "ppm", "months": "months", "age_months": "months", "month": "month"}.get(
        unit.partition("/")[0], ""
    )


def relative(text: str) -> Relative | None:
    """What a relative change says; nothing if the text is a value of its own.

    >>> relative("x2.5%/2%").factor, relative("+10yuan").plus, relative("120yuan")
    (Fraction(5, 4), 1000, None)
    """
    if match := FACTOR.fullmatch(text):
        above, unit, below, other = match.groups()
        if below is not None and not Fraction(below):
            raise ScenarioError("bad_value", f"“{text}”是除以0，改不了。")
        if unit != (other or ""):
            raise ScenarioError("bad_value", f"“{text}”上下单位不一样。请写成 x0.5，或者 x2.5%/2% 这样。")
        return Relative(factor=Fraction(above) / Fraction(below or "1"))
    if text[:1] in ("+", "-") and len(text) > 1:
        try:
            amount, unit = number(text[1:])
        except ParameterError:
            return None
        return Relative(plus=-amount if text[0] == "-" else amount, unit=unit)
    return None


def checked(text: str, term: str, path: str) -> str:
    """A typed value, if it has the unit of what it is put in place of, and lies within its bounds."""
    unit = unit_of(term)
    try:
        value, found = number(text)
    except ParameterError:
        value, found = 0, "?"
    if found == "" and value == 0 and unit in ("fen", "ppm", "months"):
        found = "?"  # a bare 0 has no unit either
    if found != unit:
        what, example = WRITTEN[unit]
        said = f"{path} 要写{what}，例如 {example}，不能写“{text[:40]}”。"
        raise ScenarioError("unit_missing", said)
    bounded(value, term, path)
    return text


def bounded(value: int, term: str, path: str) -> int:
    """A value that can be: not below zero, no share above the whole, no sum above what a rule can be given."""
    most = {"ppm": MILLION, "fen": UNLIMITED}.get(unit_of(term), 10**6)
    if value < 0:
        raise ScenarioError("bad_value", f"{path} 改了以后小于0，不行。")
    if value > most:
        raise ScenarioError("bad_value", f"{path} 改得太大：{label(term)}最多是 {written(most, term)}。")
    return value


def written(value: int, term: str) -> str:
    """A value as the parameter files write it.

    >>> written(52_550, "amount"), written(25_000, "retired_rate"), written(150, "months")
    ('525.50yuan', '2.5%', '150m')
    """
    unit = unit_of(term)
    if unit == "fen":
        return "none" if value == UNLIMITED else f"{value // 100}.{value % 100:02d}yuan"
    if unit == "ppm":
        whole, rest = divmod(value, 10_000)
        decimals = f"{rest:04d}".rstrip("0")
        return f"{whole}{'.' if decimals else ''}{decimals}%"
    return {"months": f"{value}m", "month": month_text(value)}.get(unit, str(value))
