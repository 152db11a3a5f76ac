"""At what age and in which month one reaches the statutory retirement age."""

from __future__ import annotations

from yibao.law.rules.retirement_age import RetirementAgeLaw
from yibao.services.answers.topics.topic import Figures, Topic


def _sentence(f: Figures) -> str:
    return f"法定退休年龄是{f['retirement_age_months']}（延迟{f['delay_months']}），{f['retires_on']}到年龄。"


TOPIC = Topic(
    name="retirement-age",
    title="几岁、哪年哪月到退休年龄",
    verb="几岁退休",
    hint="按出生年月算到哪一个月",
    gloss="法定退休年龄：按国家规定可以办退休的年龄。",
    law=RetirementAgeLaw,
    rules=("retirement_age",),
    facts=("sex", "old_age", "born"),
    main=("retires_on", "retirement_age_months"),
    sentence=_sentence,
    settles="国务院关于渐进式延迟法定退休年龄的办法",
    office="12333",
    group="retirement",
)
