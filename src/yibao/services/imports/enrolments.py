"""How do rows of enrolments come into the books (`yibao import enrolments`)? Nobody is enrolled twice on one day.

The file's `结束` is the last day that is still insured; empty while it goes on. The books keep the day after.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from yibao.books.enrolment.models import Kind
from yibao.books.keys import new_key
from yibao.law.values import Scheme
from yibao.services.imports.cells import BadRow, certificate, day, tidy, word
from yibao.services.imports.loading import SCHEMES, Loaded, copied, differs, fetched, people_of, unknown_person

KINDS: dict[str, int] = {label: value for value, label in Kind.choices} | {
    "在职": 0,
    "灵活就业人员": 1,
    "退休人员": 2,
    **{name.lower(): value for name, value in zip(Kind.names, Kind.values, strict=True)},
}
EMPLOYED = 0  # books.enrolment Kind
OF_RESIDENT = (3, 4, 5, 6)
EMPLOYER = re.compile(r"[0-9A-Z]{1,18}")
TIER = re.compile(r"\w{0,10}")
THERE = """
    SELECT e.area_id, e.person_id, e.scheme, e.starts, e.ends, e.kind, e.tier, coalesce(u.code, '')
    FROM enrolment_enrolment e LEFT JOIN enrolment_employer u ON u.id = e.employer_id
    WHERE e.person_id = ANY(%(people)s)
"""
EMPLOYERS = "SELECT code, id FROM enrolment_employer WHERE area_id = %(area)s AND code = ANY(%(codes)s)"


class EnrolmentRow(NamedTuple):
    """A row that was read."""

    line: int
    certificate: bytes
    scheme: int
    starts: date
    kind: int
    tier: str
    employer: str
    ends: date | None  # the first day that is no longer insured

    @property
    def key(self) -> tuple[Any, ...]:
        return (self.certificate, self.scheme, self.starts)


class _Known(NamedTuple):
    area: str
    scheme: int
    starts: date
    ends: date | None
    kind: int
    tier: str
    employer: str


class EnrolmentLoader:
    """Enrols people; unknown employers are entered by their code, which is their name until a better one is known."""

    by_day = False

    def __init__(self, area: str, *, demo: bool) -> None:
        self.area = area

    def read(self, line: int, cells: Mapping[str, str]) -> EnrolmentRow:
        index = certificate(cells["certificate_number"])
        scheme = word(cells["scheme"], SCHEMES, "scheme", "险种")
        kind = word(cells["kind"], KINDS, "kind", "参保方式")
        if (kind in OF_RESIDENT) != (scheme == Scheme.RESIDENT):
            raise BadRow("kind_not_of_scheme", "参保方式不属于这个险种，请核对这两列。", "kind")
        tier, employer = tidy(cells["tier"]), tidy(cells["employer"]).upper()
        if not TIER.fullmatch(tier):
            raise BadRow("tier_wrong_form", "档次最多10个字，不含符号。", "tier")
        if employer and not EMPLOYER.fullmatch(employer):
            raise BadRow("employer_wrong_form", "单位代码由1到18个数字和字母组成。", "employer")
        if employer and kind != EMPLOYED:
            raise BadRow("only_the_employed_have_an_employer", "只有单位职工才写单位代码，请核对参保方式。", "employer")
        starts = day(cells["from"], "from", "开始")
        last = day(cells["to"], "to", "结束") if cells["to"].strip() else None
        if last and last < starts:
            raise BadRow("enrolment_ends_after_it_starts", "结束不能早于开始。", "to")
        ends = last + timedelta(1) if last else None
        return EnrolmentRow(line, index, scheme, starts, kind, tier, employer, ends)

    def load(self, rows: Sequence[EnrolmentRow]) -> Loaded:
        people = people_of(rows)
        there: dict[UUID, list[_Known]] = defaultdict(list)
        for area, person, scheme, *rest in fetched(THERE, {"people": list(people.values())}):
            there[person].append(_Known(area, scheme, *rest))
        out, fresh = Loaded(), []
        for row in rows:
            person = people.get(row.certificate)
            try:
                if person is None:
                    raise unknown_person()
                if self._is_there(row, there[person]):
                    out.same += 1
                    continue
            except BadRow as error:
                out.refuse(row.line, error)
                continue
            there[person].append(_Known(self.area, row.scheme, row.starts, row.ends, row.kind, row.tier, row.employer))
            fresh.append((person, row))
        self._write(fresh)
        out.new = len(fresh)
        return out

    def _is_there(self, row: EnrolmentRow, there: Sequence[_Known]) -> bool:
        """Whether the books have this very enrolment; refused where they have it otherwise, or one that overlaps."""
        for known in there:
            if (known.area, known.scheme, known.starts) == (self.area, row.scheme, row.starts):
                checks = (
                    ("参保方式", known.kind == row.kind),
                    ("档次", known.tier == row.tier),
                    ("单位代码", known.employer == row.employer),
                    ("结束", known.ends == row.ends),
                )
                if what := "、".join(name for name, same in checks if not same):
                    raise differs(what)
                return True
        for known in there:
            if row.starts < (known.ends or date.max) and known.starts < (row.ends or date.max):
                until = f"到{known.ends - timedelta(1)}" if known.ends else "起，还没有结束"
                message = f"和已有的一段参保重叠：{known.starts}{until}。一个人同一天只能有一种参保。"
                raise BadRow("enrolled_twice", message, "from")
        return False

    def _write(self, fresh: Sequence[tuple[UUID, EnrolmentRow]]) -> None:
        employers = self._employers({row.employer for _, row in fresh} - {""})
        copied(
            "enrolment_enrolment (id, area_id, person_id, scheme, kind, tier, employer_id, starts, ends)",
            (
                (new_key(), self.area, person, row.scheme, row.kind, row.tier, employers.get(row.employer),
                 row.starts, row.ends)
                for person, row in fresh
            ),
        )  # fmt: skip

    def _employers(self, codes: set[str]) -> dict[str, UUID]:
        found = dict(fetched(EMPLOYERS, {"area": self.area, "codes": list(codes)}))
        missing = {code: new_key() for code in sorted(codes - found.keys())}
        copied(
            "enrolment_employer (id, area_id, code, name)",
            ((key, self.area, code, code) for code, key in missing.items()),
        )
        return found | missing
