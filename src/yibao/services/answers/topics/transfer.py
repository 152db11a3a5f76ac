"""Moving one's enrolment to another area: must one, until when both agencies must be done, what the account does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from yibao.law import calendar
from yibao.law.parameters import Law
from yibao.law.parameters.resolving import Pick, resolve
from yibao.law.parameters.shapes import Source
from yibao.law.rules.transfer import TransferLaw, YearEnd
from yibao.law.values import Gap
from yibao.services.answers.topics.topic import Figures, Topic

OF_DESTINATION = ("days_in", "letter_days")
COUNTED = ("weekend_days", "holidays", "worked_weekends")
NATION = "000000"


def _sentence(f: Figures) -> str:
    out = f"医保关系{f['duty']}。受理以后，转出地{f['working_days_out']}内办完，"
    out += f"转入地收到材料后{f['working_days_in']}内办完"
    if "due_on" in f:
        out += f"，两头最晚{f['due_on']}办完"
    if "account" in f:
        out += f"。个人账户里的钱：{f['account']}"
    return out + "。"


def _complete(law: Law, inputs: Mapping[str, int], on: date, pick: Pick) -> Law:
    """The law of the old area, with the limits of the new one and what the calendar says of the days in between."""
    assert isinstance(law, TransferLaw)  # noqa: S101  the topic's own law
    if "to" in inputs:
        law = _with_destination(law, f"{inputs['to']:06d}", on, pick)
    if "applied" in inputs:
        law = _with_calendar(law, date.fromordinal(inputs["applied"]))
    return law


def _with_destination(law: TransferLaw, area: str, on: date, pick: Pick) -> TransferLaw:
    other = resolve(TransferLaw, area, on, pick)
    sources = {name: source for name, source in law.sources.items() if source.field not in OF_DESTINATION}
    sources |= {name: source for name, source in other.sources.items() if source.field in OF_DESTINATION}
    entries = {key: entry for key, entry in law.entries.items() if key not in OF_DESTINATION}
    entries |= {key: entry for key, entry in other.entries.items() if key in OF_DESTINATION}
    return replace(law, days_in=other.days_in, letter_days=other.letter_days, sources=sources, entries=entries)


def _with_calendar(law: TransferLaw, applied: date) -> TransferLaw:
    limits = (law.days_out, law.days_in, law.letter_days)
    if any(isinstance(limit, Gap) for limit in limits):
        return law
    try:
        parts = calendar.between(applied, calendar.add_working_days(applied, sum(limits)))
    except calendar.NoCalendarError as error:
        gap = _not_published(error)
        fields: dict[str, Any] = dict.fromkeys(("year_end", *COUNTED), gap)
        return replace(law, **fields)
    values: dict[str, Any] = {"year_end": YearEnd(len(parts) - 1)}
    sources = dict(law.sources)
    for prefix, part in zip(("", "next_"), parts, strict=False):
        for name in COUNTED:
            values[prefix + name] = getattr(part, name)
            source = _source(prefix + name, getattr(part, name), part.year)
            sources[source.path.replace(".", "_")] = source
    return replace(law, sources=sources, **values)


def _source(name: str, value: int, year: int) -> Source:
    """Where a count of days comes from: the notice of its year."""
    told = calendar.notice(year)
    cited = {key: told[key] for key in ("document", "number", "issuer")}
    entry = {
        "from": f"{year}-01-01",
        "cite": f"holidays-{year}",
        "grade": told["grade"],
        "checked": told["checked"],
        "document": {**cited, "effective_from": f"{year}-01-01", "url": ""},
    }
    if "note" in told:
        entry["note"] = told["note"]
    return Source(f"transfer.{name}", name, name, value, entry, NATION)


def _not_published(error: calendar.NoCalendarError) -> Gap:
    if error.later:
        why = f"{error.year}年的放假安排还没有公布，数不到最晚办结的那一天"
    else:
        why = f"{error.year}年的放假安排没有收进来，数不到最晚办结的那一天"
    return Gap("transfer.calendar", why, f"国务院办公厅关于{error.year}年部分节假日安排的通知")


TOPIC = Topic(
    name="transfer",
    title="医保关系转到外地要多久",
    verb="医保转到外地",
    hint="要不要转、多久办完、账户里的钱怎么办",
    gloss="医保关系转移接续：换了参保的城市，把缴费年限和账户里的钱接到新地方。",
    law=TransferLaw,
    rules=("transfer", "transfer_due", "transfer_account"),
    facts=("to", "scheme", "status", "switched", "applied"),
    main=("due_on", "working_days_out"),
    sentence=_sentence,
    assumed={
        "scheme": ("employee", "您没有说原来参加哪种医保，这里按职工医保回答。"),
        "switched": ("no", "您没有说换不换险种，这里按不换算。"),
    },
    of_area="home",
    complete=_complete,
    settles="当地医疗保障局关于医保关系转移接续的办事指南",
    group="years",
)
