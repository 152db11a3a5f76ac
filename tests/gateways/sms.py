"""The gateways of Alibaba Cloud and Tencent Cloud, on this machine: they check the signature of every call.

Written from their documents (V3 签名 of each) and without their libraries, so that these are checked too.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote, urlsplit

KEY_ID, KEY_SECRET, SIGN, APP = "key-of-the-tests", "secret-of-the-tests", "医保明白账", "1400006666"


class Asked(NamedTuple):
    """What a gateway was asked to send."""

    phone: str
    template: str
    values: Any
    number: str


class Gateway(ThreadingHTTPServer):
    """Runs while it is entered. `answers` are the codes it gives, one after the other, the last one again and again."""

    daemon_threads = True

    def __init__(self, kind: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.kind, self.asked, self.faults = kind, [], []  # type: ignore[var-annotated]
        self.answers = ["OK" if kind == "alibaba" else "Ok"]
        self.status, self.holds, self.arrived = 200, False, threading.Event()
        self.released = threading.Event()
        self.address = f"http://127.0.0.1:{self.server_port}"

    def settings(self, templates: str) -> dict[str, str]:
        """What our site is told of it."""
        return {
            "key_id": KEY_ID, "key_secret": KEY_SECRET, "sign": SIGN, "app": APP, "templates": templates,
            "region": "ap-guangzhou", "address": self.address,
        }  # fmt: skip

    def __enter__(self) -> Gateway:
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self.shutdown()
        self.server_close()
        self.thread.join()


class Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        seen = (alibaba if self.server.kind == "alibaba" else tencent)(headers, self.path, body)
        if isinstance(seen, str):
            self.server.faults.append(seen)
            self._answer(403, {"Code": "SignatureDoesNotMatch", "Message": seen})
            return
        self.server.asked.append(seen)
        self.server.arrived.set()
        if self.server.holds:
            self.server.released.wait(30)
        code = self.server.answers.pop(0) if len(self.server.answers) > 1 else self.server.answers[0]
        if self.server.kind == "alibaba":
            self._answer(self.server.status, {"Code": code, "Message": "-", "BizId": "9", "RequestId": "1"})
        else:
            row = {"SerialNo": "1", "PhoneNumber": seen.phone, "Fee": 1, "Code": code, "Message": "-"}
            self._answer(200, {"Response": {"SendStatusSet": [row], "RequestId": "1"}})

    def _answer(self, status: int, told: Any) -> None:
        body = json.dumps(told).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            pass  # whoever asked is not there any more

    def log_message(self, *_: object) -> None:
        pass


def alibaba(headers: dict[str, str], path: str, body: bytes) -> Asked | str:
    """What is asked, or what is wrong: ACS3-HMAC-SHA256 over method, path, query, headers and body."""
    scheme, _, rest = headers.get("authorization", "").partition(" ")
    told = dict(part.strip().split("=", 1) for part in rest.split(","))
    names = told.get("SignedHeaders", "").split(";")
    must = {"host", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"}
    if scheme != "ACS3-HMAC-SHA256" or told.get("Credential") != KEY_ID or not must <= set(names):
        return "authorization"
    payload = hashlib.sha256(body).hexdigest()
    at = datetime.strptime(headers["x-acs-date"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp()
    if headers["x-acs-content-sha256"] != payload or abs(at - time.time()) > 900:
        return "payload or date"
    query = dict(parse_qsl(urlsplit(path).query, keep_blank_values=True))
    pairs = "&".join(f"{quote(k, safe='~')}={quote(v, safe='~')}" for k, v in sorted(query.items()))
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(names))
    whole = "\n".join(["POST", urlsplit(path).path, pairs, lines, ";".join(sorted(names)), payload])
    to_sign = f"{scheme}\n{hashlib.sha256(whole.encode()).hexdigest()}"
    if hmac.new(KEY_SECRET.encode(), to_sign.encode(), hashlib.sha256).hexdigest() != told.get("Signature"):
        return "signature"
    if (headers["x-acs-action"], headers["x-acs-version"]) != ("SendSms", "2017-05-25") or query["SignName"] != SIGN:
        return "action"
    values = json.loads(query.get("TemplateParam", "{}"))
    return Asked(query["PhoneNumbers"], query["TemplateCode"], values, query.get("OutId", ""))


def tencent(headers: dict[str, str], path: str, body: bytes) -> Asked | str:
    """What is asked, or what is wrong: TC3-HMAC-SHA256 over headers and body, with a key of the day."""
    scheme, _, rest = headers.get("authorization", "").partition(" ")
    told = dict(part.strip().split("=", 1) for part in rest.split(","))
    at = int(headers.get("x-tc-timestamp", "0"))
    day = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d")
    if scheme != "TC3-HMAC-SHA256" or told.get("Credential") != f"{KEY_ID}/{day}/sms/tc3_request":
        return "authorization"
    if abs(at - time.time()) > 300 or path != "/":
        return "date or path"
    names = told["SignedHeaders"].split(";")
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in names)
    whole = "\n".join(["POST", "/", "", lines, ";".join(names), hashlib.sha256(body).hexdigest()])
    scope = f"{day}/sms/tc3_request"
    to_sign = f"{scheme}\n{at}\n{scope}\n{hashlib.sha256(whole.encode()).hexdigest()}"
    key = f"TC3{KEY_SECRET}".encode()
    for part in (day, "sms", "tc3_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    if hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest() != told["Signature"]:
        return "signature"
    asked = json.loads(body)
    if (headers["x-tc-action"], headers["x-tc-version"]) != ("SendSms", "2021-01-11"):
        return "action"
    if (asked["SmsSdkAppId"], asked["SignName"]) != (APP, SIGN):
        return "app"
    (phone,) = asked["PhoneNumberSet"]
    return Asked(phone, asked["TemplateId"], asked["TemplateParamSet"], asked.get("SessionContext", ""))
