"""Where does the sound of a sentence come from? Made once, outside the loop, and kept.

Sentences that everybody may hear lie on disk, keyed by voice, speed, codec and words; what is said to one caller is
kept in memory for a while and never on disk.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from yibao.channels.hotline.speaking import Speaker

SPEAKERS = 2
IN_MEMORY = 2_000
"""Clips; of three seconds each they are some fifty megabytes."""


class Prompts:
    """The sound of sentences, as the codec of a call wants it. `VoiceRefused` where the voice cannot be had."""

    def __init__(self, voice: str, folder: Path, fixed: Iterable[str] = ()) -> None:
        self._folder, self._fixed = folder, frozenset(fixed)
        self._clips: OrderedDict[tuple[str, str, int], bytes] = OrderedDict()
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._speakers: SimpleQueue[Speaker] = SimpleQueue()
        self._all = [Speaker(voice) for _ in range(SPEAKERS)]
        self._voice = self._all[0].name
        for speaker in self._all:
            self._speakers.put(speaker)
        self._threads = ThreadPoolExecutor(SPEAKERS, thread_name_prefix="voice")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def clip(self, sentence: str, speed: str, codec: int) -> bytes:
        """The sentence in a codec. What is not at hand is fetched in a thread; the loop goes on meanwhile."""
        found = self._kept((sentence, speed, codec))
        if found is not None:
            return found
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.make, sentence, speed, codec)

    def make(self, sentence: str, speed: str, codec: int = 8) -> bytes:
        """The sentence in a codec, from memory, from disk or newly spoken."""
        key = (sentence, speed, codec)
        found = self._kept(key)
        if found is None:
            found = self._from_disk(*key) if sentence in self._fixed else self._spoken(*key)
            with self._lock:
                self._clips[key] = found
                while len(self._clips) > IN_MEMORY:
                    self._clips.popitem(last=False)
        return found

    def make_ahead(self, speeds: Iterable[str]) -> int:
        """Have every fixed sentence in these speeds in memory and on disk; how many there are. Ends when closed."""
        wanted = [(sentence, speed) for speed in speeds for sentence in sorted(self._fixed)]
        with ThreadPoolExecutor(SPEAKERS) as threads:
            return sum(threads.map(lambda one: self._ahead(*one), wanted))

    def close(self) -> None:
        """No more sentences are made; the processes end."""
        self._stopped.set()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for speaker in self._all:
            speaker.close()

    def _ahead(self, sentence: str, speed: str) -> bool:
        if self._stopped.is_set():
            return False
        self.make(sentence, speed)
        return True

    def _spoken(self, sentence: str, speed: str, codec: int) -> bytes:
        speaker = self._speakers.get()
        try:
            return speaker.speak(sentence, speed, codec)
        finally:
            self._speakers.put(speaker)

    def _from_disk(self, sentence: str, speed: str, codec: int) -> bytes:
        key = "\0".join((self._voice, speed, str(codec), sentence))
        path = self._folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.g711"
        try:
            return path.read_bytes()
        except FileNotFoundError:
            pass
        made = self._spoken(sentence, speed, codec)
        half = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        half.write_bytes(made)
        half.replace(path)  # whole or not at all, also when two make it at once
        return made

    def _kept(self, key: tuple[str, str, int]) -> bytes | None:
        with self._lock:
            found = self._clips.get(key)
            if found is not None:
                self._clips.move_to_end(key)
            return found
