"""The Django app of the ledger."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "yibao.books.ledger"
    label = "ledger"
