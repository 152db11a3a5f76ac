"""Whether the money of the individual account may be taken out or inherited."""

from __future__ import annotations

from yibao.law.rules.withdrawal import WithdrawalLaw
from yibao.services.answers.topics.topic import Figures, Topic


def _sentence(f: Figures) -> str:
    return f"个人账户里的钱，这种情况{f['allowed']}取出来。"


TOPIC = Topic(
    name="withdrawal",
    title="个人账户里的钱能不能取、能不能继承",
    verb="账户的钱能取吗",
    hint="去世、出国、换城市，钱怎么办",
    gloss="个人账户：医保卡里的钱，本金和利息都归本人，只能用来看病买药。把它换成现金叫“套现”。",
    law=WithdrawalLaw,
    rules=("withdrawal",),
    facts=("scheme", "reason"),
    main=("allowed",),
    sentence=_sentence,
    assumed={"scheme": ("employee", "您没有说参加哪种医保，这里按职工医保回答；居民医保没有个人账户。")},
    settles="当地医疗保障局关于职工医保个人账户管理的规定",
    group="money",
    says_why=True,
)
