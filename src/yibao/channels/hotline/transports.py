"""Over what do SIP messages come: UDP, TCP, TLS?

aiosipua has UDP and TCP. TLS is its TCP with a certificate; the address that we tell says `transport=tls`, so that
the other side does not go on in the clear.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable

from aiosipua import SipRequest, SipResponse
from aiosipua.message import SipMessage
from aiosipua.transport import TcpSipTransport, UdpSipTransport

LARGEST = 16_384
"""Bytes of a datagram; the largest offer of a real telephone has a tenth of it."""
CONNECTIONS = 200
CONNECTIONS_PER_SOURCE = 20
Address = tuple[str, int]


class _Datagrams(asyncio.DatagramProtocol):
    """Hands each datagram on."""

    def __init__(self, dispatch: Callable[[bytes, Address], None]) -> None:
        self._dispatch = dispatch

    def datagram_received(self, data: bytes, addr: Address) -> None:
        """One datagram, one message."""
        self._dispatch(data, (addr[0], addr[1]))


class Udp(UdpSipTransport):
    """UDP. What keeps a way through a router open (empty lines, zeros) is no message and draws no answer."""

    kind = "UDP"

    async def start(self) -> None:
        """Listen. The library's own protocol asserts a class that Python 3.11's sockets do not have."""
        loop = asyncio.get_running_loop()
        self._udp_transport, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(self._dispatch), local_addr=self.local_addr
        )
        # Sixty calls that begin in one second wait here and are not lost.
        self._udp_transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)

    def _dispatch(self, data: bytes, addr: Address) -> None:
        if len(data) <= LARGEST and b"SIP/2.0" in data:
            super()._dispatch(data, addr)


class Tcp(TcpSipTransport):
    """TCP, with a bound to what strangers can hold open."""

    kind = "TCP"
    _context: ssl.SSLContext | None = None

    async def start(self) -> None:
        """Listen."""
        self._server = await asyncio.start_server(
            self._handle_connection, *self.local_addr, ssl=self._context, limit=LARGEST
        )

    async def _handle_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = writer.get_extra_info("peername")
        mine = sum(host == peer[0] for host, _ in self._connections) if peer else CONNECTIONS
        if mine >= CONNECTIONS_PER_SOURCE or len(self._connections) >= CONNECTIONS:
            writer.close()
            return
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        await super()._handle_connection(reader, writer)

    def _dispatch(self, data: bytes, addr: Address) -> None:
        """A message of this connection; its answers go back by the same (RFC 3261, 18.2.2), whatever its Via says."""
        try:
            message = SipMessage.parse(data.lstrip())
            if isinstance(message, SipRequest):
                vias = message.via
                vias[0].params |= {"received": addr[0], "rport": str(addr[1])}
                message.via = vias
        except (ValueError, IndexError, KeyError):
            return
        if self.on_message is not None:
            self.on_message(message, addr)

    def send(self, message: SipRequest | SipResponse, addr: Address) -> None:
        """Send, if the other side is still connected; where it went away nothing can be said any more."""
        contact = message.headers.get_first("contact")
        if contact and "transport=" not in contact:
            message.headers.set_single("Contact", contact.replace(">", f";transport={self.kind.lower()}>"))
        if addr in self._connections:
            super().send(message, addr)


class Tls(Tcp):
    """TLS 1.2 or newer, with the certificate of the operator."""

    kind = "TLS"

    def with_certificate(self, certificate: str, key: str) -> Tls:
        """Load the certificate; OSError or ssl.SSLError where it cannot be read."""
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.minimum_version = ssl.TLSVersion.TLSv1_2
        self._context.load_cert_chain(certificate, key)
        return self


Transport = Udp | Tcp
