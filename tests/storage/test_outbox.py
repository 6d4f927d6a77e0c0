"""Notices wait in their turn, each is taken by one, and of a card only the latest state goes out."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import wait
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Connection, update

from core.messages import Lane, Notice
from core.world import Post
from storage import outbox, posts, views
from storage.chats import set_reachable
from storage.codec import pack
from storage.queueing import queue
from storage.store import Store
from storage.tables import OUTBOX
from storage.taking import Claimed
from storage.tenancy import run
from tests.storage.values import GROUP, NOW, later, notice

LEASE = later(1)


def put(store: Store, *notices: Notice, now: datetime = NOW) -> int:
    return store.submit(lambda conn: queue(conn, notices, now)).result()


def claim(store: Store, now: datetime = NOW, limit: int = 30, **options: Any) -> list[Claimed]:
    return store.submit(lambda conn: outbox.claim(conn, limit=limit, now=now, lease_until=LEASE, **options)).result()


def do(store: Store, work: Callable[[Connection], Any]) -> Any:
    return store.submit(work).result()


def keys(claimed: list[Claimed]) -> list[str]:
    return [it.notice.key for it in claimed]


def counts(store: Store) -> dict[str, int]:
    found: Counter[str] = Counter()
    for (_, state), rows in store.read(views.outbox_counts).result().items():
        found[state] += rows
    return found


def send(store: Store, message: int) -> list[str]:
    taken = claim(store)
    for at, it in enumerate(taken):
        do(store, lambda conn, it=it, at=at: outbox.mark_sent(conn, it.id, message + at, NOW))
    return keys(taken)


def test_a_notice_comes_back_whole(store: Store) -> None:
    full = notice("k", params={"no": "A2611-0001", "items": [1, {"a": None}]}, case="A2611-0001", report=True)
    put(store, full)

    (taken,) = claim(store)

    assert taken.notice == full
    assert taken.attempts == 0
    assert taken.slot_message is None


def test_a_key_is_queued_once_for_ever(store: Store) -> None:
    assert put(store, notice("k"), notice("k"), notice("other")) == 2
    send(store, 100)
    assert put(store, notice("k"), notice("new")) == 1

    assert counts(store) == {"sent": 1, "pending": 2}


def test_lanes_are_strict_and_within_a_lane_the_first_come_goes_first(store: Store) -> None:
    put(store, notice("digest", to=-1, lane=Lane.DIGEST), notice("first", to=-2), notice("second", to=-3))
    put(store, notice("alarm", to=-4, lane=Lane.URGENT))

    assert keys(claim(store)) == ["alarm", "first", "second", "digest"]


def test_one_notice_per_chat_is_taken_and_no_more_while_it_flies(store: Store) -> None:
    put(store, notice("1"), notice("2"), notice("other", to=-9))

    assert keys(claim(store)) == ["1", "other"]
    assert claim(store) == []


def test_the_next_of_a_chat_follows_when_the_first_is_settled(store: Store) -> None:
    put(store, notice("1"), notice("2"), notice("3"))
    (first,) = claim(store)
    do(store, lambda conn: outbox.mark_dead(conn, first.id, "kicked"))

    assert send(store, 100) == ["2"]
    assert send(store, 101) == ["3"]
    assert counts(store) == {"dead": 1, "sent": 2}


def test_a_chat_with_many_waiting_does_not_hide_the_others(store: Store) -> None:
    put(store, *(notice(f"many{n}") for n in range(15)), notice("lonely", to=-9))

    assert keys(claim(store, limit=2)) == ["many0", "lonely"]


def test_held_chats_are_left_out_and_urgent_ones_pass_a_half_hold(store: Store) -> None:
    put(store, notice("a", to=-1), notice("b", to=-2), notice("alarm", to=-2, lane=Lane.URGENT), notice("c", to=-3))

    assert keys(claim(store, skip=[-1], skip_unless_urgent=[-2, -3])) == ["alarm"]


def test_only_the_wanted_lanes_are_taken(store: Store) -> None:
    put(store, notice("alarm", to=-1, lane=Lane.URGENT), notice("digest", to=-2, lane=Lane.DIGEST))

    assert keys(claim(store, lanes=[4, 5])) == ["digest"]


def test_nothing_goes_before_its_time(store: Store) -> None:
    put(store, notice("morning", not_before=later(60)))

    assert claim(store) == []
    assert keys(claim(store, now=later(60))) == ["morning"]


def test_two_who_claim_at_once_never_get_the_same(store: Store) -> None:
    put(store, *(notice(f"{n}", to=-n) for n in range(1, 201)))
    waiting = [store.submit(lambda conn: outbox.claim(conn, limit=7, now=NOW, lease_until=LEASE)) for _ in range(80)]
    wait(waiting)

    taken = [it.id for future in waiting for it in future.result()]
    taken += [it.id for it in claim(store, limit=200)]

    assert len(taken) == len(set(taken)) == 200


def test_what_was_sent_is_known_when_it_is_replied_to(store: Store) -> None:
    put(store, notice("k", slot="card:A2611-0001", case="A2611-0001", params={"no": "A2611-0001"}))
    send(store, 100)

    post = do(store, lambda conn: posts.post_of(conn, GROUP, 100))

    assert post == Post(
        chat=GROUP,
        message=100,
        kind="card",
        slot="card:A2611-0001",
        case="A2611-0001",
        params={"no": "A2611-0001"},
    )
    assert do(store, lambda conn: posts.slot_message(conn, GROUP, "card:A2611-0001")) == 100
    assert do(store, lambda conn: posts.post_of(conn, GROUP, 99)) is None


def test_words_erased_on_their_way_are_not_brought_back_by_whoever_had_them_in_hand(store: Store) -> None:
    put(store, notice("k", params={"words": "my name is"}))
    (taken,) = claim(store)
    bare = pack(notice("k"))
    do(store, lambda conn: run(conn, update(OUTBOX).where(OUTBOX.c.id == taken.id).values(notice=bare)))

    do(store, lambda conn: outbox.mark_sent(conn, taken.id, 100, NOW, taken))

    assert taken.notice.params == {"words": "my name is"}
    assert do(store, lambda conn: posts.post_of(conn, GROUP, 100)).params == {}


def test_more_than_a_few_are_taken_at_once_each_with_its_card_and_whether_its_chat_is_shut(store: Store) -> None:
    chats = [-n for n in range(1, 20)]
    put(store, *(notice(f"a{chat}", to=chat, slot=f"card{chat}") for chat in chats))
    for it in claim(store):
        do(store, lambda conn, it=it: outbox.mark_sent(conn, it.id, 100 - it.notice.to, NOW, it))
    put(store, *(notice(f"b{chat}", to=chat, slot=f"card{chat}") for chat in chats))
    do(store, lambda conn: set_reachable(conn, -7, reachable=False))

    taken = claim(store)

    assert [(it.notice.to, it.slot_message) for it in taken] == [(chat, 100 - chat) for chat in chats]
    assert [it.notice.to for it in taken if it.shut] == [-7]


def test_a_later_state_of_a_card_knows_the_message_to_edit(store: Store) -> None:
    put(store, notice("v1", slot="card"))
    send(store, 100)
    put(store, notice("v2", slot="card"), notice("plain"))

    first, *_ = claim(store)

    assert (first.notice.key, first.slot_message) == ("v2", 100)


def test_of_the_states_that_wait_only_the_latest_goes_in_the_turn_of_the_first(store: Store) -> None:
    put(store, notice("v1", slot="card", lane=Lane.URGENT))
    put(store, notice("other"))
    put(store, notice("v2", slot="card"), notice("v3", slot="card"))

    assert [send(store, 100), send(store, 101), send(store, 102)] == [["v3"], ["other"], []]
    assert counts(store) == {"merged": 2, "sent": 2}


def test_cards_of_different_slots_and_chats_do_not_replace_each_other(store: Store) -> None:
    put(store, notice("a", slot="card:1"), notice("b", slot="card:2"), notice("c", slot="card:1", to=-9))

    assert counts(store) == {"pending": 3}


def test_a_card_sent_again_is_never_merged_nor_merged_into(store: Store) -> None:
    put(store, notice("edit", slot="card"), notice("anew", slot="card", again=True))
    put(store, notice("edit2", slot="card"), notice("edit3", slot="card"))

    sent = [send(store, 100), send(store, 101), send(store, 102), send(store, 103)]

    assert sent == [["edit"], ["anew"], ["edit3"], []]


def test_a_more_urgent_state_takes_the_card_it_edits_along(store: Store) -> None:
    put(store, notice("anew", slot="card", again=True, lane=Lane.REMINDER), notice("other"))
    put(store, notice("edit", slot="card", lane=Lane.URGENT))

    assert [send(store, 100), send(store, 101), send(store, 102)] == [["anew"], ["edit"], ["other"]]


def test_a_state_that_has_to_wait_gives_way_to_a_newer_one(store: Store) -> None:
    put(store, notice("v1", slot="card"))
    (taken,) = claim(store)
    put(store, notice("v2", slot="card"))
    do(store, lambda conn: outbox.mark_later(conn, taken.id, later(5)))

    assert send(store, 100) == ["v2"]
    assert send(store, 101) == []
    assert counts(store) == {"merged": 1, "sent": 1}


def test_a_state_that_has_to_wait_is_not_overtaken_by_the_card_sent_anew(store: Store) -> None:
    put(store, notice("edit", slot="card"))
    (taken,) = claim(store)
    put(store, notice("anew", slot="card", again=True))
    do(store, lambda conn: outbox.mark_later(conn, taken.id, later(5)))

    assert claim(store) == []
    assert keys(claim(store, now=later(5))) == ["edit"]


def test_later_counts_an_attempt_and_releasing_does_not(store: Store) -> None:
    put(store, notice("k"))
    (taken,) = claim(store)
    do(store, lambda conn: outbox.mark_later(conn, taken.id, later(5)))
    assert claim(store, now=later(4)) == []
    (taken,) = claim(store, now=later(5))
    do(store, lambda conn: outbox.release(conn, [taken.id]))

    (taken,) = claim(store, now=later(5))

    assert taken.attempts == 1


def test_what_a_dead_process_was_sending_waits_again_but_broadcasts_are_rather_lost(store: Store) -> None:
    put(store, notice("alarm", to=-1, lane=Lane.URGENT), notice("all", to=-2, lane=Lane.BROADCAST))
    claim(store)

    assert do(store, lambda conn: outbox.release_leases(conn, later(0))) == 0
    assert do(store, outbox.release_leases) == 2

    assert counts(store) == {"pending": 1, "unknown": 1}
    assert keys(claim(store)) == ["alarm"]


def test_only_leases_that_ran_out_are_released_beside_a_living_process(store: Store) -> None:
    put(store, notice("k"))
    claim(store)

    assert do(store, lambda conn: outbox.release_leases(conn, LEASE)) == 1
    assert counts(store) == {"pending": 1}


def test_unknown_is_a_state_of_its_own(store: Store) -> None:
    put(store, notice("k", lane=Lane.BROADCAST))
    (taken,) = claim(store)
    do(store, lambda conn: outbox.mark_unknown(conn, taken.id, "no answer in 30 s"))

    assert counts(store) == {"unknown": 1}
    assert claim(store) == []


def test_a_message_that_is_gone_is_forgotten_with_its_card(store: Store) -> None:
    put(store, notice("k", slot="card"))
    send(store, 100)

    do(store, lambda conn: posts.forget_post(conn, GROUP, 100))

    assert do(store, lambda conn: posts.slot_message(conn, GROUP, "card")) is None
    assert do(store, lambda conn: posts.post_of(conn, GROUP, 100)) is None


def test_the_oldest_that_waits_is_told_per_lane(store: Store) -> None:
    put(store, notice("1"), now=later(1))
    put(store, notice("2"), notice("3", lane=Lane.URGENT), now=later(2))

    assert store.read(views.oldest_waiting).result() == {2: later(1), 1: later(2)}


@pytest.mark.parametrize("settle", [outbox.mark_dead, outbox.mark_unknown])
def test_settling_what_does_not_exist_is_an_error(store: Store, settle: Callable[[Connection, int, str], None]) -> None:
    with pytest.raises(Exception, match="No row was found"):
        do(store, lambda conn: settle(conn, 12345, "why"))


def test_whoever_waits_for_word_of_a_replaced_notice_gets_it_of_the_one_that_goes_instead(store: Store) -> None:
    put(store, notice("v1", slot="card", report=True))
    put(store, notice("v2", slot="card"))

    (taken,) = claim(store)

    assert (taken.notice.key, taken.notice.report) == ("v2", True)


def test_the_word_is_passed_on_as_well_when_the_older_one_has_to_wait(store: Store) -> None:
    put(store, notice("v1", slot="card", report=True))
    (taken,) = claim(store)
    put(store, notice("v2", slot="card"))
    do(store, lambda conn: outbox.mark_later(conn, taken.id, later(5)))

    (newer,) = claim(store)

    assert (newer.notice.key, newer.notice.report) == ("v2", True)


def test_each_sending_of_unknown_outcome_is_counted(store: Store) -> None:
    put(store, notice("k"))
    (taken,) = claim(store)
    do(store, lambda conn: outbox.mark_later(conn, taken.id, NOW, doubts=1))
    (taken,) = claim(store)
    assert (taken.doubts, taken.first_try) == (1, False)
    do(store, outbox.release_leases)

    (taken,) = claim(store)

    assert taken.doubts == 2


def test_parts_of_one_message_share_its_turn_its_id_and_its_fate(store: Store) -> None:
    put(store, notice("1"), notice("2"), notice("3"))
    (first,) = claim(store)
    found = do(store, lambda conn: outbox.waiting_of(conn, GROUP, NOW, 10))
    assert keys(found) == ["2", "3"]
    ids = [first.id, found[0].id]
    whole = notice("bundle:1", kind="bundle", params={"rows": ids, "items": ["words"]})
    do(store, lambda conn: outbox.replace_by(conn, ids, whole, now=NOW))

    (taken,) = claim(store)
    do(store, lambda conn: outbox.mark_sent(conn, taken.id, 100, NOW))
    do(store, lambda conn: outbox.settle_bundle(conn, taken, "sent"))

    assert taken.notice.key == "bundle:1"
    parts = do(store, lambda conn: outbox.parts_of(conn, taken))
    assert keys(parts) == ["1", "2"]
    assert counts(store) == {"sent": 3, "pending": 1}
    post = do(store, lambda conn: posts.post_of(conn, GROUP, 100))
    assert post is not None
    assert (post.kind, post.params) == ("bundle", {})  # the words are kept no longer than they are needed


def test_cards_that_wait_for_a_lost_chat_are_dropped_and_words_are_not(store: Store) -> None:
    put(store, notice("card", slot="card:1"), notice("question"), notice("elsewhere", slot="card:1", to=-9))
    do(store, lambda conn: outbox.drop_cards(conn, GROUP, "kicked"))

    assert keys(claim(store)) == ["question", "elsewhere"]
