"""A made-up answer with everything an answer may hold; its area and its law do not exist."""

import copy
from typing import Any

import pytest

ANSWER: dict[str, Any] = {
    "answer_version": 1,
    "topic": "allocation",
    "area": {"code": "990100", "name": "样例市"},
    "on": "2025-06-01",
    "certainty": "exact",
    "figures": {
        "allocation_gross": {"value": 11_000, "unit": "fen/month"},
        "allocation_net": {"value": 10_700, "unit": "fen/month"},
    },
    "summary": "每月划入个人账户110.00元，扣掉代扣的钱，实际到账107.00元。",
    "needs": [],
    "cases": [
        {
            "when": "不满70周岁",
            "facts": {"age": "69"},
            "figures": {"allocation_net": {"value": 9_700, "unit": "fen/month"}},
        },
        {
            "when": "70周岁及以上",
            "facts": {"age": "70"},
            "figures": {"allocation_net": {"value": 10_700, "unit": "fen/month"}},
        },
        {"when": "自己交的", "facts": {}, "figures": {}, "reason": "没有查到这一种情况的规定"},
    ],
    "inputs": [
        {"name": "status", "label": "参保状态", "value": 1, "unit": "code", "text": "退休"},
        {"name": "age", "label": "年龄", "value": 72, "unit": "age"},
    ],
    "parameters": [
        {
            "path": "allocation.retired_bands.70.amount",
            "name": "allocation_retired_bands_70_amount",
            "label": "退休人员划入标准",
            "value": 11_000,
            "unit": "fen/month",
            "from": "2022-09-01",
            "citation": "a",
            "grade": "reported",
        },
        {
            "path": "allocation.large_amount_fee",
            "name": "allocation_large_amount_fee",
            "label": "大额医疗费用补助缴费",
            "value": 300,
            "unit": "fen/month",
            "from": "2022-09-01",
            "citation": "b",
            "grade": "official",
        },
    ],
    "steps": [
        {
            "name": "allocation_gross",
            "label": "每月划入额（扣费前）",
            "value": 11_000,
            "unit": "fen/month",
            "formula": "allocation_retired_bands_70_amount",
            "how": "满70岁的标准 110.00 元",
            "citation": "a",
            "rounding": "",
        },
        {
            "name": "allocation_net",
            "label": "每月实际划入额",
            "value": 10_700,
            "unit": "fen/month",
            "formula": "allocation_gross - allocation_large_amount_fee",
            "how": "每月划入额 110.00 元 − 大额医疗费用补助缴费 3.00 元",
            "citation": "b",
            "rounding": "half_up",
        },
    ],
    "citations": [
        {
            "id": "a",
            "document": "关于样例的通知",
            "number": "样医保发〔2022〕9号",
            "article": "第二条（一）",
            "issuer": "样例市医疗保障局",
            "effective_from": "2022-09-01",
            "grade": "reported",
            "checked_on": "2026-11-21",
            "url": "",
        },
        {
            "id": "b",
            "document": "样例市大额医疗费用补助办法",
            "number": "样政发〔2001〕4号",
            "issuer": "样例市人民政府",
            "effective_from": "2001-04-01",
            "grade": "official",
            "checked_on": "2026-11-02",
            "url": "https://law.example/zhengce/content_1.htm",
        },
        {
            "id": "c",
            "document": "样例市的一种说法",
            "number": "",
            "issuer": "样例市医疗保障局",
            "effective_from": "",
            "grade": "unverified",
            "checked_on": "2026-11-02",
            "url": "",
        },
    ],
    "caveats": ["年龄算到当月最后一天，没有文件写明。"],
    "next": ["打 12393 问自己的账户。"],
}


@pytest.fixture
def answer() -> dict[str, Any]:
    """An answer that a test may change."""
    return copy.deepcopy(ANSWER)
