"""The one plain sentence of an answer, from its figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yibao.law.formats import age_text, fen_text, months_text, tenths_text
from yibao.law.terms import terms
from yibao.law.values import month_text

Figures = Mapping[str, Any]


def unit_of(name: str) -> str:
    """The unit of a figure."""
    return terms()[name].unit


def shown(name: str, value: int) -> int | str:
    """A figure as the answer gives it: a calendar month as YYYY-MM, everything else as a whole number."""
    return month_text(value) if unit_of(name) == "month" else value


def words(name: str, value: int) -> str:
    """A figure in a sentence."""
    unit = unit_of(name)
    if unit.startswith("fen"):
        return f"{fen_text(value)}元"
    if unit == "months":
        return months_text(value)
    if unit == "age_months":
        return age_text(value)
    if unit == "month":
        return f"{value // 12}年{value % 12 + 1}月"
    return tenths_text(value) if unit == "tenth_months" else str(value)


def _allocation(f: Figures) -> str:
    if "allocation_year" in f:
        return f"每个医保年度一次划入个人账户{f['allocation_year']}。"
    if "allocation_net" in f and f["allocation_net"] != f["allocation_gross"]:
        return f"每月划入个人账户{f['allocation_gross']}，扣掉代扣的钱，实际到账{f['allocation_net']}。"
    return f"每月划入个人账户{f.get('allocation_net') or f['allocation_gross']}。"


def _years(f: Figures) -> str:
    out = f"要交满{f['required_months']}"
    if "required_local_months" in f:
        out += f"，其中在本地实际交满{f['required_local_months']}"
    if "required_paid_months" in f:
        out += f"，其中实际交钱满{f['required_paid_months']}"
    if "missing_months" in f:
        out += "；总年限已经够了" if f["missing_months"] == "0个月" else f"；总年限还差{f['missing_months']}"
    for name, place in (("missing_local_months", "本地年限"), ("missing_paid_months", "实际缴费年限")):
        if name in f:
            out += f"，{place}已经够了" if f[name] == "0个月" else f"，{place}还差{f[name]}"
    return out + "。"


def _retirement(f: Figures) -> str:
    return f"法定退休年龄是{f['retirement_age_months']}（延迟{f['delay_months']}），{f['retires_on']}到年龄。"


def _pension(f: Figures) -> str:
    out = f"养老保险至少要交满{f['minimum_pension_months']}才能按月领养老金"
    parts = [
        f"{terms()[name].plain}{f[name]}"
        for name in ("basic_pension", "account_pension", "transitional_pension")
        if name in f
    ]
    if "pension" in f:
        out += f"；按您填的，每月养老金{f['pension']}（{'、'.join(parts)}）"
    elif parts:
        out += f"；按您填的，{'、'.join(parts)}"
    return out + "。"


def _inpatient(f: Figures) -> str:
    out = f"医保基金付{f['fund_pays']}"
    if f["large_amount_pays"] != "0.00元":
        out += f"，大额医疗费用补助付{f['large_amount_pays']}"
    out += f"，您自己付{f['person_pays']}（其中起付线{f['deductible']}）"
    if f.get("critical_illness_pays", "0.00元") != "0.00元":
        out += f"；如果全年只有这一次，大病保险另外再付{f['critical_illness_pays']}"
    return out + "。"


SENTENCES = {
    "allocation": _allocation,
    "contribution-years": _years,
    "retirement-age": _retirement,
    "pension": _pension,
    "inpatient": _inpatient,
}


def sentence(topic: str, low: Mapping[str, int], high: Mapping[str, int] | None = None) -> str:
    """The sentence of a topic for its figures, or for the two ends of a range."""
    told = {}
    for name, value in low.items():
        other = (high or low).get(name, value)
        small, large = sorted((value, other))
        told[name] = words(name, small) if small == large else f"{words(name, small)}到{words(name, large)}"
    return SENTENCES[topic](told)
