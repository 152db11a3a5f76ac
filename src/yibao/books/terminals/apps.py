"""The Django app of the terminals."""

from django.apps import AppConfig


class TerminalsConfig(AppConfig):
    name = "yibao.books.terminals"
    label = "terminals"
