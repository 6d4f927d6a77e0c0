"""Invitations on the real memory: one link, one newcomer, whoever is quicker; and no trace of the link's secret."""

import asyncio
from functools import partial

import orjson
import pytest
from sqlalchemy import Connection, select

from bot.engine import Engine
from bot.town import build_town
from core.decide import decide
from core.messages import Ordered, Press, Pressed, Sender
from storage import outbox
from storage.codec import unpack
from storage.districts import current_district, load_district
from storage.store import Store
from storage.tables import EVENTS, OUTBOX, POSTS, RECORDS
from tests.bot.engine_rig import DISTRICT, NOW, StillClock

ADMIN, ANNA, BERT = 9_000_000_900, 9_000_000_901, 9_000_000_902


@pytest.fixture
def engine(store: Store) -> Engine:
    """The real rules on the demo town, with an administrator."""
    store.submit(lambda conn: load_district(conn, DISTRICT.read_text("utf-8"), NOW)).result()
    return Engine(store, StillClock(), decide, bot_name="town_bot", build=partial(build_town, admins=(ADMIN,)))


def pressed(arg: str, action: str = "pp.new") -> Pressed:
    press = Press(action=action, arg=arg)
    return Pressed(at=NOW, sender=Sender(user_id=ADMIN, name="A"), chat=ADMIN, message=1, callback=arg, press=press)


def starts(user: int, code: str) -> Ordered:
    return Ordered(at=NOW, sender=Sender(user_id=user, name=f"n{user}"), chat=user, message=2, word="start", rest=code)


def link(conn: Connection) -> tuple[int, str]:
    rows = conn.execute(select(OUTBOX.c.id, OUTBOX.c.notice)).all()
    found = [(row.id, unpack(dict, row.notice)) for row in rows]
    return next((number, it["params"]["link"]) for number, it in found if it["kind"] == "role.link")


async def test_of_two_who_open_a_link_for_one_at_once_one_comes_in(store: Store, engine: Engine) -> None:
    await engine.execute(pressed("patrol:ST2:甲"), "u:1")
    code = store.read(link).result()[1].partition("start=")[2]
    await asyncio.gather(*(engine.execute(starts(user, code), f"u:{user}") for user in (ANNA, BERT)))

    town = build_town((store.read(current_district).result() or (0, ""))[1], 0)

    assert [town.district.person(user) is not None for user in (ANNA, BERT)].count(True) == 1
    assert engine.town is not None
    assert engine.town.admins == {ADMIN}


async def test_another_process_knows_the_newcomer_with_its_next_command(store: Store, engine: Engine) -> None:
    other = Engine(store, StillClock(), decide, bot_name="town_bot")
    await other.execute(starts(BERT, ""), "u:0")
    await engine.execute(pressed("patrol:ST2:甲"), "u:1")
    code = store.read(link).result()[1].partition("start=")[2]
    await engine.execute(starts(ANNA, code), "u:2")
    await other.execute(starts(BERT, ""), "u:3")

    assert other.town is not None
    assert other.town.district.person(ANNA) is not None


async def test_a_later_file_keeps_who_was_invited(store: Store, engine: Engine) -> None:
    await engine.execute(pressed("patrol:ST2:甲"), "u:1")
    code = store.read(link).result()[1].partition("start=")[2]
    await engine.execute(starts(ANNA, code), "u:2")
    changed = {**orjson.loads(DISTRICT.read_bytes()), "another": "file"}
    assert store.submit(lambda conn: load_district(conn, orjson.dumps(changed).decode(), NOW)).result()

    town = build_town((store.read(current_district).result() or (0, ""))[1], 0)

    assert town.district.person(ANNA) is not None


async def test_once_the_link_was_sent_its_secret_is_nowhere_in_the_database(store: Store, engine: Engine) -> None:
    await engine.execute(pressed("patrol:ST2:甲"), "u:1")
    number, url = store.read(link).result()
    code = url.partition("start=in_")[2]
    store.submit(lambda conn: outbox.mark_sent(conn, number, 77, NOW)).result()
    await engine.execute(starts(ANNA, f"in_{code}"), "u:2")

    def found(conn: Connection) -> int:
        columns = (OUTBOX.c.notice, POSTS.c.params, RECORDS.c.body, EVENTS.c.data)
        return sum(code in text for column in columns for text in conn.execute(select(column)).scalars())

    assert store.read(found).result() == 0
