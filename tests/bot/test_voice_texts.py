import json
import re
from pathlib import Path

import pytest

from bot.voice.catalogue import Catalogue, catalogue
from bot.voice.speaker import teller_of
from bot.voice.template import parse
from core import texts
from core.case import Status
from core.messages import Answer
from tests.bot.voices import LANGUAGES, VOICE, read_html, spoken

DATA = Path(__file__).parents[2] / "bot" / "data"
# core/understand/severity.py; the last of core/decide/limits.py
CIRCUMSTANCES = ("near_key_place", "night", "repeated", "weather_warning", "unheard")
DECLARED = texts.NOTICES | texts.ANSWERS | texts.LABELS
# Filled by the renderer of the kind itself, beside what is declared.
COMPOSED = {"mine.list": {"items"}, "mine.one": {"steps"}, "duty.board": {"posts"}}
RESIDENT = (
    "care.",
    "start.",
    "emg.",
    "case.",
    "human.",
    "privacy.",
    "mediate.",
    "suggest.",
    "err.",
    "report.",
    "mine.none",
)
# The words that people and other programs find our buttons by.
WORDS = {
    "btn.accept": "✋ 签收",
    "btn.transfer": "↪️ 转派",
    "btn.not_ours": "🚫 不属我处",
    "btn.arrive": "📍 到场",
    "btn.done": "✅ 办结",
    "btn.backup": "🆘 请求支援",
    "btn.solved": "✅ 解决了",
    "btn.not_solved": "❌ 还没解决",
    "btn.human": "🙋 找工作人员",
    "btn.read": "我已阅",
    "rating.satisfied": "😊 满意",
    "rating.mostly": "🙂 基本满意",
    "rating.unsatisfied": "☹️ 不满意",
    "menu.report": "🔔 报隐患",
    "menu.mediate": "🤝 要调解",
    "menu.my_cases": "📋 我的事项",
    "menu.location": "📍 发送位置",
    "menu.human": "🙋 找工作人员",
    "menu.signin": "📍 签到",
}


@pytest.fixture(params=LANGUAGES)
def known(request: pytest.FixtureRequest) -> Catalogue:
    return catalogue(request.param)


def test_every_text_of_the_core_is_written(known: Catalogue) -> None:
    assert [key for key in DECLARED if key not in known] == []


def test_the_gaps_of_a_text_are_parameters_of_its_kind(known: Catalogue) -> None:
    strange = {
        key: gap.name
        for key, declared in DECLARED.items()
        for gap in known[key].gaps()
        if gap.name not in {*declared, *COMPOSED.get(key, ())}
    }

    assert strange == {}


def test_every_way_of_telling_a_gap_exists(known: Catalogue) -> None:
    rows = {teller_of(gap.name, gap.way) for text in known.texts.values() for gap in text.gaps()}

    assert rows


def test_all_languages_have_the_same_texts_and_the_same_gaps() -> None:
    first = catalogue("zh-Hans")

    for language in LANGUAGES[1:]:
        other = catalogue(language)
        # Other languages read the kinds of matters from the taxonomy; its Chinese is simplified.
        ours = {key for key in other.texts if not key.startswith("category.")}
        assert ours == {key for key in first.texts if not key.startswith("category.")}
        for key in ours - {it for it in ours if it.startswith(("time.", "date."))}:
            assert sorted(map(str, first[key].gaps())) == sorted(map(str, other[key].gaps())), key


@pytest.mark.parametrize(
    ("prefix", "codes"),
    [
        ("status", list(Status)),
        ("severity", [1, 2, 3, 4]),
        ("severity.mark", [1, 2, 3, 4]),
        ("reason", texts.REASONS),
        ("disposition", texts.DISPOSITIONS),
        ("rating", texts.RATINGS),
        ("language.name", LANGUAGES),
        ("month", range(1, 13)),
        ("weekday", range(7)),
    ],
)
def test_every_code_has_words(known: Catalogue, prefix: str, codes: list[object]) -> None:
    assert [code for code in codes if f"{prefix}.{code}" not in known] == []


def test_every_reason_for_a_higher_severity_has_words(known: Catalogue) -> None:
    rules = json.loads((DATA / "words.json").read_text("utf-8"))["severity"]
    codes = {*rules["raise"], *(rule["why"] for rule in rules["inline"]), *CIRCUMSTANCES}

    assert {code for code in codes if f"raised.{code}" not in known} == set()


def test_every_kind_of_matter_has_a_name_in_traditional_characters() -> None:
    taxonomy = json.loads((DATA / "taxonomy.json").read_text("utf-8"))
    codes = [item["code"] for group in (*taxonomy["hazards"], *taxonomy["disputes"]) for item in group["items"]]

    assert [code for code in codes if f"category.{code}" not in catalogue("zh-Hant")] == []


def test_every_shift_of_the_demo_district_has_a_name(known: Catalogue) -> None:
    district = json.loads((DATA / "demo_district.json").read_text("utf-8"))
    shifts = {name for pattern in district["shift_patterns"] for name in pattern["shifts"]}

    assert {name for name in shifts if f"shift.{name}" not in known} == set()


@pytest.mark.parametrize(("key", "words"), WORDS.items())
def test_buttons_keep_their_words(key: str, words: str) -> None:
    assert catalogue("zh-Hans").word(key) == words


def test_texts_for_residents_are_short_and_alarms_do_not_shout(known: Catalogue) -> None:
    for key in (it for it in texts.NOTICES if it.startswith(RESIDENT)):
        text = known[key].force(lambda _name, _way: "某处")
        assert len(text.split("\n")) <= 4, key
        assert len(re.findall(r"[\u4e00-\u9fff]", text)) <= 120, key
    shouting = [key for key in DECLARED if re.search("[!!]", known[key].force(lambda _name, _way: "x"))]
    assert shouting == []


def test_traditional_texts_hold_no_simplified_characters() -> None:
    simplified = set("签隐处办结编号发给这个们还没请点时间说话谢队驿纠纷馈达现场转证据开关车电灯险报补脱户")
    known = catalogue("zh-Hant")
    spared = {"language.name.zh-Hans", "language.ask"}

    assert [key for key in known.texts if key not in spared and simplified & set(_literal(known, key))] == []


def _literal(known: Catalogue, key: str) -> str:
    return known[key].force(lambda _name, _way: "x")


def test_english_texts_hold_no_chinese() -> None:
    known = catalogue("en")
    spared = {"language.name.zh-Hans", "language.name.zh-Hant", "language.ask"}

    assert [
        key for key in known.texts if key not in spared and re.search(r"[\u4e00-\u9fff]", _literal(known, key))
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", texts.NOTICES)
def test_every_kind_can_be_said_when_nothing_is_known(kind: str, language: str) -> None:
    assert read_html(spoken(kind, {}, language)).strip()


def test_an_unknown_language_is_answered_in_chinese() -> None:
    assert spoken("case.rated", language="tlh") == spoken("case.rated", language="zh-Hans")


def test_a_kind_that_nobody_wrote_is_an_error() -> None:
    with pytest.raises(KeyError):
        spoken("no.such.kind")


def test_a_resident_learns_the_surname_the_team_and_the_time() -> None:
    params = {"no": "A2611-0042", "team": "ST1", "person": "P003", "eta": "2026-11-20T12:40:00+00:00"}

    assert spoken("case.accepted", params) == "编号 A2611-0042:工农院街平安驿站欧阳师傅已签收,预计 20:40 到现场。"
    assert spoken("case.accepted", {**params, "eta": None, "person": "P999"}) == (
        "编号 A2611-0042:工农院街平安驿站已签收。"
    )


def test_whoever_has_to_reply_is_mentioned_so_that_the_reply_opens_on_their_phone() -> None:
    told = spoken("duty.done_need", {"no": "A1", "person": "P002"})

    assert told.endswith('请<a href="tg://user?id=9000000002">王佳涛</a>回复这条消息(A1)。')
    assert read_html(told).endswith("请王佳涛回复这条消息(A1)。")
    assert "<a" not in spoken("duty.done_need", {"no": "A1", "person": "P041"})


def test_a_text_loses_a_line_whose_facts_are_missing() -> None:
    params = {"no": "A2611-0042", "category": "XF03", "place": None, "station": "ST1", "limit": 600}

    assert spoken("case.received", params) == (
        "收到了,编号 A2611-0042。\n事项:电动车违停充电飞线\n已派给工农院街平安驿站,10分钟内会有人签收。"
    )


def test_the_centre_is_not_named_twice_when_no_post_could_be_told() -> None:
    assert "正在通知综治中心,但" in spoken("emg.top", {"number": "119", "station": "CTR"})
    assert "正在通知宏济新路平安驿站和综治中心" in spoken("emg.top", {"number": "119", "station": "ST2"})


def test_kinds_of_matters_are_told_in_the_readers_characters() -> None:
    told = {language: spoken("mine.one", {"no": "A1", "category": "XF03"}, language) for language in LANGUAGES}

    assert "电动车违停充电飞线" in told["zh-Hans"]
    assert "電動車違停充電飛線" in told["zh-Hant"]
    assert "E-bike parked" in told["en"]


@pytest.mark.parametrize("text", ["{no", "no}", "[[{no}", "{no}]]", "[[[[{no}]]]]", "{No}", "{}"])
def test_a_malformed_text_is_refused_when_it_is_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"stray|no \]\]"):
        parse(text)


def test_an_answer_is_plain_text() -> None:
    told = VOICE.answer(Answer(kind="ans.not_now", params={"status": "<b>&"}, language="en"))

    assert told == "It is now “<b>&”, so this step is not possible."
