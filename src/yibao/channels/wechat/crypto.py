"""How does WeChat sign and encrypt what it sends (消息加解密, 安全模式)?

Signed: SHA-1 over token, time, number and ciphertext, sorted. Encrypted: AES-256-CBC, the key's first 16 bytes as IV,
padded to 32; inside stand 16 random bytes, the length, the message and the AppID for which it is meant.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import struct

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

RANDOM_BYTES, BLOCK_BITS = 16, 32 * 8


class NotForUs(ValueError):
    """It does not open with our key, is cut, or is meant for another AppID."""


def signature(*parts: str) -> str:
    """The signature of a callback.

    >>> signature("spamtest", "1409735669", "1320562132")
    '16120ec1b8dbb870f510d87ce6bc2463eae6ca1a'
    """
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def is_signed(told: str, *parts: str) -> bool:
    """Whether this is the signature of these parts; how far a wrong one is right takes no less time."""
    return hmac.compare_digest(signature(*parts).encode(), told.encode())


def opened(ciphertext: str, key: str, app_id: str) -> str:
    """The message in it."""
    try:
        data = base64.b64decode(ciphertext, validate=True)
        opener = _cipher(key).decryptor()
        unpadder = padding.PKCS7(BLOCK_BITS).unpadder()
        plain = unpadder.update(opener.update(data) + opener.finalize()) + unpadder.finalize()
        (length,) = struct.unpack(">I", plain[RANDOM_BYTES : RANDOM_BYTES + 4])
        body = plain[RANDOM_BYTES + 4 :]
        message, meant_for = body[:length], body[length:]
        if len(message) != length or not hmac.compare_digest(meant_for, app_id.encode()):
            raise NotForUs("another AppID")
        return message.decode()
    except (binascii.Error, ValueError, struct.error) as error:
        raise NotForUs(type(error).__name__) from None


def closed(message: str, key: str, app_id: str, *, random: bytes | None = None) -> str:
    """The ciphertext of a message."""
    body = message.encode()
    plain = (random or os.urandom(RANDOM_BYTES)) + struct.pack(">I", len(body)) + body + app_id.encode()
    padder = padding.PKCS7(BLOCK_BITS).padder()
    sealer = _cipher(key).encryptor()
    return base64.b64encode(sealer.update(padder.update(plain) + padder.finalize()) + sealer.finalize()).decode()


def _cipher(key: str) -> Cipher[modes.CBC]:
    raw = base64.b64decode(key + "=")
    return Cipher(algorithms.AES(raw), modes.CBC(raw[:16]))
