"""What the levels of the ladder answer, who stands in for them, and the lists of what is overdue."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.case import Known, Status
from core.district import DistrictFaults, read_district
from core.roster import Change
from tests.core import demo
from tests.core.decide.test_steps import lists
from tests.core.decide.village import CTR, RESIDENT, ST1, ST2, STRANGER, Village, town

DOGS, FIRE, HOLE = "宏济花园有流浪狗咬人", "宏济花园2栋楼道着火了", "宏济新居3栋路面有个坑"
MORNING = "2026-11-16 09:00"


def unaccepted(text: str = DOGS, minutes: int = 21) -> tuple[Village, int]:
    village = Village(now=demo.at(MORNING))
    village.says(text)
    village.passes(minutes=minutes)
    return village, village.grid_head()


def leave(village: Village, account: int) -> None:
    """From now on, for a day."""
    person = village.town.district.person(account)
    assert person is not None
    end = village.now + timedelta(days=1)
    village.changes.append(
        Change(id="l1", kind="leave", team="", group="", shift="", start=village.now, end=end, off=person.id)
    )


def test_the_grid_head_has_three_answers():
    village, head = unaccepted()
    said = village.newest(head, "ladder.level").notice
    assert village.labels(said) == ["btn.take_it", "btn.assign", "btn.known", "btn.explain"]


def test_the_head_who_takes_it_over_has_it_in_private():
    village, head = unaccepted()
    assert village.presses("btn.take_it", chat=head, user=head).kind == "ans.accepted"
    case = village.case
    assert (case.status, case.team) == (Status.ACK, f"person:{case.handler}")
    assert village.account(case.handler or "") == head
    assert village.has_button("btn.done", head)
    assert not village.has_button("btn.accept", ST2)


def test_a_head_takes_over_from_whoever_was_silent():
    village = Village(now=demo.at(MORNING))
    village.accepted(DOGS)
    village.passes(minutes=31)
    head = village.grid_head()
    village.presses("btn.take_it", chat=head, user=head)
    assert village.account(village.case.handler or "") == head


def test_known_with_a_date_stops_the_ladder_until_then_and_not_the_clock():
    village, head = unaccepted(HOLE, minutes=121)
    due = village.case.close_due
    assert village.presses("btn.known", chat=head, user=head).kind == "ans.choose_date"
    until = demo.at("2026-11-18 08:30")
    assert village.presses("btn.plan_until", chat=head, user=head, until=until.isoformat()).kind == "ans.planned"
    mark = len(village.events())
    village.passes(seconds=(until - village.now).total_seconds() - 1)
    assert not [e for e in village.events()[mark:] if e.kind in {"escalated", "close_warned", "close_late", "skipped"}]
    assert village.case.close_due == due
    village.passes(hours=1)
    assert "community" in {e.data.get("level") for e in village.events()[mark:]}


def planned_case_of_st2() -> tuple[Village, int, int]:
    """ST2 has it, and the grid head has promised a date two days off."""
    village = Village(now=demo.at(MORNING))
    who = village.accepted(HOLE)
    head = village.grid_head()
    until = demo.at("2026-11-18 08:30")
    person = village.town.district.person(head)
    assert person is not None
    known = Known(by=person.id, at=village.now, until=until)
    village.cases[village.case.no] = replace(village.case, known=known)
    return village, who, head


def test_a_promised_date_falls_away_when_another_team_has_it_and_who_promised_hears_so():
    village, who, head = planned_case_of_st2()
    village.presses("btn.transfer", chat=ST2, user=who)
    village.presses("btn.target", chat=ST2, user=who, team="ST1")
    assert village.case.known is not None, "only asked: nobody else has it yet"
    village.presses("btn.accept_transfer", chat=ST1, user=village.on("ST1"))
    assert (village.case.team, village.case.known) == ("ST1", None)
    assert village.newest(head, "plan.dropped").notice.params["team"] == "ST1"
    assert len(village.events("plan_dropped")) == 1
    assert village.case.due_at is not None
    assert village.case.due_at < demo.at("2026-11-18 08:30")


def test_a_head_who_promised_and_then_takes_it_over_keeps_the_word():
    village, head = unaccepted(HOLE, minutes=121)
    village.presses("btn.known", chat=head, user=head)
    village.presses("btn.plan_until", chat=head, user=head, until=demo.at("2026-11-18 08:30").isoformat())
    village.presses("btn.take_it", chat=head, user=head)
    assert village.account(village.case.handler or "") == head
    assert village.case.known is not None
    assert "plan.dropped" not in village.kinds(head)


def test_nobody_puts_off_severity_one():
    village = Village(now=demo.at(MORNING))
    village.says(FIRE)
    village.passes(minutes=3)
    head = village.grid_head()
    assert "btn.known" not in village.labels(village.newest(head, "ladder.level").notice)
    _, press = village.button("btn.explain", head)
    assert press is not None
    assert village.sends_press((None, replace(press, action="kn")), chat=head, user=head).kind == "ans.no_plan"


def test_an_explanation_goes_up_with_the_case():
    village, head = unaccepted()
    village.presses("btn.explain", chat=head, user=head)
    village.presses("btn.reason", chat=head, user=head, reason="on_way")
    village.passes(minutes=45)
    said = [it.notice.params for it in village.sent if it.notice.kind == "ladder.level" and it.chat != head][-1]
    assert (said["reason"], said["by"]) == ("on_way", village.town.district.person(head).id)


@pytest.mark.parametrize("action", ["kn", "ex", "to"])
def test_a_stranger_answers_for_nobody(action):
    village, head = unaccepted()
    _, press = village.button("btn.known", head)
    assert press is not None
    forged = replace(press, action=action)
    assert village.sends_press((None, forged), chat=STRANGER, user=STRANGER).kind == "ans.not_yours"
    assert village.case.known is None


def test_a_head_on_leave_is_stood_in_for():
    village = Village(now=demo.at(MORNING))
    village.says(DOGS)
    head = village.grid_head()
    leave(village, head)
    village.passes(minutes=21)
    assert "ladder.level" not in village.kinds(head)
    heard = [it.chat for it in village.sent if it.notice.kind == "ladder.level"]
    deputy = village.town.district.person(heard[0])
    assert deputy is not None
    assert "副网格长" in deputy.role
    assert village.presses("btn.take_it", chat=heard[0], user=heard[0]).kind == "ans.accepted"


def test_overdue_slight_matters_come_in_one_list_to_each_at_its_hour():
    village = lists(Village(now=demo.at(MORNING)))
    for text in (HOLE, "宏济新居5栋楼道堆满杂物"):
        village.says(text)
        village.passes(minutes=2)
    assert len(village.cases) == 2
    village.passes(days=6)
    said = [it for it in village.sent if it.notice.kind == "ladder.list"]
    assert said
    hours = {it.notice.key.split("T")[1][:5] for it in said}
    assert hours <= {"08:30", "16:30"}
    head = village.grid_head()
    first = next(it.notice for it in said if it.chat == head)
    assert first.params["count"] == len(first.keys)
    assert not [it for it in village.sent if it.notice.kind in {"ladder.close_late", "ladder.supervised"}]
    keys = [it.notice.key for it in said]
    assert len(keys) == len(set(keys))


def test_what_is_in_a_list_can_be_put_off_from_it():
    village = lists(Village(now=demo.at(MORNING)))
    village.says(HOLE)
    village.passes(days=5)
    head = village.grid_head()
    village.presses("btn.known_case", chat=head, user=head, no=village.case.no)
    until = next(key.params["until"] for row in village.newest(head, "plan.ask").notice.keys for key in row)
    village.presses("btn.plan_until", chat=head, user=head, until=until)
    mark = village.mark()
    village.passes(hours=10)
    assert "ladder.list" not in village.kinds(head, mark)


def test_a_slight_matter_that_came_back_twice_is_supervised_at_once():
    village = lists(Village(now=demo.at(MORNING)))
    for _ in range(2):
        village.finished() if not village.cases else _finished_again(village)
        village.presses("btn.not_solved")
    village.passes(hours=9)
    assert village.events("supervised")
    assert "ladder.list" in village.kinds(CTR)
    assert village.card(ST2).params["supervised"]


def _finished_again(village: Village) -> None:
    who = village.on("ST2")
    village.presses("btn.accept", chat=ST2, user=who)
    village.presses("btn.done", chat=ST2, user=who)
    village.replies("又清走了一次", kind="duty.done_need", chat=ST2, user=who, photo="after2")


def test_the_level_above_the_street_is_told_where_the_file_names_it():
    raw = demo.raw_district()
    raw["district"]["escalation"] = {"chat_id": -1009000009999}
    village = Village(now=demo.at(MORNING), town=replace(town(), district=read_district(raw)))
    village.says(FIRE)
    village.passes(minutes=15)
    assert village.newest(-1009000009999, "ladder.level").notice.params["level"] == "district"
    assert "district" not in {e.data.get("level") for e in village.events("skipped")}


def test_somebody_of_the_department_is_told_with_the_level_above_the_street_whistled_for_or_not():
    raw = demo.raw_district()
    raw["people"].append(
        {"id": "P900", "name": "消防联络员", "tg_user_id": 9000000900, "role": "部门", "team": "D_FIRE"}
    )
    raw["district"]["escalation"] = {"chat_id": -1009000009999}
    village = Village(now=demo.at(MORNING), town=replace(town(), district=read_district(raw)))
    village.says(FIRE)
    village.passes(minutes=15)
    for chat in (-1009000009999, 9000000900):
        assert village.newest(chat, "ladder.level").notice.params["level"] == "district"
    assert -1009000000300 not in {it.chat for it in village.sent}, "the department's group was never asked"


def test_a_person_above_the_street_that_the_file_does_not_know_is_a_fault():
    raw = demo.raw_district()
    raw["district"]["escalation"] = {"person": "P999"}
    with pytest.raises(DistrictFaults, match="escalation"):
        read_district(raw)


def test_a_slight_matter_of_the_night_makes_no_sound_for_others():
    village = Village(now=demo.at("2026-11-20 21:30"))
    village.accepted(HOLE)
    village.now = demo.at("2026-11-20 22:30")
    village.says("坑更大了", reply_to=village.newest(RESIDENT, "case.accepted"))
    assert village.newest(ST2, "duty.added").notice.silent
    assert not village.newest(RESIDENT, "case.added").notice.silent
