"""The addresses of the API."""

from django.urls import path

from yibao.channels.api.answers import api

urlpatterns = [path("", api.urls)]
