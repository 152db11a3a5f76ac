"""The Django app of the webhooks."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "yibao.books.webhooks"
    label = "webhooks"
