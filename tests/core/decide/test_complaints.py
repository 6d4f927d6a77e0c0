"""A complaint about a colleague: by its number, from level to level, read by nobody whom it names."""

from datetime import timedelta

import pytest

from core.messages import Press
from core.records import Complaint
from tests.core import demo
from tests.core.decide.village import CTR, NEIGHBOUR, RESIDENT, ST2, Village

WORDS = "你们巡逻队的人态度太差,我要投诉"
NO = "T2611-0001"


def street(village: Village) -> list[int]:
    """The head of the centre and the seats that stand for administrators, who are above the seat on duty."""
    return [village.account(it.id) for it in village.town.district.members("CTR")]


def head_of(village: Village, grid: str) -> int:
    head = village.town.district.grid_head(grid)
    assert head is not None
    return village.account(head.id)


def asked(village: Village, chat: int) -> list[str]:
    return [str(it.notice.params["text"]) for it in village.heard(chat, "centre.question")]


def test_a_complaint_has_a_number_and_says_who_has_it_and_by_when():
    village = Village()  # a Friday afternoon
    village.says(WORDS)

    noted = village.newest(RESIDENT, "complaint.noted").notice.params
    assert noted == {"no": NO, "level": "centre", "until": demo.at("2026-11-23 17:00").isoformat()}
    assert asked(village, village.on("CTR")) == [WORDS]


def test_a_complaint_with_a_place_goes_to_the_grid_head_and_no_group_hears_that_there_is_one():
    village = Village()
    village.says("我要投诉巡逻队的人,在宏济新居3栋骂人,态度太差")

    head = head_of(village, "G05")
    assert village.newest(RESIDENT, "complaint.noted").notice.params["level"] == "head"
    assert village.newest(head, "centre.question").notice.params["no"] == NO
    assert {it.chat for it in village.sent} == {RESIDENT, head}


def test_without_a_place_it_is_the_grid_of_the_newest_report():
    village = Village()
    village.accepted()
    village.says(WORDS)

    assert asked(village, head_of(village, "G05")) == [WORDS]


def test_a_grid_head_who_is_named_or_has_handled_it_never_gets_it():
    village = Village()
    name = next(it.name for it in village.town.district.people if it.tg_id == head_of(village, "G05"))
    village.says(f"我要投诉网格长{name},在宏济新居3栋骂人,态度太差")

    assert village.kinds(head_of(village, "G05")) == []
    assert village.newest(RESIDENT, "complaint.noted").notice.params["level"] == "centre"


def test_the_grid_head_answers_and_nobody_else_of_the_grid_may():
    village = Village()
    village.says("我要投诉巡逻队的人,在宏济新居3栋骂人,态度太差")
    head = head_of(village, "G05")
    village.replies("对不起,我已经批评了他", kind="centre.question", chat=head, user=head)

    said = village.newest(RESIDENT, "complaint.answer").notice
    assert "批评" in str(said.params["text"])
    assert str(head) not in str(said.params)
    assert village.presses("btn.complaint_fine").kind == "ans.thanks"
    assert village.presses("btn.complaint_fine").kind == "ans.stale"
    kinds = [it.kind for it in village.events(case="") if it.kind.startswith("complaint")]
    assert kinds == ["complaint_taken", "complaint_answered", "complaint_settled"]


def test_not_satisfied_goes_up_level_by_level_and_at_the_end_says_where_else_to_turn():
    village = Village()
    village.says("我要投诉巡逻队的人,在宏济新居3栋骂人,态度太差")
    head, seat = head_of(village, "G05"), village.on("CTR")
    village.replies("知道了", kind="centre.question", chat=head, user=head)
    village.presses("btn.complaint_up")
    village.says("没有道歉,只说知道了")

    assert asked(village, seat) == ["我要投诉巡逻队的人,在宏济新居3栋骂人,态度太差", "没有道歉,只说知道了"]
    assert village.newest(RESIDENT, "complaint.noted").notice.params["level"] == "centre"
    assert village.newest(CTR).notice.kind == "centre.private_question"
    village.replies("我们再问问", kind="centre.question", chat=seat, user=seat)
    village.presses("btn.complaint_up")
    village.says("还是没有道歉")
    others = [it for it in street(village) if it != seat and asked(village, it)]
    assert others
    assert asked(village, others[0]) == [*asked(village, seat), "还是没有道歉"], "nobody has to write it again"
    village.replies("今天下午上门道歉", kind="centre.question", chat=others[0], user=others[0])
    village.presses("btn.complaint_up")
    assert village.newest(RESIDENT).notice.kind == "complaint.last"
    assert [it.data["level"] for it in village.events("complaint_up", case="")] == ["centre", "street"]
    assert village.cases == {}


def test_a_reply_to_the_answer_goes_to_whoever_gave_it():
    village = Village()
    village.says("我要投诉巡逻队的人,在宏济新居3栋骂人,态度太差")
    head = head_of(village, "G05")
    village.replies("是哪一天?", kind="centre.question", chat=head, user=head)
    village.says("星期三晚上八点", reply_to=village.newest(RESIDENT, "complaint.answer"))

    assert asked(village, head)[-1] == "星期三晚上八点"
    assert village.records["complaint", NO].open


@pytest.mark.parametrize(("answered", "kind"), [(False, "complaint.waits"), (True, "complaint.over")])
def test_its_number_tells_whoever_wrote_it_how_it_stands(answered: bool, kind: str) -> None:
    village = Village()
    village.says(WORDS)
    seat = village.on("CTR")
    if answered:
        village.replies("对不起", kind="centre.question", chat=seat, user=seat)
    village.orders("case", NO)

    assert village.newest(RESIDENT).notice.kind == kind
    assert village.has_button("btn.complaint_up", RESIDENT) is answered


def test_its_number_tells_nobody_else_anything():
    village = Village()
    village.says(WORDS)
    for user in (NEIGHBOUR, village.on("ST2")):
        village.orders("case", NO, user=user)
        assert "complaint" not in str([it.notice.kind for it in village.sent if it.chat == user])


def test_nobody_else_can_press_for_it():
    village = Village()
    village.says(WORDS)
    seat = village.on("CTR")
    village.replies("对不起", kind="centre.question", chat=seat, user=seat)
    for action in ("kc", "ku"):
        press = Press(action=action, case=f"#complaint#{NO}", round=0)
        assert village.sends_press((None, press), chat=NEIGHBOUR, user=NEIGHBOUR).kind == "ans.stale"
    assert village.events("complaint_settled", case="") == []


def test_it_is_told_again_each_working_day_until_it_is_answered():
    village = Village()
    village.says(WORDS)
    seat = village.on("CTR")
    village.passes(hours=50)  # Sunday afternoon
    assert "complaint.late" not in village.kinds(seat)
    village.passes(hours=24 + 3)  # Monday evening
    late = village.newest(seat, "complaint.late").notice.params
    assert "态度" not in str(late)
    assert str(RESIDENT) not in str(late)
    assert "complaint.late" not in village.kinds(CTR)
    village.passes(hours=24)
    assert village.kinds(seat).count("complaint.late") == 2
    village.orders("case", NO)
    assert village.has_button("btn.complaint_up", RESIDENT), "whoever waits in vain need not wait on"
    village.replies("对不起,我们今天就处理", kind="centre.question", chat=seat, user=seat)
    village.passes(hours=48)
    assert village.kinds(seat).count("complaint.late") == 2
    kinds = [it.kind for it in village.events(case="") if it.kind.startswith("complaint")]
    assert kinds == ["complaint_taken", "complaint_late", "complaint_late", "complaint_answered"]


def test_whoever_a_complaint_names_is_not_reminded_of_it_either():
    village = Village()
    seats = [it for it in village.town.district.members("CTR") if it.tg_id]
    village.says(f"我要投诉你们值班的{seats[0].name},态度太差,骂人")
    village.passes(hours=75)
    heard = [it.notice.to for it in village.sent if it.notice.kind == "complaint.late"]
    assert heard
    assert seats[0].tg_id not in heard


def test_a_complaint_that_nobody_answers_is_told_again_each_working_day_of_a_week_and_then_each_week():
    village = Village()
    village.says(WORDS)
    village.passes(days=9)
    assert len(village.events("complaint_late", case="")) == 5
    village.passes(days=14)
    assert len(village.events("complaint_late", case="")) == 7


def test_a_complaint_during_a_report_is_not_read_by_the_patrol_that_has_it():
    village = Village()
    who = village.accepted()
    before = village.mark()
    village.says(WORDS)

    assert village.kinds(ST2, before) == []
    assert village.kinds(who, before) == []
    assert WORDS not in village.case.words


def test_beside_a_sealed_report_the_grid_head_reads_no_complaint():
    village = Village()
    village.says("我在宏济花园2栋,我老公又打我,不敢出声")
    village.says("派出所的人态度太差,我要投诉,宏济新居3栋的事没人管")

    assert "centre.question" not in village.kinds(head_of(village, "G05"))


IN_3 = "我要投诉巡逻队的人,在宏济新居3栋骂人,态度太差"


def kept(village: Village) -> Complaint:
    found = village.records["complaint", NO]
    assert isinstance(found, Complaint)
    return found


def answered(village: Village) -> int:
    village.says(IN_3)
    head = head_of(village, "G05")
    village.replies("知道了", kind="centre.question", chat=head, user=head)
    return head


def test_a_picture_goes_up_with_the_words():
    village = Village()
    village.says(IN_3, photo="face.jpg")
    head = head_of(village, "G05")
    village.replies("知道了", kind="centre.question", chat=head, user=head)
    village.presses("btn.complaint_up")
    village.says("没有道歉")

    got = [it.notice for it in village.heard(village.on("CTR"), "centre.question")]
    assert [it.photos for it in got if it.params["no"] == NO] == [("face.jpg",), ()]


def test_whoever_is_named_only_later_reads_none_of_it_from_then_on():
    village = Village()
    answered(village)
    seat = village.on("CTR")
    name = next(it.name for it in village.town.district.people if it.tg_id == seat)
    village.presses("btn.complaint_up")
    village.says(f"值班的{name}也骂人")

    assert asked(village, seat) == []
    readers = {it.chat for it in village.sent if it.notice.kind == "centre.question" and name in str(it.notice.params)}
    assert readers
    assert seat not in readers
    assert village.records["complaint", NO].id in str(village.sent)


def test_the_words_are_kept_while_it_waits_and_thirty_days_after_an_answer_that_was_left_at_that():
    village = Village()
    village.says(IN_3)
    village.now += timedelta(days=40)
    village.tick()
    assert [it.text for it in kept(village).said] == [IN_3], "nobody has answered"
    head = head_of(village, "G05")
    village.replies("知道了", kind="centre.question", chat=head, user=head)
    village.now += timedelta(days=29)
    village.tick()
    assert kept(village).said
    village.now += timedelta(days=2)
    before = village.mark()
    village.tick()

    assert (kept(village).said, kept(village).user, kept(village).open) == ((), 0, False)
    assert village.sent[before:] == [], "nobody is told of it"
    village.orders("case", NO)
    assert village.newest(RESIDENT).notice.kind == "complaint.over"


def test_the_words_go_at_their_writers_word_and_nobody_is_reminded_to_answer_nobody():
    village = Village()
    village.says(IN_3)
    village.orders("privacy")
    assert village.newest(RESIDENT, "privacy.show").notice.params["open"] == 1
    village.presses("btn.erase")
    village.presses("btn.erase_sure")
    assert (kept(village).said, kept(village).user, kept(village).waits, kept(village).open) == ((), 0, False, False)
    before = village.mark()
    village.now += timedelta(days=8)
    village.tick()

    assert village.sent[before:] == []


@pytest.mark.parametrize(
    ("words", "level"),
    [("我要投诉网格长,在宏济新居3栋骂人", "centre"), ("我要投訴網格長態度差,宏濟新居3棟", "centre"),
     ("投诉综治中心的工作人员态度恶劣", "street")],
)  # fmt: skip
def test_whoever_is_meant_by_their_office_does_not_get_it(words: str, level: str) -> None:
    village = Village()
    village.says(words)

    assert village.newest(RESIDENT, "complaint.noted").notice.params["level"] == level


def test_a_reply_that_names_whoever_answered_goes_higher():
    village = Village()
    head = answered(village)
    name = next(it.name for it in village.town.district.people if it.tg_id == head)
    before = len(asked(village, head))
    village.says(f"{name}你自己就在场", reply_to=village.newest(RESIDENT, "complaint.answer"))

    assert len(asked(village, head)) == before
    assert village.newest(RESIDENT, "complaint.noted").notice.params["level"] == "centre"
