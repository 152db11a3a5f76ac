"""The Django app of the contribution months."""

from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "yibao.books.contributions"
    label = "contributions"
