"""The machine reads the headers of the server however their names are written: Granian writes them small."""

import socket
import threading
from collections.abc import Iterator

import pytest

from yibao.channels.kiosk.terminal.server import Server

SAID = (
    b"HTTP/1.1 302 Found\r\nlocation: /kiosk/home/\r\ncontent-type: text/html\r\nx-content-type-options: nosniff\r\n"
    b"set-cookie: visit=abc; Path=/\r\ncontent-length: 0\r\n\r\n"
)


@pytest.fixture
def small() -> Iterator[str]:
    """A server that says one thing, in small letters."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def say() -> None:
            line, _ = listening.accept()
            with line:
                while b"\r\n\r\n" not in line.recv(4096):
                    pass
                line.sendall(SAID)

        thread = threading.Thread(target=say)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread.join()


def test_names_of_headers_in_small_letters(small: str) -> None:
    answer = Server(small, "token").ask("GET", "/kiosk/pin/", {}, {})
    assert (answer.status, answer.cookies) == (302, {"visit": "abc"})
    assert answer.headers["Location"] == "/kiosk/home/"
    assert answer.headers["Content-Type"] == "text/html"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
