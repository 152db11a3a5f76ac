"""The Django app of the counter."""

from django.apps import AppConfig


class CounterConfig(AppConfig):
    """No models: what staff do stands in the books of the services they call."""

    name = "yibao.channels.counter"
    label = "counter"
