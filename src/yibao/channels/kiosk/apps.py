"""The Django app of the terminal's pages."""

from django.apps import AppConfig


class KioskConfig(AppConfig):
    name = "yibao.channels.kiosk"
    label = "kiosk"
