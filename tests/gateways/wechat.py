"""WeChat's side, on this machine: callbacks as it signs and encrypts them, and the interface that we call.

Written from its documents and without our code, so that a mistake of ours meets another's reading of them.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import struct
import time
import urllib.parse
import xml.etree.ElementTree as ET
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from tests.gateways.http import Server

APP_ID, SECRET, TOKEN = "wx0a1b2c3d4e5f6789", "a-secret-of-the-tests", "token4tests"
AES_KEY = base64.b64encode(bytes(range(7, 39))).decode().rstrip("=")
ACCOUNT = "gh_account4tests"


class WeChat:
    """The platform. `sent` are template notices, `menus` menus, `asked` the paths called."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.menus: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.codes: dict[str, str] = {}
        self.followers: set[str] = set()
        self.token = "first-token"
        self.number = 6054768590064713728
        self.server = Server(self.answer)

    def settings(self) -> dict[str, Any]:
        """What our site is told of its account."""
        templates = {"allocation": {"id": "TM00015", "fields": {"amount1": "amount", "thing2": "note"}}}
        return {
            "app_id": APP_ID, "secret": SECRET, "token": TOKEN, "aes_key": AES_KEY, "templates": json.dumps(templates),
            "api": self.server.address, "page": f"{self.server.address}/connect/oauth2/authorize",
        }  # fmt: skip

    # What it sends to us

    def message(self, openid: str, text: str = "", **fields: str) -> tuple[str, bytes]:
        """A message of a person: the query and the body of the callback."""
        self.number += 1
        told = {"MsgType": "text", "Content": text, "MsgId": str(self.number)} | fields
        return self.callback(self.plain(openid, told))

    def event(self, openid: str, event: str, key: str = "") -> tuple[str, bytes]:
        """Somebody follows, leaves, or taps the menu."""
        return self.callback(self.plain(openid, {"MsgType": "event", "Event": event, "EventKey": key}))

    def plain(self, openid: str, told: dict[str, str]) -> str:
        """The message in the clear."""
        head = {"ToUserName": ACCOUNT, "FromUserName": openid} | told
        inner = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in head.items())
        return f"<xml>{inner}<CreateTime>{int(time.time())}</CreateTime></xml>"

    def callback(
        self, plain: str, *, app_id: str = APP_ID, token: str = TOKEN, at: int | None = None, key: str = AES_KEY
    ) -> tuple[str, bytes]:
        """The request of a message, as it leaves the platform."""
        stamp, nonce = str(at or int(time.time())), secrets.token_hex(5)
        encrypted = encrypt(plain, key, app_id)
        query = {
            "signature": sha1(token, stamp, nonce), "timestamp": stamp, "nonce": nonce, "openid": "o",
            "encrypt_type": "aes", "msg_signature": sha1(token, stamp, nonce, encrypted),
        }  # fmt: skip
        body = f"<xml><ToUserName><![CDATA[{ACCOUNT}]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
        return urllib.parse.urlencode(query), body.encode()

    def read(self, body: bytes) -> str:
        """The text that a person sees; empty where we said nothing. What is not signed and sealed right is an error."""
        if body == b"success":
            return ""
        outer = {part.tag: part.text or "" for part in ET.fromstring(body.decode())}
        parts = (TOKEN, outer["TimeStamp"], outer["Nonce"], outer["Encrypt"])
        assert sha1(*parts) == outer["MsgSignature"]
        inner = {part.tag: part.text or "" for part in ET.fromstring(decrypt(outer["Encrypt"], AES_KEY, APP_ID))}
        assert inner["MsgType"] == "text"
        assert inner["FromUserName"] == ACCOUNT
        assert len(inner["Content"].encode()) <= 2048
        return inner["Content"]

    # What we ask of it

    def answer(self, method: str, path: str, body: bytes) -> str:
        where = urllib.parse.urlsplit(path)
        query = dict(urllib.parse.parse_qsl(where.query))
        self.asked.append(where.path)
        told = json.loads(body) if body else {}
        if where.path == "/cgi-bin/stable_token":
            right = told["appid"] == APP_ID and told["secret"] == SECRET
            return json.dumps({"access_token": self.token, "expires_in": 7200} if right else {"errcode": 40125})
        if where.path == "/sns/oauth2/access_token":
            openid = self.codes.pop(query["code"], "") if query["secret"] == SECRET else ""
            return json.dumps({"openid": openid, "scope": "snsapi_base"} if openid else {"errcode": 40029})
        if query.get("access_token") != self.token:
            return json.dumps({"errcode": 40001, "errmsg": "invalid credential"})
        if where.path == "/cgi-bin/message/template/send":
            if told["touser"] not in self.followers:
                return json.dumps({"errcode": 43004, "errmsg": "require subscribe"})
            self.sent.append(told)
            return json.dumps({"errcode": 0, "errmsg": "ok", "msgid": 200228332})
        assert (method, where.path) == ("POST", "/cgi-bin/menu/create")
        self.menus.append(told)
        return json.dumps({"errcode": 0, "errmsg": "ok"})

    def authorized(self, address: str, openid: str) -> str:
        """Where the browser of a person is sent back to from the platform's page."""
        where = urllib.parse.urlsplit(address)
        query = dict(urllib.parse.parse_qsl(where.query))
        assert where.fragment == "wechat_redirect"
        assert query["appid"] == APP_ID
        assert (query["response_type"], query["scope"]) == ("code", "snsapi_base")
        code = secrets.token_hex(16)
        self.codes[code] = openid
        return f"{query['redirect_uri']}?{urllib.parse.urlencode({'code': code, 'state': query['state']})}"


def sha1(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def encrypt(plain: str, key: str, app_id: str) -> str:
    raw, body = base64.b64decode(key + "="), plain.encode()
    whole = os.urandom(16) + struct.pack("!I", len(body)) + body + app_id.encode()
    pad = 32 - len(whole) % 32
    sealer = Cipher(algorithms.AES256(raw), modes.CBC(raw[:16])).encryptor()
    return base64.b64encode(sealer.update(whole + bytes([pad]) * pad) + sealer.finalize()).decode()


def decrypt(encrypted: str, key: str, app_id: str) -> str:
    raw = base64.b64decode(key + "=")
    opener = Cipher(algorithms.AES256(raw), modes.CBC(raw[:16])).decryptor()
    whole = opener.update(base64.b64decode(encrypted)) + opener.finalize()
    whole = whole[: -whole[-1]]
    length = struct.unpack("!I", whole[16:20])[0]
    assert whole[20 + length :] == app_id.encode()
    return whole[20 : 20 + length].decode()
