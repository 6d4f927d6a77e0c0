"""A lost chat is told once, its cases go on, and what it should have had comes when it is back."""

from dataclasses import replace

from core.case import Status
from core.decide import decide
from core.messages import ChatBack, ChatGone, Command, Delayed, Regained, StatusChanged, Undelivered
from core.world import Decision, Standing
from tests.core.decide.village import CLEAR, CTR, RESIDENT, ST2, Village


def decided(village: Village, command: Command, *, reachable: bool = True) -> Decision:
    there = tuple(village.cases.values())
    return decide(command, replace(village.world(command), reachable=reachable, there=there))


def lost(village: Village, kind: str = "chat") -> None:
    village.does(Undelivered(at=village.now, case=village.case.no, chat=ST2, kind=kind, why="kicked", gone=True))


def test_a_group_that_is_lost_is_told_to_the_centre_and_to_its_head_once() -> None:
    village = Village()
    village.accepted()
    told = decided(village, ChatGone(at=village.now, chat=ST2, why="kicked"))
    assert [notice.kind for notice in told.notices] == ["centre.chat_lost", "duty.chat_lost"]
    assert told.notices[0].to == CTR
    assert told.notices[0].params["text"] == village.case.no
    assert told.chats == (Standing(chat=ST2, reachable=False),)
    assert [type(it) for it in told.then] == [Undelivered]
    assert decided(village, ChatGone(at=village.now, chat=ST2, why="kicked"), reachable=False) == Decision()


def test_two_groups_lost_in_the_same_second_are_both_told_of() -> None:
    village = Village()
    keys = [
        notice.key
        for chat in (ST2, CTR)
        for notice in decided(village, StatusChanged(at=village.now, chat=chat, group=True, present=False)).notices
    ]
    assert len(keys) == len(set(keys)) >= 2


def test_whoever_has_accepted_goes_on_in_private_and_is_back_in_the_group_when_it_is() -> None:
    village = Village()
    village.accepted()
    lost(village)
    held = next(offer for offer in village.case.offers if offer.state == "accepted")
    assert held.chat > 0
    assert village.case.status is Status.ACK
    assert village.has_button("btn.done", held.chat)
    assert ST2 in village.case.unheard
    village.does(Regained(at=village.now, case=village.case.no, chat=ST2))
    assert village.case.unheard == ()
    assert village.has_button("btn.done", ST2)


def test_what_nobody_has_accepted_goes_to_the_next_post_and_stays_there() -> None:
    village = Village()
    village.says(CLEAR)
    lost(village)
    assert village.case.team == "ST1"
    before = len(village.sent)
    village.does(Regained(at=village.now, case=village.case.no, chat=ST2))
    assert len(village.sent) == before


def test_a_chat_that_was_never_lost_changes_nothing_when_it_comes() -> None:
    village = Village()
    village.accepted()
    assert decided(village, ChatBack(at=village.now, chat=ST2)) == Decision()


def test_a_stranger_who_blocks_the_bot_leaves_no_trace() -> None:
    village = Village()
    command = StatusChanged(at=village.now, chat=424242, group=False, present=False)
    assert decided(village, command) == Decision()


def test_a_card_that_has_to_wait_is_told_to_the_resident_once_and_received_is_still_said_later() -> None:
    village = Village(deliver=False)
    village.says(CLEAR)
    waits = Delayed(at=village.now, case=village.case.no, chat=ST2, kind="card", seconds=900)
    village.does(waits)
    village.does(waits)
    assert village.kinds(RESIDENT).count("case.received_wait") == 1
    village.deliver_all()
    assert village.kinds(RESIDENT)[-1] == "case.received"
