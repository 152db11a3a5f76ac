"""How does the FHIR face refuse? With an OperationOutcome, which needs nothing but JSON."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse

from yibao.services.results import Refused

JSON_TYPE = "application/fhir+json; charset=utf-8"
KINDS = {
    400: "invalid",
    401: "login",
    404: "not-found",
    405: "not-supported",
    406: "not-supported",
    422: "processing",
    429: "throttled",
    501: "not-supported",
}
"""What went wrong, as the value set IssueType of R4 (http://hl7.org/fhir/issue-type) calls it."""


def refusal(refused: Refused, status: int = 400) -> JsonResponse:
    """A refusal as FHIR tells it: our code and our sentence in `details`."""
    details = {"coding": [{"system": "urn:yibao:refusal", "code": refused.code}], "text": refused.message}
    issue = {"severity": "error", "code": KINDS[status], "details": details}
    if refused.next:
        issue["diagnostics"] = "；".join(refused.next)
    body = {"resourceType": "OperationOutcome", "issue": [issue]}
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False}, content_type=JSON_TYPE)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def not_found(request: HttpRequest) -> JsonResponse:
    """What is not there, or not to be seen."""
    del request
    return refusal(Refused("not_found", "没有这个地址，请对照 /fhir/metadata 检查。"), 404)
