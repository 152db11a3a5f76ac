"""What was learned from the sayings: in step with them, and the same for everybody who asks the same."""

import math
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from yibao.services.answers import ALL_TOPICS
from yibao.services.ask import ask
from yibao.services.ask.judging import topics_of
from yibao.services.ask.learned import SCALE, learned, likely, spoke_for
from yibao.services.ask.vocabulary import OUTSIDE, counted

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "src/yibao/services/ask"


def trainer() -> ModuleType:
    spec = spec_from_file_location("train_ask", ROOT / "tools/train_ask.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_was_learned_from_these_very_texts() -> None:
    tool = trainer()
    told = (FOLDER / "learned.tsv").read_text(encoding="utf-8").splitlines()[0]
    assert told == f"texts\t{tool.digest(tool.texts())}", "run tools/train_ask.py"


def test_a_file_of_sayings_for_every_topic_and_no_question_twice() -> None:
    files = {file.stem: file.read_text(encoding="utf-8").splitlines() for file in (FOLDER / "sayings").glob("*.txt")}
    assert set(files) == {name.replace("-", "_") for name in (*ALL_TOPICS, OUTSIDE)}
    tool = trainer()
    said = [tool.said(line, stem.replace("_", "-")) for stem, rows in files.items() for line in rows]
    lines = [text for text, _ in said]
    assert len(lines) == len(set(lines))
    assert all(2 <= len(line) <= 60 and line == line.strip() for line in lines)
    topics = [names.split("|") for _, names in said]
    assert all(len(names) == len(set(names)) and set(names) <= {*ALL_TOPICS, OUTSIDE} for names in topics)


def test_every_row_has_a_number_for_every_topic() -> None:
    model = learned()
    assert set(model.names) == {*ALL_TOPICS, OUTSIDE}
    assert {len(piece.weights) for piece in model.pieces.values()} == {len(model.start)} == {len(model.names)}
    assert all(piece.rarity > 0 for piece in model.pieces.values())


def test_the_chances_of_all_topics_are_a_whole_and_no_word_known_gives_none() -> None:
    told = likely("退休了医保卡每月打多少钱")
    assert sum(math.exp(one / SCALE) for one in told.values()) == pytest.approx(1, abs=0.01)  # each rounded
    assert max(told, key=lambda name: told[name]) == "allocation"
    assert likely("😀😀") == {}
    assert likely("") == {}


def test_a_piece_said_again_or_unknown_changes_nothing() -> None:
    assert likely("医保卡余额医保卡余额额医") == likely("医保卡余额额医保")
    assert likely("医保码咋整😀") == likely("医保码咋整")


def test_a_question_for_which_no_line_was_written_is_read_and_it_is_shown_by_which_words() -> None:
    words = "医保咋整成电子的"
    assert counted(words) == []
    first = topics_of(words)[0]
    assert first.topic == "credential"
    assert all(words[start:end].strip() for start, end in first.spans)
    assert first.spans


def test_what_spoke_for_a_topic_is_never_a_place() -> None:
    part = next(one for one in ask("合肥的医保码咋整").value.understood if one.kind == "topic")  # type: ignore[union-attr]
    assert "肥" not in part.typed
    assert len(spoke_for("医保码咋整", "credential")) <= 3
