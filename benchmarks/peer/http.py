"""As little HTTP/1.1 as a keep-alive client needs, without a framework: the stand-in must not be the bottleneck."""

import asyncio
from collections.abc import Callable

Respond = Callable[[bytes, int], None]
Serve = Callable[[str, bytes, Respond], None]
REASONS = {200: b"OK", 400: b"Bad Request", 409: b"Conflict", 429: b"Too Many Requests"}


class Line(asyncio.Protocol):
    """One connection: requests are served in order; answers go out whenever they are ready."""

    def __init__(self, serve: Serve) -> None:
        self._serve = serve
        self._held = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Serve every whole request that has come."""
        self._held += data
        while (request := self._whole()) is not None:
            self._serve(*request, self._respond)

    def _whole(self) -> tuple[str, bytes] | None:
        """Path and body of the next request, taken off what is held; None while it is not all there."""
        end = self._held.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = self._held[:end]
        full = end + 4 + length_of(head)
        if len(self._held) < full:
            return None
        body, self._held = self._held[end + 4 : full], self._held[full:]
        return head.split(b" ", 2)[1].decode("ascii"), body

    def _respond(self, body: bytes, status: int = 200) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(response(body, status))


def response(body: bytes, status: int = 200) -> bytes:
    """A whole answer with a JSON body."""
    return (
        b"HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        % (status, REASONS[status], len(body))
    ) + body


def length_of(head: bytes) -> int:
    """The announced length of a body, 0 when none is."""
    low = head.lower()
    at = low.find(b"content-length:")
    return int(low[at + 15 :].split(b"\r", 1)[0]) if at >= 0 else 0
