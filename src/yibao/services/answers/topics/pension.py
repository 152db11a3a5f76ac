"""The parts of the pension for life, and the years it asks for."""

from __future__ import annotations

from yibao.law.rules.pension import PensionLaw
from yibao.law.terms import terms
from yibao.services.answers.topics.topic import Figures, Topic


def _sentence(f: Figures) -> str:
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


TOPIC = Topic(
    name="pension",
    title="养老金怎么算，最少要交多少年",
    verb="养老金怎么算",
    hint="每月大致由哪几部分组成，各是多少",
    gloss="基本养老金：退休后每月领的钱。它归人社部门管，问人打 12333。",
    law=PensionLaw,
    rules=("minimum_pension_years", "basic_pension", "account_pension", "transitional_pension", "total_pension"),
    facts=("age", "wage", "index", "months", "balance", "months_before_account"),
    main=("pension", "basic_pension", "account_pension", "minimum_pension_months"),
    sentence=_sentence,
    assumed={
        "months_before_account": (
            "0",
            "您没有填建立个人账户以前的缴费年限，这里没有算过渡性养老金；有的话会更多。",
        ),
    },
    of_day={"retires_year": "year"},
    settles="省人力资源和社会保障厅关于基本养老金计发办法的文件",
    office="12333",
    group="retirement",
)
