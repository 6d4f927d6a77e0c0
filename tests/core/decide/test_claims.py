"""Who has a case, really: grace, a sign of life, giving back, replies that come late."""

from datetime import timedelta

import pytest

from core.case import Status
from core.messages import Spoke
from tests.core import demo
from tests.core.decide.village import CLEAR, CTR, RESIDENT, ST1, ST2, Village, sender

DOGS, FIRE = "宏济花园有流浪狗咬人", "宏济花园2栋楼道着火了"


def test_in_the_first_minute_a_colleague_takes_it_with_a_tap():
    village = Village()
    first = village.accepted()
    colleague = village.on("ST2", 1)
    village.passes(seconds=60)
    assert village.presses("btn.mine_now", chat=ST2, user=colleague).kind == "ans.accepted"
    assert village.account(village.case.handler or "") == colleague != first
    assert village.newest(RESIDENT, "case.accepted").notice.params["person"] == village.case.handler
    assert len([it for it in village.case.offers if it.state == "accepted"]) == 1


def test_later_a_reason_is_asked_and_kept():
    village = Village()
    village.accepted()
    before, colleague = village.case.handler, village.on("ST2", 1)
    village.passes(seconds=61)
    assert village.presses("btn.mine_now", chat=ST2, user=colleague).kind == "ans.choose_reason"
    assert village.case.handler == before
    village.presses("btn.reason", chat=ST2, user=colleague, reason="agreed")
    (claimed,) = village.events("claimed")
    assert (claimed.data["before"], claimed.data["reason"]) == (before, "agreed")
    assert village.account(village.case.handler or "") == colleague


def test_whoever_has_it_already_takes_nothing():
    village = Village()
    who = village.accepted()
    assert village.presses("btn.mine_now", chat=ST2, user=who).kind == "ans.already"


def test_the_grace_is_the_districts_choice():
    assert demo.district().options.claim_grace == 60


SILENCE = [(FIRE, 10, 15, 20), (DOGS, 20, 30, 45)]


@pytest.mark.parametrize(("text", "ask", "amber", "up"), SILENCE)
def test_a_claim_without_a_sign_of_life_is_asked_about_shown_and_climbs(text, ask, amber, up):
    village = Village(now=demo.at("2026-11-20 09:00"))
    village.accepted(text)
    start = village.now
    village.passes(minutes=up)
    moments = {e.kind: e.at - start for e in village.events() if e.kind in {"alive_asked", "silent", "silent_up"}}
    expected = {"alive_asked": ask, "silent": amber, "silent_up": up}
    assert moments == {kind: timedelta(minutes=minutes) for kind, minutes in expected.items()}
    assert village.card(ST2).params["amber"] is True
    assert {"ladder.silent", "ladder.arrive_late"} & {*village.kinds(village.grid_head())}, "nobody told the head"
    assert village.labels(village.newest(ST2, "duty.alive").notice) == ["btn.still", "btn.need_backup", "btn.release"]


def test_still_on_it_starts_the_patience_anew_and_clears_the_amber():
    village = Village(now=demo.at("2026-11-20 09:00"))
    who = village.accepted(DOGS)
    village.passes(minutes=31)
    assert village.card(ST2).params["amber"]
    assert village.presses("btn.still", chat=ST2, user=who).kind == "ans.ok"
    assert village.card(ST2).params["amber"] is None
    village.passes(minutes=19)
    assert len(village.events("alive_asked")) == 1
    village.passes(minutes=2)
    assert len(village.events("alive_asked")) == 2


def test_a_reply_of_the_team_is_a_sign_of_life():
    village = Village(now=demo.at("2026-11-20 09:00"))
    who = village.accepted(DOGS)
    village.passes(minutes=15)
    village.replies("堵车,马上到", chat=ST2, user=who)
    village.passes(minutes=15)
    assert not village.events("alive_asked")


def test_giving_it_back_asks_the_next_nearest_and_the_clock_runs_on():
    village = Village(now=demo.at("2026-11-20 09:00"))
    who = village.accepted(DOGS)
    due = village.case.close_due
    village.passes(minutes=21)
    assert village.presses("btn.release", chat=ST2, user=who).kind == "ans.released"
    case = village.case
    assert (case.status, case.team, case.handler, case.close_due) == (Status.DISP, "ST1", None, due)
    assert village.has_button("btn.accept", ST1)
    assert village.presses("btn.accept", chat=ST1, user=village.on("ST1")).kind == "ans.accepted"


def test_when_every_post_was_asked_the_centre_has_what_is_given_back():
    village = Village(now=demo.at("2026-11-20 09:00"), absent=frozenset({"ST1", "ST3", "ST4"}))
    who = village.accepted(DOGS)
    village.passes(minutes=21)
    village.presses("btn.release", chat=ST2, user=who)
    assert village.case.team == "CTR"
    assert village.has_button("btn.accept", CTR)


def test_help_can_be_asked_for_on_the_way():
    village = Village(now=demo.at("2026-11-20 09:00"))
    who = village.accepted(DOGS)
    village.passes(minutes=21)
    assert village.presses("btn.need_backup", chat=ST2, user=who).kind == "ans.backup"
    assert village.case.status is Status.ACK
    assert village.events("backup_asked")


def test_a_colleague_who_was_too_slow_reads_who_has_it_since_when_and_when_the_tap_came():
    village = Village()
    village.says(CLEAR)
    found = village.button("btn.accept", ST2)
    village.presses("btn.accept", chat=ST2, user=village.on("ST2"))
    accepted = village.now
    village.passes(minutes=5)
    answer = village.sends_press(found, chat=ST2, user=village.on("ST2", 1))
    assert answer.kind == "ans.taken"
    assert (answer.params["at"], answer.params["seen_at"]) == (accepted.isoformat(), village.now.isoformat())


def test_a_reply_that_comes_late_undoes_nothing_and_both_times_are_told():
    village = Village()
    village.says(CLEAR)
    sent, card = village.now, village.newest(ST2, "card")
    village.passes(minutes=2)
    village.presses("btn.accept", chat=ST2, user=village.on("ST2"))
    handler = village.case.handler
    village.passes(minutes=3)
    late = village.on("ST2", 1)
    village.does(
        Spoke(at=sent, sender=sender(late), chat=ST2, message=999, group=True, text="收到", reply_to=card.message)
    )
    said = village.newest(ST2, "duty.late_reply").notice.params
    assert (said["at"], said["seen_at"]) == (sent.isoformat(), village.now.isoformat())
    assert village.case.handler == handler
