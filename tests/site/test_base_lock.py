"""Is what `make run` installs enough? Everything that only tests and extras bring is hidden, and the site is set up."""

import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HIDE = """
import sys
hidden = set(sys.argv[1].split(","))
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in hidden:
            raise ModuleNotFoundError(f"only tests and extras bring {name}", name=name)
sys.meta_path.insert(0, Hidden())
import django
from django.conf import settings
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "yibao.site.settings"
django.setup()
from django.urls import get_resolver
print(len(get_resolver().url_patterns))
from yibao.channels.cli import main
main._parser()
"""


def test_the_site_and_the_command_line_need_nothing_but_the_lock_of_make_run(tmp_path: Path) -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {re.sub(r"[-_.]+", "-", name).lower() for name in re.findall(r"^([A-Za-z0-9_.-]+)==", lock, re.MULTILINE)}
    ours = {"yibao", "pip"}
    hidden = [
        module
        for module, owners in packages_distributions().items()
        if not {re.sub(r"[-_.]+", "-", one).lower() for one in owners} & (locked | ours)
    ]
    assert {"pytest", "aiosipua", "sklearn"} <= set(hidden)
    keys = "from pathlib import Path; from yibao.site.keys import make_keys; import sys; make_keys(Path(sys.argv[1]))"
    data = tmp_path / "data"
    subprocess.run([sys.executable, "-c", keys, str(data)], check=True)
    run = subprocess.run(
        [sys.executable, "-c", HIDE, ",".join(hidden)],
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", "YIBAO_DATA": str(data), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
    )
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) > 10
