"""What is heard in groups: our name, /report and replies to us; of all other talk nothing."""

from typing import Any

import pytest
from telegram import Update

from core.messages import Ordered, Spoke
from handlers import group
from tests.handlers import updates
from tests.handlers.updates import GROUP, PERSON, message, moment, ours

OTHER = {"id": 700002, "is_bot": False, "first_name": "Wang"}
PICTURE = [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}]


def update(**fields: Any) -> Update:
    return updates.update(message=message(GROUP, **fields))


def named(text: str, *, name: str = "@PinganBot", **fields: Any) -> Update:
    begins = len(text[: text.index(name)].encode("utf-16-le")) // 2
    return update(text=text, entities=[{"type": "mention", "offset": begins, "length": len(name)}], **fields)


def test_our_name_in_a_group_makes_the_rest_a_report():
    told = group.spoke(named("🙏 @PinganBot 3栋路灯坏了"), moment)
    assert isinstance(told, Spoke)
    assert (told.text, told.group, told.called, told.quoted) == ("🙏   3栋路灯坏了", True, True, False)
    assert told.sender.user_id == PERSON["id"]


@pytest.mark.parametrize("word", ["风暴模式", "大风大雨模式", "大風大雨模式", "Storm mode"])
def test_our_name_and_the_word_of_storm_mode_are_its_command(word: str):
    told = group.spoke(named(f"@PinganBot {word}"), moment)
    assert isinstance(told, Ordered)
    assert (told.word, told.group, told.chat, told.sender.user_id) == ("storm", True, GROUP["id"], PERSON["id"])


@pytest.mark.parametrize("told", ["大风大雨", "风暴模式是什么", "签到"])
def test_what_may_be_told_of_stays_a_report(told: str):
    assert isinstance(group.spoke(named(f"@PinganBot {told}"), moment), Spoke)


def test_the_word_of_storm_mode_without_our_name_is_not_heard():
    assert group.spoke(update(text="风暴模式"), moment) is None


def test_a_caption_that_names_us_brings_its_picture():
    begins = {"type": "mention", "offset": 0, "length": 10}
    told = group.spoke(update(caption="@pinganbot 看这个", caption_entities=[begins], photo=PICTURE), moment)
    assert told is not None
    assert (told.text, told.photo, told.called) == ("看这个", "p", True)


@pytest.mark.parametrize("text", ["@somebody 3栋路灯坏了", "@pinganbot2 在吗"])
def test_the_name_of_somebody_else_is_none_of_our_business(text: str):
    assert group.spoke(named(text, name=text.split(maxsplit=1)[0]), moment) is None


def test_our_name_under_a_neighbours_message_makes_that_message_the_report():
    theirs = {"message_id": 3, "date": 1, "chat": GROUP, "from": OTHER, "caption": "3栋路灯坏了", "photo": PICTURE}
    told = group.spoke(named("@PinganBot", reply_to_message=theirs), moment)
    assert told is not None
    assert (told.text, told.photo, told.quoted, told.called) == ("3栋路灯坏了", "p", True, True)


def test_own_words_under_a_neighbours_picture_stay_own_words():
    theirs = {"message_id": 3, "date": 1, "chat": GROUP, "from": OTHER, "photo": PICTURE}
    told = group.spoke(named("@PinganBot 3栋路灯坏了", reply_to_message=theirs), moment)
    assert told is not None
    assert (told.text, told.photo, told.quoted) == ("3栋路灯坏了", "p", False)


def test_a_reply_to_us_that_names_us_is_a_reply():
    told = group.spoke(named("@PinganBot 收到", reply_to_message=ours()), moment)
    assert told is not None
    assert (told.called, told.reply_to) == (False, 5)


def test_report_in_a_group_is_a_call_and_other_commands_are_orders():
    told = group.ordered(update(text="/report@pinganbot 3栋路灯坏了"), moment)
    assert isinstance(told, Spoke)
    assert (told.text, told.called) == ("3栋路灯坏了", True)
    assert isinstance(group.ordered(update(text="/duty"), moment), Ordered)
