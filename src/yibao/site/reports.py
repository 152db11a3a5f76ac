"""`python -m yibao.site.reports`: what people say is wrong, for a keeper of the law; `settle NUMBER STATUS` ends it."""

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime

from yibao.services.results import Refused
from yibao.site.data_folder import data_folder
from yibao.site.database import EmbeddedDatabase
from yibao.site.keys import KeysRefused
from yibao.site.postgresql_programs import DatabaseRefused


def lines(report: object, now: datetime) -> Iterator[str]:
    """One report as text: what was shown and said, then each value of the law beside its document."""
    from yibao.services.answers import area_named
    from yibao.services.mistakes import LABELS, STATUS_WORDS, Report

    assert isinstance(report, Report)  # noqa: S101  for the type checker: Django is set up before this is imported
    place = area_named(report.area)
    waiting = f"  已等{(now - report.created_at).days}天"
    yield f"== {report.code}  {report.created_at:%Y-%m-%d}  {STATUS_WORDS[report.status]}{waiting}"
    where = report.area if isinstance(place, Refused) else f"{place.value} {report.area}"
    yield f"   {report.topic} · {where} · {report.on} · {report.figure or '整个答案'}"
    yield f"   页面上写的：{report.value_shown}"
    for name, label in LABELS.items():
        text = getattr(report.told, name)
        if text:
            yield f"   {label}：" + text.replace("\n", "\n      ")
    if report.told.link and ".gov.cn" not in report.told.link:
        yield "   （网址不在 gov.cn 下）"
    for row in report.rests_on:
        value = " = ".join(part for part in (row["path"], row["value"]) if part)
        title = " ".join(part for part in (row["document"], row["number"], row["article"]) if part)
        yield f"   - {value or '另据'}"
        yield f"     [{row['grade']}] {title} · {row['issuer']} · 核对于 {row['checked_on']} {row['url']}".rstrip()


def show() -> int:
    """Print the open reports, the oldest first."""
    from django.utils import timezone

    from yibao.services.mistakes import open_reports

    found = open_reports()
    for report in found:
        print("\n".join(lines(report, timezone.now())), end="\n\n")
    print(f"没有处理的报告：{len(found)} 份。")
    return 0


def settle(code: str, status: str) -> int:
    """Close a report, or open it again."""
    from yibao.services.mistakes import STATUS_WORDS
    from yibao.services.mistakes import settle as settled

    result = settled(code, status)
    if isinstance(result, Refused):
        print(result.message, file=sys.stderr)
        return 2
    print(f"{result.value.code}：{STATUS_WORDS[result.value.status]}")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 2 refused, with one plain sentence."""
    parser = argparse.ArgumentParser(
        prog="python -m yibao.site.reports", description="报告错误：没有处理的，一份一份列出来"
    )
    commands = parser.add_subparsers(dest="command")
    close = commands.add_parser("settle", help="say what became of a report: accepted, declined, or open again")
    close.add_argument("number")
    close.add_argument("status")
    asked = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yibao.site.settings")
    try:
        with contextlib.ExitStack() as stack:
            import django

            django.setup()
            if not os.environ.get("DATABASE_URL"):
                stack.enter_context(EmbeddedDatabase(data_folder()).in_use())
            return settle(asked.number, asked.status) if asked.command else show()
    except (KeysRefused, DatabaseRefused) as refused:
        print(refused, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
