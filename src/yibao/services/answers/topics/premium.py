"""What is paid for the insurance, and by whom."""

from __future__ import annotations

from yibao.law.rules.premium import PremiumLaw
from yibao.services.answers.fact_table import AID_GROUP, without
from yibao.services.answers.topics.topic import Figures, Topic


def _sentence(f: Figures) -> str:
    if "person_year" in f:
        low, _, high = f["person_year"].partition("到")
        own = f"至少交{low}" if high == "不设上限" else f"交{f['person_year']}"
        out = f"保{f['insurance_year']}年的居民医保，您自己一年{own}"
        if "subsidy_year" in f:
            low, _, high = f["subsidy_year"].partition("到")
            out += (
                f"，政府另外{'至少' if high == '不设上限' else ''}补{low if high == '不设上限' else f['subsidy_year']}"
            )
        if "own_after_aid" in f:
            out += (
                "；您那一份由政府全部替您出，自己不用交"
                if f["own_after_aid"] == "0.00元"
                else f"；您那一份里政府替您出{f['aid_year']}，您自己交{f['own_after_aid']}"
            )
        return out + "。"
    out = f"您自己每月交{f['person_month']}"
    if "premium_base" in f:
        out = f"按基数{f['premium_base']}，{out}"
    if "employer_month" in f:
        out += f"，单位另外交{f['employer_month']}"
    if "allocated" in f:
        out += f"；每月划进个人账户{f['allocated']}"
    return out + "。"


TOPIC = Topic(
    name="premium",
    title="医保费要缴多少",
    verb="要缴多少",
    hint="自己交多少，单位或者政府出多少",
    gloss="缴费基数：交医保按的工资数，有上下限。居民医保一年交一次：年底交的，保的是下一年。",
    law=PremiumLaw,
    rules=("premium", "employer_premium", "account_premium", "resident_subsidy", "premium_aid"),
    facts=("scheme", "status", "category", "tier", "age", "base", "aid_group"),
    main=("person_pays",),
    sentence=_sentence,
    assumed={
        "status": ("active", "您没有说在职还是退休，这里按还在缴费的人算；退休时交满年限的，不再交。"),
        "aid_group": ("none", "特困、低保这些困难群众参加居民医保，政府另外资助；您没有说是，这里按不是算。"),
    },
    of_day={"asked_year": "year"},
    settles="当地医疗保障局、税务局关于缴费标准的通知",
    published={
        "person_month": "person_pays",
        "person_year": "person_pays",
        "employer_month": "employer_pays",
        "subsidy_year": "subsidy",
    },
    asks={"aid_group": without(AID_GROUP, "near_poor", "illness_poor")},
)
