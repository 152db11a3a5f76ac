"""Where does this installation keep its keys and its database?

`YIBAO_DATA` if it is set; else, for root, `/var/lib/yibao`; else the user's own `~/.local/share/yibao`.
"""

import os
from pathlib import Path

ROOTS_FOLDER = Path("/var/lib/yibao")


def data_folder() -> Path:
    """Which folder is it? It need not exist yet."""
    chosen = os.environ.get("YIBAO_DATA", "")
    if chosen:
        return Path(chosen).absolute()
    if os.geteuid() == 0:
        return ROOTS_FOLDER
    shared = os.environ.get("XDG_DATA_HOME", "")
    # The XDG standard says that a relative path there is to be ignored.
    base = Path(shared) if os.path.isabs(shared) else Path.home() / ".local" / "share"
    return base / "yibao"


def make_data_folder(folder: Path) -> None:
    """Make the folder if it is missing: private, save that root's may be passed through by the database's own user.

    A folder that is already there keeps its permissions, and so does every folder above it.
    """
    if folder.is_dir():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(exist_ok=True)
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
