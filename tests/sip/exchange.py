"""An exchange made of a socket, by which the hotline calls; it answers as it is told, honestly or not."""

from __future__ import annotations

import re
import socket


class Exchange:
    """One socket for SIP; `call` is the INVITE that came last."""

    def __init__(self) -> None:
        self.sip = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sip.bind(("127.0.0.1", 0))
        self.here: tuple[str, int] = self.sip.getsockname()
        self.call, self.caller = "", ("", 0)

    def __enter__(self) -> Exchange:
        return self

    def __exit__(self, *_: object) -> None:
        self.sip.close()

    def next(self, seconds: float = 10.0) -> str:
        """The next message, whatever it is."""
        self.sip.settimeout(seconds)
        data, self.caller = self.sip.recvfrom(65536)
        text = data.decode()
        if text.startswith("INVITE "):
            self.call = text
        return text

    def asked(self, method: str, seconds: float = 10.0) -> str:
        """The next request of this kind; the INVITEs before it are repeats."""
        while True:
            text = self.next(seconds)
            if text.startswith(f"{method} "):
                return text
            assert text.startswith("INVITE "), text

    def nothing(self, seconds: float) -> bool:
        """Does nothing come for so long?"""
        try:
            self.next(seconds)
        except TimeoutError:
            return True
        return False

    def answer(self, status: str, request: str = "", *, tag: str = "there", body: str = "") -> None:
        """Answer a request, the INVITE unless told, with such a status and reason."""
        kept = header_lines(request or self.call, "Via", "From", "Call-ID", "CSeq")
        to = header(request or self.call, "To")
        to += f";tag={tag}" if tag and ";tag=" not in to else ""
        lines = [f"SIP/2.0 {status}", *kept, f"To: {to}", f"Content-Length: {len(body)}"]
        lines.append(f"Contact: <sip:phone-{tag}@127.0.0.1:{self.here[1]}>")
        lines += ["Content-Type: application/sdp"] if body else []
        self.sip.sendto(("\r\n".join(lines) + "\r\n\r\n" + body).encode(), self.caller)

    def hang_up(self, invite: str, tag: str = "there") -> None:
        """BYE of the called side."""
        lines = [
            f"BYE {header(invite, 'Contact').strip('<>')} SIP/2.0",
            f"Via: SIP/2.0/UDP 127.0.0.1:{self.here[1]};branch=z9hG4bKbye",
            f"From: {header(invite, 'To')};tag={tag}",
            f"To: {header(invite, 'From')}",
            f"Call-ID: {header(invite, 'Call-ID')}",
            "CSeq: 1 BYE",
            "Content-Length: 0",
        ]
        self.sip.sendto(("\r\n".join(lines) + "\r\n\r\n").encode(), self.caller)


def header(text: str, name: str) -> str:
    """What stands after a header's name."""
    found = re.search(rf"^{name}: *(.+?)\r?$", text, re.MULTILINE | re.IGNORECASE)
    assert found, f"{name} is missing in {text}"
    return found[1]


def header_lines(text: str, *names: str) -> list[str]:
    return [f"{name}: {header(text, name)}" for name in names]
