"""Lists and the digest, as they stand on a phone."""

import unicodedata
from collections.abc import Mapping

import pytest

from bot.voice.catalogue import catalogue
from core.life import LIFE
from core.messages import Json
from tests.bot.voices import LANGUAGES, SAMPLE_ABOVE, SAMPLE_BELOW, read_html, spoken

ITEM: Json = {
    "no": "A2611-0042",
    "category": "XF03",
    "place": "锦畔苑3栋",
    "status": "ACK",
    "severity": 2,
    "team": "ST1",
    "opened_at": "2026-11-19T08:00:00+08:00",
}

# The log of figures.md (grid G05, 2026-11-20).
DIGEST: Mapping[str, Json] = {
    "grid": "G05",
    "mediation": {"open": 2, "due_today": 0},
    "date": "2026-11-20",
    "attention": [
        {"no": "A08", "category": "XF03", "what": "unacked", "over": 17400, "place": "x"},
        {"no": "A05", "category": "HJ02", "what": "overdue", "over": 60},
        {"no": "A13", "category": "SB07", "what": "reopened", "over": 0},
    ],
    "more": 0,
    "figures": {
        "new": 6,
        "split": {"patrol": 1, "resident": 5},
        "merged": 1,
        "spam": 1,
        "cancelled": 1,
        "ack_on_time": [5, 7],
        "arrive_on_time": [0, 0],
        "close_on_time": [2, 5],
        "closed": 7,
        "auto_closed": 0,
        "reopened": 1,
        "response_median_min": 7.0,
        "response_mean_min": 49.5,
        "handling_median_h": 5.0,
        "handling_mean_h": 19.57,
        "satisfied": [4, 5],
        "rated": [5, 7],
    },
    "spots": [
        {"place": "宏济新路", "category": "SB04", "count": 1, "reports": 2, "days": 30},
        {"place": "宏济新居门口", "category": "SB07", "count": 3, "reports": 3, "days": 30},
    ],
    "duty": [{"team": "ST2", "group": "乙", "people": 2}],
}


def test_the_sample_digest() -> None:
    assert read_html(spoken("digest", DIGEST)).split("\n") == [
        *SAMPLE_ABOVE,
        "📍 重点部位",
        "宏济新路:爆管大量跑水1起(2人反映)",
        "宏济新居门口:路灯楼道灯不亮 30天3次",
        *SAMPLE_BELOW,
    ]


def test_a_digest_without_anything_to_look_at_says_so() -> None:
    told = read_html(spoken("digest", {"grid": "G05", "date": "2026-11-20", "attention": [], "figures": {"new": 0}}))

    assert told.split("\n")[1:] == ["✅ 没有超期和没人签的", "📊 昨天", "新增0件"]


def test_many_are_told_in_per_cent_and_nothing_is_not_told() -> None:
    figures: Json = {"ack_on_time": [43, 50], "close_on_time": [9, 10], "satisfied": [0, 0]}

    told = read_html(spoken("digest", {"figures": figures})).split("\n")

    assert told[-2:] == ["按时签收 86 %(43/50)", "按时办结 90 %(9/10)"]


def test_what_is_left_off_the_list_is_counted() -> None:
    assert "另有 4 件" in spoken("digest", {**DIGEST, "more": 4})


def test_several_posts_on_duty_stand_one_under_the_other() -> None:
    duty: Json = [{"team": "ST1", "group": "甲", "people": ["P002", "P003"]}, {"team": "ST2", "people": 1}]

    assert spoken("digest", {"duty": duty}).endswith("今日值班:\n工农院街平安驿站 甲组2人\n宏济新路平安驿站 1人")


def test_figures_of_the_digest_keep_to_the_width_of_a_phone() -> None:
    figures = read_html(spoken("digest", DIGEST)).split("\n")[5:14]

    assert max(sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in it) for it in figures) <= 40


def test_my_cases() -> None:
    assert spoken("mine.list", {"items": [ITEM, {"no": "A2611-0043", "status": "DRAFT"}]}) == (
        "您的事项:\n"
        "A2611-0042 电动车违停充电飞线 · 已签收\n  11月19日 08:00 报 · 锦畔苑3栋\n"
        "A2611-0043 情况待核实 · 等您补充"
    )


def test_one_case_with_its_way_so_far_and_nothing_internal() -> None:
    steps: Json = [
        {"kind": "opened", "at": "2026-11-20T20:03:00+08:00"},
        {"kind": "backup_called", "at": "2026-11-20T20:05:00+08:00"},
        {"kind": "accepted", "at": "2026-11-20T20:06:00+08:00"},
    ]
    params: Mapping[str, Json] = {"no": "A1", "category": "XF03", "place": "锦畔苑3栋", "status": "ACK", "team": "ST1"}

    assert spoken("mine.one", {**params, "person": "P003", "steps": steps}) == (
        "编号 A1 电动车违停充电飞线\n📍 锦畔苑3栋\n进度:已签收 · 工农院街平安驿站 欧阳师傅\n"
        "20:03 您反映了情况\n20:06 已签收"
    )


def test_the_board_marks_a_post_without_anybody() -> None:
    posts: Json = [
        {"team": "ST1", "on": ["P002", "P003"], "due": [], "open": 2},
        {"team": "ST2", "on": [], "due": ["P041"], "open": 0},
    ]

    assert spoken("duty.board", {"posts": posts}) == (
        "在岗情况:\n🟢 工农院街平安驿站:王佳涛、欧阳明月 · 未结2件\n⚪ 宏济新路平安驿站:没有人在岗 · 应到:赵长勇"
    )


def test_lists_are_told_in_every_language() -> None:
    for language in LANGUAGES:
        assert len(spoken("digest", DIGEST, language).split("\n")) == 19
        assert "A2611-0042" in spoken("mine.list", {"items": [ITEM]}, language)


FOUND = {"text": "", "asked_at": "2026-11-20T15:00:00+08:00", "open": False}
ASKED = {
    "since": "2026-11-19T00:00:00+08:00",
    "until": "2026-11-19T23:59:59+08:00",
    "categories": ["XF03"],
    "places": ["XQ12"],
    "people": ["P001"],
    "statuses": ["DISP"],
    "text": "3栋<b>",
}


def test_a_search_says_how_it_was_understood_and_what_it_found() -> None:
    params = {**FOUND, "query": ASKED, "items": [ITEM], "count": 14, "page": 2, "pages": 3, "more": True}
    told = spoken("find.list", params).split("\n")

    assert told[0].startswith("<b>11月19日 · 待签收 · 电动车违停充电飞线 · ")
    assert told[0].endswith("地点含“3栋&lt;b&gt;”</b>")
    assert told[1] == "14件 · 第2/3页"
    assert told[2] == "🟠A2611-0042 电动车违停充电飞线 · 已签收"
    assert told[-1] == "还有更多,请再加一个条件。"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_of_the_life_has_words_for_the_history(language: str) -> None:
    assert [edge.event for edge in LIFE if f"history.{edge.event}" not in catalogue(language)] == []
