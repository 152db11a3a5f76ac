"""Somebody who writes to us from WeChat or Alipay, and the little agency whose people they are."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.test import Client

SITE = "http://testserver/"


def agency(monkeypatch: Any) -> Any:
    """The agency with its people, on its own day."""
    return import_module("tests.channels.portal.owners").owners(monkeypatch).people


def bound(channel: str, identity: str, person: Any) -> Any:
    """The account of a person, bound."""
    users = import_module("yibao.books.access.models").User.objects
    user = users.filter(person=person).first() or users.create_user(person=person)
    actor = import_module("yibao.services.permissions").Actor("self", user.pk, person.id)
    return import_module("yibao.services.bindings").bind(actor, channel, identity, consent=True).value


class InWeChat:
    """A phone with WeChat: what one says, and what one then reads."""

    def __init__(self, gateway: Any, openid: str) -> None:
        self.gateway, self.openid, self.client = gateway, openid, Client()

    def deliver(self, request: tuple[str, bytes]) -> Any:
        """A request of the platform as it is, once more or the first time."""
        query, body = request
        return self.client.post(f"/wechat/?{query}", body, content_type="text/xml")

    def says(self, text: str) -> str:
        return self._read(self.gateway.message(self.openid, text))

    def does(self, event: str, key: str = "") -> str:
        return self._read(self.gateway.event(self.openid, event, key))

    def _read(self, request: tuple[str, bytes]) -> str:
        response = self.deliver(request)
        assert response.status_code == 200, response.content
        return str(self.gateway.read(response.content))


class InAlipay:
    """A phone with Alipay: what one says, and what Alipay was then told to say."""

    def __init__(self, gateway: Any, user: str) -> None:
        self.gateway, self.user, self.client = gateway, user, Client()

    def deliver(self, body: bytes) -> Any:
        return self.client.post("/alipay/", body, content_type="application/x-www-form-urlencoded;charset=GBK")

    def says(self, text: str) -> str:
        return self._read(self.gateway.message(self.user, text))

    def does(self, event: str, param: str = "") -> str:
        return self._read(self.gateway.event(self.user, event, param))

    def _read(self, body: bytes) -> str:
        before = len(self.gateway.said)
        response = self.deliver(body)
        assert response.status_code == 200, response.content
        assert "<MsgType><![CDATA[ack]]></MsgType>" in self.gateway.read(response.content)
        said = self.gateway.said[before:]
        assert all(user == self.user for user, _ in said)
        return "".join(text for _, text in said)
