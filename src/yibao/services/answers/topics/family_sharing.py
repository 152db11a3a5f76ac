"""Whether a relative may be paid for from the own individual account."""

from __future__ import annotations

from yibao.law.rules.family_sharing import SharingLaw
from yibao.services.answers.topics.topic import Figures, Topic


def _sentence(f: Figures) -> str:
    return f"用您个人账户里的钱替家里人付这一项，{f['allowed']}。"


TOPIC = Topic(
    name="family-sharing",
    title="个人账户的钱能不能给家里人用",
    verb="能给家里人用吗",
    hint="家庭共济：替谁付，能付什么",
    gloss="家庭共济：用自己个人账户里的钱替家里人付。它和“亲情账户”不同：亲情账户只是替家里人出示医保码，花的还是他自己的钱。",
    law=SharingLaw,
    rules=("family_sharing",),
    facts=("scheme", "relation", "purpose"),
    main=("allowed",),
    sentence=_sentence,
    assumed={"scheme": ("employee", "这里按您自己参加职工医保、有个人账户回答；居民医保没有个人账户。")},
    settles="当地医疗保障局关于职工医保个人账户家庭共济的规定",
    group="money",
    says_why=True,
)
