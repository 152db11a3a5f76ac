"""The Django app of the enrolments."""

from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    name = "yibao.books.enrolment"
    label = "enrolment"
