"""A report about what is known already (life.md rows 29-31)."""

from datetime import timedelta

import pytest

from core.case import Status
from tests.core.decide.village import CLEAR, CTR, NEIGHBOUR, RESIDENT, ST2, Village

SLIGHT = "宏济新居3栋楼道堆满杂物"
URGENT = "宏济新居3栋楼道有人给电瓶车充电"
FIRE = "宏济花园2栋楼道着火了"
FIRST, SECOND = "A2611-0001", "A2611-0002"
LATER = "A2612-0002"


@pytest.fixture
def village() -> Village:
    """Somebody has told of a cluttered stairway, and ST2 is asked."""
    village = Village()
    village.says(SLIGHT)
    return village


def finished(village: Village, number: str = FIRST) -> None:
    """ST2 takes the case and ends it with a photo and a line."""
    user = village.on("ST2")
    village.presses("btn.accept", chat=ST2, user=user)
    village.replies("到了", chat=ST2, user=user, photo="there")
    village.presses("btn.done", chat=ST2, user=user)
    village.replies("已清理", kind="duty.done_need", chat=ST2, user=user, photo="after")
    assert village.cases[number].status is Status.DONE


def card(village: Village, number: str, chat: int = ST2) -> dict[str, object]:
    """What the card of a case says in a chat."""
    said = village.posts[chat, village.slots[chat, f"card:{number}"]]
    return dict(said.notice.params)


def test_row_31_the_resident_is_shown_the_open_case_and_joins_with_one_tap(village):
    village.says("宏济新居3栋楼道全是杂物,过不去", user=NEIGHBOUR)
    assert village.cases[SECOND].status is Status.DRAFT
    asked = village.newest(NEIGHBOUR, "case.same_ask").notice
    assert asked.params["place"] == village.cases[FIRST].place.label
    assert asked.photos == ()
    assert village.presses("btn.same", user=NEIGHBOUR).kind == "ans.joined"
    main, joined = village.cases[FIRST], village.cases[SECOND]
    assert (joined.status, joined.into) == (Status.MERGED, FIRST)
    assert (main.joined, main.reporters) == ((SECOND,), 2)
    assert card(village, FIRST)["count"] == 2
    assert village.newest(NEIGHBOUR, "case.merged").notice.params["no"] == FIRST
    assert "过不去" in str(village.newest(ST2, "duty.joined").notice.params["text"])
    assert [village.events("merged", SECOND)[0].row, village.events("joined", FIRST)[0].row] == [31, 31]


def test_row_31_nobody_answers_and_it_is_a_case_of_its_own_that_staff_see_as_a_likely_twin(village):
    village.says("宏济新居3栋楼道全是杂物", user=NEIGHBOUR)
    village.passes(minutes=11)
    assert village.cases[SECOND].status is Status.DISP
    assert village.cases[SECOND].similar == (FIRST,)
    assert village.cases[FIRST].similar == (SECOND,)
    head = village.grid_head(village.cases[SECOND])
    assert village.newest(head, "merge.maybe").notice.params["other"] == FIRST
    village.presses("btn.merge_it", chat=head, user=head)
    assert village.cases[SECOND].status is Status.MERGED


def test_row_31_it_is_another_one_and_goes_out_at_once(village):
    village.says("宏济新居3栋楼道全是杂物", user=NEIGHBOUR)
    assert village.presses("btn.not_same", user=NEIGHBOUR).kind == "ans.ok"
    assert village.cases[SECOND].status is Status.DISP
    assert village.cases[SECOND].similar == ()
    assert village.presses("btn.same", user=NEIGHBOUR).kind == "ans.already"


def test_row_31_what_is_urgent_never_waits_for_the_answer():
    village = Village()
    village.says(URGENT, photo="bike")
    village.says("宏济新居3栋又有电瓶车在楼道充电", user=NEIGHBOUR)
    assert village.cases[SECOND].status is Status.DISP
    assert village.newest(NEIGHBOUR, "case.same_ask").notice.photos == ("bike",)
    village.presses("btn.same", user=NEIGHBOUR)
    assert village.cases[SECOND].status is Status.MERGED


def test_row_31_a_severity_one_case_is_alerted_anew_when_somebody_joins():
    village = Village()
    village.says(FIRE)
    village.says("宏济花园2栋着火了,好大的烟", user=NEIGHBOUR)
    assert village.cases[SECOND].status is Status.DISP, "danger waited"
    since = village.mark()
    village.presses("btn.same", user=NEIGHBOUR)
    loud = {said.chat for said in village.sent[since:] if said.notice.case == FIRST and said.notice.again}
    assert {offer.chat for offer in village.cases[FIRST].offers} <= loud


def test_row_31_gas_at_another_building_is_the_same_leak_and_its_place_is_added():
    village = Village()
    village.says("宏济花园2栋有很大的煤气味")
    village.says("宏济花园6栋也闻到煤气味了", user=NEIGHBOUR)
    village.presses("btn.same", user=NEIGHBOUR)
    assert "6栋" in str(card(village, FIRST)["also"])


def test_row_31_another_building_is_another_matter(village):
    village.says("宏济新居5栋楼道堆满杂物", user=NEIGHBOUR)
    assert village.cases[SECOND].status is Status.DISP
    assert not village.heard(NEIGHBOUR, "case.same_ask")


def test_row_31_a_sealed_case_is_shown_to_nobody():
    village = Village()
    village.says("宏济花园2栋有人吸毒")
    village.says("宏济花园2栋有人吸毒", user=NEIGHBOUR)
    assert not village.heard(NEIGHBOUR, "case.same_ask")
    assert village.cases[SECOND].similar == ()


def test_row_25_whoever_joined_hears_the_end_and_may_confirm_it(village):
    village.says("宏济新居3栋楼道全是杂物", user=NEIGHBOUR)
    village.presses("btn.same", user=NEIGHBOUR)
    finished(village)
    assert village.newest(NEIGHBOUR, "case.done_confirm").notice.params["result"]
    assert village.presses("btn.solved", user=NEIGHBOUR).kind == "ans.thanks"
    assert village.cases[FIRST].status is Status.CLOSED
    assert village.newest(NEIGHBOUR, "case.rate")
    assert village.newest(RESIDENT, "case.closed_together")
    assert village.cases[SECOND].closed_at == village.now


def test_row_26_whoever_joined_may_say_that_it_is_not_solved(village):
    village.says("宏济新居3栋楼道全是杂物", user=NEIGHBOUR)
    village.presses("btn.same", user=NEIGHBOUR)
    finished(village)
    village.presses("btn.not_solved", user=NEIGHBOUR)
    assert village.cases[FIRST].reopened == 1
    assert village.newest(RESIDENT, "case.reopened")
    assert village.newest(NEIGHBOUR, "case.reopened")


def test_each_keeps_their_own_number(village):
    village.says("宏济新居3栋楼道全是杂物", user=NEIGHBOUR)
    village.presses("btn.same", user=NEIGHBOUR)
    village.orders("mine", user=NEIGHBOUR)
    assert [it["no"] for it in village.newest(NEIGHBOUR, "mine.list").notice.params["items"]] == [SECOND]


def test_the_first_reporter_cannot_withdraw_what_others_told_of_too(village):
    village.says("宏济新居3栋楼道全是杂物", user=NEIGHBOUR)
    village.presses("btn.same", user=NEIGHBOUR)
    village.says("撤销")
    assert village.cases[FIRST].status is Status.DISP
    assert village.newest(RESIDENT, "case.cancel_others")


def closed() -> Village:
    village = Village()
    village.says(CLEAR)
    finished(village)
    village.presses("btn.solved")
    assert village.case.status is Status.CLOSED
    return village


def test_row_29_told_again_within_thirty_days_by_the_reporter_the_case_opens_again():
    village = closed()
    village.passes(days=20)
    village.says("宏济新居3栋楼道又堆满杂物")
    village.presses("btn.again")
    assert village.cases[FIRST].status is Status.DISP
    assert village.cases[FIRST].reopened == 1
    assert village.cases[LATER].into == FIRST
    assert village.events("reported_again", FIRST)[0].row == 29


def test_row_29_told_again_by_somebody_else_staff_are_asked():
    village = closed()
    village.passes(days=20)
    village.says("宏济新居3栋楼道又堆满杂物", user=NEIGHBOUR)
    assert village.cases[LATER].status is Status.DISP, "it goes its own way meanwhile"
    head = village.grid_head(village.cases[LATER])
    village.presses("btn.reopen_it", chat=head, user=head)
    assert village.cases[FIRST].status is Status.DISP
    assert village.cases[LATER].into == FIRST
    assert village.events("repeated", LATER)


def test_row_29_opened_again_after_its_reporter_was_forgotten_whoever_told_of_it_anew_has_the_last_word():
    village = closed()
    village.orders("privacy")
    village.presses("btn.erase")
    village.presses("btn.erase_sure")
    village.passes(days=20)
    village.says("宏济新居3栋楼道又堆满杂物", user=NEIGHBOUR)
    head = village.grid_head(village.cases[LATER])
    village.presses("btn.reopen_it", chat=head, user=head)
    again = village.cases[FIRST]
    assert (again.status, again.unreachable, again.erased_at) == (Status.DISP, True, None)
    assert all(it.chat for it in village.sent), "something was said to nobody"
    user = village.on("ST2")
    village.presses("btn.accept", chat=ST2, user=user)
    village.presses("btn.done", chat=ST2, user=user)
    village.replies("这次搬干净了", kind="duty.done_need", chat=ST2, user=user, photo="after")
    assert village.presses("btn.solved", user=NEIGHBOUR).kind == "ans.thanks"
    assert village.cases[FIRST].status is Status.CLOSED


def test_row_30_told_again_later_it_is_a_new_case_with_a_link():
    village = closed()
    village.passes(days=36)
    village.says("宏济新居3栋楼道又堆满杂物", user=NEIGHBOUR)
    assert village.cases[LATER].linked == (FIRST,)
    assert village.cases[FIRST].linked == (LATER,)
    assert village.cases[FIRST].status is Status.CLOSED
    assert not village.heard(CTR, "again.maybe")


def test_row_33_until_somebody_has_it_the_reporter_may_withdraw(village):
    village.says("撤销")
    assert village.case.status is Status.CANCELLED
    assert village.case.closed_at - village.now <= timedelta()
