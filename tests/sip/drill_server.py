"""The hotline of a drill, as a process of its own: `python -m tests.sip.drill_server PORT READ.json`.

The conversations are the real ones, in their own processes, with the database that the environment names.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from pathlib import Path

from tests.sip.telephone import VOICE, Script, voice_folder

from yibao.channels.hotline.admission import Admission, networks
from yibao.channels.hotline.prompts import Prompts
from yibao.channels.hotline.running import settle
from yibao.channels.hotline.server import Hotline
from yibao.channels.hotline.talk import SENTENCES
from yibao.channels.hotline.thinking import Thinkers
from yibao.channels.hotline.transports import Udp
from yibao.channels.hotline.turns import fixed_sentences


class Drilled:
    """A hotline whose calls are kept: who called, by which port, what was pressed and said, how many were on."""

    def __init__(self, port: int, prompts: Prompts) -> None:
        self.thinkers = Thinkers()
        self.scripts: dict[str, tuple[str, Script]] = {}
        self.ports: dict[str, int] = {}
        self.most = 0
        admission, way = Admission(200, networks(["127.0.0.1"])), Udp(("127.0.0.1", port))
        self.hotline = Hotline([way], self._talker, prompts, admission, ports=range(30000, 31000))

    def _talker(self, caller: str, call_id: str) -> Script:
        script = Script(self.thinkers.conversation(caller, call_id))
        self.scripts[call_id] = caller, script
        asyncio.get_running_loop().call_soon(self._begun, call_id)
        return script

    def _begun(self, call_id: str) -> None:
        self.ports[call_id] = self.hotline.calls[call_id].port
        self.most = max(self.most, len(self.hotline.calls))

    def kept(self) -> str:
        """All of it."""
        calls = [
            {"caller": caller, "port": self.ports[call_id], "lines": script.lines}
            for call_id, (caller, script) in self.scripts.items()
        ]
        return json.dumps({"at_once": self.most, "calls": calls})


async def serve(port: int, prompts: Prompts) -> str:
    """Until it is told to stop."""
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    drilled = Drilled(port, prompts)
    await drilled.thinkers.start()
    await drilled.hotline.start()
    print("ready", flush=True)
    await stopped.wait()
    await drilled.hotline.stop(5)
    await drilled.thinkers.close()
    return drilled.kept()


def main(port: str, out: str) -> None:
    """Have the sentences ready, then serve."""
    prompts = Prompts(VOICE, voice_folder(), [*fixed_sentences(), *SENTENCES])
    prompts.make_ahead(["normal"])
    settle()
    Path(out).write_text(asyncio.run(serve(int(port), prompts)), encoding="utf-8")
    prompts.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
