"""Who speaks while others are on the telephone? Processes of their own, fed with sentences, that give back sound.

Speaking starts programs and works through every sample. In the process that sends sound each 20 ms, either would be
heard as a gap by all callers.
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from typing import BinaryIO

from yibao.channels.hotline.g711 import alaw, ulaw
from yibao.channels.hotline.voices import Voice, VoiceRefused

CODERS: dict[int, Callable[[bytes], bytes]] = {8: alaw, 0: ulaw}
"""By RTP payload type: PCMA and PCMU."""
POLITENESS = 5
LENGTH = struct.Struct("!?I")
"""Before each answer: was it refused, and how many bytes follow."""


class Speaker:
    """One such process; started anew where it has died. One thread uses it at a time."""

    def __init__(self, voice: str) -> None:
        self._voice = voice
        self._process: subprocess.Popen[bytes] | None = None
        self._one_at_a_time = threading.Lock()
        self.name = self._start()

    def speak(self, sentence: str, speed: str, codec: int) -> bytes:
        """The sentence, coded; `VoiceRefused` where the voice cannot."""
        with self._one_at_a_time:
            try:
                return self._asked(sentence, speed, codec)
            except (OSError, EOFError):
                self.close()
                self._start()
                try:
                    return self._asked(sentence, speed, codec)
                except (OSError, EOFError):
                    raise VoiceRefused("语音程序停了。The process that speaks has died.") from None

    def close(self) -> None:
        """End the process: it goes when nobody can ask it any more."""
        process, self._process = self._process, None
        if process is None:
            return
        for end in (process.stdin, process.stdout):
            if end:
                with contextlib.suppress(OSError):
                    end.close()
        process.wait()

    def _start(self) -> str:
        # Its own group: a Ctrl-C at the terminal is for the hotline, which lets callers finish, and not for this. Not
        # its own session: Linux weighs sessions first, and then the politeness of this one would be nothing to others.
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, self._voice],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,
        )
        try:
            return self._answer().decode()
        except (OSError, EOFError):
            self.close()
            raise VoiceRefused("语音程序启动不了。The process that speaks cannot be started.") from None
        except VoiceRefused:
            self.close()
            raise

    def _asked(self, sentence: str, speed: str, codec: int) -> bytes:
        process = self._process
        if process is None or process.stdin is None:
            raise EOFError
        process.stdin.write(json.dumps([sentence, speed, codec]).encode() + b"\n")
        process.stdin.flush()
        return self._answer()

    def _answer(self) -> bytes:
        process = self._process
        if process is None or process.stdout is None:
            raise EOFError
        refused, length = LENGTH.unpack(_exactly(process.stdout, LENGTH.size))
        body = _exactly(process.stdout, length)
        if refused:
            raise VoiceRefused(body.decode())
        return body


def _exactly(file: BinaryIO | object, length: int) -> bytes:
    got: bytes = file.read(length)  # type: ignore[union-attr]
    if len(got) < length:
        raise EOFError
    return got


def voice_named(name: str) -> Voice:
    """The voice of a class, `package.module.Class`."""
    module, _, attribute = name.rpartition(".")
    try:
        make: Callable[[], Voice] = getattr(import_module(module), attribute)
    except (ImportError, AttributeError, ValueError):
        raise VoiceRefused(f"没有这个语音：{name}。There is no such voice.") from None
    return make()


def give_way() -> None:
    """Let the process that sends sound go first, also where this one was started with its priority."""
    os.nice(max(0, POLITENESS - os.nice(0)))


def main(name: str) -> None:
    """Answer until nobody asks any more."""
    give_way()
    try:
        voice = voice_named(name)
    except VoiceRefused as refused:
        _give(str(refused).encode(), refused=True)
        return
    _give(voice.name.encode())
    for line in sys.stdin.buffer:
        sentence, speed, codec = json.loads(line)
        try:
            _give(CODERS[codec](voice.speak(sentence, speed)))
        except VoiceRefused as refused:
            _give(str(refused).encode(), refused=True)


def _give(body: bytes, *, refused: bool = False) -> None:
    sys.stdout.buffer.write(LENGTH.pack(refused, len(body)) + body)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1])
