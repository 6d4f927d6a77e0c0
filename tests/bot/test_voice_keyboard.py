import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from telegram import ForceReply, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove

from bot.voice import Names, Voice
from bot.voice.keyboard import MENUS
from bot.voice.names import Pair, surname
from bot.voice.words import menu_words
from core.district import read_district
from core.messages import Key, Notice, Press
from core.taxonomy import read_taxonomy
from handlers import buttons, words
from tests.bot.voices import LANGUAGES, NOW, VOICE, ZONE, notice

DATA = Path(__file__).parents[2] / "bot" / "data"
PRESS = Press(action="ac", case="A2611-0042", round=2)


KEYBOARDS = {
    "inline_keyboard": InlineKeyboardMarkup, "keyboard": ReplyKeyboardMarkup, "remove_keyboard": ReplyKeyboardRemove,
    "force_reply": ForceReply,
}  # fmt: skip


def keyboard(asked: Notice) -> Any:
    """What is sent, as PTB reads it."""
    shown = VOICE.speak(asked, NOW).keyboard
    return shown and next(it for name, it in KEYBOARDS.items() if name in shown).de_json(dict(shown), None)


def rows(language: str, menu: str) -> list[list[dict[str, object]]]:
    shown = keyboard(replace(notice("case.rated", language=language), menu=menu))
    assert isinstance(shown, ReplyKeyboardMarkup)
    return json.loads(shown.to_json())["keyboard"]


def test_buttons_carry_their_press_and_their_words() -> None:
    keys = (
        (
            Key(label="btn.accept", press=PRESS),
            Key(label="btn.target", press=PRESS, params={"team": "ST2", "metres": 9}),
        ),
        (Key(label="btn.arrive_private", url="https://t.me/a_bot?start=at_A2611-0042"),),
    )

    shown = keyboard(replace(notice("case.rated"), keys=keys))

    assert isinstance(shown, InlineKeyboardMarkup)
    told = [[button.text for button in row] for row in shown.inline_keyboard]
    assert told == [["✋ 签收", "宏济新路平安驿站 · 约9米"], ["📍 私聊发位置"]]
    assert buttons.decode(str(shown.inline_keyboard[0][0].callback_data)) == PRESS
    assert shown.inline_keyboard[1][0].url == "https://t.me/a_bot?start=at_A2611-0042"


def test_a_button_that_would_do_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="does nothing"):
        keyboard(replace(notice("case.rated"), keys=((Key(label="btn.done"),),)))


def test_buttons_go_before_a_forced_reply_and_that_before_the_menu() -> None:
    full = replace(notice("case.rated"), keys=((Key(label="btn.done", press=PRESS),),), force=True, menu="resident")

    assert isinstance(keyboard(full), InlineKeyboardMarkup)
    assert keyboard(replace(full, keys=())) == ForceReply(selective=True)
    assert isinstance(keyboard(replace(full, keys=(), force=False)), ReplyKeyboardMarkup)
    assert keyboard(replace(full, keys=(), force=False, menu=None)) is None


def test_the_resident_menu_asks_for_a_place_with_one_button() -> None:
    shown = rows("zh-Hans", "resident")

    assert [[button["text"] for button in row] for row in shown] == [
        ["🔔 报隐患", "🤝 要调解"],
        ["📋 我的事项", "🙋 找工作人员"],
        ["📍 发送位置"],
    ]
    assert shown[2][0]["request_location"] is True
    assert "request_location" not in shown[0][0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("menu", MENUS)
def test_a_menu_stays_and_is_small(menu: str, language: str) -> None:
    shown = keyboard(replace(notice("case.rated", language=language), menu=menu))

    assert isinstance(shown, ReplyKeyboardMarkup)
    assert (shown.is_persistent, shown.resize_keyboard) == (True, True)


def test_where_a_place_is_wanted_its_button_comes_first_and_signing_in_wants_one() -> None:
    assert rows("zh-Hans", "place")[0] == [{"text": "📍 发送位置", "request_location": True}]
    assert rows("zh-Hans", "staff")[0][0] == {"text": "📍 签到", "request_location": True}


def test_a_menu_can_be_taken_away_and_never_goes_to_a_group() -> None:
    assert isinstance(keyboard(replace(notice("case.rated"), menu="none")), ReplyKeyboardRemove)
    assert keyboard(replace(notice("case.rated", to=-1001), menu="staff")) is None


def test_the_words_of_the_handlers_are_those_of_the_locales() -> None:
    expected = "\n".join(f'        "{word}": "{command}",' for word, command in menu_words().items())

    assert dict(words.WORDS) == dict(menu_words()), f"handlers/words.py should hold:\n{expected}"


def test_every_button_of_a_menu_is_understood_in_every_language() -> None:
    labels = [str(button["text"]) for lang in LANGUAGES for menu in MENUS for row in rows(lang, menu) for button in row]

    assert [label for label in labels if words.word_of(label) is None] == []


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("📋 我的事项", "mine"),
        ("隐私", "privacy"),
        ("台账。", "ledger"),
        ("到岗了!", "signin_words"),
        ("我的事項", "mine"),
        ("MY  CASES", "mine"),
        ("我的事项呢,怎么还没人管", None),
        ("help", None),
        ("📍", None),
        ("", None),
        ("隐" * 5000, None),
    ],
)
def test_a_word_counts_only_when_it_is_the_whole_message(text: str, command: str | None) -> None:
    assert words.word_of(text) == command


def test_one_word_never_means_two_commands() -> None:
    bare = {(words._bare(word), command) for word, command in words.WORDS.items()}

    assert len({word for word, _ in bare}) == len(bare)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("王佳涛", "王"),
        ("欧阳明月", "欧阳"),
        ("歐陽明", "歐陽"),
        ("东方", "东"),
        ("John Smith", "John Smith"),
        ("", ""),
    ],
)
def test_surnames(name: str, expected: str) -> None:
    assert surname(name) == expected


def test_names_come_from_the_district_and_the_taxonomy() -> None:
    district = read_district(json.loads((DATA / "demo_district.json").read_text("utf-8")))
    taxonomy = read_taxonomy(json.loads((DATA / "taxonomy.json").read_text("utf-8")))

    names = Names.of(district, taxonomy)

    assert names.places["ST1"] == Pair("工农院街平安驿站", "Gongnongyuan Street Safety Post")
    assert names.places["NT"].told("en") == "Evening patrol"
    assert names.places["D_FIRE"].told("en") == "消防救援站"
    assert (names.grids["G05"].zh, names.people["P001"].zh, names.centre) == ("第5网格·宏济片", "吴雨辉", "CTR")
    assert names.categories["XF03"].told("en") == "E-bike parked or charged indoors, flying wire"
    assert Voice.of(district, taxonomy).zone == ZONE
