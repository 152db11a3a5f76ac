"""How does a message reach a browser that is not open (Web Push)? Sealed for it alone, by its own push service.

RFC 8291 (message encryption), RFC 8188 (aes128gcm), RFC 8292 (VAPID: who sends it), RFC 8030 (how it is handed over).
The push service sees when and to which browser, never what.
"""

from __future__ import annotations

import base64
import json
import os
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from yibao.services.results import Done, Refused

CURVE = ec.SECP256R1()
RECORD_SIZE = 4096
TTL_SECONDS = 24 * 3600
TOKEN_SECONDS = 12 * 3600
TIMEOUT = 8
GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where a browser takes messages, its public key and its secret, as it told them (base64url)."""

    endpoint: str
    p256dh: str
    auth: str


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """What is sent somewhere else than agreed is not sent."""

    def redirect_request(self, *_: Any) -> None:
        return None


OPENER = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))


def checked(told: object) -> Done[Subscription] | Refused:
    """A subscription as a browser told it, at a push service that is known, with keys that are keys."""
    refused = Refused("push_not_understood", "这个浏览器给的地址用不了，提醒没有打开。请换一种方式收通知。")
    try:
        assert isinstance(told, dict)  # noqa: S101 whatever is no object is refused below
        endpoint, keys = told["endpoint"], told["keys"]
        made = Subscription(endpoint, keys["p256dh"], keys["auth"])
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decoded(made.p256dh))
        parts = urlsplit(endpoint)
        if len(decoded(made.auth)) != 16 or len(endpoint) > 1000 or not endpoint.isascii() or "@" in parts.netloc:
            return refused
        host = f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)
    except (AssertionError, KeyError, TypeError, ValueError, AttributeError):
        return refused
    safe = parts.scheme == "https" or host.startswith("127.0.0.1:")
    known = any(host == one or (one.startswith(".") and host.endswith(one)) for one in settings.WEB_PUSH_HOSTS)
    return Done(made) if safe and known else refused


def encrypted(body: bytes, to: Subscription, salt: bytes, own: ec.EllipticCurvePrivateKey) -> bytes:
    """A message that only that browser reads; salt and key are made anew for each."""
    theirs, secret = decoded(to.p256dh), decoded(to.auth)
    ours = point_of(own)
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
    material = _derived(secret, shared, b"WebPush: info\0" + theirs + ours, 32)
    key = _derived(salt, material, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(salt, material, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD_SIZE.to_bytes(4, "big") + bytes([len(ours)]) + ours
    return head + AESGCM(key).encrypt(nonce, body + b"\x02", None)


def authorization(endpoint: str, seconds: float) -> str:
    """Who sends it: a token for that push service, signed with the key that the browser was shown."""
    parts = urlsplit(endpoint)
    key = own_key()
    told = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int(seconds) + TOKEN_SECONDS}
    told |= {"sub": settings.WEB_PUSH_CONTACT}
    signed = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(told)}"
    r, s = utils.decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    token = f"{signed}.{encoded(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"
    return f"vapid t={token}, k={public_key()}"


def send(to: Subscription, body: bytes, *, topic: str, urgent: bool) -> Done[None] | Refused:
    """Hand a message over to the browser's push service; one with the same topic that still waits there is replaced."""
    if not settings.WEB_PUSH_CONTACT:
        return Refused("channel_not_here", "这里没有开通手机桌面提醒，通知没有发出去。")
    headers = {
        "Authorization": authorization(to.endpoint, time.time()),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(TTL_SECONDS),
        "Topic": topic.replace("-", "")[:32],
        "Urgency": "high" if urgent else "normal",
    }
    sealed = encrypted(body, to, os.urandom(16), ec.generate_private_key(CURVE))
    request = urllib.request.Request(to.endpoint, data=sealed, headers=headers, method="POST")  # noqa: S310 checked when told
    try:
        with OPENER.open(request, timeout=TIMEOUT):
            return Done(None)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in GONE:
            return Refused("address_gone", "那个浏览器不再收提醒了，通知没有发出去。")
    except (OSError, HTTPException, ValueError):
        pass
    return Refused("push_not_taken", "推送服务没有接受，过一会儿再试。")


def public_key() -> str:
    """What a browser is shown, so that it takes messages from nobody else."""
    return encoded(point_of(own_key()))


def own_key() -> ec.EllipticCurvePrivateKey:
    """The key of this installation."""
    key = serialization.load_pem_private_key(settings.WEB_PUSH_KEY.encode(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101 the site made it so
    return key


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Its public key as 65 bytes."""
    form = serialization.PublicFormat.UncompressedPoint
    return key.public_key().public_bytes(serialization.Encoding.X962, form)


def encoded(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """The bytes again."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _derived(salt: bytes, material: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(material)


def _json(told: dict[str, Any]) -> str:
    return encoded(json.dumps(told, separators=(",", ":")).encode())
