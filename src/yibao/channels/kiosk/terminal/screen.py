"""How is the browser started so that it fills the screen, leads nowhere else and keeps nothing?"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it: what a browser writes never meets a disk
ARGUMENTS = (
    "--kiosk",
    "--incognito",
    "--no-first-run",
    "--noerrdialogs",
    "--disable-pinch",
    "--overscroll-history-navigation=0",
    "--disable-features=BackForwardCache,Translate,AutofillServerCommunication",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disk-cache-size=1",
    "--media-cache-size=1",
    "--password-store=basic",
)


def command(browser: str, folder: Path, address: str) -> list[str]:
    """How the browser is called."""
    return [browser, *ARGUMENTS, f"--user-data-dir={folder}", f"--disk-cache-dir={folder}/cache", address]


def show(address: str) -> int:
    """Show the terminal until the browser is closed; its folder lies in memory and goes with it."""
    browser = next((path for name in NAMES if (path := shutil.which(name))), None)
    if browser is None:
        return 2
    with tempfile.TemporaryDirectory(prefix="yibao-kiosk-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        return subprocess.run(command(browser, Path(folder), address), check=False).returncode
