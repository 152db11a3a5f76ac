"""The Django app of the shared answers."""

from django.apps import AppConfig


class SharedAnswersConfig(AppConfig):
    name = "yibao.books.shared_answers"
    label = "shared_answers"
