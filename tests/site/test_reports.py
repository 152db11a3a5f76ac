"""`python -m yibao.site.reports`: open reports beside value, citation and document; one is settled by its number."""

from datetime import date
from typing import Any

import pytest

from yibao.services import mistakes
from yibao.services.answers import answer
from yibao.services.results import Done
from yibao.site import reports

pytestmark = pytest.mark.django_db


def sent() -> str:
    found = answer("allocation", area="北京", on=date(2025, 6, 1), facts={"status": "retired", "age": "69"})
    assert isinstance(found, Done)
    told = mistakes.Told("应该是100元\n没有扣3元", link="https://example.com/x")
    kept = mistakes.report(mistakes.new_key(), found.value.to_json(), "allocation_net", told)
    assert isinstance(kept, Done)
    return kept.value.code


def test_each_open_report_stands_beside_value_citation_and_document(capsys: Any) -> None:
    code = sent()
    assert reports.show() == 0
    printed = capsys.readouterr().out
    for part in (
        code,
        "北京市 110000",
        "每月实际划入额 97.00 元/月",
        "没有扣3元",
        "不在 gov.cn 下",
        "[reported]",
        "核对于",
    ):
        assert part in printed
    assert "allocation.retired_bands.1.amount = 100.00 元" in printed
    assert "没有处理的报告：1 份" in printed


def test_a_settled_report_is_no_longer_listed(capsys: Any) -> None:
    code = sent()
    assert reports.settle(code, "accepted") == 0
    assert "已经改正" in capsys.readouterr().out
    assert reports.show() == 0
    assert "没有处理的报告：0 份" in capsys.readouterr().out


def test_what_cannot_be_settled_is_refused_with_a_sentence(capsys: Any) -> None:
    assert reports.settle("0", "accepted") == 2
    assert reports.settle(sent(), "lost") == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 2
