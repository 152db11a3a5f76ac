"""The Django app of access."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "yibao.books.access"
    label = "access"
