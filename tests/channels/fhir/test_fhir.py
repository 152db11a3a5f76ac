"""What the FHIR face gives: right for R4 by two validators, right by the books, and for whom the person allowed it."""

import json
import sys
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft6Validator
from tests.channels.portal.owners import owners, signed_in
from tests.services.apps.asked import app, granted
from tests.services.apps.held import token_of
from tests.services.records.agency import TODAY, enrol, paid

from yibao.books.enrolment.models import Kind
from yibao.channels.fhir.dates import dates_of
from yibao.services import records
from yibao.services.answers import answer
from yibao.services.permissions import Actor
from yibao.services.records import insured

SCHEMA = json.loads((Path(__file__).parents[2] / "vendor" / "fhir-r4.schema.json").read_text(encoding="utf-8"))
SCHEMA["definitions"]["CapabilityStatement"]["properties"]["fhirVersion"]["enum"].append("4.0.1")
"""The packaged schema is that of 4.0.0; 4.0.1 is its technical correction and changed none of its rules."""
KINDS = ("Patient", "Coverage", "CoverageEligibilityResponse")
EVERYTHING = "patient/*.read"


def valid(response: Any, status: int = 200) -> dict[str, Any]:
    """The body of a response, once HL7's own schema of R4 and the models both take it."""
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"].startswith("application/fhir+json")
    body = json.loads(response.content)
    kind = body["resourceType"]
    validator = Draft6Validator({"$ref": f"#/definitions/{kind}", "definitions": SCHEMA["definitions"]})
    assert [error.message for error in validator.iter_errors(body)] == []
    model = import_module(f"fhir.resources.R4B.{kind.lower()}")
    assert json.loads(getattr(model, kind).model_validate(body).model_dump_json()) == body
    return body


@pytest.fixture
def there(db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    del db
    return owners(monkeypatch).people


def ask(path: str, held: str = "", **headers: str) -> Any:
    given = {"authorization": f"Bearer {held}"} if held else {}
    return Client().get(f"/fhir/{path}", headers={**given, **headers})


def entries(body: dict[str, Any]) -> list[dict[str, Any]]:
    assert body["total"] == len(body.get("entry", []))
    return [entry["resource"] for entry in body.get("entry", [])]


def test_the_schema_refuses_what_is_not_r4() -> None:
    """The second validator can say no: else its yes would mean nothing."""
    for kind, wrong in (
        ("Patient", {"birthDate": "15.6.1980"}),
        ("Patient", {"gender": "M"}),
        ("Patient", {"surname": "王"}),
        ("CoverageEligibilityResponse", {"patient": {"reference": "Patient/1"}}),  # request and insurer are missing
        ("Bundle", {"type": "pile"}),
    ):
        validator = Draft6Validator({"$ref": f"#/definitions/{kind}", "definitions": SCHEMA["definitions"]})
        assert list(validator.iter_errors({"resourceType": kind, **wrong})), (kind, wrong)


def test_what_the_server_can_do_is_told_to_anybody(there: Any) -> None:
    body = valid(ask("metadata"))
    assert (body["fhirVersion"], body["kind"], body["rest"][0]["mode"]) == ("4.0.1", "instance", "server")
    assert [one["type"] for one in body["rest"][0]["resource"]] == list(KINDS)
    endpoints = {one["url"]: one["valueUri"] for one in body["rest"][0]["security"]["extension"][0]["extension"]}
    told = Client().get("/.well-known/openid-configuration").json()
    assert endpoints == {"authorize": told["authorization_endpoint"], "token": told["token_endpoint"]}


def test_the_person(there: Any) -> None:
    held = granted(signed_in(there.worker), app(EVERYTHING)).access
    (who,) = entries(valid(ask("Patient", held)))
    assert who["name"] == [{"text": "王*国"}]
    assert (who["gender"], who["birthDate"]) == ("male", "1980-06-15")
    assert who["meta"]["security"][0]["code"] == "HTEST"
    again = valid(ask(f"Patient/{who['id']}", held))
    assert {**again, "meta": None} == {**who, "meta": None}  # but for the instant
    assert "identifier" not in who
    assert str(there.worker.id) not in json.dumps(who)


def test_the_covers_are_those_of_the_books(there: Any) -> None:
    body = valid(ask("Coverage", token_of(there.worker, "patient/Coverage.read")))
    found = [(one["period"], one["status"], one["type"]["coding"][1]["code"]) for one in entries(body)]
    assert found == [
        ({"start": "2025-09-01"}, "active", "employee"),
        ({"start": "2025-01-01", "end": "2025-06-30"}, "cancelled", "employee"),
    ]
    assert {one["payor"][0]["identifier"]["value"] for one in entries(body)} == {"110000"}


@pytest.mark.parametrize(
    ("search", "starts"),
    [
        ("period=2025", ["2025-01-01"]),  # the other goes on: it does not lie in 2025
        ("period=ge2025-07", ["2025-09-01"]),
        ("period=le2025-06-30", ["2025-01-01"]),
        ("period=lt2025-09-01", ["2025-01-01"]),
        ("period=gt2025-06-30", ["2025-09-01"]),
        ("period=sa2025-08-31", ["2025-09-01"]),
        ("period=eb2025-07-01", ["2025-01-01"]),
        ("period=ne2025", ["2025-09-01"]),
        ("period=ge2025-01-01&period=le2025-12-31", ["2025-09-01", "2025-01-01"]),
        ("status=active", ["2025-09-01"]),
        ("status=active,cancelled", ["2025-09-01", "2025-01-01"]),
        ("patient=Patient/somebody-else", []),
        ("period=2030", []),
    ],
)
def test_a_bundle_by_date(there: Any, search: str, starts: list[str]) -> None:
    body = valid(ask(f"Coverage?{search}", token_of(there.worker, EVERYTHING)))
    assert [one["period"]["start"] for one in entries(body)] == starts
    assert body["link"][0]["url"].startswith("http://testserver/fhir/Coverage?")


def test_dates_are_read_as_r4_reads_them() -> None:
    june = dates_of("2025-06")
    assert june is not None
    assert (june.first, june.last) == (date(2025, 6, 1), date(2025, 6, 30))
    leap = dates_of("lt2024-02")
    assert leap is not None
    assert leap.last == date(2024, 2, 29)
    for wrong in ("", "ap2025", "2025-13", "2025-02-30", "2025-6-1", "0000", "today", "２０２５"):
        assert dates_of(wrong) is None, wrong


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        ("2025-06-30", True),
        ("2025-07-15", None),  # between two employers, not insured: there is no cover to speak of
        ("2025-09-01", True),  # two months without: up to three months Beijing asks for no waiting
        ("2025-11-15", False),  # never paid
        ("2025-12-01", True),  # one month without: no waiting either
        ("2026-10-20", True),  # today: the month is not over yet
    ],
)
def test_whether_the_cover_is_in_force(there: Any, day: str, in_force: bool | None) -> None:
    held = token_of(there.worker, EVERYTHING)
    (found,) = entries(valid(ask(f"CoverageEligibilityResponse?serviced={day}", held)))
    assert found["servicedDate"] == day
    assert found["disposition"].endswith("看病时以医保结算为准。")
    insurance = found.get("insurance", [])
    assert [one["inforce"] for one in insurance] == ([] if in_force is None else [in_force])
    again = valid(ask(f"CoverageEligibilityResponse/{found['id']}", held))
    assert again["servicedDate"] == day


def test_without_a_day_it_is_today(there: Any) -> None:
    (found,) = entries(valid(ask("CoverageEligibilityResponse", token_of(there.worker, EVERYTHING))))
    assert found["servicedDate"] == TODAY.isoformat()


def test_after_a_missed_year_one_waits_as_long_as_the_law_says(there: Any) -> None:
    """The stranger is a resident who paid 2024, missed 2025 and paid 2026 from its first day."""
    enrol(there.stranger, Kind.ADULT, date(2024, 1, 1))
    for year in (2024, 2026):
        paid(there.stranger, date(year, 1, 1), 40_000, scheme=1)
    facts = {"scheme": "resident", "switched": "no", "missed_years": "1", "repaid_years": "0"}
    law = answer("gap", area="110000", on=date(2026, 1, 1), facts=facts).value.to_json()
    waiting = law["figures"]["waiting_months"]["value"]
    assert waiting == 3 + 1  # the national frame: three months, and one for each missed year
    held = token_of(there.stranger, EVERYTHING)
    for day, in_force in (("2026-04-30", False), ("2026-05-01", True)):
        (found,) = entries(valid(ask(f"CoverageEligibilityResponse?serviced={day}", held)))
        (insurance,) = found["insurance"]
        assert insurance["inforce"] is in_force, day
        assert insurance.get("benefitPeriod") == (None if in_force else {"start": "2026-05-01"})


def test_who_does_not_go_on_paying_is_not_in_force(there: Any) -> None:
    """The resident paid 2025 and not 2026."""
    held = token_of(there.resident, EVERYTHING)
    for day, in_force in (("2025-12-31", True), ("2026-01-01", False), ("2026-10-20", False)):
        (found,) = entries(valid(ask(f"CoverageEligibilityResponse?serviced={day}", held)))
        assert found["insurance"][0]["inforce"] is in_force, day


def test_who_pays_no_more_for_being_retired_is_in_force(there: Any) -> None:
    (found,) = entries(valid(ask("CoverageEligibilityResponse", token_of(there.retiree, EVERYTHING))))
    assert found["insurance"][0]["inforce"] is True


def test_where_the_law_after_a_gap_is_not_known_nothing_is_said(there: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = insured.meaning
    monkeypatch.setattr(insured, "meaning", lambda record, hole: replace(plain(record, hole), benefits_from=None))
    (found,) = entries(valid(ask("CoverageEligibilityResponse", token_of(there.worker, EVERYTHING))))
    assert "inforce" not in found["insurance"][0]
    assert "没有查到" in found["disposition"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("Coverage?shoe=42", 400, "unknown_search_parameter"),
        ("Coverage?period=soon", 400, "not_a_search_date"),
        ("CoverageEligibilityResponse?serviced=ge2025-01-01", 400, "not_one_day"),
        ("CoverageEligibilityResponse?serviced=2026-10-21", 400, "day_not_yet"),
        ("CoverageEligibilityResponse?serviced=0001", 400, "not_one_day"),
        ("CoverageEligibilityResponse/nobody.20250101", 404, "not_found"),
        ("Coverage/nobody", 404, "not_found"),
        ("Patient/nobody", 404, "not_found"),
        ("Observation", 404, "not_found"),
        ("Patient?_format=xml", 406, "fhir_json_only"),
    ],
)
def test_refusals_are_outcomes(there: Any, path: str, status: int, code: str) -> None:
    body = valid(ask(path, token_of(there.worker, EVERYTHING)), status)
    assert body["issue"][0]["details"]["coding"][0]["code"] == code


def test_what_is_written_or_asked_in_xml_is_refused(there: Any) -> None:
    assert valid(Client().post("/fhir/Patient", {}), 405)["issue"][0]["code"] == "not-supported"
    valid(ask("metadata", accept="application/fhir+xml"), 406)
    valid(ask("metadata", accept="application/fhir+xml, */*;q=0.1"))


@pytest.mark.parametrize("kind", KINDS)
def test_only_an_app_with_the_scope_reads(there: Any, kind: str) -> None:
    assert valid(ask(kind), 401)["issue"][0]["code"] == "login"
    assert valid(ask(kind, "made up"), 401)["issue"][0]["code"] == "login"
    for scope in ("account", *(f"patient/{other}.read" for other in KINDS if other != kind)):
        found = valid(ask(kind, token_of(there.worker, scope)), 404)
        assert found["issue"][0]["details"]["coding"][0]["code"] == "not_found"
    valid(ask(kind, token_of(there.worker, f"patient/{kind}.read")))


def test_another_persons_number_is_not_there(there: Any) -> None:
    (other,) = entries(valid(ask("Patient", token_of(there.retiree, EVERYTHING))))
    held = token_of(there.worker, EVERYTHING)
    assert valid(ask(f"Patient/{other['id']}", held), 404) == valid(ask("Patient/" + "0" * 32, held), 404)
    assert entries(valid(ask(f"Coverage?patient={other['id']}", held))) == []


def test_each_look_is_in_who_looked(there: Any) -> None:
    held = token_of(there.worker, EVERYTHING)
    for kind in KINDS:
        ask(kind, held)
    own = records.lookers(Actor("self", there.worker.user.pk, there.worker.id)).value
    assert [(row.who, row.reason) for row in own.rows if not row.is_own] == [
        ("授权的应用", "您同意了“记账本”读取")
    ] * len(KINDS)


def test_without_the_extra_it_says_what_to_install(there: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "fhir" or name.endswith("fhir.resources")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "fhir", None)
    body = json.loads(ask("metadata").content)
    assert ask("metadata").status_code == ask("Patient").status_code == ask("").status_code == 501
    assert "pip install 'yibao[fhir]'" in body["issue"][0]["details"]["text"]
    assert Client().get("/api/v1/topics").status_code == 200


def test_r4b_is_r4_in_all_that_is_served() -> None:
    """Decision 29: the models are R4B's. Of what we give, every element is one of R4, and what R4 asks for is asked."""
    missing, loose = [], []
    for kind in (*KINDS, "Bundle", "CapabilityStatement", "OperationOutcome"):
        model = getattr(import_module(f"fhir.resources.R4B.{kind.lower()}"), kind)
        elements = set(model.elements_sequence())
        of_r4 = {name for name in SCHEMA["definitions"][kind]["properties"] if name[0] != "_"} - {"resourceType"}
        missing += [f"{kind}.{name}" for name in sorted(elements ^ of_r4)]
        asked = set(SCHEMA["definitions"][kind].get("required", ())) - {"resourceType"}
        loose += [f"{kind}.{name}" for name in sorted(asked) if not _asks(model, name)]
    assert missing == [], "elements that only one of the two has"
    assert loose == [], "elements that R4 asks for and the model does not"


def _asks(model: Any, name: str) -> bool:
    """Whether a model refuses a resource for the want of an element."""
    try:
        model.model_validate({})
    except ValueError as error:
        return name in str(error)
    return False
