import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from apscheduler.events import EVENT_JOB_MISSED

from bot.app import running_app
from bot.schedule import next_digest, next_week
from bot.ticker import Job, beats
from bot.town import build_town
from core.case import Case
from core.messages import Command, DigestDue, Spoke, Tick
from core.world import Decision, World
from tests.bot.street import DISTRICT, opened, settings, street, until

MORNING = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)  # 09:00 in the town
SHANGHAI = ZoneInfo("Asia/Shanghai")
Done = list[tuple[str, datetime]]


def dueing(*, stuck: str = "") -> tuple[Callable[[Command, World], Decision], Done]:
    """Reports whose text gives minutes: due after the first, then after each next; and what was done, when.

    A report that says `stuck` raises at its tick.
    """
    done: Done = []

    def tick(world: World) -> Decision:
        assert world.case is not None
        waits = world.case.words[0].split()
        done.append((waits[0], world.now))
        if waits[0] == stuck:
            raise RuntimeError(stuck)
        following = world.now + timedelta(minutes=float(waits[1])) if len(waits) > 1 else None
        return Decision(case=replace(world.case, words=(" ".join(waits[1:]),), due_at=following))

    def decide(command: Command, world: World) -> Decision:
        if isinstance(command, Tick):
            return tick(world)
        if isinstance(command, DigestDue):
            done.append((f"{command.day} {command.window[0].isoformat()}", world.now))
        if not isinstance(command, Spoke):
            return Decision()
        due = world.now + timedelta(minutes=float(command.text.split()[0]))
        case = Case(
            no=world.new_number(),
            reporter=7,
            opened_at=world.now,
            heard_at=world.now,
            words=(command.text,),
            due_at=due,
        )
        return Decision(case=case)

    return decide, done


async def test_a_jump_does_everything_at_its_own_time_and_in_order(tmp_path: Path) -> None:
    decide, done = dueing()
    async with street(tmp_path, decide=decide, clock_start=MORNING) as here:
        for text in ("60 30 15", "70", "95", "600"):
            here.sandbox.world.say(7, 7, text=text)
        await until(lambda: not here.sandbox.world.updates.pending(here.sandbox.world.clock()))
        begun = here.app.clock.now()
        await here.app.ticker.walk(begun + timedelta(hours=2))
        cases = [(word, at) for word, at in done if not word.startswith("G")]
        assert [word for word, _ in cases] == ["60", "70", "30", "95", "15"]
        assert [at for _, at in cases] == sorted(at for _, at in cases)
        expected = [60, 70, 90, 95, 105]
        for (_, at), minutes in zip(cases, expected, strict=True):
            assert abs((at - begun).total_seconds() - minutes * 60) < 10


async def test_what_is_due_happens_within_a_second_by_itself(tmp_path: Path) -> None:
    decide, done = dueing()
    async with street(tmp_path, decide=decide) as here:
        here.sandbox.world.say(7, 7, text="0.01")
        here.sandbox.world.say(8, 8, text="0.03")
        begun = here.app.clock.now()
        await until(lambda: len(done) == 2)
        for (_, at), seconds in zip(done, (0.6, 1.8), strict=True):
            assert seconds - 0.2 < (at - begun).total_seconds() < seconds + 1.2


async def test_a_clock_that_runs_fast_still_keeps_every_appointment(tmp_path: Path) -> None:
    decide, done = dueing()
    async with street(tmp_path, decide=decide, clock_start=MORNING, clock_speed=3600) as here:
        here.sandbox.world.say(7, 7, text="60 60 60")
        await until(lambda: len([word for word, _ in done if word == "60"]) == 3)


async def test_a_case_that_cannot_be_done_stops_nobody(tmp_path: Path) -> None:
    decide, done = dueing(stuck="5")
    async with street(tmp_path, decide=decide, clock_start=MORNING) as here:
        for text in ("5", "6", "7"):
            here.sandbox.world.say(7, 7, text=text)
        await asyncio.sleep(0.5)
        await here.app.ticker.walk(here.app.clock.now() + timedelta(minutes=30))
        assert {"5", "6", "7"} <= {word for word, _ in done}
        assert here.app.health.reasons() == {}


async def test_the_digests_of_yesterday_are_made_together_once_a_day(tmp_path: Path) -> None:
    decide, done = dueing()
    async with street(tmp_path, decide=decide, clock_start=MORNING) as here:
        await here.app.ticker.walk(MORNING + timedelta(days=2))
        assert [word for word, _ in done] == [f"{day} {day}T00:00:00+08:00" for day in ("2026-11-20", "2026-11-21")]
        assert {at.astimezone(SHANGHAI).strftime("%d %H:%M") for _, at in done} == {"21 07:40", "22 07:40"}


async def test_a_digest_that_fell_due_while_we_were_down_is_done_when_we_are_back_once(tmp_path: Path) -> None:
    decide, done = dueing()
    morning = [MORNING]
    async with opened() as sandbox:
        for days in (0, 3, 3.1):
            morning[0] = MORNING + timedelta(days=days)
            async with running_app(settings(tmp_path, sandbox.url), decide=decide, real=lambda: morning[0]):
                pass
        assert [word.split()[0] for word, _ in done] == ["2026-11-20"]


async def test_a_moved_clock_goes_on_after_a_restart(tmp_path: Path) -> None:
    async with opened() as sandbox:
        moved = settings(tmp_path, sandbox.url, clock_start=MORNING)
        async with running_app(moved) as app:
            await app.ticker.walk(MORNING + timedelta(hours=5))
        async with running_app(moved) as app:
            assert timedelta(hours=5) <= app.clock.now() - MORNING < timedelta(hours=5, seconds=20)


async def test_the_real_clock_cannot_be_walked(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        with pytest.raises(ValueError, match="cannot jump"):
            await here.app.ticker.walk(here.app.clock.now() + timedelta(hours=1))


@pytest.mark.parametrize(
    ("local", "sent", "day"),
    [
        ("2026-11-20T07:39:59", "2026-11-20T07:40", "2026-11-19"),
        ("2026-11-20T07:40:00", "2026-11-21T07:40", "2026-11-20"),
        ("2026-12-31T23:00:00", "2027-01-01T07:40", "2026-12-31"),
    ],
)
def test_the_next_digest_is_sent_in_the_morning_about_the_day_before(local: str, sent: str, day: str) -> None:
    town = build_town(DISTRICT.read_text(encoding="utf-8"), 1)
    coming = next_digest(town, datetime.fromisoformat(local).replace(tzinfo=SHANGHAI))
    assert (coming.at.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M"), coming.day) == (sent, day)


async def test_a_beat_whose_time_passed_while_the_loop_was_busy_is_run_and_not_dropped() -> None:
    beaten: list[float] = []

    async def work() -> None:
        beaten.append(time.monotonic())

    missed: list[object] = []
    scheduler = beats((Job(name="tick", seconds=1, work=work),))
    scheduler.add_listener(missed.append, EVENT_JOB_MISSED)
    scheduler.start()
    time.sleep(2.3)  # noqa: ASYNC251  # the loop is meant to be blocked past the default grace of a second
    await until(lambda: beaten)
    assert missed == []
    scheduler.shutdown(wait=False)


async def test_a_beat_that_a_stop_cuts_off_is_no_fault_and_one_that_breaks_is(caplog: pytest.LogCaptureFixture) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def long() -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    async def broken() -> None:
        raise asyncio.CancelledError  # by whatever it waited for, not by a stop

    scheduler = beats((Job(name="long", seconds=0.05, work=long), Job(name="broken", seconds=0.05, work=broken)))
    scheduler.start()
    await until(lambda: begun.is_set() and caplog.text.count("raised an exception"))
    scheduler.shutdown(wait=False)
    await until(ended.is_set)
    await asyncio.sleep(0)

    faults = [it.getMessage() for it in caplog.records if it.levelname == "ERROR"]
    assert faults
    assert not [words for words in faults if "long" in words]


@pytest.mark.parametrize(
    ("local", "sent", "day"),
    [
        ("2026-11-20T07:39:59", "2026-11-23T08:00", "2026-11-16"),
        ("2026-11-23T07:59:59", "2026-11-23T08:00", "2026-11-16"),
        ("2026-11-23T08:00:00", "2026-11-30T08:00", "2026-11-23"),
    ],
)
def test_the_next_weekly_report_is_sent_on_monday_about_the_week_before(local: str, sent: str, day: str) -> None:
    town = build_town(DISTRICT.read_text(encoding="utf-8"), 1)
    coming = next_week(town, datetime.fromisoformat(local).replace(tzinfo=SHANGHAI))
    assert (coming.at.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M"), coming.day) == (sent, day)
