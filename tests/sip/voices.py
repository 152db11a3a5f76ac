"""Voices for tests that are about something else: quick, and needing no program."""

from __future__ import annotations

import hashlib
from array import array

from yibao.channels.hotline.voices import VoiceRefused


class Tone:
    """Noise that only this sentence has, a quarter of a second of it."""

    name = "tone/1"

    def speak(self, sentence: str, speed: str) -> bytes:
        """Samples drawn from the sentence's hash, loud enough to be no silence."""
        drawn = hashlib.shake_128(f"{speed} {sentence}".encode()).digest(2000)
        return array("h", [(byte - 128) * 200 for byte in drawn]).tobytes()


class Dying(Tone):
    """Dies at a sentence that says so, as a program that breaks would."""

    name = "dying/1"

    def speak(self, sentence: str, speed: str) -> bytes:
        if sentence == "die":
            raise SystemExit(1)
        if sentence == "refuse":
            raise VoiceRefused("这一句念不出来。")
        return super().speak(sentence, speed)
