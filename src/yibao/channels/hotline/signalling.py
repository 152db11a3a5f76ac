"""Which SIP message is answered how? aiosipua's server, with what a server on an open port needs besides.

A repeated request gets the answer it got before (RFC 3261, 17.2), a CANCEL that comes after the answer ends nothing,
our BYE is repeated until it is answered, a key may come by INFO, and what cannot be read is refused or dropped.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable

from aiosipua import IncomingCall, SipRequest, SipResponse, SipUAS
from aiosipua.dialog import DialogState
from aiosipua.transaction import T1, T2, TIMER_H
from aiosipua.uas_requests import handle_cancel

from yibao.channels.hotline.dtmf import key_of_info
from yibao.channels.hotline.transports import Address, Transport

log = logging.getLogger(__name__)
logging.getLogger("aiosipua").setLevel(logging.CRITICAL)  # its warnings quote what a stranger sent
ANSWERS_KEPT = 20_000
AGENT = "yibao"


class Signalling(SipUAS):
    """One transport's SIP."""

    def __init__(self, transport: Transport) -> None:
        super().__init__(transport, user_agent=AGENT)
        self.kind = transport.kind
        self.on_key: Callable[[str, str], None] = lambda call_id, key: None
        self.dropped = 0
        self._answers: OrderedDict[tuple[str, str, str], tuple[float, SipResponse]] = OrderedDict()
        self.on_responses: dict[str, Callable[[SipResponse], None]] = {}
        """Who waits for answers to what we asked for, by call."""
        self._waiting: dict[tuple[str, str], asyncio.Event] = {}
        self._sending: set[asyncio.Task[None]] = set()
        self._send_reply = transport.send_reply
        transport.send_reply = self._reply  # type: ignore[method-assign]  # every answer passes here and is kept
        self._handlers |= {"CANCEL": self._cancel, "INFO": self._info}
        for unused in ("REFER", "NOTIFY", "PRACK"):
            del self._handlers[unused]

    def hang_up(self, call: IncomingCall) -> asyncio.Task[None] | None:
        """Send BYE and repeat it until it is answered, or for 32 seconds; the task that does so."""
        self._calls.pop(call.call_id, None)
        self._remove_invite_transaction(call.invite)
        call._stop_retransmissions()
        if call.dialog.state != DialogState.CONFIRMED:
            call.dialog.terminate()
            return None
        host, port = call.advertised_addr or self.transport.local_addr
        bye = call.dialog.create_request("BYE", via_host=host, via_port=port, via_transport=self.kind)
        call.dialog.terminate()
        return self.keep_sending(bye, call.source_addr)

    def keep_sending(self, request: SipRequest, addr: Address) -> asyncio.Task[None]:
        """Send a request, and again until it is answered, or for 32 seconds."""
        task = asyncio.get_running_loop().create_task(self._until_answered(request, addr))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)
        return task

    def adopt(self, call: IncomingCall) -> None:
        """A call that we made: from now on its requests are taken as those of any other."""
        call._answered = True
        self._calls[call.call_id] = call

    async def stop(self) -> None:
        """Stop, also to repeat what nobody has answered."""
        for task in self._sending:
            task.cancel()
        await asyncio.gather(*self._sending, return_exceptions=True)
        await super().stop()

    async def _until_answered(self, request: SipRequest, addr: Address) -> None:
        waits, answered = (request.call_id or "", request.method), asyncio.Event()
        self._waiting[waits] = answered
        wait, ends = T1, time.monotonic() + TIMER_H
        try:
            while not answered.is_set() and time.monotonic() < ends:
                self.transport.send(request, addr)
                if self.transport.reliable:
                    return
                try:
                    await asyncio.wait_for(answered.wait(), wait)
                except TimeoutError:
                    wait = min(wait * 2, T2)
        finally:
            del self._waiting[waits]

    def _on_message(self, message: SipRequest | SipResponse, addr: Address) -> None:
        """One message. Whatever is wrong with it, the server goes on."""
        try:
            if isinstance(message, SipResponse):
                self._answered(message)
            elif not self._repeated(message):
                self._handle_request(message, addr)
        except Exception as problem:
            self.dropped += 1
            log.info("a SIP message that cannot be read: %s", type(problem).__name__)
            if isinstance(message, SipRequest) and message.method != "ACK":
                self._refuse_unreadable(message)

    def _answered(self, response: SipResponse) -> None:
        """An answer to a request of ours."""
        call_id, asked = response.call_id or "", response.cseq
        waits = self._waiting.get((call_id, asked.method)) if asked else None
        if waits is not None and response.status_code >= 200:
            waits.set()
        if call_id in self.on_responses:
            self.on_responses[call_id](response)

    def _refuse_unreadable(self, request: SipRequest) -> None:
        self._calls.pop(request.call_id or "", None) if self._half_made(request) else None
        try:
            self._send_error(request, 400, "Bad Request")
        except Exception:
            log.info("a SIP message without a way back")

    def _half_made(self, request: SipRequest) -> bool:
        call = self._calls.get(request.call_id or "")
        return call is not None and call.invite is request and call.dialog.state == DialogState.EARLY

    def _handle_invite(self, request: SipRequest, addr: Address) -> None:
        """A new call, or a new offer within one. A second beginning of a call that is not yet answered is refused."""
        known = self._calls.get(request.call_id or "")
        if known is not None and known.dialog.state != DialogState.CONFIRMED:
            self._send_error(request, 482, "Loop Detected")
            return
        super()._handle_invite(request, addr)

    def _cancel(self, request: SipRequest, addr: Address) -> None:
        branch = request.via[0].branch or ""
        begun = self.transactions.get_server(branch, "INVITE")
        call = self._calls.get(begun.request.call_id or "") if begun is not None and begun.request else None
        if call is not None and call._answered:
            self.transport.send_reply(call.dialog.create_response(request, 200, "OK"))
            return  # too late: the caller now hangs up by BYE (RFC 3261, 9.1)
        handle_cancel(self, request, addr)

    def _info(self, request: SipRequest, addr: Address) -> None:
        call = self._calls.get(request.call_id or "")
        if call is None:
            self._send_error(request, 481, "Call/Transaction Does Not Exist")
            return
        if not self._validate_in_dialog(call.dialog, request):
            return
        self.transport.send_reply(call.dialog.create_response(request, 200, "OK"))
        key = key_of_info(request.content_type or "", request.text)
        if key is not None:
            self.on_key(call.call_id, key)

    def _repeated(self, request: SipRequest) -> bool:
        """Was this request answered before? Then it gets the same answer once more, and nothing else happens."""
        found = self._answers.get(_transaction(request)) if request.method != "ACK" else None
        if found is None or time.monotonic() - found[0] > TIMER_H:
            return False
        self._send_reply(found[1])
        return True

    def _reply(self, response: SipResponse) -> None:
        now = time.monotonic()
        key = _transaction(response)
        self._answers.pop(key, None)
        self._answers[key] = (now, response)
        while self._answers:
            oldest = next(iter(self._answers.values()))[0]
            if len(self._answers) <= ANSWERS_KEPT and now - oldest <= TIMER_H:
                break
            self._answers.popitem(last=False)
        self._send_reply(response)


def _transaction(message: SipRequest | SipResponse) -> tuple[str, str, str]:
    """What a request and its answers have in common, and no other request has."""
    headers = message.headers
    return headers.get_first("via") or "", headers.get_first("cseq") or "", headers.get_first("call-id") or ""
