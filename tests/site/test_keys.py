"""The secret keys: made once, private, and never replaced in silence."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from yibao.site.data_folder import data_folder
from yibao.site.keys import KeysRefused, load_keys, make_keys


def test_made_once_and_readable_by_the_owner_only(tmp_path: Path) -> None:
    data = tmp_path / "data"
    make_keys(data)
    file = data / "keys.json"
    assert file.stat().st_mode & 0o777 == 0o600
    first = load_keys(data)
    assert len(first.django) >= 50
    make_keys(data)
    assert load_keys(data) == first
    assert [path.name for path in data.iterdir()] == ["keys.json"]


def test_a_file_of_an_older_version_gets_what_it_lacks(tmp_path: Path) -> None:
    make_keys(tmp_path)
    file = tmp_path / "keys.json"
    whole = json.loads(file.read_text())
    file.write_text(json.dumps({"django": whole["django"]}))
    with pytest.raises(KeysRefused, match="备份"):
        load_keys(tmp_path)
    make_keys(tmp_path)
    keys = load_keys(tmp_path)
    assert keys.django == whole["django"]
    assert (len(keys.blind_index), [(key.id, key.cipher, len(key.key)) for key in keys.sealing]) == (
        32, [(1, "AES-256-GCM", 32)]
    )  # fmt: skip
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("broken", [{"sealing": []}, {"sealing": [{"id": 0, "cipher": "AES-256-GCM", "key": "AA=="}]},
                                    {"index": "not base64!"}])  # fmt: skip
def test_keys_that_are_no_keys_are_refused(tmp_path: Path, broken: dict[str, Any]) -> None:
    make_keys(tmp_path)
    file = tmp_path / "keys.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **broken}))
    with pytest.raises(KeysRefused, match="备份"):
        load_keys(tmp_path)


def test_two_installations_have_different_keys(tmp_path: Path) -> None:
    make_keys(tmp_path / "a")
    make_keys(tmp_path / "b")
    assert load_keys(tmp_path / "a") != load_keys(tmp_path / "b")


def test_keys_that_others_may_read_are_refused(tmp_path: Path) -> None:
    make_keys(tmp_path)
    (tmp_path / "keys.json").chmod(0o640)
    with pytest.raises(KeysRefused, match="chmod 600"):
        load_keys(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}"])
def test_a_damaged_file_is_refused_and_left_alone(tmp_path: Path, text: str) -> None:
    file = tmp_path / "keys.json"
    file.write_text(text)
    file.chmod(0o600)
    with pytest.raises(KeysRefused, match=r"keys\.json"):
        load_keys(tmp_path)
    make_keys(tmp_path)
    assert file.read_text() == text


def test_settings_and_server_refuse_to_start_without_keys(tmp_path: Path) -> None:
    environment = {**os.environ, "YIBAO_DATA": str(tmp_path / "none")}
    settings = subprocess.run(
        [sys.executable, "-c", "import yibao.site.settings"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert settings.returncode != 0
    assert "KeysRefused" in settings.stderr
    server = subprocess.run(
        [sys.executable, "-m", "yibao.site.serve", "--port", "8999"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert server.returncode == 2
    assert server.stderr.count("\n") == 1
    assert "make run" in server.stderr
    assert not (tmp_path / "none").exists()


def test_where_the_data_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIBAO_DATA", str(tmp_path))
    assert data_folder() == tmp_path
    monkeypatch.delenv("YIBAO_DATA")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert data_folder() == Path("/var/lib/yibao")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("HOME", "/home/li")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert data_folder() == Path("/home/li/.local/share/yibao")
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert data_folder() == Path("/home/li/.local/share/yibao")
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert data_folder() == Path("/data/yibao")
