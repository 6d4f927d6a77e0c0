"""Talk with people of the centre, suggestions, signing in and out, lists for staff (duty.md, privacy.md)."""

from dataclasses import replace

import pytest

from core.case import Status
from core.coordinates import gcj02_from_wgs84
from core.distance import Point
from core.messages import Spot
from tests.core import demo
from tests.core.decide.test_reports import HEAD, monday
from tests.core.decide.village import CLEAR, CTR, NEIGHBOUR, RESIDENT, ST2, STRANGER, Village

POST = Spot(lat=30.6389, lng=104.0968)
AROUND = Spot(lat=30.6401, lng=104.0968)  # 133 m
ACROSS = Spot(lat=30.6409, lng=104.0968)  # 222 m
DRAWN = gcj02_from_wgs84(Point(30.6389, 104.0968))  # 361 m off, as a Chinese map draws the post itself
SHIFTED = Spot(lat=DRAWN.lat, lng=DRAWN.lng)
ELSEWHERE = Spot(lat=30.6589, lng=104.0968)


def shift_start() -> Village:
    """Half past seven: the posts' new shift may sign in; nobody has."""
    return Village(now=demo.at("2026-11-20 08:00"), real_sign_ins=True)


def test_a_question_reaches_the_centre_under_a_made_up_name_and_the_answer_comes_back():
    village = Village()
    village.orders("human")
    village.says("垃圾分类几点收?")
    asked = village.newest(CTR, "centre.question").notice
    assert str(RESIDENT) not in str(asked.params["name"])
    assert village.kinds(RESIDENT) == ["human.ask", "human.sent"]
    village.replies("晚上七点到九点", kind="centre.question", chat=CTR, user=village.on("CTR"))
    assert village.newest(RESIDENT, "human.answer").notice.params["text"] == "晚上七点到九点"


def test_a_family_matter_is_asked_of_the_seat_on_duty_in_private_and_never_in_the_group():
    village = Village()
    village.orders("human")
    village.says("我想跟老公离婚,抚养费谈不拢,他老是不给钱")
    seat = village.on("CTR")
    assert "离婚" in str(village.newest(seat, "centre.question").notice.params["text"])
    assert "centre.question" not in village.kinds(CTR)
    assert set(village.newest(CTR, "centre.private_question").notice.params) == {"name"}
    village.replies("您明天上午方便来一趟吗", kind="centre.question", chat=seat, user=seat)
    assert "明天上午" in str(village.newest(RESIDENT, "human.answer").notice.params["text"])


def test_praise_is_thanked_passed_on_and_on_record_without_its_words():
    village = Village()
    village.says("表扬一下3栋巡逻的师傅,热心,帮我推车")
    assert village.kinds(RESIDENT) == ["praise.noted"]
    assert "推车" in str(village.newest(CTR, "centre.question").notice.params["text"])
    assert [it.data for it in village.events("passed_on", case="")] == [{"kind": "praise", "team": None}]


def test_a_complaint_about_a_colleague_is_read_by_no_group_and_opens_no_case():
    village = Village()
    village.says("你们巡逻队的人态度太差,我要投诉")
    assert village.kinds(RESIDENT) == ["complaint.noted"]
    assert "centre.question" not in village.kinds(CTR)
    assert "态度太差" in str(village.newest(village.on("CTR"), "centre.question").notice.params["text"])
    assert village.cases == {}


@pytest.mark.parametrize("word", ["human", "suggest"])
def test_a_complaint_that_comes_another_way_is_read_by_no_group_either(word: str):
    village = Village()
    village.orders(word, rest="你们巡逻队的人态度太差,我要投诉")
    village.orders(word)
    village.says("你们巡逻队的人态度太差,我要投诉")
    assert "centre.question" not in village.kinds(CTR)
    assert "态度太差" in str(village.newest(village.on("CTR"), "centre.question").notice.params["text"])


def test_a_complaint_never_reaches_the_seat_that_it_names():
    village = Village()
    seat = village.on("CTR")
    name = next(it.name for it in village.town.district.people if it.tg_id == seat)
    village.says(f"我要投诉你们值班的{name},态度太差,骂人")
    assert village.kinds(RESIDENT) == ["complaint.noted"]
    assert "centre.question" not in village.kinds(seat)
    assert any(it.notice.kind == "centre.question" for it in village.sent)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("燃气抢修电话是多少?", "contacts.list"),
        ("请问怎么上报隐患?", "help.resident"),
        ("今天驿站谁值班?", "inquiry.on_duty"),
        ("平安驿站几点下班", "inquiry.hours"),
        ("你们上班时间", "inquiry.hours"),
        ("居住证去哪里办?", "human.sent"),
        ("请问社区几点上班?", "human.sent"),
    ],
)
def test_a_question_that_has_its_answer_is_answered_at_once_and_any_other_goes_to_a_person(said: str, kind: str):
    village = Village()
    village.says(said)
    assert village.kinds(RESIDENT) == [kind]
    assert (village.kinds(CTR) == ["centre.question"]) == (kind == "human.sent")
    if kind != "human.sent":
        village.presses("btn.human")
        assert village.newest(CTR, "centre.question").notice.params["text"] == said


def test_small_talk_in_a_row_is_answered_once_in_ten_minutes_and_danger_always():
    village = Village()
    for said in ("你好", "在吗", "哈哈"):
        village.says(said)
    assert village.kinds(RESIDENT) == ["err.thanks"]
    assert len(village.events("dropped", case="")) == 3
    village.says("宏济新居2栋着火了")
    assert village.case.severity == 1
    other = Village()
    other.says("你好")
    other.passes(minutes=11)
    other.says("你好")
    assert other.kinds(RESIDENT) == ["err.thanks", "err.thanks"]


def test_the_reply_to_an_answer_goes_on_with_the_centre():
    village = Village()
    village.orders("human")
    village.says("垃圾分类几点收?")
    village.replies("晚上七点到九点", kind="centre.question", chat=CTR, user=village.on("CTR"))
    village.replies("那大件呢", kind="human.answer", chat=RESIDENT, user=RESIDENT)
    assert village.newest(CTR, "centre.question").notice.params["text"] == "那大件呢"


def test_a_phone_number_in_a_question_is_masked_before_the_group():
    village = Village()
    village.orders("human")
    village.says("请打我电话13812345678")
    assert "13812345678" not in str(village.newest(CTR, "centre.question").notice.params)


def test_only_the_centre_answers_for_the_centre():
    village = Village()
    village.orders("human")
    village.says("垃圾分类几点收?")
    village.replies("骗你的", kind="centre.question", chat=CTR, user=STRANGER)
    assert "human.answer" not in village.kinds(RESIDENT)


def test_danger_is_heard_although_a_question_was_awaited():
    village = Village()
    village.orders("human")
    village.says("宏济花园2栋楼道着火了")
    assert village.case.severity == 1


def test_words_that_were_not_understood_can_be_passed_on_by_a_tap():
    village = Village()
    village.says("那个什么来着")
    assert village.kinds(RESIDENT) == ["err.sorry"]
    assert village.presses("btn.human").kind == "ans.ok"
    assert village.newest(CTR, "centre.question").notice.params["text"] == "那个什么来着"


def test_a_suggestion_reaches_the_centre_without_a_name():
    village = Village()
    village.orders("suggest")
    village.says("多装几盏路灯")
    assert village.newest(CTR, "centre.suggestion").notice.params == {"text": "多装几盏路灯"}
    assert village.kinds(RESIDENT)[-1] == "suggest.thanks"


def test_the_language_is_changed_by_a_tap():
    village = Village()
    village.orders("language")
    village.presses("btn.language", language="en")
    assert village.newest(RESIDENT).notice.language == "en"
    village.says(CLEAR)
    assert village.newest(RESIDENT).notice.language == "en"


def test_a_place_at_the_post_signs_in_and_the_group_hears_it():
    village = shift_start()
    who = village.on("ST2")
    village.orders("signin_words", user=who)
    village.says(user=who, spot=POST)
    assert len(village.sign_ins) == 1
    assert village.kinds(who) == ["duty.signin_button", "duty.signin"]
    assert village.kinds(ST2) == ["duty.signin"]
    village.says(CLEAR)
    assert village.case.team == "ST2"


@pytest.mark.parametrize(
    ("spot", "signed"), [(POST, True), (AROUND, True), (ACROSS, False), (SHIFTED, True), (ELSEWHERE, False)]
)
def test_too_far_from_the_post_is_no_sign_in(spot, signed):
    village = shift_start()
    who = village.on("ST2")
    village.orders("signin", user=who)
    village.says(user=who, spot=spot)
    assert bool(village.sign_ins) is signed


def test_who_is_not_on_the_plan_is_told_when_the_next_shift_begins():
    village = shift_start()
    who = village.off("ST2")
    village.orders("signin", user=who)
    village.says(user=who, spot=POST)
    assert village.kinds(who)[-1] == "duty.signin_not_rostered"
    assert not village.sign_ins


def test_who_is_there_already_is_told_so_and_who_is_away_is_asked_whether_they_are_back():
    village = Village(now=demo.at("2026-11-20 15:00"))
    who = village.on("ST2")
    village.orders("signin_words", user=who)
    assert village.kinds(who)[-1] == "duty.signin_already"
    village.orders("away", user=who)
    village.presses("btn.away_reason", chat=who, user=who)
    village.presses("btn.minutes", chat=who, user=who)
    village.orders("signin_words", user=who)
    assert village.kinds(who)[-1] == "away.already"
    village.presses("btn.back_on_duty", chat=who, user=who)
    assert "away.back" in village.kinds(who)


def test_residents_cannot_sign_in():
    village = shift_start()
    village.orders("signin")
    assert village.kinds(RESIDENT) == ["duty.not_staff"]


def test_after_signing_out_the_post_is_passed_over():
    village = shift_start()
    who = village.on("ST2")
    village.orders("signin", user=who)
    village.says(user=who, spot=POST)
    village.passes(minutes=10)
    village.orders("signout", user=who)
    village.says(CLEAR)
    assert village.case.team == "CTR"


def test_a_colleague_may_report_and_a_place_of_theirs_is_the_reports_place():
    village = Village()
    who = village.on("ST2")
    village.says("楼道堆了很多纸箱", user=who)
    village.says(user=who, spot="锦畔苑")
    assert village.case.source == "patrol"
    assert village.case.status is Status.DISP
    assert village.case.team == "ST1"


def test_a_colleague_who_reported_may_also_handle_it():
    village = Village()
    who = village.on("ST2")
    village.says(CLEAR, user=who)
    village.presses("btn.accept", chat=ST2, user=who)
    village.presses("btn.done", chat=ST2, user=who)
    village.replies("清走了", kind="duty.done_need", chat=ST2, user=who, photo="after")
    village.presses("btn.solved", chat=who, user=who)
    assert village.case.status is Status.CLOSED


def test_lists_of_cases_are_for_the_team_and_never_show_sealed_ones():
    village = Village()
    village.says(CLEAR)
    village.says("宏济花园2栋有人吸毒", user=NEIGHBOUR)
    village.orders("cases", user=village.on("ST2"), chat=ST2)
    items = village.newest(ST2, "find.list").notice.params["items"]
    assert [it["no"] for it in items] == ["A2611-0001"]
    mark = village.mark()
    village.orders("cases", user=STRANGER, chat=ST2)
    village.orders("cases", user=village.on("ST1"), chat=ST2)
    assert village.mark() == mark
    village.orders("cases", user=RESIDENT)
    assert village.kinds(RESIDENT)[-1] == "err.unknown_command"


def test_the_board_says_who_is_on():
    village = Village()
    village.orders("duty", user=village.on("ST2"), chat=ST2)
    posts = village.newest(ST2, "duty.board").notice.params["posts"]
    assert next(it for it in posts if it["team"] == "ST2")["on"]


@pytest.mark.parametrize(
    "word", ["start", "help", "report", "mediate", "suggest", "mine", "privacy", "language", "human"]
)
def test_every_command_is_answered(word):
    village = Village()
    assert village.orders(word).notices
    assert village.orders("whim").notices[0].kind == "err.unknown_command"


def test_a_deep_link_of_arrival_is_for_staff_only():
    village = Village()
    village.orders("start", "at_A2611-0001")
    assert village.kinds(RESIDENT)[0] == "start.hello"


@pytest.mark.parametrize(
    ("media", "kind"),
    [
        ({"sticker": "👍"}, "err.sorry"),
        ({"document_bytes": 30_000_000}, "err.big_file"),
    ],
)
def test_what_cannot_be_used_is_said_so(media, kind):
    village = Village()
    village.says(**media)
    assert village.kinds(RESIDENT) == [kind]


def test_when_posts_are_open_is_told_in_the_files_words_and_asked_of_a_person_where_it_says_nothing():
    village = Village()
    village.says("驿站几点开门?")
    assert "一环路水碾河路口平安驿站 07:00-23:00" in str(village.newest(RESIDENT).notice.params["text"])
    silent = Village()
    district = silent.town.district
    closed = replace(district, stations=tuple(replace(it, hours="") for it in district.stations))
    silent.town = replace(silent.town, district=closed)
    silent.says("驿站几点开门?")
    assert silent.kinds(RESIDENT) == ["human.sent"]


def test_praise_is_counted_for_the_post_that_it_names_or_that_had_the_newest_report():
    village = Village()
    village.says("表扬一环路水碾河路口的师傅,热心,帮我推车")
    assert village.events("passed_on", case="")[-1].data == {"kind": "praise", "team": "ST3"}
    village.accepted()
    village.passes(hours=1)
    village.says("表扬一下今天来的师傅,热心")
    assert village.events("passed_on", case="")[-1].data == {"kind": "praise", "team": "ST2"}


def test_a_weeks_praise_stands_in_its_report_by_post():
    village = Village()
    village.says("表扬宏济新路的师傅,热心,帮我推车")
    monday(village)
    assert village.newest(HEAD, "week").notice.params["praised"] == [{"team": "ST2", "count": 1}]
    assert village.newest(CTR, "week").notice.params["praised"] == [{"team": "ST2", "count": 1}]
