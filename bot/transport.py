"""HTTP to the Bot API on aiohttp, as PTB's request object and for our own raw calls.

Why not PTB's httpx: it slows down with concurrency (0.2x at 256 requests), and its 5 s read timeout is shorter than
the 8 s for which Telegram itself holds a send back, so that a message that will be sent looks failed.
"""

import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from types import SimpleNamespace
from typing import Any

import aiohttp
import orjson
from telegram._utils.types import ODVInput  # PTB has no public name for the type of its own timeouts
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

POOL = 64
LONGEST_POLL = 50  # seconds; the server's own limit for getUpdates


class NotSent(NetworkError):  # noqa: N818  # a named situation beside PTB's TimedOut
    """The request never left this machine: retrying cannot send anything twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait, in seconds. `read` is at least 20 for sends: the server absorbs floods by answering late."""

    pool: float = 5
    connect: float = 10
    write: float = 30
    read: float = 25

    def timeout(self) -> aiohttp.ClientTimeout:
        """The same for aiohttp: `connect` there includes the wait for a free connection, `sock_read` is per read."""
        total = self.pool + self.connect + self.write + self.read
        return aiohttp.ClientTimeout(
            total=total, connect=self.pool + self.connect, sock_connect=self.connect, sock_read=self.read
        )


class Transport(BaseRequest):
    """One connection pool for all calls of a bot. Raises NotSent; TimedOut, NetworkError: nobody knows."""

    __slots__ = ("_patience", "_session")

    def __init__(self, patience: Patience | None = None) -> None:
        self._patience = patience or Patience()
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds for which an answer is waited for when a call says nothing else."""
        return self._patience.read

    async def initialize(self) -> None:
        """Open the pool (the connector wants a running loop). Doing it twice is harmless: PTB does."""
        if self._session is None or self._session.closed:
            # An idle connection that the server closes at the moment of a POST is a send with an unknown outcome:
            # let go of it well before any server does.
            connector = aiohttp.TCPConnector(limit=POOL, keepalive_timeout=15)
            traces = aiohttp.TraceConfig()
            traces.on_request_headers_sent.append(_leaves)
            headers = {"User-Agent": self.USER_AGENT}
            self._session = aiohttp.ClientSession(connector=connector, headers=headers, trace_configs=[traces])

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()

    async def do_request(  # noqa: PLR0917  # the signature is PTB's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """PTB's way in; `None` or the default take this transport's own patience."""
        patience = Patience(
            pool=_seconds(pool_timeout, self._patience.pool),
            connect=_seconds(connect_timeout, self._patience.connect),
            write=_seconds(write_timeout, self._patience.write),
            read=_seconds(read_timeout, self._patience.read),
        )
        return await self.exchange(method, url, _body(request_data), patience)

    async def exchange(
        self,
        method: str,
        url: str,
        body: Any = None,
        patience: Patience | None = None,
        left: Callable[[], None] | None = None,
    ) -> tuple[int, bytes]:
        """One request: HTTP status and body, whatever the status. `body`: a form, or a dict that is sent as JSON.
        `left` is called when a connection was there and the request leaves."""
        async with _telling_apart():
            session = self._opened()
            payload = _json(body) if isinstance(body, dict) else {"data": body}
            timeout = (patience or self._patience).timeout()
            async with session.request(method, url, timeout=timeout, trace_request_ctx=left, **payload) as response:
                return response.status, await response.read()

    async def date_of(self, url: str) -> datetime | None:
        """What time a server says it is; None when it does not."""
        try:
            async with _telling_apart(), self._opened().head(url, timeout=self._patience.timeout()) as response:
                return parsedate_to_datetime(response.headers["Date"])
        except (NetworkError, KeyError, ValueError):
            return None

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """JSON by orjson; a broken body is an error that does not quote it (it may hold residents' words)."""
        try:
            return orjson.loads(payload)
        except orjson.JSONDecodeError:
            raise TelegramError("Invalid server response") from None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            raise NotSent("the transport is not open")
        return self._session


async def _leaves(_session: aiohttp.ClientSession, context: SimpleNamespace, _params: object) -> None:
    if context.trace_request_ctx is not None:
        context.trace_request_ctx()


@contextlib.asynccontextmanager
async def _telling_apart() -> AsyncIterator[None]:
    """aiohttp's failures by what they mean for a message: certainly not sent, or nobody knows."""
    try:
        yield
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        raise NotSent(f"could not connect: {type(error).__name__}") from error
    except TimeoutError as error:
        raise TimedOut from error
    except aiohttp.ClientError as error:
        raise NetworkError(f"connection broken: {type(error).__name__}") from error


def _seconds(given: ODVInput[float], own: float) -> float:
    return own if given is BaseRequest.DEFAULT_NONE or given is None else float(given)  # type: ignore[arg-type]  # DefaultValue is excluded by identity


def _json(body: dict[str, Any]) -> dict[str, Any]:
    return {"data": orjson.dumps(body), "headers": {"Content-Type": "application/json"}}


def _body(data: RequestData | None) -> aiohttp.FormData | dict[str, Any] | None:
    """PTB's parameters: JSON when there is nothing to upload, else multipart."""
    if data is None:
        return None
    if not data.contains_files:
        return data.parameters
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form
