"""Keyboards: what Telegram takes and what it refuses."""

from typing import Any

import pytest

from bot.sandbox import markup
from bot.sandbox.errors import ApiError
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import GROUP, LI, WANG, Raw


def inline(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


def data(value: str) -> dict[str, Any]:
    return inline({"text": "a", "callback_data": value})


REFUSED = [
    ([], "object expected as reply markup"),
    ({"keyboard": [1]}, 'field "keyboard" must be an Array of Arrays'),
    ({"inline_keyboard": {}}, 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'),
    (inline("a"), "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
    (inline({"url": "https://t.me"}), "can't parse inline keyboard button: Can't find field \"text\""),
    (
        inline({"text": "a"}),
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (data(""), "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
    (inline({"text": "", "callback_data": "a"}), "inline keyboard button text must be non-empty"),
    (data("a" * 65), "BUTTON_DATA_INVALID"),
    (data("火" * 22), "BUTTON_DATA_INVALID"),
    (
        inline({"text": "a", "url": "http://localhost:8080"}),
        "inline keyboard button URL 'http://localhost:8080' is invalid: Wrong HTTP URL",
    ),
    (
        inline({"text": "a", "url": "ftp://example.org"}),
        "inline keyboard button URL 'ftp://example.org' is invalid: Unsupported URL protocol",
    ),
    (inline({"text": "a", "web_app": {"url": "https://t.me"}}), "BUTTON_TYPE_INVALID"),
    (inline(*[{"text": "a", "callback_data": "b"}] * 9), "REPLY_MARKUP_INVALID"),
    ({"inline_keyboard": [[{"text": "a", "callback_data": "b"}]] * 101}, "REPLY_MARKUP_INVALID"),
    ({"inline_keyboard": [[{"text": "a" * 200, "callback_data": "b"}]] * 60}, "reply markup is too long"),
    ({"keyboard": [[{"text": "a", "request_location": True}]]}, "location can be requested in private chats only"),
    ({"keyboard": [[{"text": "a", "request_contact": True}]]}, "phone number can be requested in private chats only"),
    ({"keyboard": [[{"text": ""}]]}, "keyboard button text must be non-empty"),
    ({"keyboard": [[7]]}, "can't parse keyboard button: KeyboardButton must be a String or an Object"),
]


@pytest.mark.parametrize(("given", "reason"), REFUSED)
def test_a_keyboard_for_a_group_is_refused(given: Any, reason: str) -> None:
    with pytest.raises(ApiError) as refused:
        markup.checked(given, private=False)

    assert refused.value.text == reason


TAKEN = [
    data("a" * 64),
    data("火" * 21),
    inline({"text": "a", "url": "https://t.me/x"}),
    inline({"text": "a", "url": "tg://user?id=7"}),
    inline({"text": "a", "url": "http://127.0.0.1:8080/x"}),
    inline(*[{"text": "a", "callback_data": "b"}] * 8),
    {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]] * 100},
    {"keyboard": [[{"text": "a"}]], "resize_keyboard": True},
    {"remove_keyboard": True},
    {"force_reply": True, "selective": True},
]


PRIVATE = [
    ({"text": "a", "web_app": {"url": "https://t.me/x"}}, None),
    (
        {"text": "a", "web_app": {"url": "http://t.me"}},
        "inline keyboard button URL 'http://t.me' is invalid: Only HTTPS links are allowed",
    ),
    ({"text": "a", "copy_text": {"text": "110"}}, None),
    ({"text": "a", "copy_text": {"text": "1" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
]


@pytest.mark.parametrize(("button", "reason"), PRIVATE)
def test_web_apps_need_https_and_copied_text_is_short(button: dict[str, Any], reason: str | None) -> None:
    if reason is None:
        assert markup.checked(inline(button), private=True) == inline(button)
        return
    with pytest.raises(ApiError) as refused:
        markup.checked(inline(button), private=True)
    assert refused.value.text == reason


@pytest.mark.parametrize("given", TAKEN)
def test_a_good_keyboard_is_kept_as_it_is(given: dict[str, Any]) -> None:
    assert markup.checked(given, private=False) == given


def test_location_may_be_asked_for_in_private() -> None:
    asked = {"keyboard": [[{"text": "📍", "request_location": True}]]}

    assert markup.checked(asked, private=True) == asked


def test_an_empty_keyboard_is_none() -> None:
    assert markup.checked({"inline_keyboard": [[]]}, private=True) is None


def test_an_edit_takes_inline_keyboards_only() -> None:
    with pytest.raises(ApiError, match="inline keyboard expected"):
        markup.checked({"remove_keyboard": True}, private=True, inline_only=True)


async def test_a_reply_keyboard_is_seen_until_it_is_removed(sandbox: Sandbox, raw: Raw) -> None:
    keyboards = sandbox.world.chats[LI].keyboards
    shown = (await raw("sendMessage", chat_id=LI, text="好", reply_markup={"keyboard": [["位置"]]})).result

    seen = keyboards.of(LI)
    await raw("sendMessage", chat_id=LI, text="谢谢", reply_markup={"remove_keyboard": True})

    assert "reply_markup" not in shown
    assert seen == {"keyboard": [[{"text": "位置"}]]}
    assert keyboards.of(LI) is None


async def test_a_one_time_keyboard_folds_away_for_the_one_who_writes(sandbox: Sandbox, raw: Raw) -> None:
    keyboard = {"keyboard": [["是"]], "one_time_keyboard": True}
    await raw("sendMessage", chat_id=GROUP, text="?", reply_markup=keyboard)

    sandbox.world.say(GROUP, LI, text="是")

    keyboards = sandbox.world.chats[GROUP].keyboards
    assert keyboards.of(LI) is None
    assert keyboards.of(WANG) is not None


@pytest.mark.parametrize("text", ["@li_wei 请说", "请说"])
async def test_a_selective_question_reaches_only_whom_it_names(sandbox: Sandbox, raw: Raw, text: str) -> None:
    asked = sandbox.world.say(GROUP, LI, text="/report")
    reply = {} if text.startswith("@") else {"reply_parameters": {"message_id": asked["message_id"]}}

    await raw("sendMessage", chat_id=GROUP, text=text, reply_markup={"force_reply": True, "selective": True}, **reply)

    keyboards = sandbox.world.chats[GROUP].keyboards
    assert keyboards.of(LI) == {"force_reply": True, "selective": True}
    assert keyboards.of(WANG) is None
