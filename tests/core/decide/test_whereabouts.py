"""Where colleagues are: kept while they are on duty, seen by themselves, used for arrival and for who goes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.case import Status
from core.coordinates import gcj02_from_wgs84
from core.distance import Point, metres
from core.messages import Spot
from tests.core import demo
from tests.core.decide.village import CLEAR, RESIDENT, SPOTS, ST1, ST2, Village

PLACE = SPOTS["宏济新居"]
NEAR_ST2 = Spot(lat=30.6389, lng=104.0968, accuracy=10.0)
FAR = Spot(lat=30.6500, lng=104.1000, accuracy=10.0)


def live(spot: Spot, village: Village, minutes: int = 60) -> Spot:
    return replace(spot, live=True, until=village.now + timedelta(minutes=minutes))


def moves(village: Village, user: int, spot: Spot) -> None:
    """One more moment of a live place; silence is part of the bargain."""
    mark = village.mark()
    village.says(user=user, spot=spot, edits=77)
    assert [kind for kind in village.kinds(user, mark) if kind not in {"duty.arrived", "duty.signin_late"}] == []


def test_the_live_place_of_a_colleague_on_duty_is_kept_and_opens_no_case() -> None:
    village = Village()
    who = village.on("ST2")
    village.says(user=who, spot=live(FAR, village))
    assert village.kinds(who) == ["duty.live_on"]
    (kept,) = village.positions
    assert (kept.lat, kept.source, kept.until) == (FAR.lat, "live", village.now + timedelta(minutes=60))
    assert village.cases == {}


@pytest.mark.parametrize("absent", [frozenset(), frozenset({"ST2"})], ids=["not on the plan", "not signed in"])
def test_outside_duty_nothing_is_kept(absent: frozenset[str]) -> None:
    village = Village(absent=absent)
    who = village.on("ST2") if absent else village.off("ST2")
    village.says(user=who, spot=live(FAR, village))
    moves(village, who, live(PLACE, village))
    assert village.positions == []


def test_a_residents_live_place_is_a_report_first_and_nothing_when_it_moves() -> None:
    village = Village()
    village.says(CLEAR)
    mark = village.mark()
    village.says(spot=live(FAR, village), edits=77)
    assert (village.positions, village.kinds(RESIDENT, mark)) == ([], [])


def test_a_telephone_at_rest_is_not_written_down_again_and_the_end_is() -> None:
    village = Village()
    who = village.on("ST2")
    village.says(user=who, spot=live(FAR, village))
    until = village.positions[-1].until
    village.now += timedelta(seconds=10)
    moves(village, who, replace(FAR, live=True, until=until))
    assert len(village.positions) == 1
    village.now += timedelta(seconds=10)
    moves(village, who, FAR)
    assert (len(village.positions), village.positions[-1].until) == (2, village.now)


def test_coming_within_150_metres_of_the_accepted_case_is_the_arrival() -> None:
    village = Village()
    who = village.accepted()
    village.says(user=who, spot=live(FAR, village))
    assert village.newest(who).notice.kind == "duty.arrive_coming"
    moves(village, who, live(replace(PLACE, lat=PLACE.lat + 0.003, accuracy=9.0), village))
    assert village.case.status is Status.ACK
    moves(village, who, live(replace(PLACE, accuracy=400.0), village))
    assert village.case.status is Status.ACK, "a position that may be anywhere proves nothing"
    moves(village, who, live(replace(PLACE, accuracy=9.0), village))
    assert village.case.status is Status.SITE
    assert village.events("arrived")[0].data["proof"] == "position"


def test_a_live_place_signs_in_only_while_that_is_waited_for() -> None:
    village = Village(real_sign_ins=True)
    who = village.on("ST2")
    moves(village, who, live(NEAR_ST2, village))
    assert village.sign_ins == {}
    village.orders("signin", user=who)
    village.says(user=who, spot=live(FAR, village))
    assert village.newest(who).notice.kind == "duty.signin_far"
    moves(village, who, live(NEAR_ST2, village))
    assert len(village.sign_ins) == 1
    assert village.positions[-1].lat == NEAR_ST2.lat
    village.orders("signout", user=who)
    moves(village, who, live(PLACE, village))
    assert village.positions[-1].lat == NEAR_ST2.lat, "after signing out nobody is followed"


def test_everybody_sees_their_own_track_and_nobody_elses() -> None:
    village = Village()
    who, colleague = village.on("ST2"), village.on("ST2", 1)
    village.says(user=who, spot=live(NEAR_ST2, village))
    village.orders("mylog", user=who)
    (line,) = village.newest(who).notice.params["items"]
    assert (line["metres"], line["source"]) == (0, "live")
    village.orders("mylog", user=colleague)
    assert village.newest(colleague).notice.kind == "duty.track_none"
    village.orders("mylog", user=RESIDENT)
    assert village.newest(RESIDENT).notice.kind == "duty.not_staff"
    mark = village.mark()
    village.orders("mylog", user=who, chat=ST2)
    assert village.kinds(ST2, mark) == []


def test_the_nearer_team_gets_the_case_and_the_card_says_how_that_is_known() -> None:
    village = Village()
    village.says(user=village.on("ST1"), spot=live(replace(PLACE, accuracy=8.0), village))
    village.now += timedelta(minutes=3)
    village.says(CLEAR)
    card = village.card(ST1).params
    assert (card["why"], card["metres"], card["seen_at"]) == (
        "nearest", 0, (village.now - timedelta(minutes=3)).isoformat(),
    )  # fmt: skip
    assert village.newest(RESIDENT, "case.received").notice.params["nearby"] == 50
    (assigned,) = village.events("assigned")
    assert assigned.data["why"] == {
        "rule": "nearest", "metres": 0, "seen_at": card["seen_at"], "until": card["until"],
    }  # fmt: skip


def test_a_stale_position_is_forgotten_for_the_posts_own_place() -> None:
    village = Village()
    village.says(user=village.on("ST1"), spot=live(replace(PLACE, accuracy=8.0), village))
    village.now += timedelta(minutes=16)
    village.says(CLEAR)
    card = village.card(ST2).params
    assert (card["why"], card["seen_at"], card["spot"]) == ("nearest", None, "post")


def test_the_card_says_that_a_nearer_post_has_nobody_on_duty() -> None:
    village = Village(absent=frozenset({"ST2"}))
    village.says(CLEAR)
    card = village.card(ST1).params
    assert card["absent"] == {"station": "ST2", "metres": 48}
    assert village.events("assigned")[0].data["why"]["absent"] == ["ST2", 48]


def test_the_backups_card_says_who_did_not_accept() -> None:
    village = Village(now=demo.at("2026-11-20 15:00"))
    village.says(CLEAR)
    village.passes(minutes=31)
    card = village.card(ST1).params
    assert (card["why"], card["silent"]) == ("backup", ["ST2"])


def test_a_telephone_whose_sign_in_was_shifted_is_set_right_all_the_shift() -> None:
    village = Village(real_sign_ins=True)
    who = village.on("ST2")
    drawn = gcj02_from_wgs84(Point(NEAR_ST2.lat, NEAR_ST2.lng))
    village.orders("signin", user=who)
    village.says(user=who, spot=replace(NEAR_ST2, lat=drawn.lat, lng=drawn.lng))
    assert [it.flagged for it in village.sign_ins.values()] == [True]
    assert village.positions == [], "who signs in with a single place is at the post"
    village.says(user=who, spot=live(replace(NEAR_ST2, lat=drawn.lat, lng=drawn.lng), village))
    assert metres(village.positions[-1].point, Point(NEAR_ST2.lat, NEAR_ST2.lng)) < 5
