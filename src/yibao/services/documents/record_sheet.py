"""What stands on a printed record of contributions (参保缴费记录): the statement of `records.statement`, in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from yibao.services.clock import CHINA
from yibao.services.documents.typesetting import pdf
from yibao.services.formats import day_text, fen_text, months_text
from yibao.services.records.statement import Statement, YearPaid
from yibao.services.wording import HOTLINE, SERVICE_NAME

TITLE = "参保缴费记录"


def record_pdf(of: Statement, issued_on: date) -> bytes:
    """The PDF of a record (PDF/A-2b), to be filed, shown or sent to a printer."""
    return pdf("record.typ", sheet(of, issued_on), {}, issued_on)


def sheet(of: Statement, issued_on: date) -> dict[str, Any]:
    """Everything the template prints, in words and in order."""
    here = of.as_of.astimezone(CHINA)
    return {
        "service": SERVICE_NAME,
        "title": TITLE,
        "issued": f"{day_text(issued_on.isoformat())} 打印",
        "demo": "演示数据，非官方：人和账都是编的。" if of.is_demo else "",
        "who": [
            ("姓名", of.name),
            ("证件号码", of.number_masked or "没有登记"),
            ("参保地", of.area_name),
            ("截至", f"{day_text(here.date().isoformat())} {here:%H:%M}"),
            *([] if of.balance is None else [("个人账户余额", f"{fen_text(of.balance)} 元")]),
        ],
        "stays": [
            {
                "title": f"{one.kind_words} · {one.scheme_words}",
                "below": "，".join(part for part in (one.area_name, one.employer, one.tier) if part),
                "span": f"{day_text(one.starts.isoformat())} 起"
                + (f"，{day_text(one.ends.isoformat())} 止" if one.ends else ""),
            }
            for one in of.stays
        ],
        "years": [_year(one) for one in of.years],
        "counted": [(label, months_text(number)) for label, number in of.counted.told()],
        "total": months_text(of.counted.total),
        "note": f"只有职工医保的月份算进缴费年限，同一个月只算一次。哪一项不对，带身份证到窗口，或打 {HOTLINE} 更正。",
    }


def _year(one: YearPaid) -> list[str]:
    months = "一年一交" if one.is_resident else f"{one.months} 个月" + (f"，视同 {one.deemed}" if one.deemed else "")
    scheme = "居民医保" if one.is_resident else "职工医保"
    return [f"{one.year}年", scheme, months, fen_text(one.person_paid), fen_text(one.employer_paid)]
