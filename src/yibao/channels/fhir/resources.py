"""What do Patient, Coverage, CoverageEligibilityResponse and the Bundle look like? Made by the models, and so checked.

Served is R4 (4.0.1). The models are those of R4B, which is R4 in all that stands here: docs/fhir.md. Only this module
and `capability` need the extra `fhir`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.coverage import Coverage
from fhir.resources.R4B.coverageeligibilityresponse import CoverageEligibilityResponse
from fhir.resources.R4B.patient import Patient

from yibao.services.records.coverage import Cover
from yibao.services.records.insured import Eligible, Insured

SCHEME = "urn:yibao:scheme"
AREA = "urn:yibao:area"  # the code of GB/T 2260 of a pooling area
ACT, RELATION = "http://terminology.hl7.org/CodeSystem/v3-ActCode", "subscriber-relationship"
REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
SYSTEM = "http://terminology.hl7.org/CodeSystem/"


def patient(number: str, who: Insured) -> Patient:
    """The person: of the name only its ends, no number of any certificate."""
    made_up = [{"system": REASON, "code": "HTEST", "display": "test health data"}]
    body = {
        "id": number,
        "meta": {"lastUpdated": who.as_of, "security": made_up if who.is_demo else None},
        "active": True,
        "name": [{"text": who.name_masked}],
        "gender": who.sex,
        "birthDate": who.born,
    }
    return Patient.model_validate(body)


def coverage_id(number: str, cover: Cover) -> str:
    """One person has no two covers that begin on one day."""
    return f"{number}.{cover.starts:%Y%m%d}"


def coverage(number: str, cover: Cover, as_of: Any) -> Coverage:
    """A time of being insured, as a cover; one that is over is cancelled."""
    payor = {"system": AREA, "value": cover.area}
    kinds = [
        {"system": ACT, "code": "PUBLICPOL", "display": "public healthcare"},
        {"system": SCHEME, "code": cover.scheme, "display": cover.scheme_words},
    ]
    period = {"start": cover.starts, "end": cover.ends}
    body = {
        "id": coverage_id(number, cover),
        "meta": {"lastUpdated": as_of},
        "status": "active" if cover.ends is None or cover.is_current else "cancelled",
        "type": {"coding": kinds, "text": cover.scheme_words},
        "beneficiary": {"reference": f"Patient/{number}"},
        "relationship": {"coding": [{"system": SYSTEM + RELATION, "code": "self", "display": "Self"}]},
        "period": period,
        "payor": [{"identifier": payor, "display": f"{cover.area_name}医疗保障经办机构"}],
    }
    return Coverage.model_validate(body)


def eligibility_id(number: str, found: Eligible) -> str:
    """One person, one day, one response."""
    return f"{number}.{found.day:%Y%m%d}"


def eligibility(number: str, found: Eligible) -> CoverageEligibilityResponse:
    """Whether the cover is in force on a day; `inforce` is left out where the law does not say."""
    insurance = None
    if found.cover is not None:
        reference = {"reference": f"Coverage/{coverage_id(number, found.cover)}"}
        waiting = {"start": found.from_day} if found.from_day else None
        insurance = [{"coverage": reference, "inforce": found.in_force, "benefitPeriod": waiting}]
    body = {
        "id": eligibility_id(number, found),
        "meta": {"lastUpdated": found.as_of},
        "status": "active",
        "purpose": ["validation"],
        "patient": {"reference": f"Patient/{number}"},
        "servicedDate": found.day,
        "created": found.as_of,
        "request": {"display": f"CoverageEligibilityResponse?serviced={found.day.isoformat()}"},
        "outcome": "complete",
        "disposition": f"{found.words}{found.caveat}",
        "insurer": {"display": f"{found.area_name}医疗保障经办机构"},
        "insurance": insurance,
    }
    return CoverageEligibilityResponse.model_validate(body)


def bundle(base: str, query: str, found: Sequence[Any]) -> Bundle:
    """What a search found, with the search as it was read."""
    entries = [
        {"fullUrl": f"{base}/{one.get_resource_type()}/{one.id}", "resource": one, "search": {"mode": "match"}}
        for one in found
    ]
    body = {
        "type": "searchset",
        "total": len(found),
        "link": [{"relation": "self", "url": f"{base}/{query}"}],
        "entry": entries or None,
    }
    return Bundle.model_validate(body)
