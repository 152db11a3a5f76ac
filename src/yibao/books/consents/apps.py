"""The Django app of apps and consents."""

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "yibao.books.consents"
    label = "consents"
