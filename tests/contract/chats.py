"""What does one read in WeChat and in Alipay? Messages through the platforms' encrypted or signed callbacks."""

from __future__ import annotations

import re
from typing import Any

from tests.contract.asked import Law, Reading
from tests.contract.reading import LAW, day_in, figures_in

from yibao.services.answers import FACTS

WORDS = {"balance": "余额", "contribution": "缴费", "allocation": "划入", "years": "年限"}
OWN = {
    "balance": ("个人账户余额：{money}",),
    "credited": ("加今年划入 {money}",),
    "spent": ("减今年用掉 {money}",),
    "moved": ("最近1笔：[^。]*[收支][入出] {money}",),
    "unpaid": ("近2年有 {length}",),
    "month": ("{month}划入\\d",),
    "posted": ("\\d月划入{money}",),
    "total": ("\n1共：{length}",),
    "own_year": ("您自己交了 {money}",),
    "employer_year": ("单位交了 {money}",),
    "required_months": LAW["required_months"],
    "missing_months": LAW["missing_months"],
}


def law(asked: Law, phone: Any) -> Reading:
    """The question in words; what is asked back is answered from the facts, by its number or as it is."""
    told = phone.says(asked.words)
    for _ in range(4):
        back = re.search(r"还要问您一句：(.*)", told)
        name = next((name for name in asked.facts if back and FACTS[name].question in back[1]), "")
        if not name:
            break
        labels = {value: label for value, label, _ in FACTS[name].options}
        told = phone.says(labels.get(asked.facts[name], asked.facts[name]))
    first = next((line for line in told.split("\n") if line.endswith("的规定）")), "")
    return Reading(figures_in(first), told, _documents(told), day_in(first, "按{}的规定"))


def own(part: str, phone: Any) -> Reading:
    """A word about the own account, which is bound."""
    told = phone.says(WORDS[part])
    figures = figures_in(told.replace(" 个月", "个月"), OWN)
    return Reading(figures, told, _documents(told))


def _documents(told: str) -> tuple[str, ...]:
    return tuple(re.findall(r"^依据：(.*)$", told, re.M))
