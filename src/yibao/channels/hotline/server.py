"""Who is on the telephone? Takes calls, keeps their lines, and lets go of everything when one ends.

Each call ends in one place (`_end`), however it ends: BYE, CANCEL, no ACK, the conversation's own end, the stop of the
server.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import re
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from aiosipua import IncomingCall, SipRequest
from aiosipua.dialog import DialogState
from aiosipua.sdp import SdpMessage, parse_sdp

from yibao.channels.hotline.admission import Admission
from yibao.channels.hotline.line import Line, pace
from yibao.channels.hotline.offers import Media, OfferRefused, answer_to
from yibao.channels.hotline.prompts import Prompts
from yibao.channels.hotline.signalling import Signalling
from yibao.channels.hotline.talk import Talk, Talker
from yibao.channels.hotline.transports import Address, Transport

log = logging.getLogger(__name__)
FAREWELL_S = 2.0
"""So long the stop waits for the answers to its BYEs."""
NUMBER = re.compile(r"sips?:(\+?\d{3,20})@")
ANYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 compared with, not bound to
MakeTalker = Callable[[str, str], Talker]
"""A conversation for a caller's number and the number of the call."""


@dataclass
class OnCall:
    """A call that is going on."""

    call: IncomingCall
    signalling: Signalling
    line: Line
    address: str
    source: str
    talker: Talker
    port: int
    answers: int = 1
    task: asyncio.Task[Any] | None = None


class Hotline:
    """All calls of this process."""

    def __init__(
        self,
        transports: Iterable[Transport],
        make_talker: MakeTalker,
        prompts: Prompts,
        admission: Admission,
        *,
        ports: range,
        advertised: str = "",
    ) -> None:
        self._make_talker, self._prompts, self._admission = make_talker, prompts, admission
        self._advertised = advertised
        self._range, self._next_ports = ports, itertools.cycle(range(ports.start, ports.stop - 1, 2))
        self._transports = list(transports)
        self._signalling: list[Signalling] = []
        self.calls: dict[str, OnCall] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False

    async def start(self) -> None:
        """Listen, and begin to send."""
        for transport in self._transports:
            one = Signalling(transport)
            one.on_invite = self._invited
            one.on_reinvite = self._offered_anew
            one.on_update = self._updated
            one.on_bye = lambda call, _: self._end(call.call_id)
            one.on_cancel = lambda request, _: self._end(request.call_id or "")
            one.on_ack_timeout = lambda call: self._end(call.call_id)
            one.on_key = self._key
            await one.start()
            self._signalling.append(one)
        self._keep(asyncio.get_running_loop().create_task(pace(lambda: [on.line for on in self.calls.values()])))

    async def stop(self, grace: float) -> None:
        """Take no new calls, let those that are going on come to their end for so many seconds, hang up the others."""
        self._stopping = True
        ends = time.monotonic() + grace
        while self.calls and time.monotonic() < ends:
            await asyncio.sleep(0.05)
        byes = [bye for call_id in list(self.calls) if (bye := self._end(call_id, hang_up=True))]
        if byes:
            await asyncio.wait(byes, timeout=FAREWELL_S)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for one in self._signalling:
            await one.stop()

    def _invited(self, call: IncomingCall) -> None:
        """A new call: taken, or refused with its reason."""
        source = call.source_addr[0]
        signalling = next(one for one in self._signalling if one.transport is call.transport)
        refusal = (503, "Service Unavailable") if self._stopping else self._admission.refusal(source, time.monotonic())
        if refusal is not None:
            return self._refuse(signalling, call, *refusal)
        self._admission.begin(source)
        self._keep(asyncio.get_running_loop().create_task(self._take(signalling, call, source)))

    async def _take(self, signalling: Signalling, call: IncomingCall, source: str) -> None:
        """Agree on the sound, open the line, answer, and let them talk."""
        line = None
        try:
            address = self.address(signalling, call.source_addr)
            call.advertised_addr = (address, signalling.transport.local_addr[1])
            offered = answer_to(call.sdp_offer, address, self._range.start, 1)
            line, port = await self.open_line(signalling, offered, source)
        except OfferRefused:
            self._refuse(signalling, call, 488, "Not Acceptable Here")
        except OSError as problem:
            log.error("no line for a call: %s", problem.strerror or problem)
            self._refuse(signalling, call, 503, "Service Unavailable")
        if line is None or signalling.get_call(call.call_id) is not call:  # refused, or cancelled meanwhile
            self._admission.end(source)
            if line is not None:
                line.close()
            return
        found = NUMBER.match(call.caller)
        talker = self._make_talker(found[1] if found else "", call.call_id)
        on = OnCall(call, signalling, line, address, source, talker, port, task=asyncio.current_task())
        self.calls[call.call_id] = on
        line.media = answer_to(call.sdp_offer, address, port, 1)
        call.accept(line.media.answer)
        await self._talk(on)

    @property
    def is_stopping(self) -> bool:
        """Whether calls end because the hotline does."""
        return self._stopping

    def by_udp(self) -> Signalling:
        """The way by which calls of ours go out."""
        return next(one for one in self._signalling if one.kind == "UDP")

    def address(self, signalling: Signalling, towards: Address) -> str:
        """Which address of ours the other side is told."""
        return self._advertised or _own_address(signalling.transport.local_addr[0], towards)

    async def open_line(self, signalling: Signalling, media: Media, source: str) -> tuple[Line, int]:
        """A line and its port; OSError where none is free."""
        line = Line(media, source)
        ports = itertools.islice(self._next_ports, len(self._range) // 2)
        return line, await line.open(signalling.transport.local_addr[0], ports)

    async def talk(self, on: OnCall, longest: float) -> bool:
        """Let them talk in a call that we made, so long at most; whether the conversation came to its own end."""
        if on.call.dialog.state == DialogState.TERMINATED:  # hung up in the very moment
            on.line.close()
            return False
        self._admission.begin(on.source)
        self.calls[on.call.call_id] = on
        on.task = talking = asyncio.get_running_loop().create_task(self._talk(on))
        await asyncio.wait({talking}, timeout=longest)
        self._end(on.call.call_id, hang_up=True)
        await asyncio.wait({talking})
        return not talking.cancelled() and talking.result()

    async def _talk(self, on: OnCall) -> bool:
        talk = Talk(on.talker, on.line, self._prompts)
        on.line.on_key = talk.pressed
        is_whole = False
        try:
            await talk.run()
            is_whole = True
        except Exception as problem:
            log.error("a call broke off: %s", type(problem).__name__)
        self._end(on.call.call_id, hang_up=True)
        return is_whole

    def _end(self, call_id: str, *, hang_up: bool = False) -> asyncio.Task[None] | None:
        """Let go of a call; with `hang_up` the other side is told. The task that tells it, where there is one."""
        on = self.calls.pop(call_id, None)
        if on is None:
            return None
        bye = on.signalling.hang_up(on.call) if hang_up else None
        if bye is not None:
            self._keep(bye)
        on.line.close()
        self._admission.end(on.source)
        if on.task is not None and on.task is not asyncio.current_task():
            on.task.cancel()
        on.talker.hung_up()
        return bye

    def _key(self, call_id: str, key: str) -> None:
        on = self.calls.get(call_id)
        if on is not None:
            on.line.on_key(key)

    def _offered_anew(self, call: IncomingCall) -> None:
        """A re-INVITE: hold, its end, another address; one without an offer is told again what was agreed."""
        on = self.calls.get(call.call_id)
        if on is None:
            return
        if not call.invite.body:
            call.accept(on.line.media.answer)
            return
        media = self._agreed_anew(on)
        if media is None:
            call._send_response(488, "Not Acceptable Here")  # the call itself goes on as it was (RFC 3261, 14.2)
        else:
            call.accept(media.answer)

    def _updated(self, call: IncomingCall, request: SipRequest) -> SdpMessage | None:
        on = self.calls.get(call.call_id)
        if on is None or not request.body:
            return None
        call.sdp_offer = parse_sdp(request.text)
        media = self._agreed_anew(on)
        return media.answer if media else None

    def _agreed_anew(self, on: OnCall) -> Media | None:
        try:
            media = answer_to(on.call.sdp_offer, on.address, on.port, on.answers + 1)
        except OfferRefused:
            return None
        on.answers += 1
        on.line.agreed(media)
        return media

    def _refuse(self, signalling: Signalling, call: IncomingCall, status: int, reason: str) -> None:
        call.reject(status, reason)
        signalling._calls.pop(call.call_id, None)  # nothing is kept of whom we refused; a repeat gets the same answer
        signalling._remove_invite_transaction(call.invite)

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _own_address(bound: str, towards: Address) -> str:
    """Which address of ours does this caller see? The one bound to, or the one from which packets to him leave."""
    if bound not in ANYWHERE:
        return bound
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(towards)  # sends nothing
        return str(probe.getsockname()[0])
