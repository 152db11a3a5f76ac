"""The Django app of staff."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "yibao.books.staff"
    label = "staff"
