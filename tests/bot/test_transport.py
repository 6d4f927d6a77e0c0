import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.telegram import Later, Telegram, Unknown
from bot.transport import NotSent, Patience, Transport

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
MESSAGE = {"message_id": 5, "date": 1, "chat": {"id": 7, "type": "private"}}


class Server:
    """A Bot API server that says whatever a test wants."""

    def __init__(self) -> None:
        self.answer: Answer = self._ok
        self.seen: list[tuple[str, str, bytes]] = []
        self.url = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.seen.append((request.path, request.content_type, await request.read()))
        return await self.answer(request)

    async def _ok(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": True, "result": MESSAGE})


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    here, app = Server(), web.Application()
    app.router.add_route("*", "/{path:.*}", here.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    here.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield here
    await runner.cleanup()


@pytest.fixture
async def transport() -> AsyncIterator[Transport]:
    made = Transport(Patience(read=0.3, connect=0.3, pool=0.3))
    await made.initialize()
    yield made
    await made.shutdown()


async def test_sends_wait_longer_than_telegram_holds_a_flooded_one_back() -> None:
    assert Transport().read_timeout >= 20


async def test_ptb_sends_through_it(server: Server, transport: Transport) -> None:
    bot = Bot("1:a", base_url=f"{server.url}/bot", request=transport, get_updates_request=transport)
    message = await bot.send_message(7, "你好", disable_notification=True)
    assert message.message_id == 5
    path, kind, body = server.seen[0]
    assert (path, kind) == ("/bot1:a/sendMessage", "application/json")
    assert "你好".encode() in body


async def test_ptb_uploads_through_it_as_multipart(server: Server, transport: Transport) -> None:
    bot = Bot("1:a", base_url=f"{server.url}/bot", request=transport, get_updates_request=transport)
    await bot.send_photo(7, InputFile(b"\x89PNG-bytes", filename="a.png"), caption="图")
    _, kind, body = server.seen[0]
    assert kind == "multipart/form-data"
    assert b"\x89PNG-bytes" in body
    assert b'filename="a.png"' in body
    assert "图".encode() in body


async def test_who_asks_is_told_when_a_request_leaves_and_not_when_none_does(
    server: Server, transport: Transport
) -> None:
    told: list[tuple[str, int]] = []
    here, away = Telegram(transport, server.url, "1:a"), Telegram(transport, "http://127.0.0.1:1", "1:a")
    await here.call("sendMessage", {"chat_id": 7}, left=lambda: told.append(("here", len(server.seen))))
    await away.call("sendMessage", {"chat_id": 7}, left=lambda: told.append(("away", 0)))
    assert told == [("here", 0)], "once, before the server has it"


async def test_a_slow_answer_is_timed_out_and_its_outcome_unknown(server: Server, transport: Transport) -> None:
    released = asyncio.Event()

    async def slow(_request: web.Request) -> web.StreamResponse:
        await released.wait()
        return web.Response()

    server.answer = slow
    with pytest.raises(TimedOut):
        await transport.exchange("POST", server.url)
    assert isinstance(await Telegram(transport, server.url, "1:a").call("sendMessage", {}), Unknown)
    released.set()


async def test_a_timeout_of_one_call_wins_over_the_default(server: Server, transport: Transport) -> None:
    async def slowish(_request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.5)
        return web.Response(text="{}")

    server.answer = slowish
    assert await transport.do_request(server.url, "POST", read_timeout=5) == (200, b"{}")


async def test_a_connection_cut_while_the_body_is_read_is_a_network_error(server: Server, transport: Transport) -> None:
    async def cut(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b'{"ok":')
        assert request.transport is not None
        request.transport.close()
        return response

    server.answer = cut
    with pytest.raises(NetworkError) as broken:
        await transport.exchange("POST", server.url)
    assert not isinstance(broken.value, NotSent)
    assert isinstance(await Telegram(transport, server.url, "1:a").call("sendMessage", {}), Unknown)


async def test_a_server_that_is_not_there_means_certainly_not_sent(transport: Transport) -> None:
    with pytest.raises(NotSent):
        await transport.exchange("POST", "http://127.0.0.1:9")
    assert isinstance(await Telegram(transport, "http://127.0.0.1:9", "1:a").call("sendMessage", {}), Later)


async def test_a_full_pool_means_certainly_not_sent(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.transport.POOL", 1)
    released = asyncio.Event()

    async def slow(_request: web.Request) -> web.StreamResponse:
        await released.wait()
        return web.Response(text="{}")

    server.answer = slow
    narrow = Transport(Patience(read=5, connect=0.1, pool=0.1))
    await narrow.initialize()
    first = asyncio.create_task(narrow.exchange("POST", server.url))
    await asyncio.sleep(0.05)
    with pytest.raises(NotSent):
        await narrow.exchange("POST", server.url)
    released.set()
    assert await first == (200, b"{}")
    await narrow.shutdown()


async def test_a_closed_transport_says_so(server: Server) -> None:
    transport = Transport()
    with pytest.raises(NotSent):
        await transport.exchange("POST", server.url)


async def test_a_broken_body_is_not_quoted() -> None:
    with pytest.raises(TelegramError) as broken:
        Transport.parse_json_payload('{"text": "我家住在'.encode())
    assert "我家" not in str(broken.value)
    assert broken.value.__cause__ is None


async def test_sixty_calls_at_once_share_the_pool(server: Server) -> None:
    transport = Transport(Patience(read=60, connect=60, pool=60))
    await transport.initialize()
    replies = await asyncio.gather(*(transport.exchange("POST", server.url, {"n": n}) for n in range(60)))
    await transport.shutdown()
    assert {status for status, _ in replies} == {200}
