"""The audit in a bot that runs, over real HTTP: what is broken is mended, else told, and no sign of life is given."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from sqlalchemy import Connection, delete, update

from bot.app import running_app
from bot.audit import GRACE
from bot.sandbox.faults import Fault
from core.case import Case, Offer, Status
from core.decide import decide
from storage import cases, chats, letters, outbox, schedules
from storage.queueing import queue
from storage.tables import CASES, SCHEDULES
from tests.bot.street import Street, centre_chat, echo, opened, said, settings, street, until

POST, NOWHERE = -1009000000001, -5001  # a post of the demo district, and a group that is none


@contextlib.asynccontextmanager
async def town(folder: Path, **more: Any) -> AsyncIterator[Street]:
    """A bot that decides by the rules; the first post's group is there, too."""
    async with opened("off") as sandbox:
        sandbox.world.add_chat(POST, "驿站", type="group", members=[7, 8, 9], bot="administrator")
        async with running_app(settings(folder, sandbox.url, **more), decide=decide) as app:
            for job in ("audit", "heartbeat"):  # no look but the test's own, however long it takes
                app.scheduler.remove_job(job)
            yield Street(sandbox, app)


async def write(here: Street, job: Callable[[Connection], object]) -> None:
    await asyncio.wrap_future(here.app.store.submit(job))


async def broken(here: Street, chat: int = POST, **changed: Any) -> Case:
    """An open case as it must not be."""
    now = here.app.clock.now()
    offer = Offer(serial=1, team="ST1", chat=chat, kind="post", at=now, due=now + timedelta(hours=1))
    made = Case(no="A2611-0001", reporter=7, opened_at=now, heard_at=now, status=Status.DISP, team="ST1", severity=2)
    case = replace(made, **{"offers": (offer,), "due_at": now + timedelta(hours=1), "round": 1, **changed})
    await write(here, lambda conn: cases.write_case(conn, case, ()))
    return case


async def case_now(here: Street) -> Case:
    found: Case | None = await here.read(lambda conn: cases.case_of(conn, "A2611-0001"))
    assert found is not None
    return found


def told(here: Street) -> list[str]:
    return [text for text in here.texts(centre_chat()) if "🩺" in text]


async def ready(here: Street) -> tuple[int, dict[str, Any]]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{here.app.port}/readyz") as answer:
        body: dict[str, Any] = await answer.json()
        return answer.status, body


async def test_a_bot_that_has_just_begun_is_in_order(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await here.app.audit.beat()
        assert (await ready(here))[0] == 200
        assert told(here) == []


async def test_a_case_without_a_next_moment_gets_one(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await broken(here, due_at=None)
        await here.app.audit.beat()
        assert (await case_now(here)).due_at is not None
        assert (await ready(here))[0] == 200
        assert told(here) == [], "what was mended needs nobody"


async def test_a_case_that_is_nobodys_is_put_before_the_centre(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await broken(here, offers=())
        await here.app.audit.beat()
        assert [it.chat for it in (await case_now(here)).offers] == [centre_chat()]
        await until(lambda: any("A2611-0001" in text for text in here.texts(centre_chat())))


@pytest.mark.parametrize("status", [Status.DISP, Status.ACK, Status.SITE])
async def test_a_case_in_a_chat_that_is_closed_to_us_is_put_before_the_centre(tmp_path: Path, status: Status) -> None:
    async with town(tmp_path) as here:
        now = here.app.clock.now()
        state = "open" if status is Status.DISP else "accepted"
        offer = Offer(serial=1, team="ST1", chat=POST, kind="post", at=now, due=now, state=state)
        await broken(here, offers=(offer,), status=status)
        await write(here, lambda conn: chats.set_reachable(conn, POST, reachable=False))
        await here.app.audit.beat()
        case = await case_now(here)
        assert case.status is status
        assert case.offers[-1].chat == centre_chat()
        assert [it.state for it in case.offers] == ["passed" if status is Status.DISP else "accepted", "open"]
        await here.app.audit.beat()
        assert (await case_now(here)).offers == case.offers, "once is enough"
        assert (await ready(here))[0] == 200


async def test_what_cannot_be_mended_turns_ready_red_and_is_one_message_that_is_edited(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        here.sandbox.expect_refusal("message is not modified")
        await write(here, lambda conn: schedules.put_schedule(conn, "odd", "unknown", {}, here.app.clock.now()))
        await write(
            here,
            lambda conn: conn.execute(
                update(SCHEDULES)
                .where(SCHEDULES.c.key == "odd")
                .values(due_at=here.app.clock.now() - timedelta(hours=1))
            ),
        )
        await here.app.audit.beat()
        status, body = await ready(here)
        assert status == 503
        assert "scheduled 1" in str(body), body
        await until(lambda: told(here))
        assert "odd" in told(here)[0]

        await here.app.audit.beat()
        await write(
            here, lambda conn: conn.execute(update(SCHEDULES).where(SCHEDULES.c.key == "odd").values(key="odder"))
        )
        await here.app.audit.beat()
        await until(lambda: "odder" in told(here)[0])
        await write(here, lambda conn: conn.execute(delete(SCHEDULES).where(SCHEDULES.c.key == "odder")))
        await here.app.audit.beat()
        assert (await ready(here))[0] == 200
        await until(lambda: "恢复" in told(here)[0])
        words = [
            (call.method, str(call.params["text"]))
            for call in here.sandbox.world.calls.find(chat_id=centre_chat())
            if "🩺" in str(call.params.get("text"))
        ]
        assert [method for method, _ in words] == ["sendMessage", "editMessageText", "editMessageText"], words


async def test_the_dead_mans_address_hears_nothing_while_something_is_broken(tmp_path: Path) -> None:
    heard: list[str] = []

    async def hear(request: web.Request) -> web.Response:
        heard.append(request.path)
        return web.Response()

    site = web.Application()
    site.router.add_get("/alive", hear)
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/alive"
    async with town(tmp_path, heartbeat_url=url) as here:
        await here.app.pulse.cry()
        assert heard == ["/alive"]
        past = here.app.clock.now() - timedelta(hours=1)
        await write(here, lambda conn: schedules.put_schedule(conn, "odd", "unknown", {}, past))
        await here.app.audit.beat()
        await here.app.pulse.cry()
        assert heard == ["/alive"]
        await write(here, lambda conn: schedules.drop_schedule(conn, "odd"))
        await here.app.audit.beat()
        await here.app.pulse.cry()
        assert heard == ["/alive"] * 2
    await runner.cleanup()


async def test_when_the_centre_cannot_be_reached_the_administrator_hears_it(tmp_path: Path) -> None:
    async with town(tmp_path, admins=(8,)) as here:
        past = here.app.clock.now() - timedelta(hours=1)
        await write(here, lambda conn: chats.set_reachable(conn, centre_chat(), reachable=False))
        await write(here, lambda conn: schedules.put_schedule(conn, "odd", "unknown", {}, past))
        await here.app.audit.beat()
        await until(lambda: any("🩺" in text for text in here.texts(8)))


async def test_a_digest_that_is_not_planned_is_planned_anew(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await write(here, lambda conn: conn.execute(delete(SCHEDULES)))
        await here.app.audit.beat()
        assert (await ready(here))[0] == 200
        keys = await here.read(lambda conn: list(conn.execute(SCHEDULES.select()).mappings()))
        assert len([row for row in keys if row["kind"] == "digest"]) == 1


async def test_a_notice_whose_lease_has_run_out_is_sent_after_all(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        now = here.app.clock.now()

        def taken_by_one_who_died(conn: Connection) -> None:
            queue(conn, [said(7, "late", "k1")], now)
            outbox.claim(conn, limit=1, now=now, lease_until=now - timedelta(minutes=5))

        await write(here, taken_by_one_who_died)
        await here.app.audit.beat()
        await until(lambda: "late" in "".join(here.texts(7)))


async def test_notices_that_do_not_leave_are_told_to_be_late_once_the_process_had_its_chance(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        here.sandbox.world.faults.add(Fault(kind="slow", method="sendMessage", seconds=60, times=100))
        await here.queue(*(said(7, f"{n}", f"k{n}") for n in range(3)))
        old = here.app.clock.now() - timedelta(hours=1)
        await write(
            here, lambda conn: conn.exec_driver_sql("UPDATE outbox SET created_at = ?", (old.strftime("%F %T.%f"),))
        )
        await here.app.audit.beat()
        assert "audit" not in here.app.health.reasons(), "it has just begun"
        here.app.audit._since = -GRACE
        await here.app.audit.beat()
        assert "sent 2" in here.app.health.reasons()["audit"], "one is under way"


async def test_a_given_up_update_of_which_nobody_heard_is_told(tmp_path: Path) -> None:
    async with street(tmp_path, decide=echo) as here:
        now = here.app.clock.now()
        await write(here, lambda conn: letters.park(conn, 77, "{}", "broken", now))
        await here.app.audit.beat()
        await until(lambda: any("77" in text for text in here.texts(centre_chat())))
        assert here.app.health.reasons() == {}


async def test_a_bot_that_does_not_lead_looks_at_nothing(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await broken(here, due_at=None)
        here.app.audit._leads = lambda: False
        await here.app.audit.beat()
        assert (await case_now(here)).due_at is None
        assert (await here.read(lambda conn: conn.execute(CASES.select()).first())) is not None
