"""How is a name or a number kept so that whoever copies the tables cannot read it, and yet found (decision 18)?

Sealed: authenticated encryption (AES-256-GCM, or SM4-GCM where the agency's rules want a national cipher) under the
last of the installation's keys; the first byte names the key, so that keys can be rotated. `what` is bound in: a sealed
phone number put into the place of a name does not open.

Found: by a blind index, a keyed hash (HMAC-SHA-256) of the number as it is written without spaces.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings

NONCE_BYTES, TAG_BYTES = 12, 16
ALGORITHMS = {"AES-256-GCM": algorithms.AES, "SM4-GCM": algorithms.SM4}


class Key(Protocol):
    """A sealing key, as the site hands it down in its settings."""

    id: int
    cipher: str
    key: bytes


class SealBroken(Exception):
    """What was sealed was changed, belongs elsewhere, or was sealed by a key that is not here."""


def seal(text: str, *, what: str) -> bytes:
    """A text that only this installation can read, and only as `what` it is.

    Key id (1 byte), nonce (12), ciphertext, tag (16). The same text is sealed differently each time.
    """
    key = settings.SEALING_KEYS[-1]
    nonce = os.urandom(NONCE_BYTES)
    sealer = Cipher(ALGORITHMS[key.cipher](key.key), modes.GCM(nonce)).encryptor()
    sealer.authenticate_additional_data(what.encode())
    return bytes([key.id]) + nonce + sealer.update(text.encode()) + sealer.finalize() + sealer.tag


def unseal(sealed: bytes, *, what: str) -> str:
    """The text that was sealed; `SealBroken` where it is not whole, or not `what` it should be."""
    data = bytes(sealed)
    if len(data) < 1 + NONCE_BYTES + TAG_BYTES:
        raise SealBroken
    nonce, body, tag = data[1 : 1 + NONCE_BYTES], data[1 + NONCE_BYTES : -TAG_BYTES], data[-TAG_BYTES:]
    key = next((key for key in settings.SEALING_KEYS if key.id == data[0]), None)
    if key is None:
        raise SealBroken
    opener = Cipher(ALGORITHMS[key.cipher](key.key), modes.GCM(nonce, tag)).decryptor()
    opener.authenticate_additional_data(what.encode())
    try:
        return (opener.update(body) + opener.finalize()).decode()
    except InvalidTag:
        raise SealBroken from None


def blind_index(number: str, *, what: str) -> bytes:
    """What a number is found by: 32 bytes, the same for the same number, and nothing without the key."""
    return hmac.digest(settings.INDEX_KEY, f"{what}:{number}".encode(), hashlib.sha256)
