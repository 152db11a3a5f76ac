"""Who pays what of ordinary outpatient care."""

from __future__ import annotations

from dataclasses import replace

from yibao.law.rules.outpatient import OutpatientLaw
from yibao.services.answers.fact_table import FACTS
from yibao.services.answers.topics.topic import UNTOLD_OF_BILL, Figures, Topic


def _sentence(f: Figures) -> str:
    out = "在外地看病，" if "rate_cut" in f else ""
    out += f"医保基金付{f['fund_pays']}，您自己付{f['person_pays']}"
    if f["deductible"] != "0.00元":
        out += f"（其中起付线{f['deductible']}）"
    return out + "。"


TOPIC = Topic(
    name="outpatient",
    title="看门诊自己要付多少",
    verb="看门诊自己付多少",
    hint="不住院，看病、拿药能报销多少",
    gloss="门诊统筹：不住院看病拿药，也由大家的医保钱付一部分。起付线：先自己付满这个数，医保才开始付。",
    law=OutpatientLaw,
    before=("away_visit",),
    untold=("away_upfront", "rate_cut"),
    rules=("outpatient",),
    instead={"chronic": "chronic_care"},
    facts=(
        "scheme",
        "status",
        "chronic",
        "disease",
        "level",
        "cost",
        "excluded",
        "upfront",
        "away",
        "tier",
        "age",
        "retired_on",
        "signed_doctor",
        "per_visit",
        "used_deductible",
        "used_cap",
    ),
    main=("person_pays", "fund_pays"),
    sentence=_sentence,
    later=("excluded", "upfront", "away", "signed_doctor", "per_visit", "used_deductible", "used_cap"),
    assumed={
        "scheme": ("employee", "您没有说参加哪种医保，这里按单位职工的职工医保回答。"),
        **UNTOLD_OF_BILL,
        "chronic": ("no", "您没有说是不是门诊慢特病，这里按普通门诊算。"),
        "away": ("home", "您没有说在哪里看病，这里按在参保地看病算。"),
        "signed_doctor": ("no", "您没有说签没签家庭医生，这里按没签算。"),
        "per_visit": ("0", "您没有填每次看病花多少，这里按总费用是一次看病花的算。"),
        "used_deductible": ("0", "您没有填今年看门诊已负担的起付标准，这里按还没有负担过算。"),
        "used_cap": ("0", "您没有填今年看门诊基金已支付的金额，这里按还没有支付过算。"),
    },
    settles="当地医疗保障局关于职工医保门诊共济保障、普通门诊统筹的规定",
    group="care",
    asks={
        "used_deductible": replace(
            FACTS["used_deductible"], question="今年看门诊，已经自己负担过多少起付线？", hint="今年头一次看门诊填 0。"
        ),
        "used_cap": replace(
            FACTS["used_cap"],
            question="今年看门诊，医保基金已经付了多少元？",
            hint="医保 APP 的“消费记录”里有，没有就填 0。",
        ),
    },
)
