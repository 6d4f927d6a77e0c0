"""From a resident's first word to a case that is on its way (life.md rows 2-9, 37)."""

from datetime import timedelta

import pytest

from core.case import Status
from tests.core import demo
from tests.core.decide.village import CLEAR, CTR, NEIGHBOUR, NIGHT, RESIDENT, ST1, ST2, Village

FIRE = "宏济花园2栋楼道着火了"
HOLE = "宏济新居3栋路面有个坑"
LAMP = "宏济新居路灯坏了"


def test_row_06_a_clear_report_goes_to_the_nearest_post_and_is_confirmed_once_the_card_was_delivered():
    village = Village(deliver=False)
    village.says(CLEAR)
    assert village.case.status is Status.DISP
    assert village.kinds(ST2) == ["card"]
    assert village.kinds(RESIDENT) == []
    village.deliver_all()
    assert village.kinds(RESIDENT) == ["case.received"]
    assert village.newest(RESIDENT).notice.params["station"] == "ST2"
    assert village.newest(RESIDENT).notice.params["limit"] == 30 * 60


def test_a_card_that_arrived_after_the_acceptance_does_not_promise_an_acceptance():
    village = Village(deliver=False)
    village.says(CLEAR)
    village.presses("btn.accept", chat=ST2, user=village.on("ST2"))
    village.deliver_all()
    assert village.kinds(RESIDENT) == ["case.accepted"]


def test_row_02_in_danger_the_numbers_are_the_very_first_message_and_everybody_is_alarmed():
    village = Village()
    village.says(FIRE)
    assert village.sent[0].notice.kind == "emg.top"
    assert village.sent[0].chat == RESIDENT
    assert "119" in str(village.sent[0].notice.params["number"])
    assert village.case.severity == 1
    for chat in (ST2, ST1, CTR, village.grid_head()):
        assert village.kinds(chat) == ["card"]
    assert [o.kind for o in village.case.offers] == ["post", "second"]


def test_danger_without_a_place_is_the_centres_case_at_once_and_the_posts_when_the_place_comes():
    village = Village()
    village.says("着火了")
    assert village.case.status is Status.DISP
    assert village.case.team == "CTR"
    assert village.kinds(CTR) == ["card"]
    assert village.kinds(RESIDENT)[:2] == ["emg.top", "case.need_place"]
    village.says("在宏济花园2栋")
    assert village.case.team == "ST2"
    assert village.kinds(ST2)[0] == "card"
    assert village.kinds(ST1)[0] == "card"
    assert village.kinds(village.grid_head()) == ["card"]
    assert len(village.cases) == 1
    assert village.labels(village.card(CTR)) == ["btn.transfer", "btn.correct"]
    assert [e.data["grid"] for e in village.events("corrected")] == ["G05"]


def test_gas_is_answered_in_the_manner_that_makes_no_spark():
    village = Village()
    village.says("宏济新居3栋闻到煤气味")
    assert village.sent[0].notice.kind == "emg.gas"


def test_danger_told_about_a_case_that_is_already_on_its_way_alarms_everybody():
    village = Village()
    village.says(CLEAR)
    card = village.newest(RESIDENT)
    village.says("现在着火了", reply_to=card)
    assert len(village.cases) == 1
    assert village.case.severity == 1
    assert "emg.top" in village.kinds(RESIDENT)
    assert village.kinds(ST1)[0] == "card"
    assert village.kinds(CTR)[0] == "card"
    assert village.events("corrected")[-1].data["severity"] == 1


def test_row_01_a_report_without_a_place_asks_for_the_place_and_nothing_else():
    village = Village()
    village.says("楼道堆了很多纸箱")
    assert village.case.status is Status.DRAFT
    assert village.kinds(RESIDENT) == ["case.need_place"]
    village.says(spot="宏济新居")
    assert village.case.status is Status.DISP
    assert village.case.place is not None
    assert village.case.place.grid == "G05"


def test_an_answer_that_was_not_understood_is_asked_for_again_but_not_in_the_same_breath():
    village = Village()
    village.says("楼道堆了很多纸箱")
    village.passes(seconds=5)
    village.says("我家楼下")
    assert village.kinds(RESIDENT) == ["case.need_place"]
    village.passes(seconds=40)
    village.says("就是我家这边啊")
    assert village.kinds(RESIDENT) == ["case.need_place", "case.need_place"]


def test_row_03_messages_within_ninety_seconds_are_one_case_and_later_ones_another():
    village = Village()
    village.says(CLEAR)
    village.passes(seconds=80)
    village.says("已经堆了两天")
    assert len(village.cases) == 1
    assert village.newest(ST2, "duty.added").notice.params["text"] == "已经堆了两天"
    village.passes(minutes=5)
    village.says(LAMP)
    assert len(village.cases) == 2


def test_another_matter_within_ninety_seconds_is_its_own_case():
    village = Village()
    village.says(CLEAR)
    village.says(LAMP)
    assert len(village.cases) == 2


def test_an_album_is_one_case_and_one_answer():
    village = Village()
    village.says(CLEAR, photo="p1", album="a")
    for name in ("p2", "p3", "p4"):
        village.says(photo=name, album="a")
    assert len(village.cases) == 1
    assert village.case.photos == ("p1", "p2", "p3", "p4")
    assert village.kinds(RESIDENT) == ["case.received"]


def test_an_unsure_kind_is_asked_with_three_buttons_and_a_way_out():
    village = Village()
    village.says("宏济新居3栋2单元门口有人乱停电瓶车充电")
    question = village.newest(RESIDENT, "case.need_kind").notice
    assert village.labels(question) == ["btn.category"] * 3 + ["btn.other_kind"]
    assert village.presses("btn.category", category="XF03").kind == "ans.ok"
    assert village.case.category == "XF03"
    assert village.case.status is Status.DISP
    assert village.presses("btn.category", category="JT04").kind == "ans.already"
    assert village.case.category == "XF03"


def test_none_of_the_three_kinds_asks_for_a_sentence():
    village = Village()
    village.says("宏济新居3栋2单元门口有人乱停电瓶车充电")
    village.presses("btn.other_kind")
    assert village.kinds(RESIDENT)[-1] == "case.need_words"


def test_two_compounds_of_like_name_are_asked_for_and_the_tap_settles_it():
    village = Village()
    village.says("望江2栋路灯坏了")
    assert village.case.status is Status.DRAFT
    assert village.newest(RESIDENT, "case.which_place").notice.params["options"] == ["望江苑", "望江园"]
    found = village.button("btn.place", RESIDENT, name="望江园")
    village.sends_press(found, chat=RESIDENT, user=RESIDENT)
    assert village.case.place is not None
    assert village.case.place.grid == "G03"
    assert village.case.status is Status.DISP
    offers = village.case.offers
    assert village.sends_press(found, chat=RESIDENT, user=RESIDENT).kind == "ans.already"
    assert village.case.offers == offers


def test_row_08_a_pin_outside_the_district_is_not_ours():
    village = Village()
    village.says("楼道堆了很多纸箱")
    village.says(spot="far away")
    assert village.case.status is Status.REJECTED
    assert village.kinds(RESIDENT)[-1] == "case.outside"


def test_danger_outside_the_district_still_reaches_the_centre():
    village = Village()
    village.says("着火了", spot="far away")
    assert village.case.status is Status.DISP
    assert village.case.team == "CTR"


def test_row_04_an_unanswered_draft_reaches_the_centre_after_ten_minutes():
    village = Village()
    village.says("楼道堆了很多纸箱")
    village.passes(minutes=9, seconds=59)
    assert village.case.status is Status.DRAFT
    village.passes(seconds=1)
    assert village.case.status is Status.DISP
    assert village.case.team == "CTR"
    assert village.kinds(CTR) == ["card", "centre.no_place"]
    assert village.kinds(RESIDENT)[-1] == "case.received_centre"


def test_row_07_without_a_post_on_duty_the_centre_has_it():
    village = Village(absent=frozenset({"ST1", "ST2", "ST3", "ST4"}))
    village.says(CLEAR)
    assert village.case.team == "CTR"
    assert village.events("dispatched_centre")[0].data["reason"] == "nobody"


def test_slight_matters_of_the_night_wait_for_the_morning_and_keep_the_clock_of_the_morning():
    village = Village(now=demo.at(NIGHT))
    village.says(HOLE)
    assert village.case.status is Status.NEW
    assert village.kinds(RESIDENT) == ["case.received_night"]
    assert village.tick_to_next_due() == demo.at("2026-11-21 08:00")
    assert village.case.status is Status.DISP
    assert village.case.offers[0].due == demo.at("2026-11-21 08:30")
    assert village.kinds(RESIDENT)[-1] == "case.received"


def test_grave_matters_of_the_night_go_out_at_once():
    village = Village(now=demo.at(NIGHT))
    village.says("宏济花园有流浪狗咬人")
    assert village.case.severity == 2
    assert village.case.status is Status.DISP


def test_a_new_place_at_night_does_not_wake_the_posts_for_a_slight_matter():
    village = Village(now=demo.at(NIGHT))
    village.says(HOLE)
    village.says(spot="锦畔苑")
    assert village.case.status is Status.NEW
    village.passes(hours=9)
    assert village.case.team == "ST1"


@pytest.mark.parametrize("moment", ["2026-11-20 15:00", NIGHT])
def test_a_voice_alone_is_listened_to_at_once_by_the_centre_at_any_hour(moment):
    village = Village(now=demo.at(moment))
    village.says(voice="v1")
    assert village.case.team == "CTR"
    assert village.case.status is Status.DISP
    assert village.kinds(RESIDENT)[0] == "case.voice_wait"
    assert any(said.notice.voices == ("v1",) for said in village.heard(CTR))


def test_row_37_more_words_photos_and_edits_reach_the_holder_and_both_texts_are_kept():
    village = Village()
    village.accepted()
    village.says("又多了两箱", edits=village.case.messages[0])
    assert village.case.words == (CLEAR, "又多了两箱")
    assert village.kinds(ST2)[-1] == "duty.added"
    mark = village.mark()
    village.says("又多了两箱", edits=village.case.messages[0])
    assert village.mark() == mark


def test_an_addition_that_was_a_matter_of_its_own_becomes_a_case_once():
    village = Village()
    village.says(CLEAR)
    village.passes(seconds=30)
    village.says("那边还有别的东西")
    first = village.case.no
    found = village.button("btn.new_case", RESIDENT)
    village.sends_press(found, chat=RESIDENT, user=RESIDENT)
    assert len(village.cases) == 2
    assert village.sends_press(found, chat=RESIDENT, user=RESIDENT).kind == "ans.already"
    assert len(village.cases) == 2
    assert village.cases[first].status is Status.DISP


def test_thanks_after_a_report_is_no_news_about_it():
    village = Village()
    village.says(CLEAR)
    mark = village.mark()
    village.says("谢谢")
    assert village.kinds(ST2, mark) == []
    assert village.kinds(RESIDENT, mark) == ["err.thanks"]


def test_a_place_that_moves_to_another_grid_before_anybody_accepted_goes_to_the_other_post():
    village = Village()
    village.says(CLEAR)
    old = village.button("btn.accept", ST2)
    village.says(spot="锦畔苑")
    assert village.case.team == "ST1"
    assert village.sends_press(old, chat=ST2, user=village.on("ST2")).kind in {"ans.stale", "ans.not_yours"}
    assert village.case.status is Status.DISP


def test_two_residents_have_their_own_cases():
    village = Village()
    village.says("楼道堆了很多纸箱")
    village.says(spot="宏济新居", user=NEIGHBOUR)
    assert len(village.cases) == 2


def test_the_limits_run_from_the_first_message_also_after_questions():
    village = Village()
    told = village.now
    village.says("楼道堆了很多纸箱")
    village.passes(minutes=4)
    village.says("宏济新居3栋")
    assert village.case.offers[0].due == told + timedelta(minutes=30)
    assert village.events("reported")[0].at == told


@pytest.mark.parametrize("words", ["你好", "哈哈哈", "测试"])
def test_row_05_talk_opens_no_case_and_is_answered_and_logged_without_its_words(words):
    village = Village()
    village.says(words)
    assert village.cases == {}
    assert len(village.heard(RESIDENT)) == 1
    assert [(it.row, [*it.data]) for it in village.events("dropped", case="")] == [(5, ["kind"])]


@pytest.mark.parametrize("what", [{"voice": "v1"}, {"video": "f1"}])
def test_what_nobody_has_listened_to_is_urgent_until_somebody_has(what):
    village = Village(now=demo.at(NIGHT))
    village.says(**what)
    assert village.case.severity == 2
    assert village.case.raised == ("unheard",)
    assert village.case.offers[0].due - village.now == timedelta(minutes=10)
    village.says(LAMP)
    assert village.case.severity == 4
    assert "unheard" not in village.case.raised


def test_a_picture_without_a_word_by_night_is_looked_at_within_minutes_of_the_question():
    village = Village(now=demo.at(NIGHT))
    village.says(photo="p1")
    village.passes(minutes=10)
    assert village.case.team == "CTR"
    assert village.case.offers[0].due - village.now == timedelta(minutes=10)


def test_a_post_that_has_listened_says_what_it_is_and_the_limits_follow():
    village = Village()
    village.says(voice="v1", spot="宏济新居")
    post = village.on("ST2")
    assert any(said.notice.voices == ("v1",) for said in village.heard(ST2))
    village.presses("btn.accept", chat=ST2, user=post)
    village.presses("btn.correct", chat=ST2, user=post)
    village.presses("btn.fix_category", chat=ST2, user=post)
    village.presses("btn.group", chat=ST2, user=post, group="水电气与设施设备")
    village.presses("btn.category", chat=ST2, user=post, category="SB07")
    assert (village.case.category, village.case.severity) == ("SB07", 4)
