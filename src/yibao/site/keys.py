"""Which secret keys does this installation have?

One file, `keys.json`, mode 0600, in the data folder. It is made once and never changed by a server: a server that finds
no keys refuses to start, since new ones would not open what the old ones closed. `make run` makes them the first time,
and adds those that an older version did not have. To rotate the sealing key, add another to the end of `sealing`: the
last one seals, all of them open.
"""

import base64
import contextlib
import json
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from yibao.site.data_folder import make_data_folder

FILE_NAME = "keys.json"
KEY_BYTES = {"AES-256-GCM": 32, "SM4-GCM": 16}


class SealingKey(NamedTuple):
    """A key that seals what lies in the database; its id stands in every ciphertext."""

    id: int
    cipher: str
    key: bytes


class Keys(NamedTuple):
    django: str  # signs cookies and the cross-site request tokens
    blind_index: bytes  # of the blind index: numbers are found by it; it cannot be rotated without sealing anew
    sealing: tuple[SealingKey, ...]  # the last one seals
    id_tokens: str  # the RSA key, as PEM, that signs what an app is told of who signed in
    web_push: str  # the P-256 key, as PEM, by which browsers know our push messages; another key, and none takes them


class KeysRefused(Exception):
    """The keys cannot be used; the text is one plain sentence for the operator."""


def load_keys(folder: Path) -> Keys:
    """What are the keys? Refuses when there are none, and when others on the machine could have read them."""
    file = folder / FILE_NAME
    try:
        with file.open(encoding="utf-8") as opened:
            mode = os.fstat(opened.fileno()).st_mode
            found = json.load(opened)
        keys = _read(found)
    except FileNotFoundError:
        raise KeysRefused(
            f"{file} 不存在：没有密钥，服务不启动。第一次请用 make run。No keys, no server: use make run first."
        ) from None
    except PermissionError:
        raise KeysRefused(f"{file} 无权读取，请用建立它的用户启动。Unreadable: start as its owner.") from None
    except (ValueError, KeyError, TypeError):
        raise KeysRefused(f"{file} 不完整，请从备份恢复。Not a whole key file: restore it from a backup.") from None
    if mode & 0o077:
        raise KeysRefused(f"{file} 别人也能读取，请先执行 chmod 600。Others may read it: chmod 600 it first.")
    return keys


def _read(found: dict[str, Any]) -> Keys:
    sealing = tuple(
        SealingKey(int(row["id"]), row["cipher"], base64.b64decode(row["key"], validate=True))
        for row in found["sealing"]
    )
    if not sealing or any(len(key.key) != KEY_BYTES[key.cipher] or not 0 < key.id < 256 for key in sealing):
        raise ValueError
    pems = (found["id_tokens"], found["web_push"])
    if any(not isinstance(pem, str) or "PRIVATE KEY" not in pem for pem in pems):
        raise ValueError
    return Keys(found["django"], base64.b64decode(found["index"], validate=True), sealing, *pems)


def make_keys(folder: Path) -> None:
    """Make the key file if there is none; of two that do so at once, one wins and both then read the same keys."""
    file = folder / FILE_NAME
    if file.exists():
        _add_what_is_missing(file)
        return
    make_data_folder(folder)
    with contextlib.suppress(FileExistsError), _draft(folder, _new_keys()) as draft:
        os.link(draft, file)  # all or nothing, and never over another's keys


def _new_keys() -> dict[str, Any]:
    return {
        "django": secrets.token_urlsafe(48),
        "index": base64.b64encode(secrets.token_bytes(32)).decode(),
        "sealing": [
            {"id": 1, "cipher": "AES-256-GCM", "key": base64.b64encode(secrets.token_bytes(32)).decode()},
        ],
        "id_tokens": _pem(rsa.generate_private_key(public_exponent=65537, key_size=2048)),
        "web_push": _pem(ec.generate_private_key(ec.SECP256R1())),
    }


def _pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    plain = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain).decode()


def _add_what_is_missing(file: Path) -> None:
    """A key file of an older version gets the keys that it lacks; a damaged one is left as it is."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    if not isinstance(found, dict) or "django" not in found or len({"index", "sealing"} & found.keys()) == 1:
        return
    if found.keys() >= set(Keys._fields) - {"blind_index"}:
        return
    with _draft(file.parent, {**_new_keys(), **found}) as draft:
        os.replace(draft, file)


@contextlib.contextmanager
def _draft(folder: Path, keys: dict[str, Any]) -> Any:
    """A file with the keys, on the disk, to be put into its place."""
    descriptor, draft = tempfile.mkstemp(prefix=".keys-", dir=folder)  # mode 0600 from its first moment
    try:
        with open(descriptor, "w", encoding="utf-8") as opened:
            json.dump(keys, opened)
            opened.flush()
            os.fsync(opened.fileno())
        yield draft
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(draft)
