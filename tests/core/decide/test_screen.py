"""The centre's one screen: what stands on it, when it changes, who may look closer."""

from datetime import timedelta

import pytest

from core.messages import ScreenDue
from core.positions import Position
from core.records import Board, Hole
from core.roster import Away
from tests.core import demo
from tests.core.decide.village import CTR, ST2, STRANGER, Village


def looks(village: Village):
    return village.does(ScreenDue(at=village.now))


def board(village: Village) -> dict:
    return dict(village.newest(CTR, "board.now").notice.params)


def line(village: Village, team: str) -> dict:
    return next(it for it in board(village)["rows"] if it["team"] == team)


def on(village: Village, team: str) -> list[str]:
    return line(village, team)["on"]


@pytest.fixture
def village() -> Village:
    return Village()


def test_every_post_with_a_roster_has_a_line_and_a_button(village):
    looks(village)
    teams = [it.id for it in village.town.district.teams if it.pattern is not None and it.groups]
    said = village.newest(CTR, "board.now").notice
    assert [it["team"] for it in said.params["rows"]] == teams
    assert [key.press.arg for row in said.keys for key in row] == teams
    assert (said.pin, said.silent, said.slot) == (True, True, "#board#centre")


def test_nothing_is_said_when_nothing_changed_however_much_time_goes_by(village):
    first = looks(village)
    village.now += timedelta(minutes=7)
    assert looks(village).notices == ()
    assert len(first.notices) == 1


def test_a_case_an_absence_and_a_position_are_each_shown_by_an_edit(village):
    looks(village)
    before = line(village, "ST2")
    assert (before["how"], before["open"], before["away"], before["seen_at"]) == ("full", None, [], None)
    village.says("宏济新居3栋楼道堆了很多纸箱")
    looks(village)
    assert line(village, "ST2")["open"] == 1
    who = before["on"][0]
    village.positions.append(Position(person=who, at=village.now, lat=30.6, lng=104.0))
    looks(village)
    assert line(village, "ST2")["seen_at"] == village.now.isoformat()
    until = village.now + timedelta(minutes=30)
    village.aways.append(Away(person=who, since=village.now, until=until, reason="meal"))
    looks(village)
    now = line(village, "ST2")
    assert (now["how"], now["away"]) == ("part", [{"person": who, "until": until.isoformat()}])
    assert len(village.heard(CTR, "board.now")) == 1, "the same message all the time"


def test_an_empty_post_says_who_should_be_there():
    village = Village(absent=frozenset({"ST2"}))
    looks(village)
    assert line(village, "ST2")["how"] == "empty"
    assert line(village, "ST2")["others"], "those on the plan are named"


def test_hours_without_anybody_stand_under_their_post(village):
    start = village.now + timedelta(hours=5)
    hole = Hole(id="h", team="ST2", group="A", shift="夜", start=start, end=start + timedelta(hours=2))
    village.records["hole", "h"] = hole
    looks(village)
    assert line(village, "ST2")["gaps"] == [{"start_at": start.isoformat(), "until": hole.end.isoformat()}]


def test_the_record_knows_when_the_picture_changes_by_itself(village):
    looks(village)
    record = village.records["board", "centre"]
    assert isinstance(record, Board)
    assert record.due_at is None, "a day that is walked through does not stop for it"
    changes = [it["change_at"] for it in board(village)["rows"] if it["change_at"]]
    assert record.until is not None
    assert record.until.isoformat() == min(changes)
    village.now = record.until
    assert looks(village).notices


def test_a_town_with_more_posts_than_fit_shows_those_that_need_an_eye_first(village, monkeypatch):
    monkeypatch.setattr("core.decide.screen.SHOWN", 3)
    village.absent = frozenset({"ST3"})
    looks(village)
    assert board(village)["rows"][0]["team"] == "ST3"
    assert board(village)["more"] == len(village.town.district.teams) - 3


def test_duty_in_the_centres_chat_brings_the_screen_down_and_pins_it_anew(village):
    looks(village)
    seat = village.on("CTR")
    village.orders("duty", chat=CTR, user=seat)
    assert village.kinds(CTR) == ["board.now", "board.now"]
    assert village.newest(CTR, "board.now").notice.again
    village.orders("duty", chat=ST2, user=village.on("ST2"))
    assert village.kinds(ST2) == ["duty.board"]


def test_a_button_shows_the_people_and_the_open_cases_of_one_post(village):
    village.says("宏济新居3栋楼道堆了很多纸箱")
    looks(village)
    people = on(village, "ST2")
    village.positions.append(Position(person=people[0], at=village.now, lat=30.6, lng=104.0))
    village.presses("btn.post", chat=CTR, user=village.on("CTR"), team="ST2")
    shown = village.newest(CTR, "board.post").notice.params
    assert [it["no"] for it in shown["cases"]] == [village.case.no]
    assert [(it["person"], it["how"]) for it in shown["crew"]] == [(it, "on") for it in people]
    assert shown["crew"][0]["seen_at"] == village.now.isoformat()


def test_a_sealed_case_is_its_number_and_nothing_else(village):
    village.now = demo.at("2026-11-20 15:00")
    village.says("我要报警,老公打我,就在家里")
    assert village.case.sealed
    looks(village)
    village.presses("btn.post", chat=CTR, user=village.on("CTR"), team="ST2")
    for team in (it["team"] for it in board(village)["rows"]):
        village.presses("btn.post", chat=CTR, user=village.on("CTR"), team=team)
        cases = village.newest(CTR, "board.post").notice.params["cases"]
        assert all(set(it) == {"no", "sealed"} for it in cases if it["no"] == village.case.no)


@pytest.mark.parametrize("who", ["stranger", "patrol"])
def test_nobody_else_sees_where_people_are(village, who):
    looks(village)
    found = village.button("btn.post", CTR, team="ST2")
    user = STRANGER if who == "stranger" else village.on("ST2")
    assert village.sends_press(found, chat=CTR, user=user).kind == "ans.not_yours"
    assert village.sends_press(found, chat=ST2, user=village.on("CTR")).kind == "ans.not_yours", "only in its own chat"
    assert "board.post" not in village.kinds(CTR)
