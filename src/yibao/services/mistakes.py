"""How does somebody say that a figure is wrong, and what becomes of it?

A report keeps what was said beside what was shown and the law behind it: the keeper sees value, citation and document
in one place. No name is asked, and words that hold the number of a person are sent back. The number of a report is 128
random bits and the only key to it.
"""

import re
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from yibao.books.cases.models import STATUSES, TEXT_MAX, MistakeReport
from yibao.services.formats import figure_text, value_text
from yibao.services.results import Done, Refused, RefusedError
from yibao.services.shared import code_of, number_of

LONGEST = TEXT_MAX
LINK_MAX = 500
STATUS_WORDS = {
    "open": "已经收到，等人核对",
    "accepted": "核对过了，确实有错，已经改正",
    "declined": "核对过了，没有改，因为没有找到能证实的文件",
}
LABELS = {"text": "哪里不对", "should_be": "应该是多少", "document": "文件名或文号", "link": "官方网址"}
_PERSON = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")
_NOT_FOUND = Refused(
    code="mistake_report_not_found",
    message="没有找到这份报告：编号可能输错了。请核对编号，一共26位。",
    next=("核对编号，一共26位",),
    field="code",
)


@dataclass(frozen=True)
class Told:
    """What somebody says: what is wrong, what it should be, and what proves it. Only the first is needed."""

    text: str
    should_be: str = ""
    document: str = ""
    link: str = ""


@dataclass(frozen=True)
class Report:
    """A report as its holder and the keeper see it."""

    code: str
    topic: str
    area: str
    on: date
    figure: str
    value_shown: str
    rests_on: Sequence[Mapping[str, str]]
    told: Told
    status: str
    created_at: datetime


def new_key() -> str:
    """The key of a new form: a form sent twice has the same one."""
    return str(UUID(bytes=secrets.token_bytes(16)))


def checked(told: Told) -> list[Refused]:
    """What is wrong with what somebody says; nothing, as a rule."""
    out = []
    for name in LABELS:
        try:
            _check(name, getattr(told, name))
        except RefusedError as error:
            out.append(error.refused)
    return out


def report(
    key: str, answer: Mapping[str, Any], figure: str, told: Told, *, at: datetime | None = None
) -> Done[Report] | Refused:
    """Keep what somebody says is wrong with an answer. `figure` names one of its figures, "" the whole.

    A case of the answer is told by its number after a dot: `allocation_net.2`. Done: the report. The same key with the
    same words gives the same report again, with other words it is refused.
    """
    wrong = checked(told)
    if wrong:
        return wrong[0]
    try:
        number = UUID(key)
    except ValueError:
        return Refused("not_a_form_key", "这张表不完整，什么也没有存。请再按一次“提交”。")
    part, _ = part_of(answer, figure)
    if part is None:
        return Refused("unknown_figure", "没有选是哪个数，请选一个；都不是就选“不是某一个数”。", field="figure")
    clean = {field: tidy(getattr(told, field)) for field in LABELS}
    values = {
        "topic": answer["topic"],
        "area": answer["area"]["code"],
        "on": date.fromisoformat(answer["on"]),
        "figure": figure,
        "value_shown": value_shown(answer, figure)[:300],
        "rests_on": rests_on(answer, part),
        **clean,
    }
    kept, made = MistakeReport.objects.get_or_create(
        key=number, defaults={**values, "id": UUID(bytes=secrets.token_bytes(16)), "created_at": at or timezone.now()}
    )
    same = all(getattr(kept, field) == value for field, value in values.items() if field != "rests_on")
    if not made and not same:
        message = f"这张表已经交过一次，编号是 {code_of(kept.id)}。这回写的不一样；要另报一条，请再按一次“提交”。"
        return Refused("key_reused", message, field="text")
    return Done(_shown(kept))


def get(code: str) -> Done[Report] | Refused:
    """Which report has this number?"""
    number = number_of(code)
    found = MistakeReport.objects.filter(id=number).first() if number is not None else None
    return Done(_shown(found)) if found else _NOT_FOUND


def open_reports() -> list[Report]:
    """The reports that nobody has settled, the oldest first."""
    return [_shown(row) for row in MistakeReport.objects.filter(status="open").order_by("created_at", "id")]


def settle(code: str, status: str) -> Done[Report] | Refused:
    """Say what became of a report."""
    if status not in STATUSES:
        return Refused(
            "unknown_status", f"没有“{status[:20]}”这个状态，请从 {'、'.join(STATUSES)} 里选。", STATUSES, "status"
        )
    number = number_of(code)
    if number is None or not MistakeReport.objects.filter(id=number).update(status=status):
        return _NOT_FOUND
    return get(code)


def tidy(text: str) -> str:
    """The words without signs that cannot be seen: they could steer a screen on which somebody reads them.

    >>> tidy(" 九十七元\\x1b[2J\\u202e\\r\\n不对 ")
    '九十七元[2J\\n不对'
    """
    kept = (sign for sign in text.replace("\r\n", "\n") if sign == "\n" or unicodedata.category(sign)[0] != "C")
    return "".join(kept).strip()


def _check(name: str, text: str) -> None:
    """Refuses words that are missing, too long, or hold the number of a person."""
    plain, label = tidy(text), LABELS[name]
    if name == "text" and not plain:
        raise RefusedError("nothing_told", "还没有写哪里不对，请写一两句。", field=name)
    longest = LINK_MAX if name == "link" else TEXT_MAX
    if len(plain) > longest:
        message = f"“{label}”最多写{longest}个字，现在是{len(plain)}个，请写短一些。"
        raise RefusedError("text_too_long", message, field=name)
    if name == "link":
        if plain and not re.fullmatch(r"https?://[^\s/]+\.[^\s]+", plain, re.IGNORECASE):
            message = "这个网址看不懂，请从浏览器里整行复制，以 http 开头；没有就空着。"
            raise RefusedError("not_a_link", message, field=name)
    elif _PERSON.search(re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", plain))):
        message = f"“{label}”里好像有身份证号或手机号，请删掉它：我们不留任何人的号码。"
        raise RefusedError("number_of_a_person", message, field=name)


def part_of(answer: Mapping[str, Any], figure: str) -> tuple[Mapping[str, Any] | None, str]:
    """The part of the answer in which a figure stands, and its bare name; no part where there is no such figure.

    Of an answer in words the statements stand in the place of figures.
    """
    name, _, case = figure.partition(".")
    if not name:
        return answer, ""
    if case:
        known = case.isascii() and case.isdigit() and len(case) < 4 and 1 <= int(case) <= len(answer["cases"])
        part = answer["cases"][int(case) - 1] if known else None
    else:
        part = answer
    return (part, name) if part and (name in part["figures"] or _said(part, name)) else (None, name)


def _said(part: Mapping[str, Any], name: str) -> str:
    """A statement of an answer in words, with its title; empty where there is none of that name."""
    told = (step for step in part["steps"] if "kind" in step and step["name"] == name)
    return next((f"{step['label']}：{step['plain']}" for step in told), "")


def value_shown(answer: Mapping[str, Any], figure: str) -> str:
    """A figure as the page showed it; of the whole answer, its sentence."""
    part, name = part_of(answer, figure)
    if part is None or not name:
        return str(answer["summary"])
    if name not in part["figures"]:
        return _said(part, name)
    when = f"{part['when']}：" if part is not answer else ""
    return f"{when}{part['figures'][name]['label']} {figure_text(part['figures'][name])}"


def rests_on(answer: Mapping[str, Any], part: Mapping[str, Any]) -> list[dict[str, str]]:
    """The values of the law behind a figure, each with its document: what the keeper has to look at again."""
    documents = {row["id"]: row for row in answer["citations"]}
    used = {path for step in part["steps"] for path in step.get("parameters", ())}
    rows = [row for row in part["parameters"] if row["path"] in used] or part["parameters"]
    out = [_row(row["path"], value_text(row["value"], row["unit"]), documents.get(row["citation"], {})) for row in rows]
    cited = {row["citation"] for row in rows}
    return out + [_row("", "", row) for name, row in documents.items() if name not in cited]


def _row(path: str, value: str, cited: Mapping[str, str]) -> dict[str, str]:
    keys = ("document", "number", "article", "issuer", "grade", "checked_on", "url")
    return {"path": path, "value": value, **{key: cited.get(key, "") for key in keys}}


def _shown(row: MistakeReport) -> Report:
    told = Told(row.text, row.should_be, row.document, row.link)
    return Report(
        code_of(row.id), row.topic, row.area, row.on, row.figure, row.value_shown, row.rests_on, told, row.status,
        row.created_at,
    )  # fmt: skip
