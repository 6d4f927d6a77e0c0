"""Whatever people write, what is sent is valid, fits, and shows nothing that turns the card around."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.voice import markup, plain
from core import texts
from core.messages import Answer, Json, Key, Press
from tests.bot.voices import LANGUAGES, NOW, VOICE, notice, read_html

HOSTILE: tuple[Json, ...] = (
    "<b>&\"'</b><script>alert(1)</script>",
    "🔥👨‍👩‍👧" * 900,
    "长" * 4096,
    "\u202eback\u2066 to\x00 front\ud83d\r\n\n\n ",
    "",
    " \n ",
    None,
    -1,
    1e300,
    True,
    [],
    ["<", {"&": ">"}, None],
    {"seconds": "<", "kind": None},
    "2026-11-20T20:20:00+08:00",
    "[[{no}]]",
)
WORST = (HOSTILE[0], HOSTILE[2], HOSTILE[3], None)  # for the other languages, whose words alone are others
ROW: dict[str, Json] = dict.fromkeys(("no", "category", "place", "what", "status", "kind", "team", "at"), HOSTILE[0])
ROWS: Json = [{**ROW, "on": ["<"], "due": ["P002"], "open": 7}, {}, "x", dict.fromkeys(ROW, "长" * 4096)] * 30


@pytest.mark.parametrize("kind", texts.NOTICES)
def test_every_kind_survives_hostile_values(kind: str) -> None:
    names = texts.NOTICES[kind]
    others = product(LANGUAGES[1:], WORST)
    for language, value in (*product(LANGUAGES[:1], (*HOSTILE, ROWS)), *others):
        speech = VOICE.speak(notice(kind, dict.fromkeys(names, value), language), NOW)
        seen = read_html(speech.text)
        assert 0 < len(seen) <= markup.TEXT_LIMIT
        assert seen == plain(speech.text)
        assert "\u202e" not in seen
        speech.text.encode()


@given(st.sampled_from(sorted(texts.NOTICES)), st.data())
def test_every_kind_survives_any_mixture(kind: str, data: st.DataObject) -> None:
    value = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=50), st.integers(-(10**12), 10**12), st.floats())
    params = {name: data.draw(value) for name in texts.NOTICES[kind]}

    assert read_html(VOICE.speak(notice(kind, params), NOW).text).strip()


@pytest.mark.parametrize("kind", texts.ANSWERS)
def test_every_answer_fits_a_callback(kind: str) -> None:
    for language, value in product(LANGUAGES, HOSTILE):
        told = VOICE.answer(Answer(kind=kind, params=dict.fromkeys(texts.ANSWERS[kind], value), language=language))
        assert 0 < len(told.strip()) <= 200


@pytest.mark.parametrize("label", texts.LABELS)
def test_every_label_is_a_short_line(label: str) -> None:
    for language, value in product(LANGUAGES, HOSTILE):
        key = Key(label=label, press=Press(action="x"), params=dict.fromkeys(texts.LABELS[label], value))
        speech = VOICE.speak(replace(notice("case.rated", language=language), keys=((key,),)), NOW)
        text = speech.keyboard["inline_keyboard"][0][0]["text"]
        assert text.strip()
        assert len(text) <= 40
        assert "\n" not in text


def test_people_s_words_stay_one_line_and_are_cut_with_a_sign() -> None:
    told = read_html(VOICE.speak(notice("duty.added", {"no": "A1", "text": "<大>\n火 " * 400}), NOW).text)

    assert told.startswith("💬 A1 居民补充:<大> 火 <大> 火")
    assert told.endswith("…")
    assert "\n" not in told


def test_a_caption_is_kept_to_the_limit_of_captions() -> None:
    params = {"items": [{"no": f"A2611-{i:04d}", "category": "XF03", "place": "长" * 60} for i in range(20)]}
    with_photo = replace(notice("mine.list", params), photos=("p1",))

    assert len(read_html(VOICE.speak(with_photo, NOW).text)) <= markup.CAPTION_LIMIT
    assert len(read_html(VOICE.speak(notice("mine.list", params), NOW).text)) > markup.CAPTION_LIMIT


def test_emoji_of_several_code_points_are_left_whole() -> None:
    assert markup.clean("👨‍👩‍👧 ☹️", 60) == "👨‍👩‍👧 ☹️"
