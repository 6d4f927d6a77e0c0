"""privacy.md, its table cell by cell: who is shown what of a case, sealed or not, over the whole of its life.

Every message that ever reached a chat is read, buttons and files and all. Each fact of the report is a word that occurs
nowhere else, so that one found where it must not be is a leak.
"""

import json
from datetime import date

import pytest

from core.digest import day_window, week_window
from core.messages import DigestDue, WeekDue
from tests.core import demo
from tests.core.decide.village import CTR, RESIDENT, ST1, ST2, ST3, ST4, STRANGER, Village

FACTS = {
    "account": str(RESIDENT),
    "phone": "13812345678",
    "flat": "1203",
    "text": "绿雨衣",
    "photo": "face.jpg",
    "voice": "voice.ogg",
    "place": "宏济",
    "number": "A2611-0001",
}
TOLD = "宏济花园2栋1单元1203{what},穿绿雨衣,电话13812345678"
SLIGHT = TOLD.format(what="楼道堆了很多纸箱").replace("宏济花园", "宏济新居")
GRAVE = TOLD.format(what="有人在楼道给电瓶车飞线充电")
SEALED = {
    "ZA03": TOLD.format(what="我妈被电信诈骗,正在给骗子转账"),
    "ZA04": TOLD.format(what="有人吸毒"),
    "ZA07": TOLD.format(what="有个男的天天尾随我"),
    "RS04": TOLD.format(what="我老公又打我"),
    "RS05": TOLD.format(what="我不想活了"),
}
ALL = frozenset(FACTS)


def officer(village: Village) -> int:
    found = village.town.district.police_officer("C2")
    assert found is not None
    return village.account(found.id)


def secretary(village: Village) -> int:
    found = village.town.district.secretary("C2")
    assert found is not None
    return village.account(found.id)


def seen(village: Village, chat: int) -> frozenset[str]:
    """Which facts ever stood in a chat."""
    notices = [it.notice for it in village.sent if it.chat == chat]
    parts = [[it.params, it.photos, it.voices, it.file, it.case, _keys(it.keys)] for it in notices]
    said = json.dumps(parts, ensure_ascii=False, default=dict)
    return frozenset(name for name, word in FACTS.items() if word in said)


def _keys(rows: tuple[tuple[object, ...], ...]) -> list[str]:
    return [str(getattr(key, "params", "")) + str(getattr(key, "url", "")) for row in rows for key in row]


def lived(words: str, *, chat: int, who: int) -> Village:
    """Told with a picture and a voice, taken, dealt with, confirmed and rated; then the reports of the day and week."""
    village = Village()
    village.says(words, photo="face.jpg")
    village.says(voice="voice.ogg")
    village.presses("btn.accept", chat=chat, user=who)
    village.says("他还穿着绿雨衣")
    village.presses("btn.ask_reporter", chat=chat, user=who)
    village.replies("现在怎么样", kind="duty.question_need", chat=chat, user=who)
    village.presses("btn.done", chat=chat, user=who)
    village.replies("已处理,见到穿绿雨衣的人", kind="duty.done_need", chat=chat, user=who, photo="after.jpg")
    village.presses("btn.solved")
    village.presses("btn.rate", rating="satisfied")
    reports(village)
    return village


def reports(village: Village) -> None:
    village.now = demo.at("2026-11-21 07:40")
    day, week = day_window(date(2026, 11, 20), village.town.calendar), week_window(
        date(2026, 11, 20), village.town.calendar
    )  # fmt: skip
    village.does(DigestDue(at=village.now, day=date(2026, 11, 20), window=(day.start, day.end)))
    village.now = demo.at("2026-11-23 08:00")
    village.does(WeekDue(at=village.now, day=date(2026, 11, 16), window=(week.start, week.end)))


def sealed_life(code: str) -> Village:
    return lived(SEALED[code], chat=officer(Village()), who=officer(Village()))


@pytest.mark.parametrize("code", SEALED)
def test_of_a_sealed_case_each_reader_sees_what_the_table_allows_and_nothing_else(code: str) -> None:
    village = sealed_life(code)

    assert village.case.sealed
    assert village.case.category == code
    assert seen(village, officer(village)) == ALL - {"account"}, "named officer: all but who it is"
    assert seen(village, RESIDENT) <= {"number", "account"}, "nothing of it on the phone that others may hold"
    assert seen(village, STRANGER) == frozenset(), "the other party: never"
    for chat in (ST1, ST2, ST3, ST4, CTR, village.grid_head()):
        assert seen(village, chat) <= {"number"}, "number only"
    assert seen(village, secretary(village)) == frozenset()
    others = {it.chat for it in village.sent} - {RESIDENT, officer(village), CTR, village.grid_head()}
    assert {chat: seen(village, chat) for chat in others if seen(village, chat)} == {}


@pytest.mark.parametrize("code", SEALED)
def test_the_kind_of_a_sealed_case_is_told_to_the_officer_alone(code: str) -> None:
    village = sealed_life(code)

    for chat in {it.chat for it in village.sent} - {officer(village)}:
        about = [it.notice.params for it in village.sent if it.chat == chat and it.notice.case == village.case.no]
        assert code not in json.dumps(about, default=dict)


@pytest.mark.parametrize("code", SEALED)
def test_a_person_of_a_department_who_is_named_sees_number_and_kind_and_by_a_tap_building_and_summary(
    code: str,
) -> None:
    village = Village()
    village.says(SEALED[code], photo="face.jpg")
    village.says(voice="voice.ogg")
    who, helper = officer(village), village.account("P065")
    village.presses("btn.accept", chat=who, user=who)
    village.presses("btn.bring_in", chat=who, user=who)
    village.presses("btn.helper", chat=who, user=who, person="P065")
    village.presses("btn.helper_sure", chat=who, user=who)
    at_first = seen(village, helper)
    village.presses("btn.summary", chat=helper, user=helper)
    village.says("他又来了,穿绿雨衣,我在1203,电话13812345678")
    village.replies("我叫她出来,1203,13812345678", kind="sealed.helper", chat=helper, user=helper)
    village.replies("好,她住1203,电话13812345678", kind="sealed.helper_says", chat=who, user=who)
    village.presses("btn.done", chat=who, user=who)
    village.replies("已处理", kind="duty.done_need", chat=who, user=who, photo="after.jpg")
    village.presses("btn.solved")
    reports(village)

    assert at_first == {"number"}
    assert seen(village, helper) == {"number", "place", "text"}
    assert all(it.notice.silent for it in village.sent if it.chat == helper and it.notice.kind.startswith("sealed."))


@pytest.mark.parametrize("code", SEALED)
def test_the_phone_of_whoever_told_a_sealed_matter_never_makes_a_sound(code: str) -> None:
    village = sealed_life(code)

    mine = [it.notice for it in village.sent if it.chat == RESIDENT]
    assert all(it.silent for it in mine)
    assert not any(it.voices or it.photos for it in mine)


def test_colleagues_hear_a_grave_sealed_matter_with_a_sound_even_at_night():
    village = Village(now=demo.at("2026-11-20 23:30"))
    village.says(SEALED["RS04"])

    assert not village.newest(officer(village), "card").notice.silent
    assert not village.card(CTR).silent


def test_a_voice_or_a_picture_of_the_officer_does_not_reach_a_phone_that_must_stay_silent():
    village = Village()
    village.says(SEALED["RS04"])
    who = officer(village)
    village.presses("btn.accept", chat=who, user=who)
    village.presses("btn.ask_reporter", chat=who, user=who)
    before = village.mark()
    village.replies(kind="duty.question_need", chat=who, user=who, photo="paper.jpg")

    assert village.kinds(RESIDENT, before) == []
    assert village.newest(who).notice.kind == "sealed.typed_only"
    village.replies("您方便说话吗", kind="sealed.typed_only", chat=who, user=who, photo="paper.jpg")
    question = village.newest(RESIDENT, "relay.question").notice
    assert (question.params["text"], question.photos, question.silent) == ("您方便说话吗", (), True)


def test_the_end_of_a_sealed_case_repeats_nothing_and_asks_both_sides_to_delete_the_chat():
    village = sealed_life("RS04")
    kinds = village.kinds(RESIDENT)

    assert "case.done_confirm" not in kinds
    assert {"case.done_confirm_sealed", "case.tidy_sealed"} <= {*kinds}
    assert village.kinds(officer(village)).count("sealed.tidy") == 1


def test_whoever_thinks_of_suicide_hears_as_soon_as_a_person_reads_along():
    village = Village()
    village.says(SEALED["RS05"])
    who = officer(village)
    village.presses("btn.accept", chat=who, user=who)

    assert village.kinds(RESIDENT)[0] == "emg.selfharm"
    assert village.kinds(RESIDENT)[-1] == "emg.selfharm_taken"


@pytest.mark.parametrize(
    ("words", "in_group"),
    [(SLIGHT, {"text", "place", "number"}), (GRAVE, {"text", "place", "number", "photo", "voice"})],
)
def test_of_an_open_case_a_group_sees_a_masked_summary_and_pictures_of_what_is_urgent(
    words: str, in_group: set[str]
) -> None:
    who = Village().on("ST2")
    village = lived(words, chat=ST2, who=who)

    assert not village.case.sealed
    assert seen(village, ST2) == in_group
    assert seen(village, RESIDENT) >= {"number", "place"}
    assert seen(village, STRANGER) == frozenset()
    assert not seen(village, CTR) & {"phone", "flat", "account"}
    assert not seen(village, village.grid_head()) & {"phone", "flat", "account"}
    assert seen(village, who) >= {"text", "flat", "phone"}, "whoever goes there has to find the door"
    for chat in (ST1, ST3, ST4):
        assert not seen(village, chat) & {"phone", "flat", "account"}


def test_the_words_on_emergencies_know_the_gas_company_where_the_town_names_it():
    village = Village()
    village.says("宏济花园2栋闻到很浓的煤气味")

    assert village.sent[0].notice.kind == "emg.gas"
    assert village.sent[0].notice.params["gas_no"] is None
