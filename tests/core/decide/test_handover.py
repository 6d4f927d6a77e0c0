"""The change of shift: what goes to whom, what stays, what nobody may read, and what happens when nobody takes over."""

import pytest

from core.case import Status
from core.messages import Spot
from core.records import Handover
from tests.core import demo
from tests.core.decide.village import NEIGHBOUR, RESIDENT, ST1, ST2, ST3, ST4, Village


def at(moment: str) -> Village:
    """A village in which the day has begun."""
    village = Village(now=demo.at(moment))
    village.begins_day()
    return village


def sheet(village: Village, chat: int) -> dict[str, object]:
    return dict(village.newest(chat, "handover.sheet").notice.params)


def planned(village: Village, team: str) -> list[str]:
    return sorted(f"{it.at:%H:%M}" for it in village.records.values() if isinstance(it, Handover) and it.team == team)


@pytest.mark.parametrize(
    ("team", "changes"),
    [
        ("ST1", ["06:00", "14:00", "22:00"]),
        ("ST2", ["08:00"]),
        ("ST3", ["15:00", "23:00"]),
        ("ST4", ["20:00"]),
        ("CTR", ["08:00", "20:00"]),
        ("NT", []),
        ("INS", []),
    ],
)
def test_every_post_changes_when_its_pattern_says_so(team, changes):
    assert planned(at("2026-11-20 00:00"), team) == changes


def test_a_day_that_is_planned_twice_has_every_change_once():
    village = at("2026-11-20 00:00")
    before = dict(village.records)
    assert village.begins_day().records == ()
    assert village.records == before


def test_what_is_over_when_the_district_is_loaded_is_not_made_up_for():
    assert planned(at("2026-11-20 14:30"), "ST1") == ["22:00"]


def test_a_post_around_the_clock_hands_over_in_its_own_group():
    village = at("2026-11-20 07:00")
    village.passes(minutes=55)
    told = sheet(village, ST2)
    assert (told["stage"], told["target"], told["before"] != told["after"]) == ("told", None, True)
    village.passes(minutes=5)
    assert sheet(village, ST2)["stage"] == "given"
    assert village.kinds(ST2).count("handover.sheet") == 2


def test_the_day_post_is_taken_over_by_its_backup_when_something_is_open():
    village = at("2026-11-20 19:30")
    post = village.town.district.station("ST4").point
    village.says("楼道堆了很多纸箱", spot=Spot(lat=post.lat, lng=post.lng))
    case = village.case
    assert case.team == "ST4"
    village.passes(minutes=31)
    backup = village.town.district.station("ST4").backups[0]
    chat = village.town.district.team(backup).chat_id
    told = sheet(village, chat)
    assert (told["station"], told["target"], told["after"]) == ("ST4", backup, "")
    assert [it["no"] for it in told["cases"]] == [case.no]
    assert "handover.sheet" not in village.kinds(ST1 if chat != ST1 else ST3)


def test_a_post_that_closes_with_nothing_open_bothers_nobody():
    village = at("2026-11-20 19:30")
    village.passes(minutes=31)
    sheets = [it for it in village.sent if it.notice.kind == "handover.sheet" and it.notice.params["station"] == "ST4"]
    assert {it.chat for it in sheets} == {ST4}
    assert "handover.sheet" in village.kinds(ST4), "the outgoing shift still counts its gear"


def test_open_cases_are_told_and_sealed_ones_by_number_alone():
    village = at("2026-11-20 07:00")
    village.now = demo.at("2026-11-20 07:30")
    village.says("宏济花园2栋有人打架", user=NEIGHBOUR)
    open_case = village.case
    village.passes(minutes=21)
    told = sheet(village, ST2)
    assert open_case.no in [it["no"] for it in told["cases"]]


def test_a_sealed_case_that_one_of_the_shift_has_is_a_number_and_nothing_else():
    village = at("2026-11-20 07:00")
    village.passes(minutes=30)
    village.accepted("宏济新居5栋门口水管爆了,水往外喷")
    village.says("是我老公打我,我不敢出声", reply_to=village.newest(RESIDENT))
    assert village.case.sealed
    village.passes(minutes=20)
    (line,) = sheet(village, ST2)["cases"]
    assert line["no"] == village.case.no
    assert [line[it] for it in ("category", "place", "person", "due_at")] == [None] * 4


def test_on_site_stays_with_the_handler_who_may_finish_after_the_shift():
    village = Village(now=demo.at("2026-11-20 07:20"))
    village.begins_day()
    village.says("宏济新居5栋门口水管爆了,水往外喷")
    who = village.on("ST2")
    village.presses("btn.accept", chat=ST2, user=who)
    village.presses("btn.arrive", chat=ST2, user=village.account("P010"))
    assert village.case.status is Status.SITE
    village.passes(minutes=45)
    (line,) = sheet(village, ST2)["cases"]
    assert line["how"] == "stays"
    village.presses("btn.done", chat=ST2, user=who)
    village.replies("修好了", kind="duty.done_need", chat=ST2, user=who, photo="after")
    assert village.case.status is Status.DONE


def test_not_on_site_yet_moves_and_its_limits_run_on():
    village = Village(now=demo.at("2026-11-20 07:20"))
    village.begins_day()
    village.says("宏济新居5栋门口水管爆了,水往外喷")
    village.presses("btn.accept", chat=ST2, user=village.on("ST2"))
    limits = (village.case.close_due, village.case.arrive_due)
    village.passes(minutes=41)
    (line,) = sheet(village, ST2)["cases"]
    assert line["how"] == "moves"
    assert (village.case.status, village.case.handler) == (Status.DISP, None)
    assert (village.case.close_due, village.case.arrive_due) == limits


def test_the_incoming_shift_takes_over_by_a_tap_and_only_it():
    village = at("2026-11-20 07:00")
    village.passes(minutes=50)
    old = village.on("ST2")
    village.passes(minutes=11)
    new = village.on("ST2")
    assert village.presses("btn.take_over", chat=ST2, user=old).kind == "ans.not_on_duty"
    assert village.presses("btn.take_over", chat=ST2, user=RESIDENT).kind == "ans.not_yours"
    assert village.presses("btn.take_over", chat=ST2, user=new).kind == "ans.ok"
    told = sheet(village, ST2)
    assert village.account(str(told["person"])) == new
    assert told["taken_at"] is not None
    village.passes(hours=1)
    assert "handover.late" not in village.kinds(village.account("P010"))


def test_a_second_tap_says_who_took_over():
    village = at("2026-11-20 07:00")
    village.passes(minutes=61)
    button = village.button("btn.take_over", ST2)
    village.presses("btn.take_over", chat=ST2, user=village.on("ST2"))
    assert village.sends_press(button, chat=ST2, user=village.on("ST2", 1)).kind == "ans.taken_over"


def test_nobody_took_over_in_twenty_minutes_and_the_head_is_told_once():
    village = at("2026-11-20 07:00")
    village.passes(minutes=79)
    head = village.account("P010")
    assert "handover.late" not in village.kinds(head)
    village.passes(hours=3)
    assert village.kinds(head).count("handover.late") == 1
    assert village.presses("btn.take_over", chat=ST2, user=village.on("ST2")).kind == "ans.ok", "late, but done"


def test_a_hand_over_with_nothing_in_it_reminds_nobody_and_can_still_be_taken():
    village = at("2026-11-20 07:00")
    village.passes(minutes=50)
    village.presses("btn.gear_whole", chat=ST2, user=village.on("ST2"))
    village.passes(hours=1)
    assert not [it for it in village.sent if it.notice.kind == "handover.late" and it.notice.params["station"] == "ST2"]
    assert village.presses("btn.take_over", chat=ST2, user=village.on("ST2")).kind == "ans.ok"


@pytest.mark.parametrize("left", ["a case", "a note", "missing gear"])
def test_anything_left_to_the_next_shift_is_a_reason_to_remind(left):
    village = at("2026-11-20 07:00")
    village.passes(minutes=50)
    who = village.on("ST2")
    village.presses("btn.gear_whole", chat=ST2, user=who)
    if left == "a case":
        village.says("宏济新居5栋门口水管爆了,水往外喷")
    else:
        said = "3栋电梯在修" if left == "a note" else "灭火器 0"
        village.replies(said, kind="handover.sheet", chat=ST2, user=who)
    village.passes(hours=1)
    assert village.kinds(village.account("P010")).count("handover.late") == 1


def test_gear_is_counted_by_a_tap():
    village = at("2026-11-20 07:00")
    village.passes(minutes=50)
    village.presses("btn.gear_whole", chat=ST2, user=village.on("ST2"))
    assert sheet(village, ST2)["whole"] is True
    assert not village.has_button("btn.gear_whole", ST2)


def test_missing_gear_is_counted_by_a_reply_and_the_head_hears_of_it():
    village = at("2026-11-20 07:00")
    village.passes(minutes=50)
    who = village.on("ST2")
    assert village.presses("btn.gear_missing", chat=ST2, user=who).kind == "ans.reply_gear"
    village.replies("灭火器 3,急救包没有", kind="handover.gear_ask", chat=ST2, user=who)
    told = sheet(village, ST2)
    assert told["whole"] is False
    assert told["gear"] == [{"name": "急救包", "count": 1}, {"name": "灭火器", "count": 1}]
    lack = village.newest(village.account("P010"), "handover.gear_lack").notice
    assert lack.params["gear"] == told["gear"]
    village.replies("急救包在车上", kind="handover.sheet", chat=ST2, user=who)
    assert village.kinds(village.account("P010")).count("handover.gear_lack") == 1


def test_a_note_is_added_by_a_reply_and_numbers_of_people_are_masked():
    village = at("2026-11-20 07:00")
    village.passes(minutes=50)
    village.replies("3栋电梯在修,找物业13812345678", kind="handover.sheet", chat=ST2, user=village.on("ST2"))
    (note,) = sheet(village, ST2)["notes"]
    assert "电梯在修" in note
    assert "13812345678" not in note


def test_labels_of_people_are_softly_warned_of():
    village = at("2026-11-20 07:00")
    village.passes(minutes=50)
    village.replies("5栋有个精神病要注意", kind="handover.sheet", chat=ST2, user=village.on("ST2"))
    assert village.kinds(ST2)[-1] == "handover.no_labels"


def test_strangers_replies_to_the_sheet_are_none_of_our_business():
    village = at("2026-11-20 07:00")
    village.passes(minutes=50)
    mark = village.mark()
    village.replies("哈哈", kind="handover.sheet", chat=ST2, user=NEIGHBOUR)
    village.replies("哈哈", kind="handover.sheet", chat=ST2, user=village.on("ST3"))
    assert village.mark() == mark


def test_after_an_outage_no_sheet_of_long_ago_appears():
    village = at("2026-11-20 00:00")
    village.jumps(hours=12)
    village.tick()
    assert not any(it.notice.kind.startswith("handover.") for it in village.sent)


def test_a_beat_that_came_a_little_late_gives_the_sheet_at_once():
    village = at("2026-11-20 07:00")
    village.jumps(hours=1, minutes=5)
    village.tick()
    assert village.kinds(ST2).count("handover.sheet") == 1
    assert village.has_button("btn.take_over", ST2)
