"""Who pays what of one stay in hospital."""

from __future__ import annotations

from dataclasses import replace

from yibao.law.rules.inpatient import InpatientLaw
from yibao.services.answers.fact_table import AID_GROUP, LEVEL, without
from yibao.services.answers.topics.topic import UNTOLD_OF_BILL, Figures, Topic


def _sentence(f: Figures) -> str:
    out = "在外地住院，" if "rate_cut" in f else ""
    out += f"医保基金付{f['fund_pays']}"
    if f["large_amount_pays"] != "0.00元":
        out += f"，大额医疗费用补助付{f['large_amount_pays']}"
    out += f"，您自己付{f['person_pays']}（其中起付线{f['deductible']}）"
    if f.get("critical_illness_pays", "0.00元") != "0.00元":
        out += f"；如果全年只有这一次，大病保险另外再付{f['critical_illness_pays']}"
    if f.get("medical_aid_pays", "0.00元") != "0.00元":
        out += f"；医疗救助再付{f['medical_aid_pays']}"
    return out + "。"


TOPIC = Topic(
    name="inpatient",
    title="住院一次自己要付多少",
    verb="住院自己付多少",
    hint="医保付多少，自己付多少",
    gloss="统筹基金：大家的医保钱合在一起的那一份，住院主要由它付。起付线：先自己付满这个数，医保才开始付。",
    law=InpatientLaw,
    before=("away_stay",),
    untold=("away_upfront", "rate_cut"),
    rules=("inpatient", "critical_illness", "medical_aid"),
    facts=(
        "scheme",
        "status",
        "level",
        "cost",
        "excluded",
        "upfront",
        "away",
        "stay",
        "tier",
        "age",
        "continuous_months",
        "retired_on",
        "used_deductible",
        "used_cap",
        "aid_group",
    ),
    later=("excluded", "upfront", "away", "used_deductible", "used_cap", "aid_group"),
    main=("person_pays", "fund_pays"),
    sentence=_sentence,
    assumed={
        "scheme": ("employee", "您没有说参加哪种医保，这里按职工医保回答。"),
        **UNTOLD_OF_BILL,
        "used_deductible": ("0", "您没有填今年已负担的起付标准，这里按还没有负担过算。"),
        "used_cap": ("0", "您没有填今年基金已支付的金额，这里按还没有支付过算。"),
        "away": ("home", "您没有说在哪里住院，这里按在参保地住院算。"),
        "aid_group": ("none", "您没有说是不是困难群众，这里没有算医疗救助。"),
    },
    settles="当地医疗保障局关于住院待遇的规定",
    group="care",
    asks={
        "level": without(LEVEL, "pharmacy"),
        "aid_group": replace(AID_GROUP, why="困难群众住院，医保付过以后还有医疗救助。"),
    },
)
