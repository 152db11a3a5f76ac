"""How does an app know that a message is ours and whole? By a signature, as Standard Webhooks (1.0) has it.

`webhook-signature: v1,BASE64(HMAC-SHA-256(secret, "ID.SECONDS.BODY"))`. Libraries for it exist in most languages.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    """A secret as the app keeps it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(secret: str, number: str, seconds: int, body: bytes) -> str:
    """The signature of a message that is sent at an instant."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{number}.{seconds}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
