"""Help at a case: two posts, guards within 500 m, volunteers who opted in and never for violence (F09, F35, F51)."""

from dataclasses import replace

import pytest

from core.case import Status
from core.messages import Answer, Spot
from core.records import Call, Volunteer
from tests.core import demo
from tests.core.decide.village import CTR, NEIGHBOUR, RESIDENT, ST1, ST2, STRANGER, Village

BURST = "宏济新居5栋门口水管爆了,水往外喷"
ILL = "宏济新居3栋有个老人晕倒了,喊不醒"
NEAR = Spot(lat=30.639294, lng=104.096597)
HELPERS = (700101, 700102, 700103, 700104, 700105, 700106, 700107)


def on_site(text: str = BURST, village: Village | None = None) -> tuple[Village, int]:
    """Somebody of ST2 is at the place of a case."""
    village = village or Village()
    village.says(text)
    who = village.on("ST2")
    village.presses("btn.accept", chat=ST2, user=who)
    village.presses("btn.arrive", chat=ST2, user=village.account("P010"))
    assert village.case.status is Status.SITE
    return village, who


def asked_help(text: str = BURST, village: Village | None = None) -> tuple[Village, int]:
    village, who = on_site(text, village)
    assert village.presses("btn.backup", chat=ST2, user=who).kind == "ans.backup"
    return village, who


def rows(village: Village) -> list[dict[str, object]]:
    return [dict(it) for it in village.newest(ST2, "call.board").notice.params["rows"]]


def joins(village: Village, user: int, spot: Spot = NEAR, radius: int | None = None) -> None:
    village.orders("volunteer", user=user)
    village.presses("btn.volunteer", user=user)
    village.says(user=user, spot=spot)
    if radius:
        village.presses("btn.radius", user=user, metres=radius)


def called(village: Village, who: int) -> Answer:
    return village.presses("btn.call_volunteers", chat=ST2, user=who)


def asked_volunteers(village: Village) -> list[int]:
    return [user for user in HELPERS if "volunteer.ask" in village.kinds(user)]


def test_two_posts_are_asked_and_the_asker_sees_who_comes_and_when():
    village, _ = asked_help()
    assert [it["coming"] for it in rows(village)] == [None, None]
    assert "backup.asked" in village.kinds(CTR)
    first = str(rows(village)[0]["team"])
    chat = village.town.district.team(first).chat_id
    answer = village.presses("btn.coming", chat=chat, user=village.on(first), minutes=10)
    assert answer.kind == "ans.coming"
    told = rows(village)[0]
    assert (told["coming"], told["minutes"], village.account(str(told["person"]))) == (True, 10, village.on(first))
    (event,) = village.events("help_answered")
    assert (event.data["whom"], event.data["minutes"]) == ("post", 10)


def test_no_is_an_answer_and_may_be_changed():
    village, _ = asked_help()
    team = str(rows(village)[0]["team"])
    chat = village.town.district.team(team).chat_id
    village.presses("btn.cannot", chat=chat, user=village.on(team))
    assert rows(village)[0]["coming"] is False
    village.presses("btn.coming", chat=chat, user=village.on(team), minutes=5)
    assert rows(village)[0]["minutes"] == 5


@pytest.mark.parametrize("user", [RESIDENT, STRANGER])
def test_nobody_answers_for_a_post_who_is_not_of_it(user):
    village, _ = asked_help()
    team = str(rows(village)[0]["team"])
    chat = village.town.district.team(team).chat_id
    assert village.presses("btn.cannot", chat=chat, user=user).kind == "ans.not_yours"
    assert rows(village)[0]["coming"] is None


def test_asking_again_asks_others_and_keeps_the_answers():
    village, who = asked_help()
    before = [it["team"] for it in rows(village)]
    village.presses("btn.backup", chat=ST2, user=who)
    after = [it["team"] for it in rows(village)]
    assert after[:2] == before
    assert len(after) == len(set(after))


def test_guards_of_the_compounds_within_500_metres_are_called_together():
    village, who = asked_help()
    answer = village.presses("btn.call_guards", chat=ST2, user=who)
    guards = [it for it in rows(village) if it["kind"] == "guard"]
    assert answer.params["count"] == len(guards) > 1
    assert all(it["metres"] <= 500 for it in guards)
    assert [it["metres"] for it in guards] == sorted(it["metres"] for it in guards)
    chat = _guards_chat(village)
    assert set(village.newest(chat, "call.guard").notice.params) == {"team", "category", "place", "metres"}
    village.presses("btn.coming", chat=chat, user=STRANGER, minutes=5)
    assert next(it for it in rows(village) if it["coming"])["kind"] == "guard"
    assert not village.has_button("btn.call_guards", ST2), "all of them were asked"


def _guards_chat(village: Village) -> int:
    (call,) = [it for it in village.records.values() if isinstance(it, Call)]
    name = next(it.name for it in call.asked if it.kind == "guard")
    return village.town.district.compound(name).management_chat


def test_answers_within_two_minutes_are_counted_and_shown():
    village, who = asked_help()
    village.presses("btn.call_guards", chat=ST2, user=who)
    village.presses("btn.coming", chat=_guards_chat(village), user=STRANGER, minutes=5)
    village.passes(minutes=2)
    answered, of = village.newest(ST2, "call.board").notice.params["answered"]
    assert (answered, of) == (1, len(rows(village)))
    (event,) = village.events("help_counted", "")
    assert event.data["answered"] == 1


def test_when_it_is_over_who_comes_is_released_and_buttons_say_so():
    village, who = asked_help()
    village.presses("btn.call_guards", chat=ST2, user=who)
    chat = _guards_chat(village)
    village.presses("btn.coming", chat=chat, user=STRANGER, minutes=5)
    village.presses("btn.done", chat=ST2, user=who)
    village.replies("修好了", kind="duty.done_need", chat=ST2, user=who, photo="after")
    village.presses("btn.solved")
    village.passes(minutes=13)
    assert "call.over" in village.kinds(chat)
    assert village.presses("btn.cannot", chat=chat, user=STRANGER).kind == "ans.call_over"


def test_only_the_team_that_has_the_case_calls_more():
    village, _ = asked_help()
    assert village.presses("btn.call_guards", chat=ST2, user=village.on("ST1")).kind == "ans.not_yours"


def test_a_volunteer_agrees_sends_a_place_and_is_told_how_far():
    village = Village()
    village.orders("volunteer", user=NEIGHBOUR)
    assert village.kinds(NEIGHBOUR) == ["volunteer.explain"]
    assert village.records == {}, "nothing is kept before the consent"
    village.presses("btn.volunteer", user=NEIGHBOUR)
    village.says(user=NEIGHBOUR, spot=Spot(lat=30.6392949, lng=104.0965971))
    known = village.records["volunteer", str(NEIGHBOUR)]
    assert isinstance(known, Volunteer)
    assert (known.lat, known.lng, known.radius) == (30.639, 104.097, 500), "no closer than about a hundred metres"
    assert known.consented_at == village.now
    assert village.presses("btn.radius", user=NEIGHBOUR, metres=1000).params == {"metres": 1000}
    assert village.cases == {}, "the place was no report"


def test_opting_out_erases_at_once():
    village = Village()
    joins(village, NEIGHBOUR)
    village.orders("volunteer", user=NEIGHBOUR)
    village.presses("btn.volunteer_out", user=NEIGHBOUR)
    assert village.records == {}
    assert village.kinds(NEIGHBOUR)[-1] == "volunteer.bye"
    joins(village, NEIGHBOUR)
    assert village.records["volunteer", str(NEIGHBOUR)].open, "and may come back"


def test_erasing_oneself_ends_it_too():
    village = Village()
    joins(village, NEIGHBOUR)
    village.orders("privacy", user=NEIGHBOUR)
    village.presses("btn.erase", user=NEIGHBOUR)
    village.presses("btn.erase_sure", user=NEIGHBOUR)
    assert village.records == {}


def test_a_button_in_another_chat_agrees_to_nothing():
    village = Village()
    village.orders("volunteer", user=NEIGHBOUR)
    button = village.button("btn.volunteer", NEIGHBOUR)
    assert village.sends_press(button, chat=ST1, user=NEIGHBOUR).kind == "ans.not_yours"
    assert village.records == {}


def test_colleagues_are_no_volunteers():
    village = Village()
    village.orders("volunteer", user=village.on("ST2"))
    assert village.kinds(village.on("ST2"))[-1] == "volunteer.staff"


def test_the_nearest_five_who_would_come_that_far_are_asked_by_distance_with_yes_or_no():
    village = Village()
    for index, user in enumerate(HELPERS):
        joins(village, user, Spot(lat=NEAR.lat + 0.0007 * index, lng=NEAR.lng), radius=1000)
    joins(village, NEIGHBOUR, Spot(lat=NEAR.lat + 0.006, lng=NEAR.lng), radius=300)
    village, who = asked_help(ILL, village)
    assert called(village, who).params == {"count": 5}
    assert asked_volunteers(village) == list(HELPERS[:5])
    assert "volunteer.ask" not in village.kinds(NEIGHBOUR)
    told = village.newest(HELPERS[1], "volunteer.ask").notice.params
    assert set(told) == {"category", "place", "metres"}, "no number and no name"
    assert village.presses("btn.coming", user=HELPERS[1], minutes=5).kind == "ans.take_care"
    coming = [it for it in rows(village) if it["coming"]]
    assert [(it["kind"], it["name"]) for it in coming] == [("volunteer", None)], "counted, not named"


def test_whoever_reported_it_is_not_asked():
    village = Village()
    joins(village, RESIDENT)
    village, who = asked_help(ILL, village)
    assert called(village, who).kind == "ans.nobody_near"


@pytest.mark.parametrize(
    ("text", "may"),
    [
        (ILL, True),
        ("宏济新居3栋有个人喝醉了躺在地上,叫不醒", True),
        ("宏济新居3栋有人喝醉了在闹事", False),
        ("宏济新居3栋有人打架,拿着刀", False),
        ("宏济新居3栋门口有小偷在偷电瓶车", False),
        ("宏济新居3栋有个老人被打,晕倒了喊不醒,打架的人还在", False),
        ("宏济新居3栋着火了,冒黑烟", False),
        ("宏济新居3栋有股很大的煤气味", False),
        (BURST, True),
    ],
)
def test_volunteers_are_never_asked_where_there_is_violence_or_danger(text, may):
    village = Village()
    joins(village, NEIGHBOUR)
    village, _ = asked_help(text, village)
    assert village.has_button("btn.call_volunteers", ST2) is may


def test_a_forged_press_asks_no_volunteer_either():
    village = Village()
    joins(village, NEIGHBOUR)
    village, who = asked_help("宏济新居3栋有人打架,拿着刀", village)
    said, press = village.button("btn.call_guards", ST2)
    forged = (said, replace(press, action="cv"))
    assert village.sends_press(forged, chat=ST2, user=who).kind == "ans.no_volunteers"
    assert "volunteer.ask" not in village.kinds(NEIGHBOUR)


def test_every_violent_or_sealed_kind_of_the_taxonomy_is_closed_to_volunteers():
    kinds = Village().town.taxonomy.categories.values()
    assert {it.code for it in kinds if it.violent} >= {"ZA01", "ZA02", "ZA07", "ZA08", "RS04", "RS07"}
    assert not [it.code for it in kinds if it.volunteers and (it.sealed or it.violent)]


def test_at_night_volunteers_are_asked_for_severity_one_alone():
    night = Village(now=demo.at("2026-11-20 23:30"))
    joins(night, NEIGHBOUR)
    village, _ = asked_help(BURST, night)
    assert village.case.severity == 2
    assert not village.has_button("btn.call_volunteers", ST2)
    night = Village(now=demo.at("2026-11-20 23:30"))
    joins(night, NEIGHBOUR)
    village, _ = asked_help(ILL, night)
    assert village.has_button("btn.call_volunteers", ST2)


def test_when_it_is_over_volunteers_are_thanked_and_forgotten():
    village = Village()
    joins(village, HELPERS[0])
    village, who = asked_help(ILL, village)
    called(village, who)
    village.presses("btn.coming", user=HELPERS[0], minutes=5)
    village.presses("btn.done", chat=ST2, user=who)
    village.replies("已送医", kind="duty.done_need", chat=ST2, user=who, photo="after")
    village.presses("btn.solved")
    village.passes(minutes=13)
    assert "call.over" in village.kinds(HELPERS[0])
    (call,) = [it for it in village.records.values() if isinstance(it, Call)]
    assert not call.open
    assert [it.name for it in call.asked if it.kind == "volunteer"] == [""]


@pytest.mark.parametrize("way", ["leaves", "erases"])
def test_a_running_call_does_not_know_a_volunteer_who_has_gone(way: str):
    village = Village()
    joins(village, HELPERS[0])
    village, who = asked_help("宏济新居3栋有个老人晕倒了,喊不醒", village)
    called(village, who)
    assert str(HELPERS[0]) in str(village.records["call", village.case.no])
    if way == "leaves":
        village.orders("volunteer", user=HELPERS[0])
        village.presses("btn.volunteer_out", user=HELPERS[0])
    else:
        village.orders("privacy", user=HELPERS[0])
        village.presses("btn.erase", user=HELPERS[0])
        village.presses("btn.erase_sure", user=HELPERS[0])
    assert str(HELPERS[0]) not in str(village.records["call", village.case.no])
