"""What does the FHIR face send? Coverage and CoverageEligibilityResponse: no money, but since when and whether."""

from __future__ import annotations

from typing import Any

from django.test import Client
from tests.contract.asked import Reading
from tests.services.apps.held import token_of


def own(person: Any, part: str) -> Reading:
    """The cover of today."""
    assert part == "cover"
    held = token_of(person, "patient/*.read")
    (cover,) = _found(held, "Coverage?status=active")
    (response,) = _found(held, "CoverageEligibilityResponse")
    in_force = [int(one["inforce"]) for one in response["insurance"]]
    return Reading({"since": (cover["period"]["start"],), "insured": tuple(in_force)}, response["disposition"])


def _found(held: str, search: str) -> list[dict[str, Any]]:
    response = Client().get(f"/fhir/{search}", headers={"authorization": f"Bearer {held}"})
    assert response.status_code == 200, response.content
    return [entry["resource"] for entry in response.json()["entry"]]
