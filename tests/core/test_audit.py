from dataclasses import replace
from datetime import timedelta

import pytest

from core.audit import MOST, NOT_ASKED, Episode, Look, Promise, Stale, asked_chat, episode, known_chats, word
from core.case import Case, Offer, Status
from tests.storage.values import GROUP, NOW, case, town

DUE = Look(wrong={Promise.DUE: (Stale(name="A2611-0001", since=NOW),)})
LOST = Look(wrong={Promise.REACHED: (Stale(name="A2611-0002", since=NOW, chat=GROUP),)})


def offer(serial: int, state: str, chat: int = GROUP) -> Offer:
    return Offer(serial=serial, team=f"ST{serial}", chat=chat, kind="post", at=NOW, due=None, state=state)


def asked(*offers: Offer, status: Status = Status.DISP) -> int | None:
    made: Case = replace(case(), status=status, offers=offers)
    return asked_chat(made)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.NEW, Status.DONE, Status.CLOSED, Status.CANCELLED])
def test_nobody_has_to_be_asked_before_it_is_sent_or_when_it_is_done(status: Status) -> None:
    assert asked(status=status) == NOT_ASKED


@pytest.mark.parametrize("status", [Status.DISP, Status.ACK, Status.SITE])
def test_a_case_in_work_is_with_whoever_was_asked_last_and_has_not_passed_it_on(status: Status) -> None:
    assert asked(offer(1, "passed"), offer(2, "accepted", -7), offer(3, "declined"), status=status) == -7
    assert asked(offer(1, "open", -8), status=status) == -8


def test_a_case_that_all_have_passed_on_is_nobodys() -> None:
    assert asked() is None
    assert asked(offer(1, "passed"), offer(2, "declined")) is None


def test_the_chats_of_a_district_are_its_groups_and_its_people() -> None:
    district = town().district
    chats = known_chats(district)

    assert district.centre_chat() in chats
    assert {it.tg_id for it in district.people if it.tg_id} <= chats
    assert None not in chats


def test_a_good_minute_says_nothing() -> None:
    assert Look().findings() == ()
    assert episode(None, (), NOW) is None
    assert episode(Episode(since=NOW), (), NOW) is None


def test_a_case_that_is_wrong_twice_is_mended_once() -> None:
    both = Look(
        wrong={Promise.REACHED: (Stale(name="A1", chat=-5),), Promise.DUE: (Stale(name="A1"), Stale(name="A2"))}
    )

    assert [(it.name, it.chat) for it in both.cases()] == [("A1", -5), ("A2", None)]


def test_one_message_is_sent_then_edited_and_at_the_end_says_that_it_is_over() -> None:
    later = NOW + timedelta(minutes=7)
    first = episode(None, DUE.findings(), NOW)
    assert first is not None
    assert episode(first, DUE.findings(), later) is None, "nothing new, nothing said"
    second = episode(first, (*DUE.findings(), *LOST.findings()), later)
    assert second is not None
    last = episode(second, (), later)
    assert last is not None
    notices = [word(said, GROUP, later, "zh-Hans") for said in (first, second, last)]

    assert len({it.slot for it in notices}) == 1
    assert len({it.key for it in notices}) == 3
    assert [it.kind for it in notices] == ["centre.audit", "centre.audit", "centre.audit_over"]
    assert notices[2].params == {"since_at": NOW.isoformat(), "at": later.isoformat()}


def test_what_breaks_after_the_end_is_a_new_message() -> None:
    over = Episode(since=NOW, serial=3)
    anew = episode(over, DUE.findings(), NOW + timedelta(hours=1))

    assert anew is not None
    assert word(anew, GROUP, NOW, "en").slot != word(over, GROUP, NOW, "en").slot


def test_a_thing_that_is_broken_all_over_is_counted_as_far_as_was_looked() -> None:
    many = Look(wrong={Promise.ASKED: tuple(Stale(name=f"A{n}") for n in range(MOST))})

    assert [it.count for it in (*many.findings(), *DUE.findings())] == [f"{MOST}+", "1"]
