"""Is a sentence spoken once, kept where it belongs, and is what is missing said plainly?"""

import doctest
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.sip.telephone import VOICE
from tests.sip.voices import Tone

from yibao.channels.hotline import voices
from yibao.channels.hotline.g711 import alaw, ulaw
from yibao.channels.hotline.prompts import Prompts
from yibao.channels.hotline.voices import Espeak, VoiceRefused, pinyin

DYING = "tests.sip.voices.Dying"
SPOKEN = pytest.mark.skipif(not (shutil.which("espeak-ng") and shutil.which("sox")), reason="espeak-ng, sox missing")


@pytest.fixture
def prompts(tmp_path: Path) -> Iterator[Prompts]:
    with closing(Prompts(DYING, tmp_path / "voice", ["请按一。", "请按二。"])) as made:
        yield made


def kept(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "voice").iterdir())


def test_fixed_sentences_lie_on_disk_by_speed_and_codec(prompts: Prompts, tmp_path: Path) -> None:
    assert prompts.make_ahead(["normal", "slow"]) == 4
    assert len(kept(tmp_path)) == 4
    assert prompts.make("请按一。", "normal", 0) == ulaw(Tone().speak("请按一。", "normal"))
    assert len(kept(tmp_path)) == 5
    assert (tmp_path / "voice").stat().st_mode & 0o777 == 0o700


def test_what_is_said_to_one_caller_is_never_on_disk(prompts: Prompts, tmp_path: Path) -> None:
    said = prompts.make("您的个人账户里有一百零七元。", "normal")
    assert said == alaw(Tone().speak("您的个人账户里有一百零七元。", "normal"))
    assert kept(tmp_path) == []


def test_what_lies_on_disk_is_not_spoken_again(prompts: Prompts, tmp_path: Path) -> None:
    prompts.make("请按一。", "normal")
    (path,) = kept(tmp_path)
    path.write_bytes(b"kept")
    with closing(Prompts(DYING, tmp_path / "voice", ["请按一。"])) as again:
        assert again.make("请按一。", "normal") == b"kept"


def test_many_threads_that_ask_for_the_same(prompts: Prompts) -> None:
    got: list[bytes] = []
    threads = [threading.Thread(target=lambda: got.append(prompts.make("请按二。", "fast"))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(got) == {alaw(Tone().speak("请按二。", "fast"))}
    assert len(got) == 12


def test_a_process_that_died_is_started_again(prompts: Prompts) -> None:
    with pytest.raises(VoiceRefused, match="停了"):
        prompts.make("die", "normal")
    for sentence in ("一", "二", "三", "四"):  # each of the processes has its turn
        assert prompts.make(sentence, "normal")


def test_a_voice_that_refuses_a_sentence_goes_on_with_the_next(prompts: Prompts) -> None:
    with pytest.raises(VoiceRefused, match="这一句念不出来"):
        prompts.make("refuse", "normal")
    assert prompts.make("一", "normal")


def test_no_process_is_left(tmp_path: Path) -> None:
    prompts = Prompts(DYING, tmp_path, [])
    children = [speaker._process.pid for speaker in prompts._all if speaker._process]
    prompts.close()
    assert len(children) == 2
    for child in children:
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)


def test_a_voice_that_does_not_exist(tmp_path: Path) -> None:
    for name in ("no.such.Voice", "voice", "tests.sip.voices.Nobody"):
        with pytest.raises(VoiceRefused, match="没有这个语音"):
            Prompts(name, tmp_path)


def test_a_missing_program_is_named_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(VoiceRefused, match=r"espeak-ng、sox.*apt-get install espeak-ng sox"):
        Espeak()


def test_pinyin_of_what_is_said() -> None:
    """Polyphones of our subject; the tones are those of the dictionary."""
    assert doctest.testmod(voices).failed == 0
    for sentence, heard in {
        "重庆": "chong2 qing4",
        "银行": "yin2 hang2",
        "参保": "can1 bao3",
        "划入": "hua4 ru4",
        "缴费": "jiao3 fei4",
        "住院": "zhu4 yuan4",
        "还没有": "hai2 mei2 you3",
        "一共交了": "yi1 gong4 jiao1 le5",
    }.items():
        assert pinyin(sentence) == heard


@SPOKEN
def test_espeak_speaks_both_languages_at_three_speeds(tmp_path: Path) -> None:
    """Slower is longer; the same sentence is the same samples; nothing is silence."""
    voice = Espeak()
    for sentence in ("查您自己的医保，请按一。", "For your own account, press one."):
        lengths = [len(voice.speak(sentence, speed)) for speed in ("slow", "normal", "fast")]
        assert lengths == sorted(lengths, reverse=True)
        assert len(set(lengths)) == 3
        assert voice.speak(sentence, "normal") == voice.speak(sentence, "normal")
    with closing(Prompts(VOICE, tmp_path)) as prompts:
        assert len(set(prompts.make("查您自己的医保，请按一。", "normal"))) > 100
