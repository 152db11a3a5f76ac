"""A client of yibao's API: one method a call, what comes back as typed dictionaries, nothing to install besides.

    from yibao_client import Client
    Client("https://yibao.example").answer("allocation", area="北京", status="retired", age="72")["summary"]

Made by tools/make_client.py from the OpenAPI document of yibao 0.1.0; not edited by hand.
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from email.message import Message
from typing import Any
from urllib.parse import quote, urlencode

from yibao_client.law import Answer, Asked, Found, Topics
from yibao_client.record import AllocationOut, CoverageOut, EnrolmentsOut, HomeOut, MonthsOut, MovementsOut, YearsOut

__version__ = "0.1.0"
Query = Mapping[str, str | int | None]


class Refused(Exception):
    """The API refused: `code` names the rule broken and never changes, the message is one plain Chinese sentence."""

    def __init__(self, status: int, code: str, message: str, choices: list[str], field: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.next, self.field = status, code, message, choices, field


def quoted(part: str) -> str:
    """A part of an address."""
    return quote(part, safe="")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A token goes to nobody else."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _wait(headers: Message) -> float | None:
    told = headers.get("Retry-After", "")
    return float(told) if told.isdecimal() else None


def _refused(error: urllib.error.HTTPError) -> Refused:
    try:
        told = json.load(error)["error"]
        return Refused(error.code, told["code"], told["message"], told["next"], told.get("field", ""))
    except (ValueError, KeyError, TypeError):
        return Refused(error.code, "", f"HTTP {error.code}", [], "")


class Client:
    """One installation of yibao, asked with or without the token of a person.

    Where it says 429 the client waits as long as it is told and asks again, at most `patience` seconds in all.
    """

    def __init__(self, address: str, token: str = "", *, timeout: float = 30, patience: float = 60) -> None:
        self.address, self.token, self.timeout, self.patience = address.rstrip("/"), token, timeout, patience
        self._opener = urllib.request.build_opener(_NoRedirect)

    def _get(self, path: str, query: Query | None = None) -> Any:
        """The body of an answer, or `Refused`."""
        given = {name: value for name, value in (query or {}).items() if value is not None}
        address = f"{self.address}{path}{'?' if given else ''}{urlencode(given)}"
        headers = {"Accept": "application/json", "User-Agent": f"yibao-client/{__version__}"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        left = self.patience
        while True:
            request = urllib.request.Request(address, headers=headers)  # noqa: S310 the caller's own address
            try:
                with self._opener.open(request, timeout=self.timeout) as response:
                    return json.load(response)
            except urllib.error.HTTPError as error:
                with error:
                    wait = _wait(error.headers) if error.code == 429 else None
                    if wait is None or wait > left:
                        raise _refused(error) from None
            left -= wait
            time.sleep(wait)

    def answer(
        self, topic: str, *, area: str | None = None, on: str | None = None, scheme: str | None = None,
        status: str | None = None, age: str | None = None, born: str | None = None, sex: str | None = None,
        old_age: str | None = None, level: str | None = None, tier: str | None = None,
        stay: str | None = None, category: str | None = None, aid_group: str | None = None,
        first_time: str | None = None, reason: str | None = None, relation: str | None = None,
        purpose: str | None = None, base: str | None = None, pension: str | None = None,
        average_pension: str | None = None, retired_on: str | None = None, retires: str | None = None,
        paid_months: str | None = None, deemed_months: str | None = None, local_months: str | None = None,
        switched: str | None = None, gap_months: str | None = None, missed_years: str | None = None,
        repaid_years: str | None = None, to: str | None = None, applied: str | None = None,
        joined: str | None = None, cost: str | None = None, excluded: str | None = None,
        upfront: str | None = None, used_deductible: str | None = None, used_cap: str | None = None,
        continuous_months: str | None = None, away: str | None = None, chronic: str | None = None,
        disease: str | None = None, signed_doctor: str | None = None, per_visit: str | None = None,
        wage: str | None = None, index: str | None = None, months: str | None = None,
        balance: str | None = None, months_before_account: str | None = None,
    ) -> Answer:
        """An exact, explained answer. What the law of an area and a day gives; unknown and not applicable are
        answers too (200).
        """
        query: Query = {
            "area": area, "on": on, "scheme": scheme, "status": status, "age": age, "born": born, "sex": sex,
            "old_age": old_age, "level": level, "tier": tier, "stay": stay, "category": category,
            "aid_group": aid_group, "first_time": first_time, "reason": reason, "relation": relation,
            "purpose": purpose, "base": base, "pension": pension, "average_pension": average_pension,
            "retired_on": retired_on, "retires": retires, "paid_months": paid_months,
            "deemed_months": deemed_months, "local_months": local_months, "switched": switched,
            "gap_months": gap_months, "missed_years": missed_years, "repaid_years": repaid_years, "to": to,
            "applied": applied, "joined": joined, "cost": cost, "excluded": excluded, "upfront": upfront,
            "used_deductible": used_deductible, "used_cap": used_cap, "continuous_months": continuous_months,
            "away": away, "chronic": chronic, "disease": disease, "signed_doctor": signed_doctor,
            "per_visit": per_visit, "wage": wage, "index": index, "months": months, "balance": balance,
            "months_before_account": months_before_account,
        }
        found: Answer = self._get(f"/api/v1/answers/{quoted(topic)}", query)
        return found

    def topics(self) -> Topics:
        """The topics and the facts each may ask. Every topic with the names of its facts in the order in which
        they are asked.
        """
        found: Topics = self._get("/api/v1/topics")
        return found

    def ask(
        self, *, q: str | None = None, area: str | None = None, topic: str | None = None,
        on: str | None = None, scheme: str | None = None, status: str | None = None, age: str | None = None,
        born: str | None = None, sex: str | None = None, old_age: str | None = None, level: str | None = None,
        tier: str | None = None, stay: str | None = None, category: str | None = None,
        aid_group: str | None = None, first_time: str | None = None, reason: str | None = None,
        relation: str | None = None, purpose: str | None = None, base: str | None = None,
        pension: str | None = None, average_pension: str | None = None, retired_on: str | None = None,
        retires: str | None = None, paid_months: str | None = None, deemed_months: str | None = None,
        local_months: str | None = None, switched: str | None = None, gap_months: str | None = None,
        missed_years: str | None = None, repaid_years: str | None = None, to: str | None = None,
        applied: str | None = None, joined: str | None = None, cost: str | None = None,
        excluded: str | None = None, upfront: str | None = None, used_deductible: str | None = None,
        used_cap: str | None = None, continuous_months: str | None = None, away: str | None = None,
        chronic: str | None = None, disease: str | None = None, signed_doctor: str | None = None,
        per_visit: str | None = None, wage: str | None = None, index: str | None = None,
        months: str | None = None, balance: str | None = None, months_before_account: str | None = None,
    ) -> Asked:
        """Ask in your own words. Area, topic and facts found in a sentence, and the same answers as everywhere.
        Every further parameter is a fact that the person corrected; an empty one means that it is not so.
        """
        query: Query = {
            "q": q, "area": area, "topic": topic, "on": on, "scheme": scheme, "status": status, "age": age,
            "born": born, "sex": sex, "old_age": old_age, "level": level, "tier": tier, "stay": stay,
            "category": category, "aid_group": aid_group, "first_time": first_time, "reason": reason,
            "relation": relation, "purpose": purpose, "base": base, "pension": pension,
            "average_pension": average_pension, "retired_on": retired_on, "retires": retires,
            "paid_months": paid_months, "deemed_months": deemed_months, "local_months": local_months,
            "switched": switched, "gap_months": gap_months, "missed_years": missed_years,
            "repaid_years": repaid_years, "to": to, "applied": applied, "joined": joined, "cost": cost,
            "excluded": excluded, "upfront": upfront, "used_deductible": used_deductible,
            "used_cap": used_cap, "continuous_months": continuous_months, "away": away, "chronic": chronic,
            "disease": disease, "signed_doctor": signed_doctor, "per_visit": per_visit, "wage": wage,
            "index": index, "months": months, "balance": balance,
            "months_before_account": months_before_account,
        }
        found: Asked = self._get("/api/v1/ask", query)
        return found

    def my_home(self) -> HomeOut:
        """The first page of the record. Balance, this month, the last movement. Asks for the scopes `account`,
        `contributions` and `enrolment`.
        """
        found: HomeOut = self._get("/api/v1/me/home")
        return found

    def my_movements(
        self, *, year: int | None = None, kind: str | None = None, page: int | None = None,
    ) -> MovementsOut:
        """Money in and out of the individual account. The movements of a year, newest first. Scope `account`."""
        query: Query = {"year": year, "kind": kind, "page": page}
        found: MovementsOut = self._get("/api/v1/me/movements", query)
        return found

    def my_months(self, *, year: int | None = None) -> MonthsOut:
        """Which months were paid. Every month of a year by its state, what was paid, and what a gap means. Scope
        `contributions`.
        """
        query: Query = {"year": year}
        found: MonthsOut = self._get("/api/v1/me/months", query)
        return found

    def my_enrolments(self) -> EnrolmentsOut:
        """Where and as whom one was insured. Every enrolment with employer, tier and bases. Scope `enrolment`."""
        found: EnrolmentsOut = self._get("/api/v1/me/enrolments")
        return found

    def my_coverage(self) -> CoverageOut:
        """Whether one is insured. Where and from when to when, and no more than that. Scope `coverage`."""
        found: CoverageOut = self._get("/api/v1/me/coverage")
        return found

    def my_allocation(self, month: str) -> AllocationOut:
        """What was credited for a month, and why. A month's allocation (划入) beside the law's answer. Scope
        `allocation`.
        """
        found: AllocationOut = self._get(f"/api/v1/me/allocation/{quoted(month)}")
        return found

    def my_years(self, *, old_age: str | None = None) -> YearsOut:
        """How many years were paid, and how many are asked for. The months that count, and the law's answer with
        the person's own facts. Scope `years`.
        """
        query: Query = {"old_age": old_age}
        found: YearsOut = self._get("/api/v1/me/years", query)
        return found

    def search(self, *, q: str | None = None, page: int | None = None) -> Found:
        """Guides and law, by word or document number. What guides and law hold on some words; nothing found is
        an answer too (200).
        """
        query: Query = {"q": q, "page": page}
        found: Found = self._get("/api/v1/search", query)
        return found
