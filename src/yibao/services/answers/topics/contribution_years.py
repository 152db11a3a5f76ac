"""How many years of contributions are asked for, and how many are missing."""

from __future__ import annotations

from yibao.law.rules.contribution_years import YearsLaw
from yibao.services.answers.topics.topic import Figures, Topic


def _sentence(f: Figures) -> str:
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
    return out + "。" + _ways(f)


def _ways(f: Figures) -> str:
    """What may be done about missing years, with the price where it is known."""
    out = ""
    if "may_pay_monthly" in f:
        out += f"{f['may_pay_monthly']}按月接着缴，缴到够年限"
        if "monthly_payment" in f:
            out += f"，每月{f['monthly_payment']}"
    if "may_pay_once" in f:
        out += f"{'；' if out else ''}{f['may_pay_once']}一次补缴"
        if "one_payment" in f:
            out += f"，差的年限一次补齐要{f['one_payment']}"
    return out + "。" if out else ""


TOPIC = Topic(
    name="contribution-years",
    title="医保要交满多少年，还差几年",
    verb="还差几年",
    hint="医保要缴满多少年，退休后不用再缴",
    gloss="缴费年限：一共缴过多少年医保。缴满了，退休后不用再缴，也能报销。",
    law=YearsLaw,
    rules=(
        "required_years",
        "missing_years",
        "required_local_years",
        "missing_local_years",
        "required_paid_years",
        "missing_paid_years",
        "month_by_month",
        "monthly_price",
        "at_once",
        "once_price",
    ),
    facts=("sex", "retires", "joined", "paid_months", "deemed_months", "local_months", "tier", "base"),
    main=("missing_months", "required_months", "missing_local_months", "required_local_months"),
    sentence=_sentence,
    of_day={"retires": "month"},
    settles="当地医疗保障局关于职工医保缴费年限的规定",
)
