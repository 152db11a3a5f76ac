"""Which secret keys does this installation have?

One file, `keys.json`, mode 0600, in the data folder. It is made once and never changed by a server: a server that finds
no keys refuses to start, since new ones would not open what the old ones closed. `make run` makes them the first time.
"""

import contextlib
import json
import os
import secrets
import tempfile
from pathlib import Path
from typing import NamedTuple

from yibao.site.data_folder import make_data_folder

FILE_NAME = "keys.json"


class Keys(NamedTuple):
    django: str  # signs the cross-site request tokens


class KeysRefused(Exception):
    """The keys cannot be used; the text is one plain sentence for the operator."""


def load_keys(folder: Path) -> Keys:
    """What are the keys? Refuses when there are none, and when others on the machine could have read them."""
    file = folder / FILE_NAME
    try:
        with file.open(encoding="utf-8") as opened:
            mode = os.fstat(opened.fileno()).st_mode
            found = json.load(opened)
        keys = Keys(django=found["django"])
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


def make_keys(folder: Path) -> None:
    """Make the key file if there is none; of two that do so at once, one wins and both then read the same keys."""
    file = folder / FILE_NAME
    if file.exists():
        return
    make_data_folder(folder)
    descriptor, draft = tempfile.mkstemp(prefix=".keys-", dir=folder)  # mode 0600 from its first moment
    try:
        with open(descriptor, "w", encoding="utf-8") as opened:
            json.dump(Keys(django=secrets.token_urlsafe(48))._asdict(), opened)
            opened.flush()
            os.fsync(opened.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)  # all or nothing, and never over another's keys
    finally:
        os.unlink(draft)
