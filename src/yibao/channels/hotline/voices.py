"""Who speaks? The port for voices, and the default: espeak-ng, robotic but free, from pinyin.

An agency with a better voice names its own class: `yibao hotline --voice package.module.Class`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import Protocol

RATE = 8000
CHINESE = re.compile(r"[\u3400-\u9fff]")
SPEEDS = {"slow": 125, "normal": 165, "fast": 215}
"""Words a minute, as espeak-ng counts them."""
INSTALL = "apt-get install espeak-ng sox"
PAUSES = str.maketrans({"，": ",", "、": ",", "；": ",", "：": ",", "。": ".", "！": ".", "？": "?"})
TIME_S = 20


class VoiceRefused(Exception):
    """Nothing can be spoken; the text is one plain sentence for the operator."""


class Voice(Protocol):
    """Speaks one sentence. `name` is part of the key of what is kept: another voice, another name."""

    name: str

    def speak(self, sentence: str, speed: str) -> bytes:
        """Samples: 16 bits, little endian, one channel, 8,000 a second. Called in a thread; may take its time."""


class Espeak:
    """espeak-ng, called as a program, and sox, which makes its 22,050 samples a second into 8,000."""

    name = "espeak-ng/2"

    def __init__(self) -> None:
        missing = [program for program in ("espeak-ng", "sox") if not shutil.which(program)]
        if missing:
            raise VoiceRefused(
                f"缺少语音程序 {'、'.join(missing)}。请用 root 执行：{INSTALL}。"
                f"The speech programs are missing; as root: {INSTALL}"
            )

    def speak(self, sentence: str, speed: str) -> bytes:
        """Mandarin by way of pinyin: given characters, espeak-ng reads many of them in English."""
        mandarin = CHINESE.search(sentence) is not None
        text = pinyin(sentence) if mandarin else sentence
        voice = "cmn-latn-pinyin" if mandarin else "en-us"
        said = _run(["espeak-ng", "-v", voice, "-s", str(SPEEDS[speed]), "--stdin", "--stdout"], text.encode())
        shape = ["-t", "raw", "-r", str(RATE), "-c", "1", "-b", "16", "-e", "signed-integer", "-L", "-"]
        # No dither: the same sentence is the same samples. As loud as a telephone bears, with nothing below its band.
        return _run(["sox", "-V1", "-D", "-t", "wav", "-", *shape, "highpass", "200", "gain", "-n", "-3"], said)


def _run(command: list[str], given: bytes) -> bytes:
    try:
        return subprocess.run(command, input=given, capture_output=True, check=True, timeout=TIME_S).stdout
    except (OSError, subprocess.SubprocessError):
        raise VoiceRefused(f"{command[0]} 没能念出一句话。{command[0]} could not speak a sentence.") from None


def pinyin(sentence: str) -> str:
    """The sentence in pinyin with tones, as the voice reads it.

    >>> pinyin("重庆的银行，请按一。")
    'chong2 qing4 de5 yin2 hang2, qing3 an4 yi1.'
    """
    from pypinyin import Style, lazy_pinyin

    syllables = lazy_pinyin(sentence, style=Style.TONE3, neutral_tone_with_five=True)
    return re.sub(r"\s+([,.?])", r"\1", " ".join(syllables).translate(PAUSES))
