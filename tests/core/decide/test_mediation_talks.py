"""Talks, agreement, performance, follow-ups and the file (disputes.md, steps 6 to 12), months in a moment."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.decide import decide
from core.district import Person
from core.figures.log import Entry, Window
from core.figures.mediation import Ledger, ledger
from core.mediation import filing
from core.messages import ChatBack, ChatGone, PartyGone, Press
from core.records import Dispute, RoomDay
from core.records.mediation import Step
from tests.core.decide.quarrels import NOISE, dispute, forged, head_of, in_talks, joined, kinds, taken, ticks, words_to
from tests.core.decide.village import NEIGHBOUR, RESIDENT, ST2, STRANGER, Village

TERMS = "甲 12月1日 不再敲天花板\n双方 12月5日 晚上十点后不拖椅子"
DAY = timedelta(days=1)


@pytest.fixture
def village() -> Village:
    return Village()


def meets(village: Village, owner: int) -> None:
    """Both sides find the first hour that was offered good."""
    village.presses("btn.med_meet", chat=owner, user=owner)
    for user in (RESIDENT, NEIGHBOUR):
        _, press = slots(village, user)[0]
        village.sends_press((None, press), chat=user, user=user)


def slots(village: Village, user: int) -> list:
    said = village.newest(user, "mediate.slots")
    return [(key.params, key.press) for row in said.notice.keys for key in row if key.label == "btn.med_slot"]


def agreed(village: Village, owner: int, text: str = TERMS) -> None:
    """Written down by the mediator and confirmed by both."""
    village.presses("btn.med_agree", chat=owner, user=owner)
    village.says(text, user=owner, reply_to=village.newest(owner, "med.terms_write"))
    for user in (RESIDENT, NEIGHBOUR):
        village.presses("btn.med_confirm", chat=user, user=user)


def writes(village: Village, owner: int) -> list[object]:
    """The sides that the newest card lets its owner write to."""
    card = village.newest(owner, "med.card").notice
    return [key.params["side"] for row in card.keys for key in row if key.label == "btn.med_write"]


def noted(village: Village, owner: int) -> None:
    for four, more in (("look", {}), ("listen", {"side": "a"}), ("ask", {}), ("root", {})):
        village.presses("btn.med_note", chat=owner, user=owner)
        label = "btn.med_note_of" if more else "btn.med_note_step"
        village.presses(label, chat=owner, user=owner, four=four, **more)
        village.says("记录", user=owner, reply_to=village.newest(owner, "med.note_write"))


def test_a_noise_between_neighbours_to_the_last_visit_and_the_file(village):
    owner = in_talks(village)
    noted(village, owner)
    meets(village, owner)
    ticks(village, 4 * DAY)
    village.presses("btn.med_came", chat=owner, user=owner, came="both")
    agreed(village, owner)
    assert dispute(village).step is Step.PERFORM
    ticks(village, 12 * DAY)
    village.presses("btn.med_well", chat=owner, user=owner)
    for index in (1, 2):
        village.presses("btn.med_done", chat=owner, user=owner, index=index)
    assert dispute(village).step is Step.FOLLOW
    ticks(village, 20 * DAY)
    village.presses("btn.med_well", chat=owner, user=owner)
    assert village.kinds(RESIDENT).count("med.followup") == village.kinds(NEIGHBOUR).count("med.followup") == 2
    village.presses("btn.med_file", chat=owner, user=owner)
    found = dispute(village)
    assert filing.lacking(found) == ()
    assert (found.step, found.owner) == (Step.FILED, "P010")
    assert [it.state for it in found.sessions] == ["held"]
    happened = [it.event.kind for it in village.log]
    assert (happened.count("followup_due"), happened.count("followup_done")) == (2, 2)
    assert (happened.count("performance_due"), happened.count("performed")) == (2, 2)
    assert happened.count("med_owner") == 1, "one mediator from the first day to the last"


def test_each_side_is_reminded_of_its_own_promise_and_of_nothing_else(village):
    owner = in_talks(village)
    agreed(village, owner, "甲 12月1日 不再敲天花板")
    ticks(village, 13 * DAY)
    told = [it.notice.params["text"] for it in village.heard(RESIDENT, "med.remind_perform")]
    assert told == ["不再敲天花板"] * 3, "three days before, on the day, a day late"
    assert village.heard(NEIGHBOUR, "med.remind_perform") == []


def test_a_week_after_a_promise_was_not_kept_the_mediator_goes_there_and_talks_begin_again(village):
    owner = in_talks(village)
    agreed(village, owner)
    ticks(village, 19 * DAY)
    assert "med.unperformed" in village.kinds(owner)
    village.presses("btn.med_broken", chat=owner, user=owner)
    found = dispute(village)
    assert (found.step, found.visits, found.settled_at) == (Step.TALK, (), None)
    assert village.kinds(NEIGHBOUR)[-1] == village.kinds(RESIDENT)[-1] == "mediate.broken"


def test_the_court_may_be_asked_to_confirm_it_until_thirty_days_after(village):
    owner = in_talks(village)
    agreed(village, owner)
    ticks(village, 21 * DAY)
    for user in (RESIDENT, NEIGHBOUR):
        assert len(village.heard(user, "mediate.court")) == 1
    assert "med.court" in village.kinds(owner)


def test_a_side_that_wants_it_otherwise_brings_it_back_to_the_talks_and_an_old_text_cannot_be_confirmed(village):
    owner = in_talks(village)
    village.presses("btn.med_agree", chat=owner, user=owner)
    village.says(TERMS, user=owner, reply_to=village.newest(owner, "med.terms_write"))
    _, old = village.button("btn.med_confirm", NEIGHBOUR)
    village.presses("btn.med_change", chat=RESIDENT, user=RESIDENT)
    assert dispute(village).step is Step.TALK
    agreed(village, owner, "乙 12月9日 铺地毯")
    assert dispute(village).step is Step.PERFORM
    village.sends_press((None, old), chat=NEIGHBOUR, user=NEIGHBOUR)
    assert village.answers[-1].kind == "ans.stale"


def test_lines_that_are_no_terms_are_said_by_number_and_nothing_is_kept(village):
    owner = in_talks(village)
    village.presses("btn.med_agree", chat=owner, user=owner)
    asked = village.newest(owner, "med.terms_write")
    village.says("甲 12月1日 赔钱\n随便写写", user=owner, reply_to=asked)
    assert village.newest(owner, "med.terms_unread").notice.params == {"line": 2, "unread": "form"}
    assert dispute(village).agreement is None


def test_a_failed_talk_tells_both_the_legal_ways_at_once_and_is_followed_up(village):
    owner = in_talks(village)
    village.presses("btn.med_fail", chat=owner, user=owner)
    for user in (RESIDENT, NEIGHBOUR):
        assert village.newest(user, "med.fail").notice.params["court"].endswith("人民法院")
    ticks(village, 2 * DAY)
    found = dispute(village)
    assert (found.step, len(found.visits)) == (Step.FOLLOW, 2)


def test_another_mediator_tries_again_and_the_one_before_reads_nothing_more(village):
    owner = in_talks(village)
    village.presses("btn.med_fail", chat=owner, user=owner)
    village.presses("btn.med_another", chat=NEIGHBOUR, user=NEIGHBOUR)
    village.presses("btn.med_again", chat=owner, user=owner)
    found = dispute(village)
    assert (found.step, found.owner) == (Step.TALK, "P012")
    village.presses("btn.med_answer", chat=RESIDENT, user=RESIDENT)
    village.says("那就再谈一次,我还是那句话")
    assert "再谈一次" in words_to(village, village.account("P012"))
    assert "再谈一次" not in words_to(village, owner)
    forged(village, "med.read", chat=owner, user=owner)
    assert village.answers[-1].kind == "ans.not_yours"


def test_trouble_again_opens_it_one_grade_up_with_the_same_owner_and_the_consents_anew(village):
    owner = in_talks(village)
    agreed(village, owner, "甲 11月21日 道歉")
    village.presses("btn.med_done", chat=owner, user=owner, index=1)
    ticks(village, 8 * DAY)
    village.presses("btn.med_not_fine", chat=NEIGHBOUR, user=NEIGHBOUR)
    assert village.newest(owner, "med.visit_said").notice.params["word"] == "trouble"
    village.presses("btn.med_trouble", chat=owner, user=owner)
    found = dispute(village)
    assert (found.step, found.grade, found.owner, found.reopened) == (Step.CONSENT, "黄", "P010", 1)
    assert (found.a.consent, found.b.consent) == ("asked", "asked")


def test_an_incomplete_file_is_not_closed_and_says_what_it_lacks(village):
    owner = in_talks(village)
    agreed(village, owner, "甲 11月21日 道歉")
    village.presses("btn.med_done", chat=owner, user=owner, index=1)
    village.presses("btn.med_file", chat=owner, user=owner)
    assert village.newest(owner, "med.file_lacks").notice.params["lacks"] == ["notes", "visits"]
    assert dispute(village).step is Step.FOLLOW


def test_each_side_sees_the_hours_and_only_the_first_common_one_is_booked(village):
    owner = in_talks(village)
    village.presses("btn.med_meet", chat=owner, user=owner)
    first, second = slots(village, RESIDENT)[0][1], slots(village, RESIDENT)[1][1]
    village.sends_press((None, first), chat=RESIDENT, user=RESIDENT)
    village.sends_press((None, second), chat=NEIGHBOUR, user=NEIGHBOUR)
    assert dispute(village).sessions[0].state == "offered"
    village.sends_press((None, second), chat=RESIDENT, user=RESIDENT)
    found = dispute(village).sessions[0]
    assert (found.state, found.chosen) == ("booked", 1)
    (day,) = [it for it in village.records.values() if isinstance(it, RoomDay)]
    assert [whose for _, whose in day.taken] == [dispute(village).id]


def test_no_hour_of_a_room_is_given_twice(village):
    owner = in_talks(village)
    meets(village, owner)
    one = dispute(village)
    booked = one.sessions[0].booked
    other = replace(one, id="M2611-0099", version=0, sessions=())
    village.records["med", other.id] = replace(other, version=1)
    forged(village, "med.meet", chat=owner, user=owner, about=other)
    found = village.records["med", other.id]
    assert isinstance(found, Dispute)
    assert booked not in [replace(it, free=()) for it in found.sessions[0].slots]
    assert all(it.at != booked.at for it in found.sessions[0].slots)


def test_red_calls_off_the_meeting_and_frees_the_room(village):
    owner = in_talks(village)
    meets(village, owner)
    village.presses("btn.med_freeze", chat=owner, user=owner)
    (day,) = [it for it in village.records.values() if isinstance(it, RoomDay)]
    assert (dispute(village).step, day.taken) == (Step.RED, ())
    for user in (RESIDENT, NEIGHBOUR):
        assert "mediate.meeting_off" in village.kinds(user)
    forged(village, "med.meet", chat=owner, user=owner)
    assert village.answers[-1].kind == "ans.stale", "nobody brings both sides together now"


def test_hours_that_suit_nobody_lapse_and_the_mediator_offers_others(village):
    owner = in_talks(village)
    village.presses("btn.med_meet", chat=owner, user=owner)
    ticks(village, 5 * DAY)
    assert "med.slots_lapsed" in village.kinds(owner)
    assert village.has_button("btn.med_meet", owner)


def test_thirty_more_days_once_and_only_if_both_agree(village):
    owner = in_talks(village)
    ticks(village, 28 * DAY)
    assert "med.talk_ends" in village.kinds(owner)
    village.presses("btn.med_extend", chat=owner, user=owner)
    village.presses("btn.med_more_time", chat=RESIDENT, user=RESIDENT)
    assert not dispute(village).extended
    village.presses("btn.med_more_time", chat=NEIGHBOUR, user=NEIGHBOUR)
    assert dispute(village).extended
    ticks(village, 10 * DAY)
    assert "med.late" not in village.kinds(head_of(village))
    ticks(village, 30 * DAY)
    assert "med.late" in village.kinds(head_of(village)), "no dispute is forgotten"


def test_others_sit_in_up_to_four_and_read_what_the_owner_reads(village):
    owner = in_talks(village)
    for person in ("P012", "P070", "P071"):
        village.presses("btn.med_panel", chat=owner, user=owner)
        village.presses("btn.med_person", chat=owner, user=owner, person=person)
        user = village.account(person)
        village.presses("btn.med_sit_in", chat=user, user=user)
    assert dispute(village).panel == ("P012", "P070", "P071")
    assert "椅子" in words_to(village, village.account("P070"))
    village.presses("btn.med_panel", chat=owner, user=owner)
    assert village.kinds(owner)[-1] == "med.panel_full"


def test_a_trainee_sits_in_only_when_both_sides_agree(village):
    owner = in_talks(village)
    village.presses("btn.med_panel", chat=owner, user=owner)
    village.presses("btn.med_trainee", chat=owner, user=owner, person="P059")
    village.presses("btn.med_yes", chat=RESIDENT, user=RESIDENT)
    assert dispute(village).panel == ()
    village.presses("btn.med_yes", chat=NEIGHBOUR, user=NEIGHBOUR)
    assert dispute(village).trainees == ("P059",)
    learner = village.account("P059")
    forged(village, "med.agree", chat=learner, user=learner)
    assert village.answers[-1].kind == "ans.not_yours", "who learns decides nothing"


def test_a_mediator_who_leaves_the_town_is_replaced_the_same_day(village):
    in_talks(village)
    gone = tuple(it for it in village.town.district.people if it.id != "P010")
    village.town = replace(village.town, district=_with_people(village, gone))
    village.begins_day()
    assert dispute(village).owner == "P012"
    assert "椅子" in words_to(village, village.account("P012"))


def _with_people(village: Village, people: tuple[Person, ...]):
    return replace(village.town.district, people=people)


def test_a_side_that_blocks_the_bot_is_phoned_and_nothing_more_is_sent_to_it(village):
    owner = in_talks(village)
    village.does(ChatGone(at=village.now, chat=NEIGHBOUR, why="Forbidden"))
    assert village.newest(owner, "med.party_lost").notice.params["side"] == "b"
    assert "b" not in writes(village, owner)
    before = len(village.heard(NEIGHBOUR))
    village.presses("btn.med_fail", chat=owner, user=owner)
    assert len(village.heard(NEIGHBOUR)) == before
    back = ChatBack(at=village.now, chat=NEIGHBOUR)
    known_lost = decide(back, replace(village.world(back), reachable=False, all_open={"med": (dispute(village),)}))
    assert [type(it) for it in known_lost.then] == [PartyGone]
    village.does(back)
    assert dispute(village).b.reachable


def test_a_side_without_an_account_is_asked_by_phone_and_signs_on_paper(village):
    owner = taken(village)
    village.presses("btn.med_accept", chat=owner, user=owner)
    village.presses("btn.med_yes", chat=RESIDENT, user=RESIDENT)
    village.presses("btn.med_consents", chat=owner, user=owner, side="b")
    village.presses("btn.med_how", chat=owner, user=owner, manner="in_person")
    village.presses("btn.med_inquire", chat=owner, user=owner)
    village.presses("btn.med_talks", chat=owner, user=owner)
    village.presses("btn.med_meet", chat=owner, user=owner)
    village.sends_press((None, slots(village, RESIDENT)[0][1]), chat=RESIDENT, user=RESIDENT)
    said = village.newest(owner, "med.slots_for")
    village.sends_press((said, said.notice.keys[0][0].press), chat=owner, user=owner)
    assert dispute(village).sessions[0].state == "booked"
    village.presses("btn.med_agree", chat=owner, user=owner)
    village.says(TERMS, user=owner, reply_to=village.newest(owner, "med.terms_write"))
    village.presses("btn.med_confirm", chat=RESIDENT, user=RESIDENT)
    village.presses("btn.med_signed", chat=owner, user=owner, side="b")
    assert dispute(village).step is Step.PERFORM


def test_a_resident_sees_how_their_dispute_stands_and_can_leave_it_from_there(village):
    in_talks(village)
    village.orders("mine")
    assert village.newest(RESIDENT, "mediate.mine").notice.params["step"] == "TALK"
    village.presses("btn.med_withdraw", chat=RESIDENT, user=RESIDENT)
    assert dispute(village).step is Step.WITHDRAWN


def test_no_visit_is_missed_or_made_twice_when_the_clock_stood_still_for_months(village):
    owner = in_talks(village)
    agreed(village, owner, "甲 11月21日 道歉")
    village.now += 200 * DAY
    ticks(village, timedelta())
    ticks(village, timedelta())
    asked = [it for it in village.log if it.event.kind == "med_visit"]
    assert len(asked) == len({it.event.data["visit"] for it in asked}) == len(dispute(village).visits)


def test_the_template_of_a_noise_tells_the_owner_what_to_do_on_which_day(village):
    owner = taken(village, NOISE)
    village.presses("btn.med_accept", chat=owner, user=owner)
    joined(village, owner)
    ticks(village, 4 * DAY)
    assert [it.notice.params["plan"] for it in village.heard(owner, "med.plan")] == ["calm", "hear", "reach"]
    assert "med_plan" not in kinds(village)
    assert ST2 not in {it.chat for it in village.sent if it.notice.kind == "med.plan"}


def test_an_orange_dispute_brings_a_second_mediator(village):
    village.says("宏济新居3栋老板拖欠工资三个月不发,要调解")
    first, second = dispute(village).asked
    village.presses("btn.med_take", chat=village.account(first), user=village.account(first))
    village.presses("btn.med_sit_in", chat=village.account(second), user=village.account(second))
    found = dispute(village)
    assert (found.grade, found.owner, found.panel) == ("橙", first, (second,))


def test_who_they_were_goes_after_thirty_days_and_what_they_said_after_two_years(village):
    owner = taken(village)
    village.presses("btn.med_refuse", chat=owner, user=owner)
    village.presses("btn.med_ground", chat=owner, user=owner, refusal="outside")
    ticks(village, 29 * DAY)
    assert dispute(village).a.user == RESIDENT
    ticks(village, 2 * DAY)
    assert dispute(village).a.user is None
    assert dispute(village).notes
    ticks(village, 701 * DAY)
    found = dispute(village)
    assert (found.notes, found.open, found.kind) == ((), False, "ML01")


def test_a_side_that_asks_to_be_forgotten_is_forgotten_when_the_dispute_is_over(village):
    owner = in_talks(village)
    village.orders("privacy", user=NEIGHBOUR)
    village.presses("btn.erase", chat=NEIGHBOUR, user=NEIGHBOUR)
    village.presses("btn.erase_sure", chat=NEIGHBOUR, user=NEIGHBOUR)
    assert (dispute(village).b.user, dispute(village).forget) == (NEIGHBOUR, ("b",))
    village.presses("btn.med_fail", chat=owner, user=owner)
    noted(village, owner)
    for days in (8, 20):
        ticks(village, days * DAY)
        village.presses("btn.med_well", chat=owner, user=owner)
    village.presses("btn.med_file", chat=owner, user=owner)
    found = dispute(village)
    assert (found.step, found.a.user, found.b.user) == (Step.FILED, RESIDENT, None)


def test_the_ledger_shows_each_open_dispute_with_owner_next_step_and_date_to_whoever_may_know(village):
    owner = in_talks(village)
    for user in (owner, head_of(village), village.on("CTR")):
        village.orders("ledger", user=user)
        shown = village.newest(user, "med.ledger").notice.params
        (row,) = shown["items"]
        assert (row["person"], row["step"], row["next_at"] is not None) == ("P010", "TALK", True)
    for user in (village.account("P011"), head_of(village, "G01")):
        village.orders("ledger", user=user)
        assert village.newest(user, "med.ledger").notice.params["items"] == []
    village.orders("ledger", user=RESIDENT)
    assert village.newest(RESIDENT).notice.kind == "duty.not_staff"


def test_a_head_reads_of_a_family_dispute_only_that_there_is_one(village):
    village.says("宏济新居3栋,离婚了他一直不给女儿抚养费,想找个人评评理,不想闹到法院")
    head = head_of(village)
    village.orders("ledger", user=head)
    (row,) = village.newest(head, "med.ledger").notice.params["items"]
    assert (row["category"], row["compound"]) == (None, None)


def test_the_ledger_goes_along_as_a_table_with_the_same_rows_and_rights(village):
    owner = in_talks(village)
    village.orders("ledger", user=owner)
    village.presses("btn.xlsx", chat=owner, user=owner)
    made = village.newest(owner, "med.ledger_file").notice.attachment
    assert (made.kind, len(made.params["rows"])) == ("ledger", 1)
    village.sends_press((None, Press(action="med.table", arg="csv")), chat=RESIDENT, user=RESIDENT)
    assert village.answers[-1].kind == "ans.not_yours"
    village.sends_press((None, Press(action="med.table", arg="csv")), chat=ST2, user=owner)
    assert village.answers[-1].kind == "ans.not_yours", "a group would read along"


def test_the_agreement_is_printed_without_a_name_or_a_word_of_either_side(village):
    owner = in_talks(village)
    agreed(village, owner)
    village.presses("btn.med_paper", chat=owner, user=owner)
    made = village.newest(owner, "med.paper").notice.attachment
    assert [it["text"] for it in made.params["terms"]] == ["不再敲天花板", "晚上十点后不拖椅子"]
    assert str(RESIDENT) not in str(made.params)
    assert "user7" not in str(made.params)


def test_a_leak_and_the_quarrel_about_it_name_each_other_and_both_must_end(village):
    owner = in_talks(village)
    village.says("宏济新居3栋楼道堆了很多纸箱", user=STRANGER)
    case = village.case.no
    village.presses("btn.med_tie", chat=owner, user=owner)
    village.says(case, user=owner, reply_to=village.newest(owner, "med.tie_ask"))
    assert (dispute(village).linked, village.case.linked) == ((case,), (dispute(village).id,))
    village.presses("btn.med_fail", chat=owner, user=owner)
    ticks(village, 2 * DAY)
    village.presses("btn.med_file", chat=owner, user=owner)
    assert "linked" in village.newest(owner, "med.file_lacks").notice.params["lacks"]


def book(village: Village, days: int) -> Ledger:
    """The figures as they are told, from the log alone."""
    log = [Entry(case=it.case, at=it.event.at, kind=it.event.kind, data=it.event.data) for it in village.log]
    return ledger(log, Window(village.now - days * DAY, village.now + timedelta(seconds=1)), "G05")


def test_the_figures_of_mediation_come_from_the_log_alone(village):
    owner = in_talks(village)
    no = dispute(village).id
    assert (book(village, 1).taken, book(village, 1).open) == ((no,), (no,))
    agreed(village, owner, "甲 11月21日 道歉")
    assert (book(village, 1).settled, book(village, 1).open) == ((no,), ())
    village.presses("btn.med_done", chat=owner, user=owner, index=1)
    ticks(village, 8 * DAY)
    village.presses("btn.med_well", chat=owner, user=owner)
    found = book(village, 9)
    assert (len(found.performed.ids), len(found.performed.of_ids)) == (1, 1)
    assert (len(found.followups.ids), len(found.followups.of_ids)) == (1, 1)
    forged(village, "med.trouble", chat=owner, user=owner, arg="1")
    assert book(village, 9).open == (no,), "what was opened again is in progress again"


def test_what_was_withdrawn_counts_as_neither_settled_nor_failed(village):
    in_talks(village)
    village.presses("btn.med_withdraw", chat=RESIDENT, user=RESIDENT)
    found = book(village, 1)
    assert (found.settled, found.failed, found.open, len(found.success.of_ids)) == ((), (), (), 0)


def test_a_red_dispute_is_counted_as_red(village):
    owner = in_talks(village)
    village.presses("btn.med_freeze", chat=owner, user=owner)
    assert book(village, 1).red == (dispute(village).id,)


def test_a_new_quarrel_after_one_that_is_over_is_a_dispute_of_its_own(village):
    owner = taken(village)
    village.presses("btn.med_refuse", chat=owner, user=owner)
    village.presses("btn.med_ground", chat=owner, user=owner, refusal="outside")
    village.now += DAY
    village.says(NOISE)
    steps = sorted(it.step.value for it in village.records.values() if isinstance(it, Dispute))
    assert steps == ["NEW", "REFUSED"]


def test_danger_told_after_the_talks_have_failed_freezes_what_is_left_and_is_a_report(village):
    owner = in_talks(village)
    village.presses("btn.med_fail", chat=owner, user=owner)
    for words in ("他这几天都守在我家门口不走", "他说再去找他就弄死我"):
        village.presses("btn.med_answer", chat=RESIDENT, user=RESIDENT)
        village.says(words)
    assert (dispute(village).step, dispute(village).back) == (Step.RED, "FAILED")
    assert village.case.emergency is not None
