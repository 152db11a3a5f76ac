"""How does the machine ask the server? Each time with the terminal's token, and over TLS where the address is https."""

from __future__ import annotations

import http.client
import ssl
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

TIMEOUT = 20.0
BODY_MAX = 8 * 1024 * 1024


class Unreachable(Exception):
    """The server does not answer."""


@dataclass(frozen=True)
class Answer:
    """What the server said, headers named `Like-This`; `cookies` are those it set, "" for one that it took back."""

    status: int
    headers: dict[str, str]
    body: bytes
    cookies: dict[str, str] = field(default_factory=dict)


class Server:
    """The server of the agency, as this machine asks it."""

    def __init__(self, address: str, token: str, ca_file: str = "") -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(address)
        self.host, self.port, self.is_tls = parts.hostname, parts.port, parts.scheme == "https"
        self.token = token
        self.context = ssl.create_default_context(cafile=ca_file or None) if self.is_tls else None

    def ask(
        self, method: str, path: str, cookies: dict[str, str], headers: dict[str, str], body: bytes = b""
    ) -> Answer:
        """The server's answer to one request."""
        sent = {**headers, "Authorization": f"Bearer {self.token}", "Connection": "close"}
        if cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        connection = self._connection()
        try:
            connection.request(method, path, body or None, sent)
            response = connection.getresponse()
            told = response.read(BODY_MAX)
        except (OSError, http.client.HTTPException) as problem:
            raise Unreachable(type(problem).__name__) from None
        finally:
            connection.close()
        set_: SimpleCookie = SimpleCookie()
        for line in response.headers.get_all("Set-Cookie") or ():
            set_.load(line)
        got = {name: "" if str(morsel["max-age"]) == "0" else morsel.value for name, morsel in set_.items()}
        named = {name.title(): value for name, value in response.headers.items()}  # Granian writes them all small
        return Answer(response.status, named, told, got)

    def _connection(self) -> http.client.HTTPConnection:
        if self.context is not None:
            return http.client.HTTPSConnection(self.host, self.port, timeout=TIMEOUT, context=self.context)
        return http.client.HTTPConnection(self.host, self.port, timeout=TIMEOUT)
