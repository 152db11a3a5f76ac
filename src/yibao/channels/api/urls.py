"""The addresses of the API."""

from django.urls import path, re_path

from yibao.channels.api.answers import api, not_found

urlpatterns = [path("", api.urls), re_path("", not_found)]
