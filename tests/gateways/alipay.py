"""Alipay's side, on this machine: callbacks as it signs them, in GBK, and the gateway that we call.

It checks our signatures with our public key and signs its answers with its own; content may be encrypted.
"""

from __future__ import annotations

import base64
import json
import re
import secrets
import time
import urllib.parse
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from tests.gateways.http import Server

APP_ID = "2021000000000001"
CONTENT_KEY = base64.b64encode(bytes(range(16))).decode()
PKCS1 = padding.PKCS1v15()


class Alipay:
    """The platform. `said` are (user, text), `sent` template notices, `menus` menus."""

    def __init__(self, folder: Path, *, content_key: str = "") -> None:
        self.said: list[tuple[str, str]] = []
        self.sent: list[dict[str, Any]] = []
        self.menus: list[dict[str, Any]] = []
        self.codes: dict[str, str] = {}
        self.down = False
        self.lies = False
        self.content_key = content_key
        self.key = rsa.generate_private_key(65537, 2048)
        ours = rsa.generate_private_key(65537, 2048)
        self.our_public = ours.public_key()
        self.our_file, self.their_file = folder / "ours", folder / "theirs"
        private = ours.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        self.our_file.write_text(base64.b64encode(private).decode())  # as Alipay's own tool writes it: no PEM
        self.their_file.write_bytes(
            self.key.public_key().public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            )
        )
        self.server = Server(self.answer)

    def settings(self) -> dict[str, Any]:
        """What our site is told of its account."""
        templates = {"allocation": {"id": "zjx001", "fields": {"keyword1": "amount"}, "page": "https://example.cn/me/"}}
        return {
            "app_id": APP_ID, "private_key": str(self.our_file), "public_key": str(self.their_file),
            "aes_key": self.content_key, "templates": json.dumps(templates),
            "api": f"{self.server.address}/gateway.do", "page": f"{self.server.address}/oauth2/publicAppAuthorize.htm",
        }  # fmt: skip

    # What it sends to us

    def message(self, user: str, text: str, **fields: str) -> bytes:
        inner = f"<Text><Content><![CDATA[{text}]]></Content></Text><MsgId><![CDATA[{secrets.token_hex(8)}]]></MsgId>"
        return self.callback(self.plain(user, inner + "<MsgType><![CDATA[text]]></MsgType>"), **fields)

    def event(self, user: str, event: str, param: str = "") -> bytes:
        inner = f"<MsgType><![CDATA[event]]></MsgType><EventType><![CDATA[{event}]]></EventType>"
        return self.callback(self.plain(user, f"{inner}<ActionParam><![CDATA[{param}]]></ActionParam>"))

    def check(self) -> bytes:
        inner = "<MsgType><![CDATA[event]]></MsgType><EventType><![CDATA[verifygw]]></EventType>"
        return self.callback(self.plain("", inner), service="alipay.service.check")

    def plain(self, user: str, inner: str, *, app_id: str = APP_ID, at: float | None = None) -> str:
        made = int((at or time.time()) * 1000)
        return (
            f"<XML><AppId><![CDATA[{app_id}]]></AppId><FromUserId><![CDATA[an-old-id]]></FromUserId>"
            f"<FromAlipayUserId><![CDATA[{user}]]></FromAlipayUserId><CreateTime><![CDATA[{made}]]></CreateTime>"
            f'{inner}<UserInfo><![CDATA[{{"logon_id":"150****0000","user_name":"*明"}}]]></UserInfo></XML>'
        )

    def callback(self, plain: str, **fields: str) -> bytes:
        """The body of a request, signed over every parameter but the signature, sign_type too, in GBK."""
        told = {"service": "alipay.mobile.public.message.notify", "charset": "GBK", "sign_type": "RSA2"}
        told |= {"biz_content": plain} | fields
        text = "&".join(f"{name}={told[name]}" for name in sorted(told))
        told["sign"] = base64.b64encode(self.key.sign(text.encode("gbk"), PKCS1, hashes.SHA256())).decode()
        return urllib.parse.urlencode(told, encoding="gbk").encode()

    def read(self, body: bytes) -> str:
        """What stands in our response, once its signature was checked with our public key."""
        whole = body.decode("gbk")
        found = re.fullmatch(
            r'<\?xml version="1\.0" encoding="GBK"\?><alipay><response>(.*)</response><sign>(.*)</sign>'
            r"<sign_type>RSA2</sign_type></alipay>",
            whole,
        )
        assert found, whole
        self.our_public.verify(base64.b64decode(found[2]), found[1].encode("gbk"), PKCS1, hashes.SHA256())
        return found[1]

    # What we ask of it

    def answer(self, method: str, path: str, body: bytes) -> str:
        told = dict(urllib.parse.parse_qsl(body.decode()))
        sign = base64.b64decode(told.pop("sign"))
        text = "&".join(f"{name}={told[name]}" for name in sorted(told))
        self.our_public.verify(sign, text.encode(), PKCS1, hashes.SHA256())  # an error ends the call without an answer
        assert (method, told["app_id"], told["sign_type"]) == ("POST", APP_ID, "RSA2")
        name = told["method"].replace(".", "_") + "_response"
        done = {"code": "40004", "msg": "Business Failed", "sub_code": "DOWN"} if self.down else self._done(told)
        if done.get("code") == "40002":
            name = "error_response"
        part = json.dumps(done, ensure_ascii=False, separators=(",", ":"))
        signed = base64.b64encode(self.key.sign(part.encode(), PKCS1, hashes.SHA256())).decode()
        return f'{{"{name}":{part.replace("Success", "Sucess") if self.lies else part},"sign":"{signed}"}}'

    def _done(self, told: dict[str, str]) -> dict[str, Any]:
        fine = {"code": "10000", "msg": "Success"}
        if told["method"] == "alipay.system.oauth.token":
            user = self.codes.pop(told["code"], "")
            return {"user_id": user, "access_token": "x"} if user else {"code": "40002", "sub_code": "isv.code-invalid"}
        content = json.loads(self._content(told))
        if told["method"] == "alipay.open.public.message.custom.send":
            assert (content["msg_type"], content["chat"]) == ("text", "1")
            self.said.append((content["to_user_id"], content["text"]["content"]))
            return fine
        if told["method"] == "alipay.open.public.message.single.send":
            self.sent.append(content)
            return {**fine, "msg_id": "201512"}
        if told["method"] == "alipay.open.public.menu.modify" and not self.menus:
            return {"code": "40004", "sub_code": "MENU_NOT_EXIST"}
        assert told["method"].startswith("alipay.open.public.menu.")
        self.menus.append(content)
        return fine

    def _content(self, told: dict[str, str]) -> str:
        if not self.content_key:
            assert "encrypt_type" not in told
            return told["biz_content"]
        assert told["encrypt_type"] == "AES"
        opener = Cipher(algorithms.AES128(base64.b64decode(self.content_key)), modes.CBC(bytes(16))).decryptor()
        padded = opener.update(base64.b64decode(told["biz_content"])) + opener.finalize()
        return padded[: -padded[-1]].decode()

    def authorized(self, address: str, user: str) -> str:
        """Where the browser of a person is sent back to from the platform's page."""
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query))
        assert (query["app_id"], query["scope"]) == (APP_ID, "auth_base")
        code = secrets.token_hex(16)
        self.codes[code] = user
        told = {"app_id": APP_ID, "auth_code": code, "scope": "auth_base", "state": query["state"]}
        return f"{query['redirect_uri']}?{urllib.parse.urlencode(told)}"
