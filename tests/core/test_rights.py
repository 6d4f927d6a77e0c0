"""Who may press (DESIGN §6)."""

from core import rights, roster
from core.case import Case, Place
from tests.core import demo

NOW = demo.at("2026-11-20 15:00")


def on_duty():
    town = demo.district()
    return roster.on_duty_teams(town, NOW, roster.everybody_signed_in(town, NOW))


def person(identity: str):
    found = demo.district().member(identity)
    assert found is not None
    return found


def present(team: str):
    return person(next(it for it in on_duty() if it.team == team).present[0])


def absent(team: str):
    there = next(it for it in on_duty() if it.team == team).present
    head = demo.district().head(team)
    return next(it for it in demo.district().members(team) if it.id not in there and it != head)


def may(who, team: str) -> bool:
    return rights.may_act(who, team, demo.district(), on_duty())


def test_a_member_on_duty_may_press_and_one_off_duty_may_not():
    assert may(present("ST2"), "ST2")
    assert not may(absent("ST2"), "ST2")


def test_the_head_may_press_at_any_time_but_only_for_the_own_post():
    assert may(person("P010"), "ST2")
    assert not may(person("P010"), "ST1")


def test_seats_of_the_centre_may_press_whether_or_not_they_signed_in():
    assert all(may(person(it), "CTR") for it in ("P037", "P038", "P039", "P040"))


def test_a_named_officer_may_press_for_nobody_else():
    assert may(person("P065"), "person:P065")
    assert not may(person("P066"), "person:P065")
    assert not may(person("P065"), "ST1")


def test_the_head_of_a_grid_is_known_by_the_cases_place():
    case = Case(no="A1", reporter=1, opened_at=NOW, heard_at=NOW, place=Place(label="x", grid="G05"))
    assert rights.heads_grid(person("P045"), case, demo.district())
    assert not rights.heads_grid(person("P041"), case, demo.district())
    nowhere = Case(no="A1", reporter=1, opened_at=NOW, heard_at=NOW)
    assert not rights.heads_grid(person("P045"), nowhere, demo.district())
