"""Spot checks: drawn, never announced, answered in five minutes or not, proposed by rule, signed by two (F25)."""

from datetime import timedelta

import pytest

from core import draw
from core.decide.draws import checked_teams
from core.messages import Notice, Spot
from core.records import Check, Draw
from core.roster import Away
from tests.core import demo
from tests.core.decide.village import RESIDENT, ST2, Village

INS = -1009000000012
INSPECTORS = (9000000035, 9000000036)
POST = Spot(lat=30.6389, lng=104.0968)
ON_THE_ROUND = Spot(lat=30.639294, lng=104.096597)
FAR = Spot(lat=30.6336, lng=104.0858)


def drawn(start: str = "2026-11-16 09:00", seed: str = "seed") -> Village:
    village = Village(now=demo.at(start))
    village.begins_day(seed)
    return village


def check(village: Village, team: str = "ST2") -> Check:
    return next(it for it in village.records.values() if isinstance(it, Check) and it.team == team)


def asked(team: str = "ST2") -> tuple[Village, int, int]:
    """The drawn moment has come; the accounts of both who are on."""
    village = drawn()
    village.passes(seconds=(check(village, team).at - village.now).total_seconds())
    return village, village.on(team), village.on(team, 1)


def report(village: Village, team: str = "ST2") -> Notice:
    """The inspectors' sheet of a team's check (others' hang in the same chat)."""
    slot = next(slot for chat, slot in village.slots if chat == INS and slot.startswith(f"#check#{team}."))
    return village.posts[INS, village.slots[INS, slot]].notice


def result(village: Village) -> list[dict[str, object]]:
    return [dict(it) for it in report(village).params["rows"]]


def test_every_team_but_the_inspectors_is_drawn_once_a_week():
    village = drawn("2026-11-16 00:00")
    found = [it for it in village.records.values() if isinstance(it, Check)]
    assert sorted(it.team for it in found) == sorted(it.id for it in checked_teams(village.town.district))
    assert "INS" not in {it.team for it in found}
    for day in range(1, 7):
        village.now = demo.at(f"2026-11-{16 + day} 00:00")
        assert not [it for it in village.begins_day().records if isinstance(it, Check)]
    village.now = demo.at("2026-11-23 00:00")
    assert len([it for it in village.begins_day().records if isinstance(it, Check)]) == len(found)


def test_anybody_can_draw_again_from_what_was_kept():
    village = drawn("2026-11-16 00:00", "a seed")
    (week,) = [it for it in village.records.values() if isinstance(it, Draw)]
    district, days = village.town.district, draw.days_of(village.now.date())
    for team in checked_teams(district):
        hours = [it for it in draw.hours_on_duty(team, days, district) if it > village.now]
        assert (team.id, draw.moment(week.seed, team.id, hours)) in week.drawn


def test_nothing_is_announced_and_the_seed_is_told_only_when_the_week_is_over():
    village = drawn("2026-11-16 00:00", "a seed")
    assert not any(it.notice.kind.startswith(("check.", "duty.spotcheck")) for it in village.sent)
    (event,) = village.events("checks_drawn", "")
    assert "a seed" not in str(event.data)
    village.passes(days=7)
    assert village.newest(INS, "check.seed").notice.params["seed"] == "a seed"
    (opened,) = village.events("checks_opened", "")
    assert opened.data["seed"] == "a seed"


def test_a_week_that_is_half_over_is_drawn_of_what_is_left():
    village = drawn("2026-11-20 15:00")
    assert all(it.at > village.now for it in village.records.values() if isinstance(it, Check))


def test_both_answer_with_place_and_photo_and_two_inspectors_sign():
    village, first, second = asked()
    assert village.kinds(first)[-1] == "duty.spotcheck"
    village.says(user=first, spot=POST)
    assert village.newest(first).notice.params == {"missing": "photo"}
    village.says(user=first, photo="here")
    village.says(user=second, photo="here too")
    assert village.newest(second).notice.params == {"missing": "place"}
    village.says(user=second, spot=ON_THE_ROUND)
    village.tick()
    assert [it["outcome"] for it in result(village)] == ["present", "present"]
    assert village.presses("btn.check_sign", chat=INS, user=INSPECTORS[0]).kind == "ans.ok"
    assert village.presses("btn.check_sign", chat=INS, user=INSPECTORS[0]).kind == "ans.sign_other"
    assert village.presses("btn.check_sign", chat=INS, user=INSPECTORS[1]).kind == "ans.ok"
    assert village.newest(first, "check.told").notice.params["outcome"] == "present"
    assert report(village).keys == ()
    assert all(it.photo is None for it in check(village).replies), "the pictures are not kept"


def test_a_patrol_on_its_round_is_on_duty_and_one_elsewhere_is_not():
    village, first, second = asked()
    village.says(user=first, spot=FAR)
    village.says(user=first, photo="beach")
    village.passes(minutes=5)
    rows = result(village)
    assert [it["outcome"] for it in rows] == ["absent", "absent"]
    assert rows[0]["metres"] > 1000
    assert rows[1]["seconds"] is None
    assert second


def test_who_is_signed_away_or_with_a_case_is_excused():
    village, first, second = asked()
    village.aways.append(Away(person="P011", since=village.now - timedelta(minutes=5), until=None, reason="meal"))
    village.says("宏济新居5栋门口水管爆了,水往外喷")
    village.presses("btn.accept", chat=ST2, user=second)
    village.passes(minutes=5)
    away = {village.account(str(it["person"])): (it["outcome"], it["why"]) for it in result(village)}
    assert away[second] == ("excused", "case")
    assert first in away


def test_a_late_answer_is_heard_and_shown_as_late():
    village, first, _ = asked()
    village.passes(minutes=6)
    village.says(user=first, spot=POST)
    village.says(user=first, photo="here")
    assert village.kinds(first)[-1] == "duty.spotcheck_late"
    assert result(village)[0]["seconds"] == 360
    (answered,) = village.events("check_answered", "")
    assert answered.data["in_time"] is False


def test_after_that_a_place_is_what_it_always_was():
    village, first, _ = asked()
    village.passes(minutes=20)
    mark = village.mark()
    village.says(user=first, photo="a wall")
    assert "duty.spotcheck_late" not in village.kinds(first, mark)


def test_an_inspector_may_find_otherwise_before_the_first_signature():
    village, _, _ = asked()
    village.passes(minutes=5)
    who = result(village)[0]["person"]
    village.presses("btn.check_change", chat=INS, user=INSPECTORS[0], person=who)
    assert result(village)[0]["outcome"] == "present"
    village.presses("btn.check_sign", chat=INS, user=INSPECTORS[0])
    assert village.labels(report(village)) == ["btn.check_sign"]
    (changed,) = village.events("check_changed", "")
    assert changed.data["result"] == "present"


@pytest.mark.parametrize("user", [RESIDENT, 9000000011, 9000000037])
def test_only_inspectors_sign(user):
    village, _, _ = asked()
    village.passes(minutes=5)
    assert village.presses("btn.check_sign", chat=INS, user=user).kind == "ans.not_yours"


def test_what_nobody_signed_in_a_week_does_not_count():
    village, _, _ = asked()
    village.passes(days=8)
    assert village.events("check_unsigned", "")
    assert not village.events("check_result", "")


def test_after_an_outage_nobody_is_asked_about_an_hour_that_is_over():
    village = drawn()
    village.jumps(days=3)
    village.tick()
    assert not any(it.notice.kind == "duty.spotcheck" for it in village.sent)
    assert village.events("check_void", "")


def test_the_month_is_shown_whole_to_inspectors_and_to_staff_their_own_only():
    village, first, second = asked()
    village.says(user=first, spot=POST)
    village.says(user=first, photo="here")
    village.passes(minutes=5)
    for inspector in INSPECTORS:
        village.presses("btn.check_sign", chat=INS, user=inspector)
    village.orders("checks", user=INSPECTORS[0])
    told = village.newest(INSPECTORS[0], "check.month").notice.params
    assert (told["teams"], told["of"], told["answered"]) == (len(told["rows"]), 6, told["answered"])
    assert {"team": "ST2", "answered": [1, 2], "results": [{"outcome": "present", "count": 1}, {"outcome": "absent", "count": 1}], "papers": None} in told["rows"]  # fmt: skip  # noqa: E501  # one row
    village.orders("checks", user=second)
    own = village.newest(second, "check.month").notice.params
    assert (own["answered"], own["rows"], own["teams"]) == ([0, 1], [], None)
    village.orders("checks", user=village.account("P010"))
    head = village.newest(village.account("P010"), "check.month").notice.params
    assert (head["station"], head["answered"]) == ("ST2", [1, 2])
    village.orders("checks", user=RESIDENT)
    assert village.kinds(RESIDENT)[-1] == "duty.not_staff"
