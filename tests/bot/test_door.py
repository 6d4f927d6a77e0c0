import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.app import build, running_app
from bot.intake import Verdict
from bot.sandbox.faults import Fault
from bot.settings import Refused
from core.messages import Command, Spoke
from core.world import Decision, World
from storage import letters
from tests.bot.street import Street, echo, opened, settings, street, until

HOOK = {"webhook_secret": "s3cret-word"}


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def hooked() -> dict[str, Any]:
    port = free_port()
    return HOOK | {"listen": f"127.0.0.1:{port}", "webhook_url": f"http://127.0.0.1:{port}/hook/x"}


def word(update_id: int, text: str = "hello") -> dict[str, Any]:
    person = {"id": 7, "is_bot": False, "first_name": "人"}
    chat = {"id": 7, "type": "private"}
    message = {"message_id": update_id, "date": 1795300000, "chat": chat, "from": person, "text": text}
    return {"update_id": update_id, "message": message}


def door(here: Street, path: str = "/hook/x") -> str:
    return f"http://127.0.0.1:{here.app.port}{path}"


async def knock(http: aiohttp.ClientSession, here: Street, body: Any, secret: str = "s3cret-word") -> int:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
    async with http.post(door(here), json=body, headers=headers) as answer:
        return answer.status


async def test_telegram_delivers_by_webhook_and_the_bot_answers(tmp_path: Path) -> None:
    async with street(tmp_path, **hooked()) as here:
        here.sandbox.world.say(7, 7, text="hello")
        await until(lambda: here.texts(7))
        assert here.app.health.reasons() == {}
        (call,) = here.sandbox.world.calls.find(method="setWebhook")
        assert set(call.params["allowed_updates"]) >= {"my_chat_member", "chat_member", "callback_query"}
        assert not here.sandbox.world.calls.find(method="getUpdates")


async def test_a_wrong_secret_is_turned_away_before_anything_is_read(
    tmp_path: Path, http: aiohttp.ClientSession
) -> None:
    async with street(tmp_path, **hooked()) as here:
        taken: list[Any] = []
        here.app.intake.take = taken.append  # type: ignore[assignment,method-assign]  # would be a failure if called
        headers = {"X-Telegram-Bot-Api-Secret-Token": "wrong"}
        async with http.post(door(here), data=b"{not json", headers=headers) as answer:
            assert answer.status == 401
        async with http.post(door(here), data=b"{}") as answer:
            assert answer.status == 401
        assert taken == []


async def test_200_comes_only_after_the_commit(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    async with street(tmp_path, **hooked()) as here:
        held, take = asyncio.Event(), here.app.intake.take

        async def held_back(raw: Any) -> Verdict:
            await held.wait()
            return await take(raw)

        here.app.intake.take = held_back  # type: ignore[method-assign]  # the commit is made to wait
        knocking = asyncio.create_task(knock(http, here, word(1)))
        await asyncio.sleep(0.2)
        assert not knocking.done()
        held.set()
        assert await knocking == 200
        await until(lambda: here.texts(7))


async def test_what_was_not_kept_is_delivered_again_and_done_once(tmp_path: Path) -> None:
    async with street(tmp_path, **hooked()) as here:
        take, failures = here.app.intake.take, [Verdict.AGAIN, Verdict.AGAIN]

        async def unkept(raw: Any) -> Verdict:
            return failures.pop() if failures else await take(raw)

        here.app.intake.take = unkept  # type: ignore[method-assign]  # what `take` says when nothing can be kept
        here.sandbox.world.say(7, 7, text="hello")
        await until(lambda: here.texts(7))
        await here.settle()
        assert len(here.texts(7)) == 1
        assert failures == []


async def test_a_repeated_delivery_is_acknowledged_and_done_once(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    async with street(tmp_path, **hooked()) as here:
        statuses = await asyncio.gather(*(knock(http, here, word(5)) for _ in range(5)))
        assert statuses == [200] * 5
        await here.settle()
        assert len(here.texts(7)) == 1


async def test_a_lost_200_leads_to_no_second_answer(tmp_path: Path) -> None:
    async with street(tmp_path, **hooked()) as here:
        here.sandbox.world.faults.add(Fault(kind="drop_webhook_reply", times=1))
        here.sandbox.world.say(7, 7, text="one")
        await until(lambda: here.texts(7))
        here.sandbox.world.say(7, 7, text="two")
        await until(lambda: len(here.texts(7)) == 2)
        await here.settle()
        assert len(here.texts(7)) == 2


async def test_a_poison_update_is_acknowledged_and_parked(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    async with street(tmp_path, **hooked()) as here:
        assert await knock(http, here, {"update_id": 9, "message": {"message_id": "x"}}) == 200
        assert [letter.update_id for letter in await here.read(letters.parked)] == [9]


async def test_a_handler_that_always_fails_is_refused_a_few_times_and_then_parked(
    tmp_path: Path, http: aiohttp.ClientSession
) -> None:
    def decide(command: Command, world: World) -> Decision:
        raise ZeroDivisionError

    async with street(tmp_path, decide=decide, **hooked()) as here:
        assert [await knock(http, here, word(5)) for _ in range(6)] == [500] * 4 + [200] * 2
        assert [letter.update_id for letter in await here.read(letters.parked)] == [5]


async def test_a_cancellation_inside_a_handler_is_refused_and_the_next_delivery_is_done(
    tmp_path: Path, http: aiohttp.ClientSession
) -> None:
    async with street(tmp_path, **hooked()) as here:
        execute, cancelled = here.app.engine.execute, []

        async def cancel_once(command: Command, key: str | None) -> Any:
            if not cancelled:
                cancelled.append(key)
                raise asyncio.CancelledError
            return await execute(command, key)

        here.app.engine.execute = cancel_once  # type: ignore[method-assign]  # it has to be somewhere inside
        assert [await knock(http, here, word(5)) for _ in range(2)] == [500, 200]
        await until(lambda: here.texts(7))


async def test_a_hanging_handler_is_refused_in_time_and_then_parked_while_others_are_served(
    tmp_path: Path, http: aiohttp.ClientSession
) -> None:
    async with street(tmp_path, **hooked()) as here:
        here.app.intake._patience = 3.0
        execute, begun = here.app.engine.execute, asyncio.Event()

        async def hang(command: Command, key: str | None) -> Any:
            if isinstance(command, Spoke) and command.text == "hang":
                begun.set()
                await asyncio.Event().wait()
            return await execute(command, key)

        here.app.engine.execute = hang  # type: ignore[method-assign]  # as above
        hanging = asyncio.create_task(knock(http, here, word(5, "hang")))
        await begun.wait()
        here.app.intake._patience = 60.0
        assert await knock(http, here, word(6)) == 200
        assert not hanging.done()
        assert await hanging == 500
        here.app.intake._patience = 0.1

        async def given_up() -> bool:
            return await knock(http, here, word(5, "hang")) == 200

        await until(given_up)
        assert [letter.update_id for letter in await here.read(letters.parked)] == [5]


async def test_while_nothing_can_be_kept_the_bot_is_not_ready_and_says_so(
    tmp_path: Path, http: aiohttp.ClientSession
) -> None:
    async with street(tmp_path, **hooked()) as here:
        submit = here.app.store.submit

        def away(*_job: Any, **_bell: Any) -> Any:
            raise OSError("the disk is gone")

        here.app.store.submit = away  # type: ignore[method-assign]  # a database that is away
        assert await knock(http, here, word(5)) == 500
        assert here.app.health.reasons()["intake"] == "updates cannot be kept: OSError"
        here.app.store.submit = submit  # type: ignore[method-assign]  # and back
        assert await knock(http, here, word(5)) == 200
        assert "intake" not in here.app.health.reasons()


async def test_a_webhook_that_stands_is_not_set_again_but_a_new_secret_is(tmp_path: Path) -> None:
    hook = hooked()
    async with opened() as sandbox:
        for secret in ("one", "one", "two"):
            async with running_app(settings(tmp_path, sandbox.url, **(hook | {"webhook_secret": secret})), decide=echo):
                pass
            sandbox.world.advance(2)  # setWebhook is limited to one a second
        assert len(sandbox.world.calls.find(method="setWebhook")) == 2


async def test_polling_takes_a_webhook_down_that_somebody_left(tmp_path: Path) -> None:
    async with opened() as sandbox:
        async with running_app(settings(tmp_path, sandbox.url, **hooked()), decide=echo):
            pass
        async with running_app(settings(tmp_path, sandbox.url), decide=echo):
            sandbox.world.say(7, 7, text="hello")
            await until(lambda: sandbox.world.calls.find(method="sendMessage", chat_id=7))


async def test_health_readiness_and_figures(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    async with street(tmp_path) as here:
        here.sandbox.world.say(7, 7, text="hello")
        await until(lambda: here.texts(7))
        async with http.get(door(here, "/healthz")) as answer:
            assert answer.status == 200
        async with http.get(door(here, "/readyz")) as answer:
            assert (answer.status, await answer.json()) == (200, {"ready": True, "reasons": {}})
        here.app.health.ill("telegram", "the token is not accepted")
        async with http.get(door(here, "/readyz")) as answer:
            body = await answer.json()
            assert (answer.status, body["reasons"]) == (503, {"telegram": "the token is not accepted"})
        async with http.get(door(here, "/metrics")) as answer:
            figures = await answer.text()
        assert 'bot_sends_total{answer="Sent",lane="INTERACTIVE"} 1.0' in figures
        assert 'bot_updates_total{outcome="done"} 1.0' in figures
        async with http.get(door(here, "/clock")) as answer:
            assert answer.status == 404
        async with http.post(door(here)) as answer:
            assert answer.status == 404


async def test_figures_can_have_an_address_of_their_own(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    port = free_port()
    async with street(tmp_path, metrics_listen=f"127.0.0.1:{port}") as here:
        async with http.get(f"http://127.0.0.1:{port}/metrics") as answer:
            assert answer.status == 200
        for path, base in (("/metrics", here.app.port), ("/healthz", port)):
            async with http.get(f"http://127.0.0.1:{base}{path}") as answer:
                assert answer.status == 404


async def test_an_address_that_is_taken_is_refused_in_one_sentence(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        other = settings(tmp_path / "other", here.sandbox.url, listen=f"127.0.0.1:{here.app.port}")
        app = build(other, decide=echo)
        with pytest.raises(Refused, match="BOT_LISTEN"):
            await app.start()
        await app.stop()


async def test_the_hands_of_a_moved_clock_go_forward_only(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    begin = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
    async with street(tmp_path, clock_start=begin) as here:
        async with http.get(door(here, "/clock")) as answer:
            shown = await answer.json()
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert datetime.fromisoformat(shown["now"]) - begin < timedelta(seconds=20)
        later = "2026-11-20T12:00:00+08:00"
        async with http.post(door(here, f"/clock?to={later}")) as answer:
            shown = await answer.json()
        assert (
            timedelta() <= datetime.fromisoformat(shown["now"]) - datetime.fromisoformat(later) < timedelta(seconds=5)
        )
        for wrong in ("2026-11-20T08:00:00Z", "2026-11-19", "2026-11-20T20:00:00", "x", ""):
            async with http.post(door(here, f"/clock?to={wrong}".replace("Z", "%2B08:00"))) as answer:
                assert answer.status == 400, wrong


async def test_next_goes_to_the_next_due_moment(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    async with street(tmp_path, clock_start=datetime(2026, 11, 20, 0, 0, tzinfo=UTC)) as here:
        async with http.get(door(here, "/clock")) as answer:
            due = datetime.fromisoformat((await answer.json())["next_due"])
        async with http.post(door(here, "/clock?to=next")) as answer:
            shown = await answer.json()
        assert timedelta() <= datetime.fromisoformat(shown["now"]) - due < timedelta(seconds=5)
        assert datetime.fromisoformat(shown["next_due"]) > due
