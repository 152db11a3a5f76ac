"""The Django app of the public web pages."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """No models: what a visitor tells stays in the address and is forgotten with it."""

    name = "yibao.channels.portal"
    label = "portal"
