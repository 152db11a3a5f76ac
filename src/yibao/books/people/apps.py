"""The Django app of the people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "yibao.books.people"
    label = "people"
