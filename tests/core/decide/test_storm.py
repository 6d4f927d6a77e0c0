"""Storm mode: who turns it on, what a case that begins in it is spared, how it ends, who is told to rest (F28)."""

from datetime import timedelta

import pytest

from core import roster
from core.policy import is_stormy
from core.records.storm import Storm
from core.roster import SignIn
from tests.core import demo
from tests.core.decide.village import (
    CLEAR,
    CTR,
    NEIGHBOUR,
    NIGHT,
    RESIDENT,
    ST1,
    ST2,
    ST3,
    ST4,
    STRANGER,
    Village,
)

POSTS = (ST1, ST2, ST3, ST4)
VAGUE = "宏济新居3栋有个怪东西"
LAMP = "宏济新居路灯坏了"


@pytest.fixture
def village() -> Village:
    return Village()


def on(village: Village, hours: int = 6) -> int:
    """The mode is on; gives the account of whoever turned it on."""
    seat = village.on("CTR")
    village.orders("storm", user=seat, chat=CTR)
    assert village.presses("btn.storm_hours", chat=CTR, user=seat, hours=hours).kind == "ans.storm_on"
    return seat


def sheet(village: Village) -> dict:
    return dict(village.newest(CTR, "storm.sheet").notice.params)


def kinds(village: Village) -> list[str]:
    return [it.kind for it in village.events(case="") if it.kind.startswith("storm")]


def storm(village: Village) -> Storm:
    found = village.records["storm", "now"]
    assert isinstance(found, Storm)
    return found


def test_the_sheet_turns_it_on_and_off_and_every_post_hears_it_once(village):
    seat = on(village)
    begun = village.now
    assert (sheet(village)["on"], sheet(village)["until"]) == (True, (begun + timedelta(hours=6)).isoformat())
    assert [village.kinds(chat) for chat in POSTS] == [["storm.begun"]] * 4
    village.passes(hours=1)
    assert village.presses("btn.storm_off", chat=CTR, user=seat).kind == "ans.storm_off"
    assert sheet(village)["on"] is False
    assert [village.heard(chat)[-1].notice.kind for chat in POSTS] == ["storm.over"] * 4
    assert kinds(village) == ["storm_on", "storm_off"]
    village.passes(hours=10)
    assert kinds(village) == ["storm_on", "storm_off"], "nothing of it runs on"


@pytest.mark.parametrize("user", [STRANGER, RESIDENT])
def test_nobody_else_opens_the_sheet_or_presses_it(village, user):
    assert village.orders("storm", user=user, chat=CTR).notices == ()
    village.orders("storm", user=village.on("CTR"), chat=CTR)
    button = village.button("btn.storm_hours", CTR)
    assert village.sends_press(button, chat=CTR, user=user).kind == "ans.not_yours"
    assert village.sends_press(button, chat=CTR, user=village.on("ST2")).kind == "ans.not_yours"
    assert village.sends_press(button, chat=ST2, user=village.on("CTR")).kind == "ans.not_yours"
    assert kinds(village) == []


def test_the_sheet_is_shown_in_the_centres_chat_alone(village):
    seat = village.on("CTR")
    assert village.orders("storm", user=seat, chat=ST2).notices == ()
    assert [it.kind for it in village.orders("storm", user=seat).notices] == ["storm.where"]
    assert [it.kind for it in village.orders("storm").notices] == ["err.unknown_command"]


def test_a_button_of_an_older_sheet_changes_nothing(village):
    seat = village.on("CTR")
    village.orders("storm", user=seat, chat=CTR)
    old = village.button("btn.storm_hours", CTR, hours=24)
    assert village.sends_press(old, chat=CTR, user=seat).kind == "ans.storm_on"
    until = storm(village).until
    assert village.sends_press(old, chat=CTR, user=seat).kind == "ans.stale"
    assert storm(village).until == until


def test_the_centre_is_asked_before_the_end_and_no_answer_ends_it(village):
    on(village)
    village.passes(hours=5, minutes=29)
    assert "storm.ask" not in village.kinds(CTR)
    village.passes(minutes=1)
    assert village.kinds(CTR).count("storm.ask") == 1
    village.passes(minutes=30)
    assert "storm.over_centre" in village.kinds(CTR)
    assert village.heard(ST2)[-1].notice.kind == "storm.over"
    assert village.events("storm_off", case="")[-1].actor is None
    village.says(CLEAR)
    assert not is_stormy(village.case.policy)


def test_longer_is_asked_about_again_before_its_new_end(village):
    seat = on(village)
    village.passes(hours=5, minutes=30)
    assert village.presses("btn.storm_hours", chat=CTR, user=seat, hours=12).kind == "ans.storm_on"
    assert storm(village).until == village.now + timedelta(hours=12)
    assert village.heard(ST2)[-1].notice.kind == "storm.longer"
    village.passes(hours=11, minutes=30)
    assert village.kinds(CTR).count("storm.ask") == 2
    assert kinds(village).count("storm_longer") == 1


def test_at_night_a_slight_case_goes_out_at_once_with_a_sound_and_its_limit_runs():
    village = Village(now=demo.at(NIGHT))
    on(village)
    village.says(LAMP)
    card = next(it for it in village.heard(ST2) if it.notice.kind == "card")
    assert (village.case.severity, card.notice.silent) == (4, False)
    assert village.case.offers[0].due == village.now + timedelta(hours=4)
    village.passes(hours=4)
    assert village.case.steps, "the ladder climbs by night"


def test_without_a_storm_the_same_case_waits_for_the_morning():
    village = Village(now=demo.at(NIGHT))
    village.says(LAMP)
    assert village.case.offers == ()


def test_a_case_keeps_what_it_began_with(village):
    village.says(CLEAR)
    before = village.case
    seat = on(village)
    assert not is_stormy(village.cases[before.no].policy)
    village.says("锦畔苑门口有个井盖不见了", user=NEIGHBOUR)
    village.presses("btn.storm_off", chat=CTR, user=seat)
    assert is_stormy(village.case.policy)


def test_nobody_is_asked_what_kind_it_is_when_the_place_is_known(village):
    on(village)
    village.says(VAGUE, user=NEIGHBOUR)
    assert village.case.category is None
    assert village.case.offers, "it went out"
    assert not any(it in {"case.need_kind", "case.need_words"} for it in village.kinds(NEIGHBOUR))


def test_without_a_storm_the_kind_is_asked(village):
    village.says(VAGUE, user=NEIGHBOUR)
    assert village.kinds(NEIGHBOUR) == ["case.need_words"]


def test_twins_go_out_at_once_and_staff_are_asked_not_the_resident(village):
    on(village)
    village.says(CLEAR)
    first = village.case
    village.says(CLEAR, user=NEIGHBOUR)
    assert village.case.no != first.no
    assert village.case.offers
    assert village.case.similar == (first.no,)
    assert "case.same_ask" not in village.kinds(NEIGHBOUR)


def test_the_sheet_counts_what_waits_by_compound_and_what_was_dealt_with(village):
    seat = on(village)
    village.finished()
    village.says("锦畔苑路灯不亮", user=NEIGHBOUR)
    village.orders("storm", user=seat, chat=CTR)
    shown = sheet(village)
    assert (shown["waiting"], shown["done"]) == (1, 1)
    assert [(it["place"], it["open"]) for it in shown["rows"]] == [("锦畔苑", 1)]
    village.jumps(hours=1, minutes=1)
    village.orders("storm", user=seat, chat=CTR)
    assert sheet(village)["done"] == 0


def test_a_sealed_case_is_counted_and_names_no_place(village):
    seat = on(village)
    village.says("宏济新居3栋2单元有人家暴打老婆")
    assert village.case.sealed
    village.orders("storm", user=seat, chat=CTR)
    assert (sheet(village)["rows"], sheet(village)["sealed"]) == ([], 1)


def signs_in(village: Village, person: str, **ago: float) -> None:
    """With ST2, for the shift of now, so long ago."""
    team = village.town.district.team("ST2")
    shift = next(it for it in roster.rostered(team, village.now, village.town.district) if person in it.members)
    sign = SignIn(
        person=person,
        team="ST2",
        shift_start=shift.start,
        shift_end=shift.end,
        at=village.now - timedelta(**ago),
    )
    village.sign_ins[person, "ST2", shift.start] = sign


def test_after_eight_hours_somebody_and_their_head_are_told_to_rest_once():
    village = Village(real_sign_ins=True)
    account = village.on("ST2", 1)
    person = village.town.district.person(account)
    signs_in(village, person.id, hours=7)
    on(village)
    village.passes(minutes=59)
    assert "storm.rest" not in village.kinds(account)
    village.passes(minutes=2)
    assert village.kinds(account).count("storm.rest") == 1
    told = next(it for it in village.sent if it.notice.kind == "storm.rest_of")
    assert told.notice.params["person"] == person.id
    village.passes(hours=2)
    on(village)
    village.passes(minutes=10)
    assert len(village.events("rest_told", case="")) == 1


def test_the_list_and_the_screen_of_the_centre_say_that_it_is_on_and_no_longer_when_it_is_over(village):
    village.says(CLEAR)
    seat = on(village)
    ends = storm(village).until.isoformat()

    def shown() -> list:
        village.orders("cases", user=seat, chat=CTR)
        village.orders("duty", user=seat, chat=CTR)
        return [village.newest(CTR, kind).notice.params.get("until") for kind in ("find.list", "board.now")]

    assert shown() == [ends, ends]
    village.presses("btn.storm_off", chat=CTR, user=seat)
    assert shown() == [None, None]
