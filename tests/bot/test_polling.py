import asyncio
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from bot import lifecycle, poller
from bot.app import running_app
from bot.intake import Intake, Verdict
from bot.poller import FEW, LIMIT
from bot.sandbox.faults import Fault
from core.messages import Command, Pressed, Spoke
from core.world import Decision, World
from storage import letters
from tests.bot.street import centre_chat, echo, opened, settings, street, until

POISON = {"message": {"message_id": "not a number", "chat": 5, "date": "yesterday"}}


def failing(times: int) -> tuple[Any, list[str]]:
    """A decision that fails so often for the word "bad", and what it was asked."""
    asked: list[str] = []

    def decide(command: Command, world: World) -> Decision:
        if isinstance(command, Spoke):
            asked.append(command.text)
            if command.text == "bad" and asked.count("bad") <= times:
                raise RuntimeError("我家住在3栋")
        return echo(command, world)

    return decide, asked


async def test_a_word_is_answered(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        here.sandbox.world.say(7, 7, text="楼道有烟")
        await until(lambda: len(here.texts(7)) == 1)
        assert "楼道有烟" in here.texts(7)[0]
        assert here.app.health.reasons() == {}


async def test_words_of_one_chat_stay_in_order(tmp_path: Path) -> None:
    decide, asked = failing(0)
    async with street(tmp_path, decide=decide, flood="off") as here:
        for number in range(20):
            here.sandbox.world.say(7 + number % 3, 7 + number % 3, text=str(number))
        await until(lambda: len(asked) == 20)
    for person in range(3):
        own = [number for number in asked if int(number) % 3 == person]
        assert own == sorted(own, key=int)


async def test_an_update_that_fails_for_a_while_is_tried_again_and_done_once(tmp_path: Path) -> None:
    decide, asked = failing(2)
    async with street(tmp_path, decide=decide) as here:
        here.sandbox.world.say(7, 7, text="bad")
        await until(lambda: here.texts(7))
        await here.settle()
        assert asked == ["bad"] * 3
        assert len(here.texts(7)) == 1
        assert await here.read(letters.parked) == []


async def test_an_update_that_always_fails_is_parked_the_centre_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    decide, _ = failing(100)
    async with street(tmp_path, decide=decide) as here:
        here.sandbox.world.say(7, 7, text="bad")
        here.sandbox.world.say(8, 8, text="good")
        here.sandbox.world.say(7, 7, text="later")
        await until(lambda: here.texts(8))
        await until(lambda: here.texts(7))
        await until(lambda: here.texts(centre_chat()))
        (letter,) = await here.read(letters.parked)
        assert '"bad"' in letter.raw
        assert letter.error == "RuntimeError"
        assert "later" in here.texts(7)[0]
        assert not any("3栋" in text for text in here.texts(centre_chat()))


async def test_a_poison_update_is_parked_at_once_and_the_rest_goes_on(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        here.sandbox.world.inject(POISON)
        here.sandbox.world.inject({"a_kind_of_the_future": {"x": 1}})
        here.sandbox.world.say(7, 7, text="ok")
        await until(lambda: here.texts(7))
        (letter,) = await here.read(letters.parked)
        assert "not a number" in letter.raw
        await until(lambda: here.texts(centre_chat()))


async def test_a_hanging_handler_is_parked_and_holds_up_nobody_for_long(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        here.app.intake._patience = 2.0
        execute = here.app.engine.execute

        async def hang(command: Command, key: str | None) -> Any:
            if isinstance(command, Spoke) and command.text == "hang":
                await asyncio.Event().wait()
            return await execute(command, key)

        here.app.engine.execute = hang  # type: ignore[method-assign]  # the hang has to be somewhere inside
        here.sandbox.world.say(7, 7, text="hang")
        here.sandbox.world.say(8, 8, text="ok")
        await until(lambda: here.texts(8))
        await until(lambda: here.read(letters.parked))


async def test_while_a_disk_stalls_nobodys_report_is_given_up(tmp_path: Path) -> None:
    """Every handler takes too long then, and none of them hangs."""
    async with street(tmp_path) as here:
        released, verdicts, take = threading.Event(), [], here.app.intake.take
        here.app.intake._patience = 0.1

        async def heard(raw: Any) -> Verdict:
            verdicts.append(await take(raw))
            return verdicts[-1]

        here.app.intake.take = heard  # type: ignore[method-assign]  # to count the tries
        stalled = here.app.store.submit(lambda _conn: released.wait(60))
        here.sandbox.world.say(7, 7, text="fire")
        await until(lambda: len(verdicts) >= 3)
        assert set(verdicts) == {Verdict.AGAIN}
        assert here.app.health.reasons()["intake"] == "updates cannot be kept: TimeoutError"
        here.app.intake._patience = 60.0
        released.set()
        await asyncio.wrap_future(stalled)
        await until(lambda: here.texts(7))
        await here.settle()
        assert len(here.texts(7)) == 1
        assert await here.read(letters.parked) == []
        await until(lambda: "intake" not in here.app.health.reasons())


async def test_a_slow_command_holds_up_neither_the_next_batch_nor_anybodys_presses(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        execute, gate = here.app.engine.execute, asyncio.Event()

        async def slow(command: Command, key: str | None) -> Any:
            if isinstance(command, Spoke) and command.text == "slow":
                await gate.wait()
            return await execute(command, key)

        here.app.engine.execute = slow  # type: ignore[method-assign]  # as above
        world = here.sandbox.world
        world.say(7, 7, text="slow")
        await asyncio.sleep(0.2)
        for number in range(5):
            world.say(8, 8, text=f"quick {number}")
        query = world.press(-5001, 1, 9, "1|xx||0|", forged=True)
        assert await world.callbacks.wait(query, 60) is not None
        await until(lambda: here.texts(8))
        assert here.texts(7) == []
        slow_one = world.updates.pending(world.clock())[0].id
        assert all(int(call.params["offset"]) <= slow_one for call in world.calls.find(method="getUpdates"))
        gate.set()
        await until(lambda: here.texts(7))
        await until(lambda: not world.updates.pending(world.clock()))


async def test_while_half_of_a_full_batch_is_in_hand_the_next_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poller, "LINGER", 60.0)
    monkeypatch.setattr(lifecycle, "ABSORB", 0.0)
    gate = asyncio.Event()
    done = 0

    async def half(_intake: Intake, _raw: Any) -> Verdict:
        nonlocal done
        done += 1
        if done > LIMIT - FEW:
            await gate.wait()
        return Verdict.DONE

    monkeypatch.setattr(Intake, "take", half)
    async with opened("off") as sandbox:
        for number in range(LIMIT + 10):
            sandbox.world.add_user(100 + number, "人", started=True)
            sandbox.world.say(100 + number, 100 + number, text=f"word {number}")
        first = sandbox.world.updates.pending(sandbox.world.clock())[0].id
        async with running_app(settings(tmp_path, sandbox.url)):
            await until(lambda: done == LIMIT + 10)
            polls = [int(call.params["offset"]) for call in sandbox.world.calls.find(method="getUpdates")]
            assert max(polls) == first + LIMIT - FEW, "what is in hand is not acknowledged"
            gate.set()
            await until(lambda: not sandbox.world.updates.pending(sandbox.world.clock()))


async def test_of_what_waits_a_cry_for_help_and_a_press_are_taken_first(tmp_path: Path) -> None:
    asked: list[str] = []

    def decide(command: Command, world: World) -> Decision:
        if isinstance(command, Spoke | Pressed):
            asked.append(command.text if isinstance(command, Spoke) else "press")
        return echo(command, world)

    async with opened("off") as sandbox:
        for number in range(20):
            sandbox.world.add_user(100 + number, "人", started=True)
            sandbox.world.say(100 + number, 100 + number, text=f"word {number}")
        sandbox.world.press(-5001, 1, 9, "1|xx||0|", forged=True)
        sandbox.world.say(8, 8, text="3栋着火了")
        async with running_app(settings(tmp_path, sandbox.url), decide=decide):
            await until(lambda: len(asked) == 22)
    assert asked[:2] == ["3栋着火了", "press"]


async def test_what_is_late_is_looked_at_only_when_what_had_waited_for_us_is_taken_in(tmp_path: Path) -> None:
    """A reply that was written in time must not be overtaken by the reminder that it makes needless."""
    async with opened("off") as sandbox:
        for number in range(250):
            sandbox.world.say(7 + number % 3, 7 + number % 3, text=f"word {number}")
        async with running_app(settings(tmp_path, sandbox.url), decide=echo) as app:
            assert not app.poller.behind
            assert not sandbox.world.updates.pending(sandbox.world.clock())


async def test_an_update_that_is_done_after_its_time_was_up_is_no_dead_letter(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        here.app.intake._patience = 0.1
        execute = here.app.engine.execute

        async def done_but_late(command: Command, key: str | None) -> Any:
            outcome = await execute(command, key)
            await asyncio.sleep(30)
            return outcome

        here.app.engine.execute = done_but_late  # type: ignore[method-assign]  # as above
        here.sandbox.world.say(7, 7, text="ok")
        await until(lambda: not here.sandbox.world.updates.pending(here.sandbox.world.clock()))
        assert len(here.texts(7)) == 1
        assert await here.read(letters.parked) == []


async def test_a_cancellation_inside_a_handler_does_not_kill_the_bot(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        execute, cancelled = here.app.engine.execute, []

        async def cancel_once(command: Command, key: str | None) -> Any:
            if not cancelled:
                cancelled.append(key)
                raise asyncio.CancelledError
            return await execute(command, key)

        here.app.engine.execute = cancel_once  # type: ignore[method-assign]  # as above
        here.sandbox.world.say(7, 7, text="ok")
        await until(lambda: here.texts(7))
        assert cancelled


async def test_while_the_database_is_away_nothing_is_acknowledged(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        take, away = here.app.intake.take, [True]

        async def unkept(raw: Any) -> Verdict:
            return Verdict.AGAIN if away[0] else await take(raw)

        here.app.intake.take = unkept  # type: ignore[method-assign]  # what `take` says when nothing can be kept
        here.sandbox.world.say(7, 7, text="ok")
        await asyncio.sleep(0.5)
        (waiting,) = here.sandbox.world.updates.pending(here.sandbox.world.clock())
        offsets = [int(call.params["offset"]) for call in here.sandbox.world.calls.find(method="getUpdates")]
        assert max(offsets) <= waiting.id
        away[0] = False
        await until(lambda: here.texts(7))


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault(kind="401", method="getUpdates", times=1), "token is not accepted"),
        (Fault(kind="404", method="getUpdates", times=1), "token is not accepted"),
        (Fault(kind="500", method="getUpdates", times=1), "HTTP 500"),
        (Fault(kind="502_html", method="getUpdates", times=1), "HTTP 502: no JSON"),
        (Fault(kind="cut_before", method="getUpdates", times=1), "cannot be reached"),
    ],
)
async def test_trouble_with_telegram_makes_the_bot_unready_and_passes(
    fault: Fault, reason: str, tmp_path: Path
) -> None:
    async with street(tmp_path) as here:
        here.sandbox.world.faults.add(fault)
        here.sandbox.world.say(7, 7, text="one")  # ends the poll under way
        await until(lambda: reason in here.app.health.reasons().get("telegram", ""))
        here.sandbox.world.say(7, 7, text="two")
        await until(lambda: len(here.texts(7)) == 2)
        assert here.app.health.reasons() == {}


async def test_a_second_poller_is_told_of_and_waited_out(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        polls = here.sandbox.world.calls
        await until(lambda: any(it.ok is None and int(it.params["timeout"]) for it in polls.find("getUpdates")))
        await here.app.telegram.call("getUpdates", {"timeout": 1, "offset": 0})
        await until(lambda: "takes our updates" in here.app.health.reasons().get("telegram", ""))
        here.sandbox.world.say(7, 7, text="ok")
        await until(lambda: here.texts(7))
        assert here.app.health.reasons() == {}


async def test_an_update_that_was_not_acknowledged_comes_again_to_the_next_process_and_is_done_once(
    tmp_path: Path,
) -> None:
    """As if the process died between commit and acknowledgement: the server delivers again, the key knows it."""
    async with opened() as sandbox:
        async with running_app(settings(tmp_path, sandbox.url), decide=echo) as app:
            app.telegram.raw = _never_acknowledging(app.telegram.raw)  # type: ignore[method-assign]  # dies before it
            sandbox.world.say(7, 7, text="once")
            await until(lambda: sandbox.world.calls.find(method="sendMessage", chat_id=7))
        async with running_app(settings(tmp_path, sandbox.url), decide=echo):
            sandbox.world.say(8, 8, text="after")
            await until(lambda: sandbox.world.calls.find(method="sendMessage", chat_id=8))
        assert len(sandbox.world.calls.find(method="sendMessage", chat_id=7)) == 1


def _never_acknowledging(raw: Any) -> Any:
    async def call(method: str, params: dict[str, Any], patience: Any = None) -> Any:
        return await raw(method, params | {"offset": 0} if method == "getUpdates" else params, patience)

    return call


async def test_a_stop_in_the_middle_of_a_long_poll_takes_no_time(tmp_path: Path) -> None:
    async with opened() as sandbox:
        async with running_app(settings(tmp_path, sandbox.url), decide=echo):
            await asyncio.sleep(0.1)
            begun = time.monotonic()
        assert time.monotonic() - begun < 15, "a poll lasts thirty seconds"
