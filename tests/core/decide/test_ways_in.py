"""Small ways in: whom to call, what a patrol finds, parts and languages of menus."""

import pytest

from tests.core.decide.village import RESIDENT, Village


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


@pytest.mark.parametrize(("who", "part"), [("resident", "resident"), ("ST2", "staff"), ("CTR", "head")])
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
