"""Disputes as they are told in a street, from the first word to the file, months in a moment (disputes.md)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.case import Status
from core.mediation import filing, jotting
from core.records.mediation import Dispute, Step
from tests.core.decide.quarrels import FAMILY, OFFICER, dispute, forged, in_talks, joined, taken, ticks, words_to
from tests.core.decide.village import CTR, NEIGHBOUR, RESIDENT, ST2, STRANGER, Village

DAY = timedelta(days=1)
LEAK = "宏济新居3栋2单元楼上私改下水道,漏到我家天花板,说了他不认,想请你们调解一下"
SPOT = "宏济新居3栋两家为停车吵架,已经劝开"


@pytest.fixture
def village() -> Village:
    return Village()


def presses(village: Village, label: str, *people: int, **params: object) -> None:
    for user in people:
        village.presses(label, chat=user, user=user, **params)


def noted(village: Village, owner: int) -> None:
    """All four of 望闻问切."""
    for four, more in (("look", {}), ("listen", {"side": "a"}), ("ask", {}), ("root", {})):
        presses(village, "btn.med_note", owner)
        presses(village, "btn.med_note_of" if more else "btn.med_note_step", owner, four=four, **more)
        village.says("记录", user=owner, reply_to=village.newest(owner, "med.note_write"))


def agreed(village: Village, owner: int, text: str) -> None:
    presses(village, "btn.med_agree", owner)
    village.says(text, user=owner, reply_to=village.newest(owner, "med.terms_write"))
    presses(village, "btn.med_confirm", RESIDENT, NEIGHBOUR)


def visited(village: Village, owner: int, count: int) -> None:
    """Each visit on its day, everything quiet."""
    for _ in range(count):
        coming = next(it.due for it in dispute(village).visits if it.done_at is None)
        ticks(village, coming - village.now)
        presses(village, "btn.med_well", owner)


def test_a_family_matter_by_two_mediators_an_officer_and_a_lawyer_to_its_last_visit(village):
    """Money for a child (mechanism F65): four at the table, one owner, nobody of the post ever knows."""
    village.says("宏济新居3栋2单元," + FAMILY)
    owner = village.account(dispute(village).asked[0])
    presses(village, "btn.med_take", owner)
    presses(village, "btn.med_accept", owner)
    presses(village, "btn.med_yes", RESIDENT)
    joined(village, owner)
    presses(village, "btn.med_yes", NEIGHBOUR)
    for name in ("P071", "P072"):
        presses(village, "btn.med_panel", owner)
        presses(village, "btn.med_person", owner, person=name)
        presses(village, "btn.med_sit_in", village.account(name))
    assert len(dispute(village).team_of_mediators()) == 3
    presses(village, "btn.med_inquire", owner)
    noted(village, owner)
    presses(village, "btn.med_talks", owner)
    agreed(village, owner, "乙 12月5日 补付三个月抚养费\n双方 12月20日 每月第一个周六探视")
    ticks(village, 13 * DAY)
    presses(village, "btn.med_did", NEIGHBOUR)
    presses(village, "btn.med_done", owner, index=1)
    presses(village, "btn.med_done", owner, index=2)
    visited(village, owner, 2)
    presses(village, "btn.med_file", owner)
    found = dispute(village)
    assert (found.step, filing.lacking(found), found.owner) == (Step.FILED, (), "P070")
    assert all("MF01" not in words_to(village, it) and "抚养" not in words_to(village, it) for it in (ST2, CTR))


def test_a_leak_with_the_repair_and_the_police_ends_only_when_both_have_ended(village):
    """The pipe is a hazard, the ceiling a dispute (mechanism F66); in the middle somebody is threatened."""
    owner = taken(village, LEAK)
    village.says("宏济新居3栋2单元水管爆了,水喷到路上", user=STRANGER)
    case = village.case
    presses(village, "btn.med_accept", owner)
    presses(village, "btn.med_tie", owner)
    village.says(case.no, user=owner, reply_to=village.newest(owner, "med.tie_ask"))
    presses(village, "btn.med_yes", RESIDENT)
    joined(village, owner)
    presses(village, "btn.med_yes", NEIGHBOUR)
    presses(village, "btn.med_answer", RESIDENT)
    village.says("昨天他推了我,还动手打了我一拳")
    assert dispute(village).step is Step.RED
    assert (village.kinds(CTR)[-1], "打了我" in words_to(village, CTR)) == ("med.red", False)
    officer = village.account(OFFICER)
    presses(village, "btn.med_seen", officer)
    presses(village, "btn.med_release", officer)
    presses(village, "btn.med_inquire", owner)
    noted(village, owner)
    presses(village, "btn.med_talks", owner)
    agreed(village, owner, "乙 11月30日 恢复原来的下水管")
    presses(village, "btn.med_done", owner, index=1)
    visited(village, owner, 4)
    presses(village, "btn.med_file", owner)
    assert village.newest(owner, "med.file_lacks").notice.params["lacks"] == ["linked"]
    village.cases[case.no] = replace(village.cases[case.no], status=Status.CLOSED, due_at=None)
    presses(village, "btn.med_file", owner)
    assert dispute(village).step is Step.FILED


def test_a_red_dispute_is_visited_for_three_months(village):
    owner = in_talks(village)
    presses(village, "btn.med_freeze", owner)
    presses(village, "btn.med_release", village.account(OFFICER))
    presses(village, "btn.med_fail", owner)
    ended = village.now
    assert [(it.due - ended).days for it in dispute(village).visits] == [1, 7, 30, 90]


def test_what_is_settled_on_the_spot_stays_out_of_the_ledger_is_visited_once_and_files_itself(village):
    """Twenty seconds on the street (mechanism F17): a sentence and a tap, fifteen days later one more tap."""
    patrol = village.on("ST2")
    village.says(SPOT, user=patrol)
    presses(village, "btn.med_spot", patrol)
    village.orders("ledger", user=patrol)
    assert village.newest(patrol, "med.ledger").notice.params["items"] == []
    assert [it.notice.kind for it in village.sent if it.chat < 0] == []
    village.now += timedelta(seconds=1)
    grade = dispute(village).grade
    days = {"绿": (15,), "黄": (7, 30)}[grade]
    assert [(it.due - village.now + timedelta(seconds=1)).days for it in dispute(village).visits] == list(days)
    visited(village, patrol, len(days))
    assert (dispute(village).step, dispute(village).owner) == (Step.FILED, village.town.district.person(patrol).id)


def test_what_flares_up_again_after_it_was_calmed_on_the_spot_gets_a_mediator(village):
    patrol = village.on("ST2")
    village.says(SPOT, user=patrol)
    presses(village, "btn.med_spot", patrol)
    before = dispute(village).grade
    ticks(village, 8 * DAY)
    presses(village, "btn.med_trouble", patrol)
    found = dispute(village)
    owner = village.town.district.member(found.owner)
    assert (found.step, found.grade != before, owner.mediates is not None) == (Step.CONSENT, True, True)


def test_what_a_patrol_calms_without_naming_a_place_counts_for_the_grid_of_their_post(village):
    patrol = village.on("ST2")
    village.orders("mediate", "两家为停车吵架,已经劝开", user=patrol)
    presses(village, "btn.med_spot", patrol)
    assert dispute(village).grid == "G05"


def test_a_broken_promise_brings_it_back_one_grade_up_and_never_turns_it_red(village):
    owner = in_talks(village)
    for grade in ("黄", "橙", "橙"):
        agreed(village, owner, f"乙 {village.now + 2 * DAY:%m月%d日} 赔偿500元")
        ticks(village, 10 * DAY)
        presses(village, "btn.med_broken", owner)
        assert (dispute(village).step, dispute(village).grade) == (Step.TALK, grade)
    assert dispute(village).named, "orange is for named people only"
    assert "med.panel_ask" in {it.notice.kind for it in village.sent}, "and wants a second mediator"


def test_trouble_again_in_a_hardening_dispute_brings_the_police_before_anybody_talks(village):
    owner = in_talks(village)
    village.records["med", dispute(village).id] = replace(dispute(village), grade="橙", named=True)
    presses(village, "btn.med_fail", owner)
    ticks(village, 4 * DAY)
    presses(village, "btn.med_trouble", owner)
    assert (dispute(village).step, dispute(village).grade) == (Step.RED, "红")
    assert village.newest(village.account(OFFICER), "med.red_officer")


def test_either_side_may_have_another_mediator_once_and_nobody_learns_which_side_asked(village):
    """A kinship that no file of ours may hold is known to the sides alone (回避)."""
    owner = in_talks(village)
    presses(village, "btn.med_hand", owner)
    second = village.account(dispute(village).owner)
    presses(village, "btn.med_other", NEIGHBOUR)
    third = dispute(village).owner
    assert third not in {"P010", "P012"}
    assert dispute(village).conflicts == ("P010", "P012")
    assert not village.newest(second, "med.offer").notice.keys
    for user in (RESIDENT, second):
        assert "mediate.other" not in village.kinds(user)
    forged(village, "med.other", chat=NEIGHBOUR, user=NEIGHBOUR)
    assert (village.answers[-1].kind, dispute(village).owner) == ("ans.already", third)


def test_a_mediator_cannot_leave_before_somebody_else_has_it(village):
    owner = in_talks(village)
    others = tuple(it for it in village.town.district.people if it.mediates is None)
    village.town = replace(village.town, district=replace(village.town.district, people=others))
    presses(village, "btn.med_hand", owner)
    assert dispute(village).owner == "P010"
    assert village.kinds(CTR)[-1] == "med.nobody"


def test_one_who_must_leave_is_replaced_on_the_day_on_which_there_is_somebody(village):
    owner, town = in_talks(village), village.town
    nobody = tuple(it for it in town.district.people if it.mediates is None)
    village.town = replace(town, district=replace(town.district, people=nobody))
    presses(village, "btn.med_avoid", owner) if village.has_button("btn.med_avoid", owner) else forged(
        village, "med.avoid", chat=owner, user=owner
    )
    ticks(village, 3 * DAY)
    assert (dispute(village).owner, village.kinds(CTR).count("med.nobody")) == (None, 4)
    village.town = town
    ticks(village, DAY)
    assert dispute(village).owner == "P012"
    assert "椅子" in words_to(village, village.account("P012")), "with all that was told before"


def test_a_trainee_needs_both_sides_consent_to_themselves_and_not_to_another(village):
    owner = in_talks(village)
    learner = village.town.district.member("P059")
    twin = replace(learner, id="P900", tg_id=9000000900)
    district = village.town.district
    village.town = replace(village.town, district=replace(district, people=(*district.people, twin)))
    presses(village, "btn.med_panel", owner)
    presses(village, "btn.med_trainee", owner, person="P059")
    _, old = village.button("btn.med_yes", NEIGHBOUR)
    presses(village, "btn.med_panel", owner)
    presses(village, "btn.med_trainee", owner, person="P900")
    presses(village, "btn.med_yes", RESIDENT)
    village.sends_press((None, old), chat=NEIGHBOUR, user=NEIGHBOUR)
    assert dispute(village).panel == (), "one side let the one in, the other side the other"


def test_the_printed_file_holds_every_step_and_no_word_name_or_account_of_a_side(village):
    owner = in_talks(village)
    noted(village, owner)
    agreed(village, owner, "乙 11月30日 铺地毯")
    presses(village, "btn.med_done", owner, index=1)
    presses(village, "btn.med_dossier", owner)
    made = village.newest(owner, "med.dossier").notice.attachment
    assert [it["what"] for it in made.params["course"]] == [
        "opened", "contacted", "accepted", "note", "note", "note", "note", "written", "settled"
    ]  # fmt: skip
    assert [it["name"] for it in made.params["checks"] if not it["there"]] == ["visits"]
    assert all(it not in str(made.params) for it in ("椅子", "记录", str(RESIDENT), str(NEIGHBOUR), "user7"))
    forged(village, "med.dossier", chat=RESIDENT, user=RESIDENT)
    assert village.answers[-1].kind == "ans.not_yours"


def test_a_question_that_was_answered_has_no_buttons_any_more_and_reads_as_it_did(village):
    owner = taken(village)
    presses(village, "btn.med_accept", owner)
    asked = village.newest(RESIDENT, "med.consent")
    presses(village, "btn.med_yes", RESIDENT)
    now = village.posts[RESIDENT, asked.message].notice
    assert (now.kind, now.params, now.keys) == ("med.consent", asked.notice.params, ())
    assert not village.has_button("btn.med_yes", RESIDENT)


def test_the_agreed_text_is_the_same_for_both_and_each_is_told_which_party_they_are(village):
    """“The other side” would mean somebody else to each of them."""
    owner = in_talks(village)
    presses(village, "btn.med_agree", owner)
    village.says("乙 11月30日 铺地毯", user=owner, reply_to=village.newest(owner, "med.terms_write"))
    shown = [dict(village.newest(it, "mediate.terms").notice.params) for it in (RESIDENT, NEIGHBOUR)]
    assert [it.pop("you") for it in shown] == ["a", "b"]
    assert shown[0] == shown[1]


def test_all_four_notes_in_one_reply_to_the_card(village):
    owner = in_talks(village)
    village.says(
        "望 楼板薄,双方都激动\n闻甲:天天半夜\n闻 乙 上夜班\n问,走访了楼下\n切 垫毛毡",
        user=owner, reply_to=village.newest(owner, "med.card"),
    )  # fmt: skip
    mine = [(it.step, it.side, it.text) for it in dispute(village).notes if it.by == "P010"]
    assert mine == [
        ("look", "", "楼板薄,双方都激动"), ("listen", "a", "天天半夜"), ("listen", "b", "上夜班"),
        ("ask", "", "走访了楼下"),
        ("root", "", "垫毛毡"),
    ]  # fmt: skip
    assert "楼板薄" not in words_to(village, RESIDENT) + words_to(village, NEIGHBOUR) + words_to(village, ST2)


def test_notes_may_be_jotted_in_english_too() -> None:
    assert [(it.step, it.side, it.text) for it in jotting.read("Look: thin floor\nlisten a noise\nroot pads")] == [
        ("look", "", "thin floor"), ("listen", "a", "noise"), ("root", "", "pads")
    ]  # fmt: skip
    assert jotting.read("asking around") == ()


@pytest.mark.parametrize("words", ["听甲说了一遍", "望", "闻 谁说的都有", "望 有\n随便一行", ""])
def test_a_reply_to_the_card_that_is_no_note_is_kept_nowhere_and_the_mediator_is_told_how(village, words):
    owner = in_talks(village)
    before = len(dispute(village).notes)
    village.says(words, user=owner, reply_to=village.newest(owner, "med.card"))
    assert len(dispute(village).notes) == before
    assert village.kinds(owner)[-1] == "med.reply_how"


def test_a_side_without_an_account_lets_a_trainee_in_by_word_to_the_mediator(village):
    owner = taken(village)
    presses(village, "btn.med_accept", owner)
    presses(village, "btn.med_yes", RESIDENT)
    presses(village, "btn.med_consents", owner, side="b")
    presses(village, "btn.med_how", owner, manner="phone")
    presses(village, "btn.med_panel", owner)
    presses(village, "btn.med_trainee", owner, person="P059")
    presses(village, "btn.med_longer_for", owner, side="b")
    assert dispute(village).trainees == ()
    presses(village, "btn.med_yes", RESIDENT)
    assert dispute(village).trainees == ("P059",)


def test_hours_that_are_no_longer_to_be_chosen_lose_their_buttons_at_both_sides(village):
    owner = in_talks(village)
    presses(village, "btn.med_meet", owner)
    assert village.has_button("btn.med_slot", NEIGHBOUR)
    presses(village, "btn.med_off", owner)
    for user in (RESIDENT, NEIGHBOUR):
        assert not village.has_button("btn.med_slot", user)
    presses(village, "btn.med_meet", owner)
    assert village.has_button("btn.med_slot", NEIGHBOUR), "others are offered in a message of their own"


def test_trouble_told_after_the_file_is_closed_still_reaches_whoever_had_it(village):
    owner = in_talks(village)
    presses(village, "btn.med_fail", owner)
    noted(village, owner)
    visited(village, owner, 2)
    presses(village, "btn.med_file", owner)
    presses(village, "btn.med_not_fine", RESIDENT)
    assert dispute(village).step is Step.FILED
    presses(village, "btn.med_reopen", owner)
    assert (dispute(village).step, dispute(village).grade) == (Step.CONSENT, "黄")


@pytest.mark.parametrize("step", ["NEW", "CONSENT", "INFORMED", "INQUIRY", "TALK", "AGREED"])
def test_whoever_asked_may_withdraw_at_every_step_and_the_other_side_hears_only_that_it_ends(village, step):
    in_talks(village)
    found = dispute(village)
    village.records["med", found.id] = replace(found, step=Step(step))
    presses(village, "btn.med_withdraw", RESIDENT)
    assert isinstance(dispute(village), Dispute)
    assert dispute(village).step is Step.WITHDRAWN
    assert village.newest(NEIGHBOUR).notice.kind == "mediate.not_going_on"
    assert dict(village.newest(NEIGHBOUR).notice.params) == {"no": found.id}
