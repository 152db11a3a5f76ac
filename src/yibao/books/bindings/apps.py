"""The Django app of bindings."""

from django.apps import AppConfig


class BindingsConfig(AppConfig):
    name = "yibao.books.bindings"
    label = "bindings"
