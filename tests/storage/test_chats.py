"""Chats become unreachable, and groups become supergroups with another id everywhere."""

from dataclasses import replace

import orjson
import pytest
from sqlalchemy import Connection

from core.case import Event, Offer, Status
from core.records import Draft
from storage import chats, views
from storage.cases import case_of, write_case
from storage.districts import current_district, load_district, revision
from storage.outbox import claim, mark_sent
from storage.posts import post_of, served, slot_message
from storage.queueing import queue
from storage.records import record_of, write_records
from storage.schedules import due_schedules, put_schedule
from storage.store import Store
from tests.storage.values import GROUP, NOW, case, later, notice

NEW = -1_001_234_567_890
OTHER = -1_009_000_000_002


def test_a_chat_is_reachable_until_told_otherwise_and_keeps_its_title(store: Store) -> None:
    assert store.submit(lambda conn: chats.reachable(conn, GROUP)).result()

    store.submit(lambda conn: chats.set_reachable(conn, GROUP, False, "Post 1")).result()
    assert not store.submit(lambda conn: chats.reachable(conn, GROUP)).result()

    store.submit(lambda conn: chats.set_reachable(conn, GROUP, True)).result()
    assert store.submit(lambda conn: chats.reachable(conn, GROUP)).result()


def lived(conn: Connection) -> None:
    """A group with a case, a card, a schedule and notices, in a district that names it."""
    offer = Offer(serial=1, team="ST1", chat=GROUP, kind="post", at=NOW, due=None)
    told = Event(kind="assigned", at=NOW)
    write_case(conn, case("A2611-0001", offers=(offer, replace(offer, serial=2, chat=OTHER))), (told,))
    write_case(conn, case("A2611-0002", watchers=(OTHER, GROUP), status=Status.CLOSED), ())
    write_case(conn, case("A2611-0003", watchers=(OTHER,), words=(f"{GROUP}",)), ())
    queue(conn, [notice("sent", slot="card")], NOW)
    (sent,) = claim(conn, limit=1, now=NOW, lease_until=later(1))
    mark_sent(conn, sent.id, 100, NOW)
    queue(conn, [notice("waits"), notice("other", to=OTHER)], NOW)
    put_schedule(conn, "report", "report", {"chat": GROUP, "more": [GROUP, "x", True]}, NOW)
    load_district(conn, orjson.dumps({"stations": [{"chat_id": GROUP}, {"chat_id": OTHER}]}).decode(), NOW)


@pytest.fixture
def town_with_a_group(store: Store) -> Store:
    store.submit(lived).result()
    return store


def test_a_supergroup_takes_over_everything(town_with_a_group: Store) -> None:
    store = town_with_a_group
    store.submit(lambda conn: chats.migrate_chat(conn, GROUP, NEW)).result()

    def look(conn: Connection) -> None:
        first, second, third = (case_of(conn, f"A2611-000{n}") for n in (1, 2, 3))
        assert first is not None
        assert second is not None
        assert third is not None
        assert [it.chat for it in first.offers] == [NEW, OTHER]
        assert second.watchers == (OTHER, NEW)
        assert (first.version, second.version, third.version) == (2, 2, 1)
        stored = current_district(conn)
        assert stored is not None
        assert orjson.loads(stored[1]) == {"stations": [{"chat_id": NEW}, {"chat_id": OTHER}]}
        (schedule,) = due_schedules(conn, NOW)
        assert schedule.params == {"chat": NEW, "more": [NEW, "x", True]}

    store.submit(look).result()
    taken = store.submit(lambda conn: claim(conn, limit=9, now=NOW, lease_until=later(1))).result()
    assert [(it.notice.key, it.notice.to) for it in taken] == [("waits", NEW), ("other", OTHER)]


def test_messages_of_the_old_group_are_forgotten_since_their_ids_mean_others_in_the_new_one(
    town_with_a_group: Store,
) -> None:
    store = town_with_a_group
    store.submit(lambda conn: chats.migrate_chat(conn, GROUP, NEW)).result()

    for chat in (GROUP, NEW):
        assert store.submit(lambda conn, chat=chat: slot_message(conn, chat, "card")).result() is None
        assert store.submit(lambda conn, chat=chat: post_of(conn, chat, 100)).result() is None


def test_telling_it_twice_moves_what_was_written_to_the_old_id_since(town_with_a_group: Store) -> None:
    store = town_with_a_group
    store.submit(lambda conn: chats.migrate_chat(conn, GROUP, NEW)).result()
    before = store.submit(revision).result()
    store.submit(lambda conn: queue(conn, [notice("late")], NOW)).result()

    store.submit(lambda conn: chats.migrate_chat(conn, GROUP, NEW)).result()

    assert store.submit(revision).result() == before
    taken = store.submit(lambda conn: claim(conn, limit=9, now=NOW, lease_until=later(1))).result()
    assert {it.notice.to for it in taken} == {NEW, OTHER}


def test_the_history_of_a_moved_case_is_as_it_was(town_with_a_group: Store) -> None:
    store = town_with_a_group
    store.submit(lambda conn: chats.migrate_chat(conn, GROUP, NEW)).result()

    found = store.read(lambda conn: views.case_with_log(conn, "A2611-0001")).result()

    assert found is not None
    assert [event.kind for event in found[1]] == ["assigned"]


def test_a_chat_may_move_more_than_once(store: Store) -> None:
    store.submit(lambda conn: load_district(conn, orjson.dumps({"chat_id": -1}).decode(), NOW)).result()
    for old, new in ((-1, -2), (-2, -3)):
        store.submit(lambda conn, old=old, new=new: chats.migrate_chat(conn, old, new)).result()

    stored = store.submit(current_district).result()

    assert stored is not None
    assert orjson.loads(stored[1]) == {"chat_id": -3}


def test_a_set_up_under_way_goes_on_when_its_group_becomes_a_supergroup(store: Store) -> None:
    raw = orjson.dumps({"stations": [{"chat_id": GROUP}, {"chat_id": OTHER}]}).decode()
    draft = Draft(id="now", raw=raw, groups=((GROUP, "东门岗"), (OTHER, "x")))
    store.submit(lambda conn: write_records(conn, (draft,))).result()

    for _ in range(2):  # Telegram tells it twice
        store.submit(lambda conn: chats.migrate_chat(conn, GROUP, NEW)).result()

    kept = store.read(lambda conn: record_of(conn, "draft", "now")).result()
    assert isinstance(kept, Draft)
    assert orjson.loads(kept.raw) == {"stations": [{"chat_id": NEW}, {"chat_id": OTHER}]}
    assert kept.groups == ((NEW, "东门岗"), (OTHER, "x"))
    assert kept.base == ""


def test_a_chat_is_served_once_anything_but_setting_up_stood_there(store: Store) -> None:
    def said(conn: Connection, kind: str, message: int) -> None:
        queue(conn, [notice(f"k{message}", kind=kind)], NOW)
        (row,) = claim(conn, limit=1, now=NOW, lease_until=later(1))
        mark_sent(conn, row.id, message, NOW)

    store.submit(lambda conn: said(conn, "setup.group", 7)).result()
    assert not store.read(lambda conn: served(conn, GROUP)).result()
    store.submit(lambda conn: said(conn, "card", 8)).result()
    assert store.read(lambda conn: served(conn, GROUP)).result()
    assert not store.read(lambda conn: served(conn, OTHER)).result()
