"""Sealed matters are for the named officer alone (life.md row 9, privacy.md); `rules.sealed_stays_sealed` watches
every message of every test for the groups."""

from core.case import Status
from core.messages import Notice
from tests.core import demo
from tests.core.decide.village import CLEAR, CTR, RESIDENT, ST2, Village

DRUGS = "宏济花园2栋有人吸毒"
SILENT = "我老公打我,我躲在厕所不敢出声"


def officer(village: Village) -> int:
    found = village.town.district.police_officer("C2")
    assert found is not None
    return village.account(found.id)


def numbers_only(notices: list[Notice]) -> bool:
    return all(set(it.params) == {"no", "severity", "status"} for it in notices)


def test_row_09_a_sealed_case_goes_to_the_community_officer_in_private():
    village = Village()
    village.says(DRUGS, photo="p1")
    assert village.case.sealed
    assert village.case.status is Status.DISP
    assert village.kinds(officer(village)) == ["card", "evidence"]
    assert village.kinds(ST2) == []
    assert village.kinds(RESIDENT) == ["case.received_sealed"]
    assert village.newest(RESIDENT).notice.silent


def test_the_officer_accepts_arrives_and_finishes_in_private():
    village = Village()
    village.says(DRUGS)
    who = officer(village)
    assert village.presses("btn.accept", chat=who, user=who).kind == "ans.accepted"
    village.presses("btn.arrive", chat=who, user=who)
    village.replies(kind="duty.arrive_need", chat=who, user=who, photo="there")
    assert village.case.status is Status.SITE
    village.presses("btn.done", chat=who, user=who)
    village.replies("已依法处理", kind="duty.done_need", chat=who, user=who, photo="after")
    assert village.case.status is Status.DONE
    assert len(village.cases) == 1


def test_a_sealed_case_is_never_transferred_by_button():
    village = Village()
    village.says(DRUGS)
    who = officer(village)
    assert not village.has_button("btn.transfer", who)
    village.presses("btn.accept", chat=who, user=who)
    assert not village.has_button("btn.transfer", who)


def test_without_a_place_the_centre_has_the_number_and_the_officer_the_case_when_the_place_comes():
    village = Village()
    village.says(SILENT)
    assert village.sent[0].notice.kind == "emg.silent"
    assert village.kinds(CTR) == ["card.sealed_number"]
    assert numbers_only([it.notice for it in village.heard(CTR)])
    village.says("宏济花园2栋")
    assert "card" in village.kinds(officer(village))
    assert village.labels(village.card(CTR)) == []


def test_a_seat_of_the_centre_takes_it_by_number_and_reads_it_in_private():
    village = Village()
    village.says(SILENT)
    seat = village.on("CTR")
    assert village.presses("btn.accept", chat=CTR, user=seat).kind == "ans.accepted"
    assert village.kinds(seat) == ["card"]
    assert village.card(seat).params["summary"]
    village.presses("btn.done", chat=seat, user=seat)
    village.replies("已联系上本人", kind="duty.done_need", chat=seat, user=seat, photo="x")
    assert village.case.status is Status.DONE


def test_the_silent_answers_reach_the_officer_or_ring_at_the_centre():
    village = Village()
    village.says(SILENT)
    village.says("1")
    assert village.kinds(CTR) == ["card.sealed_number", "card.sealed_number"]
    village.says("宏济花园2栋")
    village.says("1")
    assert village.kinds(officer(village))[-1] == "sealed.police"
    assert village.kinds(RESIDENT)[-1] == "emg.silent_noted"


def test_words_that_turn_a_case_into_a_sealed_one_take_it_away_from_the_group():
    village = Village()
    village.says(CLEAR)
    village.says("是我老公打我,我不敢出声", reply_to=village.newest(RESIDENT))
    assert village.case.sealed
    assert village.card(ST2).kind == "card.sealed_number"
    assert village.labels(village.card(ST2)) == []
    assert "card" in village.kinds(officer(village))
    assert "emg.silent" in village.kinds(RESIDENT)


def test_whoever_has_accepted_goes_on_in_private_when_it_becomes_sealed():
    village = Village()
    who = village.accepted()
    village.says("是我老公打我,我不敢出声", reply_to=village.newest(RESIDENT))
    assert village.case.sealed
    assert village.card(ST2).kind == "card.sealed_number"
    assert "btn.done" in village.labels(village.card(who))


def test_an_officer_who_does_not_answer_is_followed_by_the_centre_by_number():
    village = Village()
    village.says(DRUGS)
    village.passes(minutes=30)
    assert "card.sealed_number" in village.kinds(CTR)
    assert village.kinds(ST2) == []
    seat = village.on("CTR")
    assert village.presses("btn.accept", chat=CTR, user=seat).kind == "ans.accepted"


def test_an_officer_who_cannot_be_reached_is_followed_by_the_centre():
    village = Village()
    village.unreachable = frozenset({officer(village)})
    village.says(DRUGS)
    assert village.case.status is Status.DISP
    assert village.kinds(CTR)[0] == "card.sealed_number"
    assert village.has_button("btn.accept", CTR)


def test_the_shift_of_a_seat_ends_and_the_sealed_case_stays_at_the_centre():
    village = Village(now=demo.at("2026-11-20 07:00"))
    village.says(SILENT)
    seat = village.on("CTR")
    village.presses("btn.accept", chat=CTR, user=seat)
    village.passes(hours=14)
    assert village.case.status is Status.DISP
    assert {o.chat for o in village.case.offers if o.state == "open"} == {CTR}


def test_a_reopened_sealed_case_goes_to_the_officer_again():
    village = Village()
    village.says(DRUGS)
    who = officer(village)
    village.presses("btn.accept", chat=who, user=who)
    village.presses("btn.done", chat=who, user=who)
    village.replies("已依法处理", kind="duty.done_need", chat=who, user=who, photo="after")
    village.presses("btn.not_solved")
    assert village.case.status is Status.DISP
    assert village.has_button("btn.accept", who)
