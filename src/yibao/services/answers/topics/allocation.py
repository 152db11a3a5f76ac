"""What is credited to the individual account each month (返款)."""

from __future__ import annotations

from yibao.law.rules.allocation import AllocationLaw
from yibao.services.answers.topics.topic import Figures, Topic


def _sentence(f: Figures) -> str:
    if "allocation_year" in f:
        return f"每个医保年度一次划入个人账户{f['allocation_year']}。"
    if "allocation_net" in f and f["allocation_net"] != f["allocation_gross"]:
        return f"每月划入个人账户{f['allocation_gross']}，扣掉代扣的钱，实际到账{f['allocation_net']}。"
    return f"每月划入个人账户{f.get('allocation_net') or f['allocation_gross']}。"


TOPIC = Topic(
    name="allocation",
    title="每月划入个人账户多少钱",
    verb="每月划入多少",
    hint="个人账户划入，俗称“返款”",
    gloss="个人账户划入，俗称“返款”“返钱”：医保每月记进您个人账户的钱。",
    law=AllocationLaw,
    rules=("allocation", "allocation_net"),
    facts=("scheme", "status", "age", "base", "tier", "average_pension", "pension", "retired_on"),
    main=("allocation_net", "allocation_year", "allocation_gross"),
    sentence=_sentence,
    assumed={
        "scheme": ("employee", "您没有说参加哪种医保，这里按单位职工的职工医保回答；居民医保没有个人账户。"),
    },
    settles="当地医疗保障局关于职工医保门诊共济保障机制的实施办法",
    group="money",
)
