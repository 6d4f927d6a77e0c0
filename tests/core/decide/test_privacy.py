"""/privacy: shown, asked once more, erased; by the person themselves and nobody else (privacy.md, Deletion)."""

from dataclasses import replace

import pytest

from core.messages import Press, Pressed, Sender, StatusChanged
from tests.core.decide.village import CLEAR, CTR, NEIGHBOUR, RESIDENT, ST2, Village


def closed(village: Village) -> None:
    village.finished()
    village.presses("btn.solved")


def test_privacy_tells_how_many_matters_are_kept_and_since_when():
    village = Village()
    closed(village)
    begun = village.case.opened_at
    village.passes(hours=1)
    village.says("双桂东里2栋门口水管爆了,水往外冲")
    village.orders("privacy")
    shown = village.newest(RESIDENT, "privacy.show").notice
    assert shown.params == {
        "days": 30,
        "open": 1,
        "ended": 1,
        "since_at": begun.isoformat(),
        "home": None,
        "metres": None,
        "count": None,
        "minor": None,
    }
    assert village.labels(shown) == ["btn.erase", "btn.copy", "btn.mine", "btn.anonymous"]


def test_a_stranger_is_told_that_there_is_nothing():
    village = Village()
    village.orders("privacy")
    assert village.newest(RESIDENT, "privacy.show").notice.params["since_at"] is None


def test_the_second_button_lists_my_matters():
    village = Village()
    village.says(CLEAR)
    village.orders("privacy")
    assert village.presses("btn.mine").kind == "ans.ok"
    assert village.newest(RESIDENT).notice.kind == "mine.list"


def test_the_first_tap_only_asks():
    village = Village()
    closed(village)
    village.orders("privacy")
    village.presses("btn.erase")
    assert village.newest(RESIDENT).notice.kind == "privacy.sure"
    assert village.case.reporter == RESIDENT


def test_row_43_the_second_tap_erases_what_has_ended():
    village = Village()
    closed(village)
    village.orders("privacy")
    village.presses("btn.erase")
    village.presses("btn.erase_sure")
    assert village.newest(RESIDENT).notice.kind == "privacy.deleted"
    assert village.case.reporter == 0
    assert RESIDENT not in village.contacts
    village.orders("mine")
    assert village.newest(RESIDENT).notice.kind == "mine.none"


def test_open_matters_go_on_and_that_is_said_plainly():
    village = Village()
    who = village.accepted()
    village.orders("privacy")
    village.presses("btn.erase")
    village.presses("btn.erase_sure")
    said = village.newest(RESIDENT).notice
    assert (said.kind, said.params) == ("privacy.deleted_open", {"open": 1})
    village.presses("btn.done", chat=ST2, user=who)
    village.replies("已经清走了", kind="duty.done_need", chat=ST2, user=who, photo="after")
    assert village.newest(RESIDENT).notice.kind == "case.done_confirm", "the reporter still has the last word"
    assert village.case.forget


def test_buttons_of_an_erased_matter_are_stale_for_everybody():
    village = Village()
    closed(village)
    rate = village.button("btn.rate", RESIDENT)
    village.orders("privacy")
    village.presses("btn.erase")
    village.presses("btn.erase_sure")
    before = village.case
    for user in (RESIDENT, NEIGHBOUR):
        assert village.sends_press(rate, chat=user, user=user).kind == "ans.stale"
    assert village.case == before


def test_pressing_twice_does_no_harm():
    village = Village()
    closed(village)
    village.orders("privacy")
    village.presses("btn.erase")
    village.presses("btn.erase_sure")
    village.presses("btn.erase_sure")
    assert village.newest(RESIDENT).notice.kind == "privacy.deleted"


def test_a_press_forged_in_another_chat_erases_nothing():
    village = Village()
    closed(village)
    for action in ("pe", "py"):
        forged = (None, Press(action=action))
        assert village.sends_press(forged, chat=ST2, user=RESIDENT).kind == "ans.not_yours"
    assert village.case.reporter == RESIDENT


def test_nobody_can_erase_another_persons_matters():
    village = Village()
    closed(village)
    village.sends_press((None, Press(action="py", arg=str(RESIDENT))), chat=NEIGHBOUR, user=NEIGHBOUR)
    assert village.case.reporter == RESIDENT


def test_colleagues_are_told_the_rule_and_have_nothing_to_erase():
    village = Village()
    who = village.on("ST2")
    village.orders("privacy", user=who)
    assert village.newest(who).notice.kind == "start.privacy"
    assert village.sends_press((None, Press(action="py")), chat=who, user=who).kind == "ans.not_yours"


def test_an_erasure_is_a_fact_for_the_storage_and_touches_no_case_by_itself():
    village = Village()
    sender = Sender(user_id=RESIDENT, name="x")
    press = Press(action="py")
    command = Pressed(at=village.now, sender=sender, chat=RESIDENT, message=None, callback="cb", press=press)
    decision = village.decides(command)
    assert decision.forget == RESIDENT
    assert replace(decision, forget=None, notices=(), answer=None) == type(decision)()


def test_who_was_forgotten_and_then_blocks_us_stays_forgotten():
    village = Village()
    who = Sender(user_id=RESIDENT, name="x")
    village.does(StatusChanged(at=village.now, chat=RESIDENT, group=False, present=False, who=who))
    assert village.contacts == {}


def test_a_block_is_remembered_of_whom_we_know():
    village = Village()
    village.orders("start")
    who = Sender(user_id=RESIDENT, name="x")
    village.does(StatusChanged(at=village.now, chat=RESIDENT, group=False, present=False, who=who))
    assert not village.contacts[RESIDENT].reachable


def test_a_copy_of_ones_own_data_is_a_file_for_oneself_and_that_it_was_asked_for_is_on_record():
    village = Village()
    village.says(CLEAR)
    village.orders("privacy")
    village.presses("btn.copy")
    sent = village.newest(RESIDENT, "privacy.copy").notice
    assert sent.attachment is not None
    assert (sent.attachment.kind, dict(sent.attachment.params)) == ("own", {"user": RESIDENT})
    found, press = village.button("btn.copy", RESIDENT)
    stranger = village.on("ST2")
    assert village.sends_press((found, press), chat=RESIDENT, user=stranger).kind == "ans.not_yours"
    assert len(village.heard(RESIDENT, "privacy.copy")) == 1


def test_each_consent_is_shown_and_taken_back_by_a_button_of_its_own():
    village = Village()
    village.says("我家楼下路灯不亮")
    village.says("宏济新居3栋")
    village.presses("btn.home_yes")
    village.orders("volunteer")
    village.presses("btn.volunteer")
    village.says(spot="宏济新居")
    village.orders("privacy")
    shown = village.newest(RESIDENT, "privacy.show").notice
    assert (shown.params["home"], shown.params["metres"]) == ("宏济新居3栋", 500)
    village.presses("btn.volunteer_out")
    assert ("volunteer", str(RESIDENT)) not in village.records
    village.orders("privacy")
    shown = village.newest(RESIDENT, "privacy.show").notice
    assert (shown.params["home"], shown.params["metres"]) == ("宏济新居3栋", None)
    assert "btn.volunteer_out" not in village.labels(shown)
    village.presses("btn.withdraw_consent")
    village.orders("privacy")
    assert village.newest(RESIDENT, "privacy.show").notice.params["home"] is None


@pytest.mark.parametrize(
    "said",
    ["把我的个人信息删掉", "怎么撤回同意", "导出我的数据", "刪除我的資料", "我要撤回同意", "delete my data please"],
)
def test_whoever_says_what_they_want_gets_the_page_and_no_patrol_reads_it(said: str) -> None:
    village = Village()
    village.says(CLEAR)
    before = village.mark()
    village.says(said)

    assert [(it.chat, it.notice.kind) for it in village.sent[before:]] == [(RESIDENT, "privacy.show")]
    assert village.case.words == (CLEAR,)


def test_whoever_asks_who_will_know_hears_the_rule():
    village = Village()
    village.says("会不会告诉对方我是谁")

    assert village.kinds(RESIDENT) == ["start.privacy"]


def test_a_fraud_that_speaks_of_data_is_a_report():
    village = Village()
    village.says("有人冒充客服叫我妈注销贷款账号,还要屏幕共享转账")

    assert village.case.category == "ZA03"


def test_in_the_middle_of_a_quarrel_the_page_comes_too_and_nothing_goes_to_the_mediator():
    village = Village()
    village.says("楼上天天跳绳吵得睡不着,说了不听,想调解,宏济新居3栋")
    before = village.mark()
    village.says("撤回我的同意")
    shown = village.newest(RESIDENT).notice

    assert [it.notice.kind for it in village.sent[before:]] == ["privacy.show"]
    assert (shown.params["open"], shown.params["ended"]) == (1, 0), "the quarrel is one of theirs"


def test_without_a_name_said_only_later_holds_as_well():
    village = Village()
    village.says(CLEAR)
    who = village.on("ST2")
    village.presses("btn.accept", chat=ST2, user=who)
    village.says("这件要匿名,别说是我")

    assert (village.case.anonymous, village.case.reporter_name) == (True, "")
    assert "case.nameless" in village.kinds(RESIDENT)
    assert village.presses("btn.who_told", chat=ST2, user=who).kind == "ans.nameless"


@pytest.mark.parametrize("said", ["不用匿名,楼道堆了纸箱,宏济新居3栋", "宏济新居3栋楼道有人打匿名电话骚扰"])
def test_a_word_that_only_speaks_of_it_does_not(said: str) -> None:
    village = Village()
    village.says(said)

    assert not village.case.anonymous


def test_a_child_is_asked_for_no_consent_to_talks():
    village = Village()
    village.says("我今年11岁,楼上的叔叔天天吵架吵我睡觉")

    assert not village.records
    assert village.contacts[RESIDENT].minor
    assert [kind for kind in village.kinds(CTR) if kind != "desk"] == ["centre.private_question"]
