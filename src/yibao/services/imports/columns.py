"""Which columns has each kind of file, in Chinese and in English, and which column of a file is which?"""

from __future__ import annotations

import re

from yibao.services.imports.reading import Table
from yibao.services.results import RefusedError

COLUMNS: dict[str, dict[str, str]] = {
    "people": {
        "certificate_type": "证件类型",
        "certificate_number": "证件号码",
        "name": "姓名",
        "sex": "性别",
        "born": "出生日期",
        "phone": "手机号",
    },
    "enrolments": {
        "certificate_number": "证件号码",
        "scheme": "险种",
        "kind": "参保方式",
        "tier": "档次",
        "employer": "单位代码",
        "from": "开始",
        "to": "结束",
    },
    "contributions": {
        "certificate_number": "证件号码",
        "scheme": "险种",
        "month": "费款所属月",
        "kind": "类型",
        "base": "缴费基数",
        "person_paid": "个人缴费",
        "employer_paid": "单位缴费",
        "paid_on": "到账日",
    },
    "movements": {
        "certificate_number": "证件号码",
        "on": "日期",
        "kind": "类型",
        "amount": "金额",
        "reference": "流水号",
    },
}
"""English name → Chinese name, in the order of the interface."""


def order_of(kind: str, table: Table) -> list[str]:
    """The English names of a file's columns, in its order; refused where one is missing, unknown or there twice."""
    columns = COLUMNS[kind]
    known = {name: name for name in columns} | {chinese: name for name, chinese in columns.items()}
    found = []
    for text in table.header:
        tidy = re.sub(r"[(（].*[)）]|\s", "", text)
        name = known.get(tidy) or known.get(tidy.lower())
        if name is None:
            expected = "、".join(columns.values())
            message = f"不认识“{text[:20]}”这一列。{kind} 的列是：{expected}。列名都不认识时，请检查文件的编码。"
            raise RefusedError("unknown_column", message, tuple(columns.values()))
        if name in found:
            raise RefusedError("column_twice", f"“{text[:20]}”这一列有两个，请删去一个。")
        found.append(name)
    missing = [f"{chinese}（{name}）" for name, chinese in columns.items() if name not in found]
    if missing:
        raise RefusedError("missing_column", f"少了这些列：{'、'.join(missing)}。没有内容的列也要留着，格子空着。")
    return found
