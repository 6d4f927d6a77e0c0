"""A dispute from its asking to its first talks: who is asked, who takes it, who may read what (disputes.md)."""

from datetime import timedelta

import pytest

from core.records.mediation import Step
from tests.core.decide.quarrels import (
    FAMILY,
    JUDGED,
    NOISE,
    OFFICER,
    STALKED,
    dispute,
    forged,
    head_of,
    in_talks,
    joined,
    kinds,
    taken,
    ticks,
    words_to,
)
from tests.core.decide.village import CTR, NEIGHBOUR, RESIDENT, ST2, STRANGER, Village


@pytest.fixture
def village() -> Village:
    return Village()


def test_a_quarrel_reaches_the_nearest_post_without_names_accounts_or_words(village):
    village.says(NOISE)
    card = village.newest(ST2, "med.offer").notice
    assert (card.params["category"], card.params["compound"], card.params["grade"]) == ("ML01", "XQ12", "绿")
    shown = words_to(village, ST2)
    assert str(RESIDENT) not in shown
    assert "椅子" not in shown
    assert "user7" not in shown
    assert village.kinds(RESIDENT)[-2:] == ["mediate.received", "med.consent"]
    assert village.kinds(CTR) == []


def test_the_first_qualified_tap_has_it_and_the_second_is_told_who(village):
    head = taken(village)
    assert dispute(village).owner == "P010"
    assert "椅子" in str(village.newest(head, "med.said").notice.params["said"])
    forged(village, "med.take", chat=ST2, user=village.account("P012"))
    assert (village.answers[-1].kind, village.answers[-1].params) == ("ans.med_taken", {"person": "P010"})
    assert village.newest(ST2, "med.offer").notice.keys == ()


@pytest.mark.parametrize(
    ("person", "answer"),
    [("P012", None), ("P011", "ans.med_not_qualified"), ("P002", "ans.not_yours"), ("P069", "ans.not_yours")],
)
def test_only_a_mediator_or_the_head_of_the_post_may_take_it(village, person, answer):
    village.says(NOISE)
    forged(village, "med.take", chat=ST2, user=village.account(person))
    assert dispute(village).owner == (person if answer is None else None)
    assert answer is None or village.answers[-1].kind == answer


def test_nobody_takes_it_so_it_is_given_to_the_best_who_lives_elsewhere(village):
    village.says(NOISE)
    ticks(village, timedelta(hours=13))
    assert dispute(village).owner == "P012", "P069 lives in the stairwell of the quarrel"
    assert village.kinds(village.account("P012"))[0] == "med.card"


def test_whoever_is_too_near_says_so_and_the_next_one_has_it_at_once(village):
    village.says(NOISE)
    ticks(village, timedelta(hours=13))
    first = village.account("P012")
    village.presses("btn.med_avoid", chat=first, user=first)
    found = dispute(village)
    assert (found.owner, found.conflicts) == ("P071", ("P012",))
    assert not village.newest(first, "med.offer").notice.keys


def test_an_owner_who_speaks_with_nobody_is_reminded_then_the_head_then_the_centre_hear_of_it(village):
    taken(village)
    ticks(village, timedelta(hours=60))
    assert "med.contact_soon" in village.kinds(village.account("P010"))
    assert "med.contact_late" in village.kinds(head_of(village))
    assert "med.contact_late" in village.kinds(CTR)


def test_without_a_place_it_is_asked_and_after_ten_minutes_the_centre_has_it(village):
    village.says("楼上天天半夜拖椅子,能不能帮忙调一下")
    assert village.kinds(RESIDENT)[-1] == "mediate.need_place"
    ticks(village, timedelta(minutes=11))
    assert village.newest(CTR, "med.offer").notice.params["category"] == "ML01"


def test_the_place_told_afterwards_sends_it_to_its_post(village):
    village.says("楼上天天半夜拖椅子,能不能帮忙调一下")
    village.says("宏济新居3栋")
    assert village.newest(ST2, "med.offer").notice.params["compound"] == "XQ12"


def test_a_family_matter_goes_to_two_mediators_in_private_and_to_no_group(village):
    village.says(FAMILY)
    assert dispute(village).asked == ("P069", "P070")
    assert [it for it in village.sent if it.chat < 0] == []
    second = village.account("P070")
    village.presses("btn.med_take", chat=second, user=second)
    assert dispute(village).owner == "P070"
    assert village.newest(village.account("P069"), "med.offer").notice.keys == ()


def test_red_words_bring_officer_centre_and_head_at_once_and_no_group_reads_them(village):
    village.says("我在宏济新居3栋," + STALKED)
    found = dispute(village)
    assert (found.step, found.grade, found.owner) == (Step.RED, "红", None)
    assert "守到我" in str(village.newest(village.account(OFFICER), "med.red_officer").notice.params["said"])
    assert village.kinds(CTR) == ["med.red"]
    assert village.newest(CTR, "med.red").notice.params == {"no": found.id, "compound": None}
    assert "med.red" in village.kinds(head_of(village))
    assert "mediate.red" in village.kinds(RESIDENT)
    assert "守到我" not in words_to(village, CTR)


def test_the_centre_has_to_phone_when_no_police_officer_answers_in_half_an_hour(village):
    village.says("我在宏济新居3栋," + STALKED)
    ticks(village, timedelta(minutes=31))
    assert village.kinds(CTR) == ["med.red", "med.red_late"]


def test_the_police_let_it_go_on_and_two_named_mediators_are_asked(village):
    village.says("我在宏济新居3栋," + STALKED)
    officer = village.account(OFFICER)
    village.presses("btn.med_seen", chat=officer, user=officer)
    ticks(village, timedelta(minutes=40))
    assert "med.red_late" not in village.kinds(CTR)
    village.presses("btn.med_release", chat=officer, user=officer)
    found = dispute(village)
    assert (found.step, found.grade, len(found.asked)) == (Step.NEW, "红", 2)


def test_nobody_but_the_officer_lets_a_frozen_dispute_go_on(village):
    village.says("我在宏济新居3栋," + STALKED)
    for person in ("P010", "P051", "P069"):
        user = village.account(person)
        forged(village, "med.release", chat=user, user=user)
        assert village.answers[-1].kind == "ans.not_yours"
    assert dispute(village).step is Step.RED


def test_what_a_court_has_judged_is_refused_kindly_with_where_to_go(village):
    village.says(JUDGED)
    assert village.records == {}
    assert village.newest(RESIDENT, "mediate.not_ours").notice.params == {"refusal": "judged"}
    village.presses("btn.human", chat=RESIDENT, user=RESIDENT)
    assert "centre.question" in village.kinds(CTR), "a person reads it all the same"


def test_a_mediator_refuses_with_a_ground(village):
    owner = taken(village)
    village.presses("btn.med_refuse", chat=owner, user=owner)
    village.presses("btn.med_ground", chat=owner, user=owner, refusal="unlawful")
    assert dispute(village).step is Step.REFUSED
    assert village.newest(RESIDENT, "mediate.refused").notice.params["refusal"] == "unlawful"


def test_a_colleague_writes_one_down_and_settles_it_on_the_spot_in_two_taps(village):
    user = village.on("ST2")
    village.orders("mediate", "宏济新居3栋两家为停车吵架,已经劝开", user=user)
    village.presses("btn.med_spot", chat=user, user=user)
    found = dispute(village)
    assert (found.step, found.source, found.a.user) == (Step.FOLLOW, "patrol", None)
    assert {"mediation_taken", "mediation_settled"} <= set(kinds(village))


def test_a_colleague_who_cannot_settle_it_sends_it_to_a_post(village):
    user = village.on("ST2")
    village.orders("mediate", "宏济新居3栋两家为停车吵架", user=user)
    village.presses("btn.med_send", chat=user, user=user)
    assert village.newest(ST2, "med.offer").notice.params["category"] == dispute(village).kind


def test_both_sides_agree_and_know_their_rights_before_it_goes_on(village):
    owner = taken(village)
    village.presses("btn.med_accept", chat=owner, user=owner)
    village.presses("btn.med_yes", chat=RESIDENT, user=RESIDENT)
    assert dispute(village).step is Step.CONSENT
    joined(village, owner)
    assert village.kinds(NEIGHBOUR)[-1] == "med.invite"
    village.presses("btn.med_yes", chat=NEIGHBOUR, user=NEIGHBOUR)
    found = dispute(village)
    assert found.step is Step.INFORMED
    assert all(it.informed_at for it in (found.a, found.b))
    assert [it for it in village.kinds(NEIGHBOUR) if it == "mediate.rights"]


def test_consent_given_in_person_is_written_down_with_who_heard_it(village):
    owner = taken(village)
    village.presses("btn.med_accept", chat=owner, user=owner)
    village.presses("btn.med_yes", chat=RESIDENT, user=RESIDENT)
    village.presses("btn.med_consents", chat=owner, user=owner, side="b")
    village.presses("btn.med_how", chat=owner, user=owner, manner="phone")
    found = dispute(village)
    assert (found.step, found.b.consent, found.b.how, found.b.by) == (Step.INFORMED, "yes", "phone", "P010")


def test_silence_is_no_after_one_reminder_and_five_working_days(village):
    owner = taken(village)
    village.presses("btn.med_accept", chat=owner, user=owner)
    joined(village, owner)
    ticks(village, timedelta(days=9))
    found = dispute(village)
    assert (found.a.consent, found.step in {Step.WITHDRAWN, Step.FOLLOW}) == ("silent", True)
    assert village.kinds(RESIDENT).count("mediate.consent_again") == 1


def test_the_other_side_learns_that_it_does_not_go_on_and_never_who_did_not_want(village):
    owner = taken(village)
    village.presses("btn.med_accept", chat=owner, user=owner)
    village.presses("btn.med_yes", chat=RESIDENT, user=RESIDENT)
    joined(village, owner)
    village.presses("btn.med_no", chat=NEIGHBOUR, user=NEIGHBOUR)
    assert village.newest(RESIDENT, "mediate.not_going_on").notice.params == {"no": dispute(village).id}
    assert village.kinds(NEIGHBOUR)[-1] == "mediate.respected"


def test_a_consent_is_withdrawn_as_easily_as_it_was_given(village):
    in_talks(village)
    village.presses("btn.med_withdraw", chat=RESIDENT, user=RESIDENT)
    found = dispute(village)
    assert (found.step, found.a.consent) == (Step.WITHDRAWN, "withdrawn")
    assert village.kinds(NEIGHBOUR)[-1] == "mediate.not_going_on"


def test_whoever_opens_the_link_learns_nothing_before_the_mediator_knows_them(village):
    owner = taken(village)
    village.presses("btn.med_accept", chat=owner, user=owner)
    village.presses("btn.med_invite", chat=owner, user=owner)
    link = str(village.newest(owner, "med.link").notice.params["link"]).partition("start=")[2]
    village.orders("start", link, user=STRANGER)
    assert village.kinds(STRANGER) == ["mediate.guest", "start.privacy"]
    village.presses("btn.med_not_them", chat=owner, user=owner)
    assert dispute(village).b.user is None
    village.orders("start", link, user=NEIGHBOUR)
    assert village.kinds(NEIGHBOUR) == ["mediate.link_over"], "a link is good for one"
    assert "ML01" not in words_to(village, STRANGER)


@pytest.mark.parametrize("code", ["", "0" * 24, "x"])
def test_a_guessed_link_opens_nothing(village, code):
    owner = taken(village)
    village.presses("btn.med_accept", chat=owner, user=owner)
    village.presses("btn.med_invite", chat=owner, user=owner)
    village.orders("start", f"md_{dispute(village).id}_{code}", user=STRANGER)
    assert village.kinds(STRANGER) == ["mediate.link_over"]
    assert dispute(village).guest is None


def test_words_go_from_a_side_to_its_mediator_and_back_and_nowhere_else(village):
    owner = in_talks(village)
    village.presses("btn.med_answer", chat=RESIDENT, user=RESIDENT)
    village.says("他家有个刚出生的娃儿,我也理解,就是想晚上安静")
    assert "刚出生" in str(village.newest(owner, "med.said").notice.params["said"])
    village.says("我去跟对方说说看", user=owner, reply_to=village.newest(owner, "med.said"))
    assert village.newest(RESIDENT, "mediate.from_mediator").notice.params["said"] == "我去跟对方说说看"
    assert "刚出生" not in words_to(village, NEIGHBOUR)
    assert "我去跟对方说说看" not in words_to(village, NEIGHBOUR)


def test_a_mediator_cannot_forward_or_quote_one_side_to_the_other(village):
    owner = in_talks(village)
    village.presses("btn.med_answer", chat=RESIDENT, user=RESIDENT)
    village.says("他家有个刚出生的娃儿,我也理解,就是想晚上安静", photo="evidence")
    village.presses("btn.med_write", chat=owner, user=owner, side="b")
    asked = village.newest(owner, "med.write")
    before = len(village.heard(NEIGHBOUR))
    village.says("随便什么", user=owner, reply_to=asked, forwarded=True)
    village.says("对方说“就是想晚上安静,他家有个刚出生的娃儿”", user=owner, reply_to=asked)
    village.says("看看这个", user=owner, reply_to=asked, photo="evidence")
    assert village.kinds(owner)[-3:] == ["med.no_forward", "med.no_quote", "med.no_forward"]
    assert len(village.heard(NEIGHBOUR)) == before


def test_a_reply_by_anybody_else_to_a_message_about_a_dispute_does_nothing(village):
    owner = in_talks(village)
    village.presses("btn.med_write", chat=owner, user=owner, side="b")
    asked = village.newest(owner, "med.write")
    before = len(village.sent)
    village.says("假装调解员", user=village.account("P011"), reply_to=asked)
    assert [it.chat for it in village.sent[before:]] == [village.account("P011")] * (len(village.sent) - before)


def test_red_words_in_the_middle_freeze_the_talks_and_the_police_bring_them_back(village):
    in_talks(village)
    village.presses("btn.med_answer", chat=RESIDENT, user=RESIDENT)
    village.says("他这几天都守在我家门口不走")
    found = dispute(village)
    assert (found.step, found.back, found.grade, found.signals) == (Step.RED, "TALK", "红", ("stalking",))
    assert "家门口" not in words_to(village, NEIGHBOUR) + words_to(village, ST2) + words_to(village, CTR)
    officer = village.account(OFFICER)
    village.presses("btn.med_release", chat=officer, user=officer)
    assert dispute(village).step is Step.TALK


def test_danger_in_the_middle_is_a_report_of_its_own_and_freezes_the_talks(village):
    in_talks(village)
    village.presses("btn.med_answer", chat=RESIDENT, user=RESIDENT)
    village.says("他说再去找他就弄死我")
    assert village.case.emergency is not None
    assert dispute(village).step is Step.RED
    assert "弄死我" not in words_to(village, NEIGHBOUR)


def test_notes_of_the_four_steps_are_read_by_the_mediators_alone(village):
    owner = in_talks(village)
    for four, side in (("look", None), ("listen", "b"), ("ask", None), ("root", None)):
        village.presses("btn.med_note", chat=owner, user=owner)
        label, more = ("btn.med_note_of", {"side": side}) if side else ("btn.med_note_step", {})
        village.presses(label, chat=owner, user=owner, four=four, **more)
        village.says(f"记一条{four}", user=owner, reply_to=village.newest(owner, "med.note_write"))
    assert {it.step for it in dispute(village).notes} == {"look", "listen", "ask", "root"}
    village.presses("btn.med_read", chat=owner, user=owner)
    assert "记一条root" in words_to(village, owner)
    for chat in (RESIDENT, NEIGHBOUR, ST2, CTR, head_of(village)):
        assert "记一条" not in words_to(village, chat)


def test_words_for_the_mediator_stay_with_the_mediator_whatever_they_look_like(village):
    owner = in_talks(village)
    village.presses("btn.med_answer", chat=NEIGHBOUR, user=NEIGHBOUR)
    village.says("我上夜班,两点才到家,不是故意的", user=NEIGHBOUR)
    assert "上夜班" in str(village.newest(owner, "med.said").notice.params["said"])
    assert village.cases == {}


def test_a_hazard_told_right_after_a_quarrel_is_a_report_of_its_own(village):
    village.says(NOISE)
    village.says("宏济新居3栋楼道堆了很多纸箱")
    assert village.case.category is not None


def test_a_reply_to_a_message_that_is_long_forgotten_still_finds_its_dispute_by_the_number(village):
    owner = in_talks(village)
    no = dispute(village).id
    village.says("还是想当面说清楚这件事", reply_to=None, about=no)
    assert "当面说清楚" in str(village.newest(owner, "med.said").notice.params["said"])
    village.says("我知道了", user=owner, about=no)
    assert village.kinds(owner)[-1] == "med.reply_how"
    before = len(village.sent)
    village.says("随便看看", user=STRANGER, about=no)
    assert all(it.chat == STRANGER for it in village.sent[before:])


def test_a_group_learns_who_took_it_once_and_nothing_of_how_it_goes_on(village):
    in_talks(village)
    shown = [it.notice.params for it in village.sent if it.chat == ST2]
    assert [(it["step"], it["person"]) for it in shown] == [("NEW", None), ("TAKEN", "P010")]
