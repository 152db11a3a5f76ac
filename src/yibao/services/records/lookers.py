"""Who looked at my record (谁看过我的信息)?"""

from __future__ import annotations

from django.db import connection

from yibao.books.access.models import ReaderKind
from yibao.services import clock
from yibao.services.permissions import Actor
from yibao.services.records.opening import Record, opened, told
from yibao.services.records.shapes import MINE, Looker, Lookers, Whose
from yibao.services.results import Done, Refused

PAGE = 30
OWN = 0  # books.access ReaderKind
COUNT = """
    SELECT count(*), coalesce(sum(times) FILTER (WHERE reader_kind <> 0), 0)::bigint FROM access_log
    WHERE area = ANY(%s) AND person_id = %s
"""
ROWS = """
    SELECT last_at, reader_kind, what, times, reason, coalesce(t.name, '')  -- at which terminal somebody looked
    FROM access_log l LEFT JOIN terminals_terminal t ON t.user_id = l.reader_id
    WHERE l.area = ANY(%s) AND l.person_id = %s
    ORDER BY hour DESC, last_at DESC, id DESC LIMIT %s OFFSET %s
"""
PAGES = {
    "home": "首页",
    "movements": "账户收支",
    "months": "缴费月份",
    "enrolments": "参保情况",
    "allocation": "每月划入",
    "years": "缴费年限",
    "what_if": "如果以后有变化",
    "lookers": "谁看过我的信息",
    "credential": "医保码",
    "printed": "打印的记录",
    "phone": "登记手机号（改）",
    "notices": "收到的通知",
    "pin": "医保码密码（重设）",
    "counter_code": "登录验证码（窗口给的）",
    "callback": "回电",
    "patient": "姓名、性别、出生日期",
    "coverage": "参保凭据",
    "eligibility": "今天能不能报销",
}


def lookers(actor: Actor, page: int = 1, *, whose: Whose = MINE) -> Done[Lookers] | Refused:
    """Every look at a record, newest first; this one is among them."""
    return told(lambda: _lookers(opened(actor, whose, "lookers"), page))


def _lookers(record: Record, page: int) -> Lookers:
    whose = [list(record.areas), record.person_id]
    with connection.cursor() as cursor:
        cursor.execute(COUNT, whose)
        count, by_others = cursor.fetchone()
        pages = max(1, -(-count // PAGE))
        page = min(max(page, 1), pages)
        cursor.execute(ROWS, [*whose, PAGE, (page - 1) * PAGE])
        rows = cursor.fetchall()
    return Lookers(
        as_of=record.as_of,
        rows=tuple(
            Looker(
                at=at.astimezone(clock.CHINA),
                who=str(ReaderKind(kind).label),
                what=PAGES.get(what, what) + (f"，在{where}" if where else ""),
                times=times,
                reason=reason,
                is_own=kind == OWN,
            )
            for at, kind, what, times, reason, where in rows
        ),
        page=page,
        pages=pages,
        count=count,
        by_others=by_others,
        empty_words="" if rows else "还没有人看过您的记录。",
    )
