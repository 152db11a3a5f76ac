"""How long one waits for benefits after a gap in contributions, and whether it may be paid up."""

from __future__ import annotations

from yibao.law.rules.gap import GapLaw
from yibao.services.answers.topics.topic import Figures, Topic


def _sentence(f: Figures) -> str:
    waiting = f["waiting_months"]
    out = "没有等待期，从缴费的那个月起享受待遇" if waiting == "0个月" else f"开始缴费以后要等{waiting}才能享受待遇"
    if "back_payment_allowed" in f:
        out += f"；断的那段{f['back_payment_allowed']}补缴"
    return out + "。"


TOPIC = Topic(
    name="gap",
    title="医保断缴以后要等多久才能报销",
    verb="断缴了要等多久",
    hint="断了几个月、几年，续上以后哪天能报销",
    gloss="待遇等待期：断缴以后重新缴费，还要等满这段时间，医保才开始报销。",
    law=GapLaw,
    rules=("waiting_period", "back_payment"),
    facts=("scheme", "first_time", "switched", "gap_months", "continuous_months", "missed_years", "repaid_years"),
    main=("waiting_months", "back_payment_allowed"),
    sentence=_sentence,
    assumed={
        "first_time": ("no", "您没有说是不是头一次参加职工医保，这里按以前参加过算。"),
        "switched": ("no", "您没有说有没有在职工医保和居民医保之间换，这里按没有换算。"),
        "repaid_years": ("0", "您没有填补缴了几年，这里按没有补缴算；每补缴一年可以少等一个月。"),
    },
    settles="当地医疗保障局关于断缴以后待遇等待期的规定",
    group="years",
)
