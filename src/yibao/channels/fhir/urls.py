"""The addresses of the FHIR face."""

from django.urls import path, re_path

from yibao.channels.fhir import views
from yibao.channels.fhir.outcomes import not_found

KIND = r"(?P<kind>Patient|Coverage|CoverageEligibilityResponse)"

urlpatterns = [
    path("metadata", views.metadata),
    re_path(rf"^{KIND}/?$", views.search),
    re_path(rf"^{KIND}/(?P<number>[A-Za-z0-9.-]{{1,64}})$", views.read),
    re_path("", views.answered(not_found)),
]
