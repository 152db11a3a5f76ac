"""What can this FHIR server do? The CapabilityStatement under /fhir/metadata; the views read their searches here."""

from __future__ import annotations

from typing import Any, NamedTuple

from fhir.resources.R4B.capabilitystatement import CapabilityStatement

from yibao import __version__

OAUTH = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris"
SERVICE = "http://terminology.hl7.org/CodeSystem/restful-security-service"


class Search(NamedTuple):
    """A parameter of a search: its type, and what it means."""

    type: str
    words: str


SEARCHES: dict[str, dict[str, Search]] = {
    "Patient": {
        "_id": Search("token", "the person's number for this app"),
        "birthdate": Search("date", "born on, before, after"),
        "gender": Search("token", "female, male"),
    },
    "Coverage": {
        "_id": Search("token", "the number of a cover"),
        "patient": Search("reference", "whose; with or without Patient/"),
        "beneficiary": Search("reference", "the same as patient"),
        "status": Search("token", "active, cancelled"),
        "period": Search("date", "not of R4: days of the cover: ge2025-01-01, le2025-12-31"),
    },
    "CoverageEligibilityResponse": {
        "_id": Search("token", "the number of a response"),
        "patient": Search("reference", "whose; with or without Patient/"),
        "created": Search("date", "when the response was made: always now"),
        "serviced": Search("date", "not of R4: the day that is asked about; today if left out"),
    },
}


def statement(base: str, site: str) -> CapabilityStatement:
    """The statement of this server at its address."""
    endpoints = [
        {"url": "authorize", "valueUri": f"{site}/identity/o/authorize"},
        {"url": "token", "valueUri": f"{site}/identity/o/api/token"},
    ]
    security = {
        "service": [{"coding": [{"system": SERVICE, "code": "SMART-on-FHIR"}]}],
        "extension": [{"url": OAUTH, "extension": endpoints}],
        "description": "A bearer token with patient/*.read, or the scope of one resource.",
    }
    body = {
        "status": "active",
        "date": "2026-11-22",
        "kind": "instance",
        "software": {"name": "yibao", "version": __version__},
        "implementation": {"description": "yibao: who is insured, where, and in force on a day", "url": base},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json", "json"],
        "rest": [{"mode": "server", "security": security, "resource": [_resource(name) for name in SEARCHES]}],
    }
    return CapabilityStatement.model_validate(body)


def _resource(name: str) -> dict[str, Any]:
    searches = [
        {"name": key, "type": search.type, "documentation": search.words} for key, search in SEARCHES[name].items()
    ]
    return {
        "type": name,
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "versioning": "no-version",
        "searchParam": searches,
    }
