"""The Django app of the mistake reports."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "yibao.books.cases"
    label = "cases"
