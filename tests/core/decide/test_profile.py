"""What is kept of a person is kept by their word: 我家, a name or none, being a child (privacy.md)."""

from dataclasses import replace

import pytest

from core.case import Status
from core.messages import Press, Pressed, Sender
from tests.core.decide.village import NEIGHBOUR, RESIDENT, ST2, Village

AT_HOME = "我家楼下路灯坏了"


def at_home(village: Village) -> Village:
    """Told of 我家 once, with the place after it was asked for."""
    village.says(AT_HOME)
    assert village.kinds(RESIDENT) == ["case.need_place"]
    village.says("宏济新居3栋2单元")
    return village


def remembered() -> Village:
    village = at_home(Village())
    village.presses("btn.home_yes")
    village.passes(minutes=5)
    return village


def test_a_home_is_asked_about_only_when_a_report_says_so():
    village = Village()
    village.says("宏济新居3栋路灯坏了")
    assert "home.ask" not in village.kinds(RESIDENT)
    assert "home.ask" in at_home(Village()).kinds(RESIDENT)


def test_nothing_is_kept_before_yes_or_after_no():
    village = at_home(Village())
    assert village.contacts.get(RESIDENT) is None or village.contacts[RESIDENT].home is None
    village.presses("btn.home_no")
    village.passes(minutes=5)
    village.says("我家楼下井盖没了")
    assert village.kinds(RESIDENT).count("case.need_place") == 1 + (village.case.status is Status.DRAFT)
    assert village.case.place is None


def test_after_yes_my_home_needs_no_place_and_the_flat_is_not_kept():
    village = remembered()
    home = village.contacts[RESIDENT].home
    assert home is not None
    assert (home.label, home.words) == ("宏济新居3栋", "")
    village.says("我家楼下井盖没了")
    assert village.case.place is not None
    assert village.case.place.compound == home.compound
    assert village.case.status is Status.DISP
    assert village.kinds(RESIDENT).count("home.ask") == 1


def test_a_place_in_the_words_counts_more_than_the_home():
    village = remembered()
    village.says("锦畔苑3栋楼道堆了很多纸箱,我家也看得到")
    assert village.case.place is not None
    assert village.case.place.label.startswith("锦畔苑")


def test_consent_is_taken_back_with_a_tap_and_on_record():
    village = remembered()
    village.orders("privacy")
    village.presses("btn.withdraw_consent")
    assert village.contacts[RESIDENT].home is None
    assert [it.event.kind for it in village.log if it.event.kind.startswith("consent")] == [
        "consent_given", "consent_withdrawn",
    ]  # fmt: skip
    village.says("我家楼下井盖没了")
    assert village.case.place is None


def test_a_neighbour_cannot_press_for_somebody_elses_home():
    village = at_home(Village())
    found = village.button("btn.home_yes", RESIDENT)
    assert village.sends_press(found, chat=RESIDENT, user=NEIGHBOUR).kind == "ans.not_yours"


def test_anonymous_by_choice_or_by_word_leaves_no_name_in_the_case():
    village = Village()
    village.orders("privacy")
    village.presses("btn.anonymous")
    village.says("宏济新居3栋路灯坏了")
    assert (village.case.reporter_name, village.case.anonymous) == ("", True)
    village.orders("privacy")
    village.presses("btn.named")
    village.passes(minutes=5)
    village.says("锦畔苑3栋楼道堆了很多纸箱")
    assert (village.case.reporter_name, village.case.anonymous) == ("user700001", False)
    village.says("匿名反映,锦畔苑2栋路面有个坑", user=NEIGHBOUR)
    assert (village.case.reporter_name, village.case.anonymous) == ("", True)


def test_an_anonymous_reporter_hears_everything_that_others_hear():
    village = Village()
    village.orders("privacy")
    village.presses("btn.anonymous")
    village.says("宏济新居3栋楼道堆了很多纸箱")
    village.presses("btn.accept", chat=ST2, user=village.on("ST2"))
    assert {"case.received", "case.accepted"} <= {*village.kinds(RESIDENT)}


def test_a_child_gets_no_profile():
    village = Village()
    village.says("我今年11岁,我家楼下路灯坏了")
    village.says("宏济新居3栋2单元")
    assert village.contacts[RESIDENT].minor
    assert "home.ask" not in village.kinds(RESIDENT)


def test_a_child_in_trouble_is_told_plainly_who_will_know():
    village = Village()
    village.says("我今年11岁,宏济新居门口有大孩子天天堵我要钱,还打我")
    assert village.case.category == "RS06"
    assert village.case.sealed
    assert "minor.told" in village.kinds(RESIDENT)


@pytest.mark.parametrize("action", ["px", "pn", "pw"])
def test_only_the_person_themselves_in_their_own_chat_may_press(action: str):
    village = Village()
    sender = Sender(user_id=NEIGHBOUR, name="x", language="zh-hans")
    press = Press(action=action)
    decision = village.does(
        Pressed(at=village.now, sender=sender, chat=RESIDENT, message=None, callback="c", press=press)
    )
    assert decision.answer is not None
    assert decision.answer.kind == "ans.not_yours"
    assert not decision.notices


@pytest.mark.parametrize(
    "words",
    [
        "我今年11岁,宏济新居门口有人打我", "我读三年级,宏济新居同学打我", "我10岁,爸爸打我,宏济新居3栋",
        "我是小学生,宏济新居门口有人一直跟着我", "I am 11 years old, 宏济新居 somebody hit me",
    ],
)  # fmt: skip
def test_what_is_done_to_a_child_is_for_the_officer_alone_whatever_it_would_be_of_a_grown_up(words: str) -> None:
    village = Village()
    village.says(words)

    assert (village.case.category, village.case.sealed, village.case.severity) == ("RS06", True, 1)
    assert village.kinds(RESIDENT).count("minor.told") == 1
    assert village.kinds(ST2) == []
    officer = village.town.district.police_officer("C2")
    assert officer is not None
    assert village.card(officer.tg_id or 0).params["minor"] is True
    assert village.records == {}, "no mediator either"


def test_a_child_who_said_so_before_is_still_one_and_hears_it_once():
    village = Village()
    village.says("我今年11岁,我家楼下路灯坏了")
    village.passes(minutes=40)
    village.says("宏济新居门口有人打我")
    village.says("他们又来了,打我")

    assert village.case.category == "RS06"
    assert village.kinds(RESIDENT).count("minor.told") == 1


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("宏济新居门口有人打我", "ZA01"),
        ("我今年9岁,宏济新居门口两个大人在打架", "ZA01"),
        ("我今年12岁,宏济新居门口有人拿刀追我", "ZA01"),
    ],
)
def test_what_is_done_to_others_or_with_a_weapon_is_for_whoever_is_nearest(words: str, category: str) -> None:
    village = Village()
    village.says(words)

    assert village.case.category == category
    assert not village.case.sealed
    assert "card" in village.kinds(ST2)


def test_what_the_officer_has_set_right_stays():
    village = Village()
    village.says("我今年11岁,宏济新居门口有人打我")
    village.cases[village.case.no] = replace(village.case, category="ZA01")
    village.says("他们还在")

    assert village.case.category == "ZA01"
