"""The addresses of the API."""

from django.urls import path, re_path

from yibao.channels.api import answers, asking, me, search
from yibao.channels.api.described import api, not_found

__all__ = ["answers", "asking", "me", "search", "urlpatterns"]  # its calls stand in the API once it is loaded

urlpatterns = [path("", api.urls), re_path("", not_found)]
