"""What does the API send? Its JSON: the law to anybody, the record to an app that the person allowed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.test import Client
from tests.contract.asked import Figures, Law, Reading
from tests.services.apps.held import token_of

SUBJECTS = ("account", "contributions", "enrolment", "allocation", "years", "coverage")


def law(asked: Law) -> Reading:
    """GET /api/v1/answers/…"""
    told = {"area": asked.area, "on": asked.on.isoformat(), **asked.facts}
    response = Client().get(f"/api/v1/answers/{asked.topic}", told)
    assert response.status_code == 200, response.content
    return of_answer(response.json())


def of_answer(body: dict[str, Any]) -> Reading:
    """The figures of an answer or of its cases, the documents that it cites, its day."""
    figures: Figures = {}
    for one in (body, *body["cases"]):
        for name, figure in one["figures"].items():
            ends = (figure["value"],) if "value" in figure else (figure["low"], figure["high"])
            figures[name] = (*figures.get(name, ()), *ends)
    told = json.dumps(body, ensure_ascii=False)
    return Reading(figures, told, tuple(one["document"] for one in body["citations"]), date.fromisoformat(body["on"]))


def summary(asked: Law) -> str:
    """The sentence of the answer, which all others must say too."""
    told = {"area": asked.area, "on": asked.on.isoformat(), **asked.facts}
    return str(Client().get(f"/api/v1/answers/{asked.topic}", told).json()["summary"])


def own(person: Any, part: str) -> Reading:
    """GET /api/v1/me/… with a token."""
    held = token_of(person, *SUBJECTS)
    return _OWN[part](held)


def _me(held: str, path: str) -> dict[str, Any]:
    response = Client().get(f"/api/v1/me/{path}", headers={"authorization": f"Bearer {held}"})
    assert response.status_code == 200, response.content
    return dict(response.json())


def _balance(held: str) -> Reading:
    body = _me(held, "home")
    last = body["last_movement"]
    if body["balance"] is None:
        return Reading(told="没有个人账户")
    figures: Figures = {"balance": (body["balance"],), "credited": (body["credited_this_year"],)}
    return Reading({**figures, "spent": (body["spent_this_year"],), "moved": (abs(last["amount"]),)})


def _contribution(held: str) -> Reading:
    home, figures = _me(held, "home"), {}
    for path in ("months", "months?year=2025"):
        paid = [row for row in _me(held, path)["rows"] if row["state"] in ("paid", "back_paid")]
        if paid:
            last = paid[-1]
            figures = {"own_paid": (last["person_paid"],), "employer_paid": (last["employer_paid"],)}
            figures["month"] = (last["month"],)
            break
    if home["unpaid"]:
        figures |= {"unpaid": (len(home["unpaid"]),), "first_unpaid": (home["unpaid"][0],)}
    return Reading(figures)


def _allocation(held: str) -> Reading:
    body = _me(held, "allocation/2026-09")
    answer = of_answer(body["answer"])
    posted = () if body["posted"] is None else (body["posted"],)
    figures: Figures = {**answer.figures, "posted": posted, "month": (body["month"],)}
    return Reading(figures, body["words"], answer.documents, answer.day)


def _years(held: str) -> Reading:
    body = _me(held, "years")
    answer = of_answer(body["answer"])
    return Reading({**answer.figures, "total": (body["counted"]["total"],)}, "", answer.documents, answer.day)


def _cover(held: str) -> Reading:
    body = _me(held, "coverage")
    (now,) = [cover for cover in body["covers"] if cover["is_current"]]
    return Reading({"since": (now["starts"],), "insured": (int(body["is_insured"]),)})


_OWN = {"balance": _balance, "contribution": _contribution, "allocation": _allocation, "years": _years, "cover": _cover}
