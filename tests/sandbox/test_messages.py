"""Sending, editing, copying, deleting, pinning: what changes in the chat and what the bot hears of it."""

from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, ReplyParameters
from telegram.constants import ParseMode

from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import BASIC, GROUP, LI, WANG, Raw

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("✋ 签收", callback_data="take")]])
MARKUP = {"inline_keyboard": [[{"text": "✋ 签收", "callback_data": "take"}]]}


async def test_a_card_with_a_keyboard_is_sent_and_edited(sandbox: Sandbox, ptb: Bot) -> None:
    card = await ptb.send_message(GROUP, "<b>隐患</b> 🔥", parse_mode=ParseMode.HTML, reply_markup=KEYBOARD)

    edited = await ptb.edit_message_text("已签收", GROUP, card.message_id)

    assert (card.text, card.entities[0].type, card.reply_markup) == ("隐患 🔥", "bold", KEYBOARD)
    assert (edited.text, edited.reply_markup, edited.edit_date is not None) == ("已签收", None, True)
    assert sandbox.world.chats[GROUP].messages[card.message_id].body["text"] == "已签收"


async def test_a_reply_quotes_one_level(sandbox: Sandbox, ptb: Bot) -> None:
    first = sandbox.world.say(LI, LI, text="一")
    second = await ptb.send_message(LI, "二", reply_parameters=ReplyParameters(first["message_id"]))

    third = await ptb.send_message(LI, "三", reply_parameters=ReplyParameters(second.message_id))

    assert third.reply_to_message is not None
    assert third.reply_to_message.text == "二"
    assert third.reply_to_message.reply_to_message is None


async def test_supergroups_count_messages_apart(ptb: Bot) -> None:
    ids = [(await ptb.send_message(chat, "好")).message_id for chat in (LI, GROUP, BASIC, GROUP, LI)]

    assert ids == [1, 1, 2, 2, 3]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"text": "好", "reply_markup": MARKUP}, "message is not modified"),
        ({"text": "好 ", "reply_markup": MARKUP}, "message is not modified"),
        ({"text": ""}, "message text is empty"),
        ({"text": "好", "reply_markup": {"remove_keyboard": True}}, "inline keyboard expected"),
        ({"text": "好", "chat_id": "", "message_id": ""}, "message identifier is not specified"),
    ],
)
async def test_an_edit_is_refused(sandbox: Sandbox, raw: Raw, change: dict[str, Any], text: str) -> None:
    sandbox.expect_refusal(text)
    sent = (await raw("sendMessage", chat_id=LI, text="好", reply_markup=MARKUP)).result

    answer = await raw("editMessageText", **{"chat_id": LI, "message_id": sent["message_id"], **change})

    assert answer.status == 400
    assert answer.description.startswith(f"Bad Request: {text}")
    assert "edit_date" not in sandbox.world.chats[LI].messages[sent["message_id"]].body


async def test_only_the_keyboard_is_replaced(raw: Raw) -> None:
    sent = (await raw("sendMessage", chat_id=LI, text="好", reply_markup=MARKUP)).result

    edited = await raw("editMessageReplyMarkup", chat_id=LI, message_id=sent["message_id"])

    assert edited.result["text"] == "好"
    assert "reply_markup" not in edited.result


async def not_ours(sandbox: Sandbox, raw: Raw) -> int:
    return int(sandbox.world.say(LI, LI, text="我的")["message_id"])


async def with_a_reply_keyboard(sandbox: Sandbox, raw: Raw) -> int:
    return int(
        (await raw("sendMessage", chat_id=LI, text="好", reply_markup={"keyboard": [["a"]]})).result["message_id"]
    )


async def forwarded(sandbox: Sandbox, raw: Raw) -> int:
    source = await not_ours(sandbox, raw)
    answer = await raw("forwardMessage", chat_id=LI, from_chat_id=LI, message_id=source)
    return int(answer.result["message_id"])


async def plain_place(sandbox: Sandbox, raw: Raw) -> int:
    return int((await raw("sendLocation", chat_id=LI, latitude=30, longitude=114)).result["message_id"])


@pytest.mark.parametrize("make", [not_ours, with_a_reply_keyboard, forwarded, plain_place])
async def test_some_messages_can_never_be_edited(sandbox: Sandbox, raw: Raw, make: Any) -> None:
    sandbox.expect_refusal("message can't be edited")
    message_id = await make(sandbox, raw)

    answer = await raw("editMessageText", chat_id=LI, message_id=message_id, text="新")

    assert answer.description == "Bad Request: message can't be edited"


async def test_a_photo_has_a_caption_to_edit_but_no_text(sandbox: Sandbox, raw: Raw, ptb: Bot) -> None:
    sandbox.expect_refusal("there is no text in the message to edit")
    photo = await ptb.send_photo(LI, sandbox.world.sample("manhole"), caption="前")

    refused = await raw("editMessageText", chat_id=LI, message_id=photo.message_id, text="新")
    edited = await ptb.edit_message_caption(LI, photo.message_id, caption="后")

    assert refused.description == "Bad Request: there is no text in the message to edit"
    assert edited.caption == "后"


async def test_a_text_has_no_caption_to_edit(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.expect_refusal("there is no caption")
    sent = (await raw("sendMessage", chat_id=LI, text="好")).result

    answer = await raw("editMessageCaption", chat_id=LI, message_id=sent["message_id"], caption="新")

    assert answer.description == "Bad Request: there is no caption in the message to edit"


async def test_the_picture_of_a_card_is_replaced(sandbox: Sandbox, ptb: Bot) -> None:
    card = await ptb.send_photo(GROUP, sandbox.world.sample("manhole"), caption="前", reply_markup=KEYBOARD)

    edited = await ptb.edit_message_media(
        InputMediaPhoto(sandbox.world.sample("after_fixed"), caption="后"), GROUP, card.message_id
    )

    assert edited.photo[-1].file_unique_id != card.photo[-1].file_unique_id
    assert (edited.caption, edited.reply_markup) == ("后", None)


async def test_a_live_location_moves_and_stops(sandbox: Sandbox, ptb: Bot, raw: Raw) -> None:
    sandbox.expect_refusal("can't be edited")
    sent = await ptb.send_location(GROUP, 30.5, 114.3, live_period=600)

    moved = await ptb.edit_message_live_location(GROUP, sent.message_id, latitude=30.6, longitude=114.3)
    stopped = await ptb.stop_message_live_location(GROUP, sent.message_id)
    again = await raw("stopMessageLiveLocation", chat_id=GROUP, message_id=sent.message_id)
    markup = await raw("editMessageReplyMarkup", chat_id=GROUP, message_id=sent.message_id, reply_markup=MARKUP)

    assert moved.location.to_dict() == {"latitude": 30.6, "longitude": 114.3, "live_period": 600}
    assert stopped.location.to_dict() == {"latitude": 30.6, "longitude": 114.3}
    assert again.description == "Bad Request: message can't be edited"
    assert markup.result["reply_markup"] == MARKUP


async def test_a_live_location_that_has_ended_can_not_be_moved(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.expect_refusal("can't be edited")
    place = {"chat_id": LI, "latitude": 30, "longitude": 114}
    sent = (await raw("sendLocation", **place, live_period=60)).result["message_id"]
    sandbox.world.advance(61)

    answer = await raw("editMessageLiveLocation", **{**place, "latitude": 31}, message_id=sent)

    assert answer.description == "Bad Request: message can't be edited"


async def test_a_text_is_no_live_location(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.expect_refusal("there is no live location")
    sent = (await raw("sendMessage", chat_id=LI, text="好")).result["message_id"]

    answer = await raw("stopMessageLiveLocation", chat_id=LI, message_id=sent)

    assert answer.description == "Bad Request: there is no live location in the message to edit"


async def test_service_messages_are_neither_copied_nor_forwarded(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.expect_refusal("message can't be")
    sandbox.world.set_member(GROUP, "left", user_id=WANG)
    [service] = sandbox.world.chats[GROUP].messages
    source = {"chat_id": LI, "from_chat_id": GROUP, "message_id": service}

    answers = [await raw(method, **source) for method in ("copyMessage", "forwardMessage")]

    assert [answer.description for answer in answers] == [
        "Bad Request: message can't be copied",
        "Bad Request: message can't be forwarded",
    ]


async def test_a_venue_carries_its_place(ptb: Bot) -> None:
    sent = await ptb.send_venue(LI, 30.5, 114.3, "社区服务站", "解放路 1 号")

    assert (sent.venue.title, sent.location.longitude) == ("社区服务站", 114.3)


async def test_a_contact_is_sent(ptb: Bot) -> None:
    sent = await ptb.send_contact(LI, "+8627110", "值班室")

    assert sent.contact.first_name == "值班室"


async def test_a_copy_is_the_bots_own_and_takes_a_new_caption(sandbox: Sandbox, ptb: Bot) -> None:
    source = sandbox.world.say(LI, LI, photo="sample:fire_smoke", caption="着火了")

    copied = await ptb.copy_message(GROUP, LI, source["message_id"], caption="火警")

    body = sandbox.world.chats[GROUP].messages[copied.message_id].body
    assert (body["caption"], body["photo"]) == ("火警", source["photo"])
    assert "forward_origin" not in body


async def test_a_forward_names_who_wrote(sandbox: Sandbox, ptb: Bot) -> None:
    source = sandbox.world.say(LI, LI, text="着火了")

    forwarded = await ptb.forward_message(GROUP, LI, source["message_id"])

    assert forwarded.forward_origin.sender_user.id == LI


async def test_protected_words_are_not_forwarded(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.expect_refusal("protected content")
    sent = (await raw("sendMessage", chat_id=LI, text="密", protect_content=True)).result

    answer = await raw("forwardMessage", chat_id=GROUP, from_chat_id=LI, message_id=sent["message_id"])

    assert answer.description == "Bad Request: message has protected content and can't be forwarded"


async def test_a_deleted_message_is_gone_for_edits_and_replies(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.expect_refusal("not found")
    sent = (await raw("sendMessage", chat_id=LI, text="好")).result["message_id"]

    assert (await raw("deleteMessage", chat_id=LI, message_id=sent)).result is True

    edit = await raw("editMessageText", chat_id=LI, message_id=sent, text="新")
    reply = await raw("sendMessage", chat_id=LI, text="新", reply_parameters={"message_id": sent})
    assert edit.description == "Bad Request: message to edit not found"
    assert reply.description == "Bad Request: message to be replied not found"


async def test_others_words_are_deleted_only_by_an_administrator(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.expect_refusal("can't be deleted")
    answers = []
    for status in ("member", "administrator"):
        sandbox.world.add_chat(GROUP, "组", bot=status)
        said = sandbox.world.say(GROUP, LI, text="/x")["message_id"]
        answers.append(await raw("deleteMessage", chat_id=GROUP, message_id=said))

    assert answers[0].description == "Bad Request: message can't be deleted for everyone"
    assert answers[1].result is True


async def test_own_words_are_deleted_within_two_days(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.expect_refusal("can't be deleted")
    sent = (await raw("sendMessage", chat_id=BASIC, text="好")).result["message_id"]
    sandbox.world.advance(48 * 3600 + 1)

    answer = await raw("deleteMessage", chat_id=BASIC, message_id=sent)

    assert answer.description == "Bad Request: message can't be deleted for everyone"


async def test_pinning_tells_the_chat_and_the_bot(sandbox: Sandbox, ptb: Bot) -> None:
    sent = await ptb.send_message(GROUP, "公告")

    await ptb.pin_chat_message(GROUP, sent.message_id)

    [update] = await ptb.get_updates()
    assert update.message.pinned_message.text == "公告"
    assert (await ptb.get_chat(GROUP)).pinned_message.message_id == sent.message_id
    await ptb.unpin_chat_message(GROUP)
    assert sandbox.world.chats[GROUP].pinned == []


async def test_pinning_needs_the_right(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.expect_refusal("not enough rights")
    sandbox.world.add_chat(GROUP, "组", bot="administrator", bot_rights={"can_pin_messages": False})
    sent = (await raw("sendMessage", chat_id=GROUP, text="好")).result["message_id"]

    answer = await raw("pinChatMessage", chat_id=GROUP, message_id=sent)

    assert answer.description == "Bad Request: not enough rights to manage pinned messages in the chat"


async def test_the_bot_asks_who_is_in_a_group(sandbox: Sandbox, ptb: Bot) -> None:
    admins = {member.user.id: member.status for member in await ptb.get_chat_administrators(GROUP)}

    assert admins == {LI: "creator", sandbox.world.bot.id: "administrator"}
    assert await ptb.get_chat_member_count(GROUP) == 3
    assert (await ptb.get_chat_member(GROUP, WANG)).status == "member"
    assert (await ptb.get_chat_member(GROUP, sandbox.world.bot.id)).can_pin_messages is True
    assert (await ptb.get_chat(GROUP)).title == "巡逻一组"


async def test_typing_is_shown_on_the_phones(sandbox: Sandbox, ptb: Bot) -> None:
    await ptb.send_chat_action(LI, "typing")

    event = sandbox.world.events.after(sandbox.world.events.last - 1)[0]
    assert event.body == {"type": "typing", "chat_id": LI, "action": "typing"}


@pytest.mark.parametrize(("reaction", "refusal"), [("👍", None), ("🧨", "REACTION_INVALID")])
async def test_only_telegrams_reactions_are_taken(
    sandbox: Sandbox, raw: Raw, reaction: str, refusal: str | None
) -> None:
    sandbox.expect_refusal("REACTION_INVALID")
    said = sandbox.world.say(LI, LI, text="好")["message_id"]

    answer = await raw(
        "setMessageReaction", chat_id=LI, message_id=said, reaction=[{"type": "emoji", "emoji": reaction}]
    )

    assert answer.body.get("description") == (f"Bad Request: {refusal}" if refusal else None)
