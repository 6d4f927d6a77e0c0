"""What the plays have in common: who is who in the demo town, looks into chats and database, what must hold at the end.

The town on its first Monday: post ST2 of grid G05 has two people on until eight the next morning.
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

import orjson
import pytest
from sqlalchemy import Connection, select

from bot.demo import town
from bot.demo.house import MORNING, House
from bot.demo.stage import Phone
from core import roster
from core.case import Case, Event
from storage import cases, letters, views
from storage.tables import CASES, OUTBOX

T = TypeVar("T")

both_databases = pytest.mark.parametrize("house", ["sqlite_url", "postgres_url"], indirect=True)
in_a_hamlet = pytest.mark.parametrize("district", ["hamlet"], indirect=True)

# A second past: Telegram's dates are whole seconds, and a report must not seem to come before the play.
NINE = MORNING + timedelta(seconds=1)

CENTRE, ST1, ST2, ST3, ST4 = -1009000000010, -1009000000001, -1009000000002, -1009000000003, -1009000000004
POSTS = (ST1, ST2, ST3, ST4)
HEAD, SECRETARY = "P051", "P041"
COMPOUND = (30.639294, 104.096597)  # 宏济新居, grid G05, 48 m from post ST2


@dataclass(frozen=True, slots=True)
class Cast:
    """The phones of a play about grid G05, whose post is ST2."""

    resident: Phone
    neighbour: Phone
    visitor: Phone
    first: Phone  # on duty at ST2
    second: Phone  # the colleague
    captain: Phone  # head of post ST2
    resting: Phone  # of ST2, but not on duty today
    backup: Phone  # on duty at ST1, looking at its group
    fourth: Phone  # on duty at ST4
    head: Phone  # of the grid
    secretary: Phone  # of the community
    officer: Phone  # the community's police officer
    seat: Phone  # on duty at the centre


def cast_of(house: House) -> Cast:
    """Who plays today."""
    district, phone = house.district, house.stage.phone
    head, officer, secretary = district.grid_head("G05"), district.police_officer("C2"), district.secretary("C2")
    captain, on = district.head("ST2"), on_duty(house, "ST2")
    resting = next(it for it in district.members("ST2") if it.tg_id not in on and it != captain)
    assert head is not None
    assert officer is not None
    assert secretary is not None
    assert captain is not None
    return Cast(
        resident=phone(town.RESIDENT),
        neighbour=phone(town.NEIGHBOUR),
        visitor=phone(town.VISITOR),
        first=phone(on[0], ST2),
        second=phone(on[1], ST2),
        captain=phone(captain.tg_id or 0, ST2),
        resting=phone(resting.tg_id or 0, ST2),
        backup=phone(on_duty(house, "ST1")[0], ST1),
        fourth=phone(on_duty(house, "ST4")[0], ST4) if on_duty(house, "ST4") else phone(captain.tg_id or 0, ST2),
        head=phone(head.tg_id or 0),
        secretary=phone(secretary.tg_id or 0),
        officer=phone(officer.tg_id or 0),
        seat=phone(on_duty(house, "CTR")[0], CENTRE),
    )


def on_duty(house: House, team: str) -> list[int]:
    """The accounts of those who are rostered now."""
    found = house.district.team(team)
    shifts = roster.rostered(found, house.now, house.district) if found else ()
    people = [house.district.member(person) for shift in shifts for person in shift.members]
    return [person.tg_id for person in people if person and person.tg_id]


async def read(house: House, look: Callable[[Connection], T]) -> T:
    """Look into the bot's database."""
    return await asyncio.wrap_future(house.app.store.read(look))


async def all_cases(house: House) -> list[Case]:
    """Every case there is, oldest first, whatever became of it."""
    await house.settled()

    def look(conn: Connection) -> list[Case]:
        numbers = conn.execute(select(CASES.c.no).order_by(CASES.c.no)).scalars().all()
        return [case for no in numbers if (case := cases.case_of(conn, no)) is not None]

    return await read(house, look)


async def only_case(house: House) -> Case:
    """The one case there is."""
    (case,) = await all_cases(house)
    return case


async def history(house: House, no: str) -> list[Event]:
    """What happened to a case, in order."""
    await house.settled()
    found = await read(house, partial(views.case_with_log, no=no))
    assert found is not None
    return found[1]


async def happened(house: House, kind: str, no: str | None = None) -> list[Event]:
    """The lines of one kind in a case's history (of the only case when none is named)."""
    return [event for event in await history(house, no or (await only_case(house)).no) if event.kind == kind]


def told(phone: Phone, *words: str) -> list[str]:
    """The bot's messages in a chat, as they read now, that hold all these words."""
    texts = [body_text(m) for m in phone.messages() if m.get("from", {}).get("is_bot")]
    return [text for text in texts if all(word in text for word in words)]


def body_text(message: dict[str, Any]) -> str:
    """The words of a message or of its picture."""
    return str(message.get("text") or message.get("caption") or "")


def pressed_data(message: dict[str, Any], label: str) -> str:
    """What the button with this label carries."""
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return next(str(key["callback_data"]) for row in rows for key in row if label in key["text"])


async def presses_data(phone: Phone, message_id: int, data: str) -> dict[str, Any]:
    """A press of a button that is no longer there (or never was): an old client, or somebody who tries."""
    phone.stage.acted()
    query = phone.stage.world.press(phone.chat, message_id, phone.user, data, forged=True)
    answer = await phone.stage.world.callbacks.wait(query, phone.stage.patience)
    assert answer is not None, "the press was never answered"
    return answer


def sent_to(house: House, chat: int, since: int = 0) -> list[dict[str, Any]]:
    """What the bot sent or edited in a chat, as it was asked of Telegram and accepted."""
    calls = house.sandbox.world.calls.find(chat_id=chat, since=since)
    return [{"method": call.method, **call.params} for call in calls if call.ok]


def words_of(call: dict[str, Any]) -> str:
    """All words of a call, buttons included."""
    return orjson.dumps(call).decode()


async def undelivered(house: House) -> list[str]:
    """Notices that are neither sent nor replaced by a newer state."""

    def look(conn: Connection) -> list[str]:
        lost = OUTBOX.c.state.not_in(["sent", "merged"])
        return [f"{row.state}: {row.notice}" for row in conn.execute(select(OUTBOX).where(lost))]

    return await read(house, look)


async def at_the_end(house: House) -> None:
    """What holds after every play: nothing Telegram refuses, nothing parked that a phone really sent, no word of a
    sealed case in a group, every open case owed to somebody at a moment to come."""
    await house.settled()
    parked = {letter.update_id: letter.error for letter in await read(house, letters.parked)}
    assert parked.keys() <= house.sandbox.world.injected, parked
    assert not house.sandbox.unexpected_refusals(), [str(call) for call in house.sandbox.unexpected_refusals()]
    for case in await all_cases(house):
        if case.sealed:
            _sealed(house, case)
        if case.due_at is not None:
            assert case.due_at > house.now, f"{case.no} was due at {case.due_at} and nothing was done"
    async with asyncio.timeout(house.stage.patience):
        while house.app.health.reasons():  # noqa: ASYNC110  # after troubles on purpose it takes a moment
            await asyncio.sleep(0.02)


def _sealed(house: House, case: Case) -> None:
    category = house.app.engine.town.taxonomy.category(case.category or "") if house.app.engine.town else None
    secrets = [*case.words, case.place.label if case.place else "", category.zh if category else "", case.reporter_name]
    for chat in (it for it in house.sandbox.world.chats if it < 0):
        for call in sent_to(house, chat):
            said = words_of(call)
            assert not any(secret and secret in said for secret in secrets), f"sealed words in {chat}: {said}"
            if case.no in said:
                assert chat == CENTRE or "交接班" in said, f"a sealed case is named in {chat}: {said}"
                assert call["method"] in {"sendMessage", "editMessageText"}, said
                assert re.search("🔒|有变化,请看下面", said), said
