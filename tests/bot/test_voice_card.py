"""The card as patrols read it, in each status; a change here is a change on their phones."""

from collections.abc import Mapping

import pytest

from core.messages import Json
from tests.bot.voices import LANGUAGES, read_html, spoken

AT = "2026-11-20T{}:00+08:00"
DISP: Mapping[str, Json] = {
    "no": "A2611-0042",
    "severity": 2,
    "category": "XF03",
    "place": "锦畔苑3栋",
    "metres": 420,
    "opened_at": AT.format("20:03"),
    "ack_due": AT.format("20:13"),
    "arrive_due": AT.format("20:33"),
    "close_due": "2026-11-21T20:03:00+08:00",
    "status": "DISP",
    "summary": "楼道里有人飞线充电瓶车,味道很大",
    "team": "ST1",
    "person": None,
    "view": "post",
    "raised": [],
    "offers": [{"team": "ST1", "kind": "post", "state": "open"}],
    "handover": None,
    "late": None,
    "result": "",
    "reopened": 0,
    "sealed": False,
    "photos": 2,
    "why": "nearest",
    "accepted_at": None,
    "arrived_at": None,
    "auto_closed": False,
    "rating": None,
}
ACK = {**DISP, "status": "ACK", "person": "P002", "ack_due": None, "accepted_at": AT.format("20:06")}
SITE = {**ACK, "status": "SITE", "arrived_at": AT.format("20:15")}
DONE = {**SITE, "status": "DONE", "result": "已拔线,车推到楼下"}


def card(params: Mapping[str, Json], language: str = "zh-Hans", **changes: Json) -> list[str]:
    return read_html(spoken("card", {**params, **changes}, language)).split("\n")


def test_a_new_card() -> None:
    assert card(DISP) == [
        "🟠【紧急】A2611-0042 电动车违停充电飞线",
        "📍 锦畔苑3栋(距你站约420米)",
        "🕒 20:03 报;20:13前签收",
        "💬 楼道里有人飞线充电瓶车,味道很大",
        "📷 照片 2 张",
        "👉 离得最近",
    ]


def test_an_accepted_card() -> None:
    assert card(ACK)[2:] == [
        "🕒 20:03 报;20:33前到场",
        "💬 楼道里有人飞线充电瓶车,味道很大",
        "📷 照片 2 张",
        "✋ 王佳涛 已签收 20:06",
    ]


def test_a_card_on_site() -> None:
    told = card(SITE)

    assert told[2] == "🕒 20:03 报;11月21日 20:03前办结"
    assert told[-1] == "✋ 王佳涛 已签收 20:06 · 📍 到场 20:15"


def test_a_finished_card() -> None:
    assert card(DONE)[-3:] == [
        "✋ 王佳涛 已签收 20:06 · 📍 到场 20:15",
        "✅ 办结:已拔线,车推到楼下",
        "⏳ 等居民确认",
    ]


def test_a_closed_card_keeps_what_was_done_and_drops_what_was_asked() -> None:
    assert card(DONE, status="CLOSED", rating="satisfied", raised=["night"], reopened=1) == [
        "🟠【紧急】A2611-0042 电动车违停充电飞线",
        "📍 锦畔苑3栋(距你站约420米)",
        "🕒 20:03 报",
        "💬 楼道里有人飞线充电瓶车,味道很大",
        "✋ 王佳涛 已签收 20:06 · 📍 到场 20:15",
        "✅ 办结:已拔线,车推到楼下",
        "✅ 已结案",
        "😊 满意",
    ]
    assert "✅ 已结案(到期没收到意见)" in card(DONE, status="CLOSED", auto_closed=True)


@pytest.mark.parametrize(("status", "end"), [("CANCELLED", "⭕ 已撤销"), ("REJECTED", "⭕ 不予受理")])
def test_a_card_that_ended_otherwise(status: str, end: str) -> None:
    assert card(DISP, status=status)[-1] == end


def test_what_is_late_comes_second_and_says_what() -> None:
    assert card(DISP, late={"seconds": 430})[1] == "🔴 已超时 7分钟没签收"
    assert card(ACK, late={"seconds": 430})[1] == "🔴 已超时 7分钟没到场"
    assert card(SITE, late={"seconds": 430})[1] == "🔴 已超时 7分钟没办结"


def test_the_colour_of_the_severity_is_never_alone() -> None:
    heads = [card(DISP, severity=level)[0] for level in (1, 2, 3, 4)]

    assert [head.partition("】")[0] for head in heads] == ["🔴【特急", "🟠【紧急", "🟡【一般", "🔵【轻微"]


def test_a_raised_or_reopened_case_says_so() -> None:
    told = card(DISP, raised=["附近有学校"], reopened=2)

    assert "⚠️ 提级:附近有学校" in told
    assert "🔁 居民说还没解决,第 2 次重办" in told


def test_a_pending_handover_names_who_is_waited_for_and_who_keeps_it() -> None:
    assert "↪️ 等宏济新路平安驿站接收,没接之前仍由工农院街平安驿站负责" in card(ACK, handover="ST2")


def test_the_backup_learns_why_it_is_asked() -> None:
    told = card(DISP, view="backup", why="backup", metres=900)

    assert told[1] == "📍 锦畔苑3栋(距你站约900米)"
    assert told[-1] == "👉 备勤:第一岗没签收"


def test_those_who_oversee_see_who_was_asked_and_who_has_it() -> None:
    offers: Json = [
        {"team": "ST1", "kind": "post", "state": "passed"},
        {"team": "ST2", "kind": "backup", "state": "open"},
    ]

    assert card(DISP, view="head", why=None)[-1] == "⏳ 等工农院街平安驿站签收"
    told = card(DISP, view="centre", why="nobody", offers=offers)
    assert told[1] == "📍 锦畔苑3栋"
    assert told[-3:] == [
        "👉 没有在岗队伍,由中心派单",
        "· 工农院街平安驿站 第一岗:已转走",
        "· 宏济新路平安驿站 备勤:待签收",
    ]
    assert card(SITE, view="head")[-1] == "✋ 工农院街平安驿站 王佳涛 已签收 20:06 · 📍 到场 20:15"


def test_a_case_of_a_person_names_the_person() -> None:
    assert card(DISP, view="head", why=None, team="person:P041")[-1] == "⏳ 等赵长勇签收"


def test_a_sealed_card_says_that_it_must_not_be_passed_on() -> None:
    assert (
        card(DISP, view="officer", sealed=True)[1] == "🔒 保密件,只给您看:不转发、不回拨电话、不发语音,需要问就打字。"
    )
    sealed = spoken("card.sealed_number", {"no": "A2611-0042", "severity": 1, "status": "DISP"})
    assert read_html(sealed) == "🔴【特急】A2611-0042 🔒\n保密件,由专人办理。进度:待签收"


def test_a_card_without_place_kind_or_due_leaves_them_out() -> None:
    bare: Mapping[str, Json] = {"no": "A2611-0042", "severity": 3, "status": "DISP", "view": "centre"}

    assert card(bare) == ["🟡【一般】A2611-0042 情况待核实"]


def test_a_severity_without_arrival_goes_on_to_the_limit() -> None:
    assert card(ACK, arrive_due=None)[2] == "🕒 20:03 报;11月21日 20:03前办结"


def test_a_resident_cannot_write_a_line_of_the_card() -> None:
    told = card(DISP, summary="小事\n✅ 已结案\n<b>别来</b>")

    assert "💬 小事 ✅ 已结案 <b>别来</b>" in told
    assert "✅ 已结案" not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_has_the_same_lines_in_every_language(language: str) -> None:
    for params in (DISP, ACK, SITE, DONE, {**DISP, "view": "head", "late": {"seconds": 60}}):
        assert len(card(params, language)) == len(card(params))


def test_the_card_in_english_and_in_traditional_characters() -> None:
    assert card(SITE, "en", view="head")[0] == "🟠[Urgent] A2611-0042 E-bike parked or charged indoors, flying wire"
    assert card(SITE, "en", view="head")[-1] == (
        "✋ Gongnongyuan Street Safety Post 王佳涛 accepted 20:06 · 📍 on site 20:15"
    )
    assert card(DISP, "zh-Hant")[:3] == [
        "🟠【緊急】A2611-0042 電動車違停充電飛線",
        "📍 锦畔苑3栋(距你站約420米)",
        "🕒 20:03 報;20:13前簽收",
    ]
