"""How does Alipay sign (RSA2: SHA-256 with RSA, PKCS #1 v1.5), and how is content encrypted (AES-128-CBC)?"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, padding
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)

NO_IV = bytes(16)
"""Their protocol has none: the key is used for this one purpose, between us and Alipay."""


def private_key(file: str) -> RSAPrivateKey:
    """Our key, from a file as openssl or Alipay's own tool writes it: PEM, or the bare Base64."""
    key = load_der_private_key(_der(Path(file).read_text("ascii")), None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("not an RSA key")
    return key


def public_key(file: str) -> RSAPublicKey:
    """Alipay's key, from a file."""
    key = load_der_public_key(_der(Path(file).read_text("ascii")))
    if not isinstance(key, RSAPublicKey):
        raise TypeError("not an RSA key")
    return key


def told_public(key: RSAPrivateKey) -> str:
    """The public half of our key, as Alipay wants to read it: Base64 without lines."""
    return base64.b64encode(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


def signed(text: str, key: RSAPrivateKey, charset: str = "utf-8") -> str:
    """The signature of a text."""
    return base64.b64encode(key.sign(text.encode(charset), PKCS1v15(), hashes.SHA256())).decode()


def is_signed(text: str, signature: str, key: RSAPublicKey, charset: str = "utf-8") -> bool:
    """Whether Alipay signed this text."""
    try:
        key.verify(base64.b64decode(signature, validate=True), text.encode(charset), PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, ValueError):  # not Base64, or signs that the code page does not have
        return False
    return True


def to_sign(told: Mapping[str, str]) -> str:
    """What is signed of the parameters of a call: all but the signature, those with a value, by name.

    >>> to_sign({"sign_type": "RSA2", "charset": "GBK", "biz_content": "X", "sign": "abc", "empty": ""})
    'biz_content=X&charset=GBK&sign_type=RSA2'
    """
    return "&".join(f"{name}={told[name]}" for name in sorted(told) if name != "sign" and told[name])


def encrypted(text: str, key: str) -> str:
    """A text as Alipay decrypts it."""
    padder = padding.PKCS7(128).padder()
    sealer = Cipher(algorithms.AES(base64.b64decode(key)), modes.CBC(NO_IV)).encryptor()
    padded = padder.update(text.encode()) + padder.finalize()
    return base64.b64encode(sealer.update(padded) + sealer.finalize()).decode()


def decrypted(text: str, key: str) -> str:
    """The text that Alipay encrypted; ValueError where it is not whole."""
    opener = Cipher(algorithms.AES(base64.b64decode(key)), modes.CBC(NO_IV)).decryptor()
    unpadder = padding.PKCS7(128).unpadder()
    padded = opener.update(base64.b64decode(text)) + opener.finalize()
    return (unpadder.update(padded) + unpadder.finalize()).decode()


def _der(text: str) -> bytes:
    lines = [line for line in text.splitlines() if not line.startswith("-----")]
    return base64.b64decode("".join("".join(lines).split()))
