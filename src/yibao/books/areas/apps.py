"""The Django app of the areas."""

from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "yibao.books.areas"
    label = "areas"
