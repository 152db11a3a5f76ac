"""The Django app of the notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "yibao.books.notices"
    label = "notices"
