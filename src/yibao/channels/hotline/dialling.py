"""How does the hotline call somebody? The caller's side of SIP, over UDP, by a trunk or an exchange.

Requests are repeated until they are answered, and answers that come again are confirmed again (RFC 3261, 13.2, 17.1).
A late yes to a call that was given up is hung up. No password is given to an exchange that asks for one (401, 407).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import time

from aiosipua import IncomingCall, SipRequest, SipResponse
from aiosipua.dialog import Dialog
from aiosipua.headers import stringify_uri
from aiosipua.sdp import SdpMessage, parse_sdp, serialize_sdp
from aiosipua.transaction import T1, TIMER_H
from aiosipua.utils import generate_call_id, generate_tag

from yibao.channels.hotline.signalling import AGENT, Signalling
from yibao.channels.hotline.transports import Address

log = logging.getLogger(__name__)
RINGS_S = 45.0
"""So long a telephone may ring."""
SILENT_S = TIMER_H
"""So long an exchange may say nothing at all (timer B)."""
OURS = "12393"
ANSWERS = {486: "busy", 600: "busy", 603: "declined", 408: "no_answer", 480: "no_answer", 487: "no_answer"}
PASSWORD_WANTED = (401, 407)


class NotAnswered(Exception):
    """Nobody could be spoken to; `answer` says why."""

    def __init__(self, answer: str) -> None:
        super().__init__(answer)
        self.answer = answer


class Dialling:
    """One call to a number, up to the moment when somebody answers. Used in the loop of its signalling."""

    def __init__(self, signalling: Signalling, there: Address, address: str, number: str) -> None:
        self._signalling, self._there = signalling, there
        self._here: Address = (address, signalling.transport.local_addr[1])
        to = f"sip:{number}@{there[0]}:{there[1]}"
        self.dialog = Dialog(
            call_id=generate_call_id(secrets.token_hex(4)),
            local_tag=generate_tag(),
            local_uri=f"sip:{OURS}@{address}",
            remote_uri=to,
            remote_target=to,
        )
        self.invite = SipRequest(method="INVITE", uri=to)
        self._final: asyncio.Future[SipResponse] = asyncio.get_running_loop().create_future()
        self._rings = asyncio.Event()
        """Set by the first provisional answer: the exchange has it, and need not be told again."""
        self._given_up = False
        self.call: IncomingCall | None = None
        """The call, from the moment when somebody answered it; its BYE may follow at once."""

    async def answered(self, offer: SdpMessage) -> SdpMessage:
        """Call; what the other side answers to the offer of sound. `NotAnswered` where nobody does."""
        call_id = self.dialog.call_id
        self.invite = self._request(offer)
        self._signalling.on_responses[call_id] = self._came
        is_well = False
        try:
            async with asyncio.timeout(RINGS_S):
                await self._asked()
                response = await self._final
            if response.status_code >= 300:
                raise NotAnswered(_why(response.status_code))
            answer = parse_sdp(response.text)
            is_well = True
        except TimeoutError:
            raise NotAnswered("no_answer") from None
        finally:
            if not is_well:
                self._let_go()
            # Answers may come again for a while, and want to be confirmed again.
            asyncio.get_running_loop().call_later(TIMER_H, self._signalling.on_responses.pop, call_id, None)
        return answer

    def _in(self, dialog: Dialog, method: str) -> SipRequest:
        return dialog.create_request(method, via_host=self._here[0], via_port=self._here[1])

    def _request(self, offer: SdpMessage) -> SipRequest:
        invite = self._in(self.dialog, "INVITE")
        invite.text = serialize_sdp(offer)
        contact = f"<sip:{OURS}@{self._here[0]}:{self._here[1]}>"
        told = {"Contact": contact, "Content-Type": "application/sdp", "User-Agent": AGENT}
        told["Allow"] = "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE"
        for name, value in told.items():
            invite.headers.set_single(name, value)
        return invite

    async def _asked(self) -> None:
        """Send the INVITE until the exchange says anything."""
        wait, ends = T1, time.monotonic() + SILENT_S
        while not self._rings.is_set():
            if time.monotonic() >= ends:
                raise NotAnswered("not_taken")
            self._send(self.invite)
            # Not `wait_for`: in Python 3.11 it forgets that it was cancelled where the answer comes at the same moment.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(wait, max(0.0, ends - time.monotonic()))):
                    await self._rings.wait()
            wait *= 2

    def _came(self, response: SipResponse) -> None:
        """An answer to the INVITE, perhaps not for the first time."""
        if response.cseq is None or response.cseq.method != "INVITE":
            return
        first = not self._rings.is_set()
        self._rings.set()
        if response.status_code < 200:
            if first and self._given_up:  # only now it may be taken back (RFC 3261, 9.1)
                self._signalling.keep_sending(self._alike("CANCEL"), self._there)
            return
        if response.status_code < 300:
            self._taken(response)
        else:
            self._send(self._ack_of_refusal(response))
        if not self._final.done():
            self._final.set_result(response)

    def _taken(self, response: SipResponse) -> None:
        """Somebody answers: confirm it. A second one (the call was forked), or one who comes too late, is hung up."""
        tag = (response.to_addr.tag if response.to_addr else "") or ""
        first = not self.dialog.remote_tag
        dialog = self.dialog if first or tag == self.dialog.remote_tag else self._another()
        if dialog.remote_tag != tag:
            dialog.remote_tag = tag
            contacts = response.contact
            dialog.remote_target = stringify_uri(contacts[0].uri) if contacts else dialog.remote_uri
            dialog.route_set = list(reversed(response.headers.get("record-route")))
        self._send(self._ack(dialog))
        if dialog is not self.dialog or (first and self._given_up):
            bye = self._in(dialog, "BYE")
            self._signalling.keep_sending(bye, self._there)
        elif first:
            dialog.confirm()
            self.call = IncomingCall(
                dialog, self.invite, transport=self._signalling.transport, source_addr=self._there, user_agent=AGENT,
                advertised_addr=self._here,
            )  # fmt: skip
            self._signalling.adopt(self.call)

    def _another(self) -> Dialog:
        ours = self.dialog
        return Dialog(ours.call_id, ours.local_tag, "", ours.local_uri, ours.remote_uri, ours.remote_uri, local_cseq=1)

    def _ack(self, dialog: Dialog) -> SipRequest:
        """The ACK of a yes: a transaction of its own, under the number of the INVITE."""
        at = dialog.local_cseq
        ack = self._in(dialog, "ACK")
        dialog.local_cseq = at
        ack.headers.set_single("CSeq", "1 ACK")
        return ack

    def _ack_of_refusal(self, response: SipResponse) -> SipRequest:
        """The ACK of a no belongs to the transaction of the INVITE (RFC 3261, 17.1.1.3)."""
        ack = self._alike("ACK")
        ack.headers.set_single("To", response.headers.get_first("to") or "")
        return ack

    def _let_go(self) -> None:
        """Let it ring no longer, or hang up. Nothing is taken back before the exchange says that it has it."""
        self._given_up = True
        if self.call is not None:
            self._signalling.hang_up(self.call)
        elif self._rings.is_set() and (self._final.cancelled() or not self._final.done()):
            self._signalling.keep_sending(self._alike("CANCEL"), self._there)

    def _alike(self, method: str) -> SipRequest:
        """A request that belongs to the INVITE: its Via, From, To and number."""
        request = SipRequest(method=method, uri=self.invite.uri)
        for name in ("Via", "From", "To", "Call-ID", "Max-Forwards"):
            request.headers.set_single(name, self.invite.headers.get_first(name) or "")
        request.headers.set_single("CSeq", f"1 {method}")
        return request

    def _send(self, request: SipRequest) -> None:
        self._signalling.transport.send(request, self._there)


def _why(status: int) -> str:
    """A refusal in a word; what only the operator can mend is logged."""
    if status in PASSWORD_WANTED:
        log.error("the exchange asks for a password (%s), and the hotline has none: let it know us by address", status)
        return "password_wanted"
    if status in ANSWERS or status >= 500:
        return ANSWERS.get(status, "not_taken")
    log.error("the exchange refused a call: %s", status)
    return f"refused_{status}"
