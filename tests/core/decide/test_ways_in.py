"""Small ways in: whom to call, what a patrol finds, parts and languages of menus."""

import pytest

from core.case import Status
from tests.core.decide.village import CTR, RESIDENT, ST2, Village

YARD = -1009000000777  # a residents' group that the file does not name


def test_contacts_names_departments_to_colleagues_only():
    village = Village()
    village.orders("contacts")
    assert village.newest(RESIDENT, "contacts.list").notice.params["departments"] is None
    who = village.on("ST2")
    village.orders("contacts", user=who)
    assert village.newest(who, "contacts.list").notice.params["departments"]


def test_what_a_patrol_finds_is_a_case_of_the_patrol():
    village = Village()
    who = village.on("ST2")
    village.orders("found", user=who)
    assert village.kinds(who) == ["found.ask"]
    village.says("宏济新居3栋楼道堆了很多纸箱", user=who)
    assert village.case.source == "patrol"
    village.orders("found")
    assert village.kinds(RESIDENT) == ["report.ask"]


@pytest.mark.parametrize(("who", "part"), [("resident", "resident"), ("ST2", "staff"), ("CTR", "head+admin")])
def test_a_greeting_says_whose_commands_are_offered(who: str, part: str):
    village = Village()
    user = RESIDENT if who == "resident" else village.on(who)
    village.orders("start", user=user)
    assert village.newest(user, "start.hello").notice.commands == part


def test_a_colleague_who_changes_the_language_keeps_the_keyboard_of_colleagues():
    village = Village()
    who = village.on("ST2")
    village.orders("language", user=who)
    village.presses("btn.language", chat=who, user=who, language="en")
    said = village.newest(who, "language.set").notice
    assert (said.menu, said.commands, said.language) == ("staff", "staff", "en")


@pytest.mark.parametrize("word", ["help", "mine", "suggest", "mediate", "human", "start", "nonsense", "privacy"])
def test_danger_behind_any_command_is_an_alarm_like_anywhere_else(word: str):
    village = Village()
    village.orders(word, "宏济新居3栋着火了,有人被困")
    assert (village.case.severity, village.case.status) == (1, Status.DISP)
    assert village.kinds(RESIDENT)[0] == "emg.top"


def test_who_looks_for_cases_of_fire_reports_none():
    village = Village()
    village.orders("find", "着火了", user=village.on("ST2"))
    assert not village.cases


@pytest.mark.parametrize(("word", "kind"), [("suggest", "suggest.thanks"), ("human", "human.sent")])
def test_what_stands_behind_the_word_need_not_be_written_again(word: str, kind: str):
    village = Village()
    village.orders(word, "小区门口多装几盏路灯吧")
    assert village.kinds(RESIDENT) == [kind]
    assert "多装几盏路灯" in str(village.heard(CTR)[-1].notice.params)


@pytest.mark.parametrize("word", ["mediate", "suggest"])
def test_a_quarrel_or_a_suggestion_goes_from_the_group_into_private_and_on_by_itself_there(word: str):
    village = Village()
    village.orders(word, "楼上李四天天半夜吵", chat=YARD)
    told = village.newest(YARD).notice
    assert (told.kind, told.params, village.cases) == ("group.private", {}, {})
    link = told.keys[0][0].url
    assert link is not None
    assert link.endswith(f"?start={word}")
    village.orders("start", word)
    assert village.kinds(RESIDENT) == [f"{word}.ask", "start.privacy"]
    assert village.contacts[RESIDENT].awaiting == word


def test_danger_behind_the_word_for_a_quarrel_is_an_alarm_in_a_group_too():
    village = Village()
    village.orders("mediate", "宏济新居3栋楼上拿刀砍人了", chat=YARD)
    assert village.case.severity == 1
    assert village.kinds(YARD)[0] == "emg.top"


def test_numbers_to_call_stand_in_the_group_that_asks_without_the_departments():
    village = Village()
    village.orders("contacts", user=village.on("ST2"), chat=ST2)
    assert village.newest(ST2, "contacts.list").notice.params["departments"] is None


@pytest.mark.parametrize("word", ["mine", "privacy", "human"])
def test_what_is_ones_own_is_shown_in_private_alone_however_it_is_asked_for(word: str):
    village = Village()
    village.says("宏济新居3栋楼道堆了很多纸箱")
    mark = village.mark()
    village.orders(word, chat=YARD)
    assert (village.kinds(YARD), village.kinds(RESIDENT, mark)) == (["group.private"], [])
    village.orders("start", word)
    assert village.kinds(RESIDENT, mark)[0].startswith(word)
