"""How a fact, as a person gives it, becomes an input of the rules; what is impossible is refused."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from yibao.law.areas import AmbiguousArea, UnknownArea, find, pooling_areas_of
from yibao.law.values import (
    AidGroup,
    Away,
    Category,
    Disease,
    FirstTime,
    Level,
    Purpose,
    Reason,
    Relation,
    Scheme,
    Sex,
    Status,
    Switched,
)
from yibao.services.answers import parsing
from yibao.services.answers.fact_table import FACTS, OF_INPUT, Fact
from yibao.services.results import RefusedError

Inputs = dict[str, int]

__all__ = ["FACTS", "OF_INPUT", "Fact", "Inputs", "check_choice", "inputs_of"]


def check_choice(fact: Fact, text: str) -> str:
    """The value of a choice that a text names; refuses what the topic does not know."""
    value = parsing.clean(text).lower()
    if fact.kind != "choice":
        return value
    named = {label: raw for raw, label, _ in fact.options}
    value = named.get(value, value)
    if value not in fact.values:
        options = "、".join(f"{label}（{raw}）" for raw, label, _ in fact.options)
        raise RefusedError(
            "unknown_choice",
            f"“{fact.label}”没有“{text[:20]}”这一项，请从这些里选：{options}。",
            fact.values,
            fact.name,
        )
    return value


def _choice(fact: Fact, text: str) -> Inputs:
    value = check_choice(fact, text)
    if fact.name == "scheme":
        return {"scheme": Scheme.RESIDENT if value == "resident" else Scheme.EMPLOYEE, "flexible": value == "flexible"}
    kinds: dict[str, Callable[[str], int]] = {
        "status": lambda v: Status[v.upper()],
        "sex": lambda v: Sex[v.upper()],
        "level": lambda v: Level(int(v)) if v.isdigit() else Level[v.upper()],
        "signed_doctor": lambda v: v == "yes",
        "away": lambda v: Away[v.upper()],
        "disease": lambda v: Disease[v.upper()],
        "chronic": lambda v: v == "yes",
        "category": lambda v: Category[v.upper()],
        "aid_group": lambda v: AidGroup[v.upper()],
        "first_time": lambda v: FirstTime[v.upper()],
        "reason": lambda v: Reason[v.upper()],
        "relation": lambda v: Relation[v.upper()],
        "purpose": lambda v: Purpose[v.upper()],
        "switched": lambda v: Switched[v.upper()],
    }
    return {fact.name: kinds.get(fact.name, int)(value)}


def _pooling_area(text: str, field: str, label: str) -> int:
    """The code of the pooling area that a text names."""
    try:
        place = find(text)
    except UnknownArea as error:
        raise RefusedError("unknown_area", f"{label}：{error}", tuple(error.nearest), field) from None
    except AmbiguousArea as error:
        raise RefusedError("ambiguous_area", f"{label}：{error}", tuple(error.names), field) from None
    if place.kind == "outside":
        message = f"{place.name}不实行内地的基本医疗保险，医保关系转不过去，请填内地的地方。"
        raise RefusedError("area_outside", message, field=field)
    if place.kind != "pooling":
        message = f"“{label}”要写到市，{place.name}里有好几个统筹区，例如{pooling_areas_example(place.code)}。"
        raise RefusedError("not_a_pooling_area", message, field=field)
    return int(place.code)


def pooling_areas_example(province: str) -> str:
    """Some pooling areas of a province, or of the nation, to choose from."""
    return "、".join(area.short for area in pooling_areas_of(province)[:3]) or "苏州、合肥"


@lru_cache(maxsize=1024)  # every case of an answer reads the same few texts again
def _inputs_of(fact: Fact, text: str) -> Inputs:
    name, label = fact.name, fact.label
    match fact.kind:
        case "choice":
            return _choice(fact, text)
        case "yuan":
            return {name: parsing.decimal(text, 2, name, label, "8000")}
        case "decimal":
            return {name: parsing.decimal(text, 6, name, label, "0.84")}
        case "age":
            months = parsing.age(text, name, label)
            return {"age": months // 12, "age_months": months}
        case "count":
            return {name: parsing.whole(text, 1, 99, name, label, "次")}
        case "months":
            return {name: parsing.months(text, name, label)}
        case "years":
            return {name: parsing.whole(text, 0, 99, name, label, "年")}
        case "area":
            return {name: _pooling_area(text, name, label)}
        case "day":
            return {name: parsing.day(text, name, label).toordinal()}
        case "month":
            number = parsing.month(text, name, label)
            return {i: number // 12 if i == "retires_year" else number for i in fact.inputs}
        case "date":
            found = parsing.day(text, name, label)
            return dict.fromkeys(fact.inputs, found.year * 12 + found.month - 1)
    return {}


def _cross_check(given: Mapping[str, str], found: Inputs) -> None:
    if found.get("sex") == Sex.MALE and found.setdefault("old_age", 60) != 60:
        raise RefusedError(
            "old_age_of_men_is_60", "男职工改革以前的退休年龄是60岁，请改“改革以前几岁退休”。", field="old_age"
        )
    if found.get("sex") == Sex.FEMALE and found.get("old_age") == 60:
        raise RefusedError(
            "old_age_of_women_is_50_or_55", "女职工改革以前的退休年龄是50岁或55岁，请改一下。", field="old_age"
        )
    outside = found.get("excluded", 0) + found.get("upfront", 0)
    if "cost" in found and outside > found["cost"]:
        message = "自费和先行自付加起来超过了总费用，请对照结算单改一下。"
        raise RefusedError("parts_exceed_cost", message, field="excluded" if "excluded" in given else "upfront")
    if found.get("repaid_years", 0) > found.get("missed_years", 99):
        raise RefusedError("repaid_exceeds_missed", "补缴的年数比断的年数还多，请检查这两项。", field="repaid_years")
    if found.get("local_months", 0) > found.get("paid_months", 10**6):
        raise RefusedError("local_exceeds_paid", "本地缴费不会比总的实际缴费还长，请检查这两项。", field="local_months")


def inputs_of(given: Mapping[str, str], on: date) -> Inputs:
    """The rules' inputs that the given facts stand for; refuses what is impossible.

    An age by the day of birth is counted in full years on the last day of the month asked for (decision of the
    parameter `allocation.age_on`).

    >>> inputs_of({"status": "retired", "age": "69"}, date(2025, 6, 1))
    {'status': <Status.RETIRED: 1>, 'age': 69, 'age_months': 828}
    """
    found: Inputs = {}
    for name, text in given.items():
        if name not in FACTS:
            raise RefusedError("unknown_fact", f"没有“{name[:20]}”这一项，请检查拼写。", field=name[:20])
        found |= _inputs_of(FACTS[name], text)
    if "born" in given:
        born = parsing.day(given["born"], "born", FACTS["born"].label)
        if born > on:
            raise RefusedError("born_after_day", "出生日期晚于要查的日子，请检查一下。", field="born")
        last = date(on.year, on.month, calendar.monthrange(on.year, on.month)[1])
        years = parsing.full_years(born, last)
        if years > 130:
            raise RefusedError("age_out_of_range", "按这个出生日期已经超过130岁，请检查一下。", field="born")
        if "age" in given and found["age"] not in (years, years - 1):
            raise RefusedError("age_contradicts_birth", "年龄和出生日期对不上，请改其中一个。", field="age")
        found.setdefault("age", years)
    _cross_check(given, found)
    return found
