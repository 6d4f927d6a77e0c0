"""What Telegram refuses, call by call, in its own words."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from tests.sandbox.conftest import BASIC, GROUP, LI, STRANGER, Raw

Change = Callable[[World], object]


def nothing(_world: World) -> None:
    """Leave the town as it is."""


def forum(world: World) -> None:
    topics = [{"message_thread_id": 5, "name": "消防", "closed": True}, {"message_thread_id": 6, "name": "旧"}]
    world.add_chat(GROUP, "论坛", is_forum=True, bot="member", topics=topics)
    world.chats[GROUP].topics[6].deleted = True


def forbid(*permissions: str) -> Change:
    return lambda world: world.add_chat(GROUP, "组", bot="member", permissions=dict.fromkeys(permissions, False))


def add(**details: Any) -> Change:
    return lambda world: world.add_user(LI, "李", **details)


def status(status: str, chat_id: int = GROUP) -> Change:
    return lambda world: world.set_member(chat_id, status)


def delete_group(world: World) -> None:
    world.chats[BASIC].deleted = True


SENDING = [
    (nothing, {"chat_id": 404}, 400, "chat not found"),
    (nothing, {"chat_id": "@nobody"}, 400, "chat not found"),
    (nothing, {"chat_id": ""}, 400, "chat_id is empty"),
    (add(blocked=True), {}, 403, "bot was blocked by the user"),
    (add(deactivated=True), {}, 403, "user is deactivated"),
    (add(is_bot=True), {}, 403, "the bot can't send messages to the bot"),
    (nothing, {"chat_id": STRANGER}, 403, "bot can't initiate conversation with a user"),
    (status("kicked"), {"chat_id": GROUP}, 403, "bot was kicked from the supergroup chat"),
    (status("left"), {"chat_id": GROUP}, 403, "bot is not a member of the supergroup chat"),
    (status("kicked", BASIC), {"chat_id": BASIC}, 403, "bot was kicked from the group chat"),
    (status("left", BASIC), {"chat_id": BASIC}, 403, "bot is not a member of the group chat"),
    (delete_group, {"chat_id": BASIC}, 403, "the group chat was deleted"),
    (status("restricted"), {"chat_id": GROUP}, 400, "not enough rights to send text messages to the chat"),
    (
        forbid("can_send_messages"),
        {"chat_id": GROUP},
        400,
        "not enough rights to send text messages to the chat",
    ),
    (forum, {"chat_id": GROUP, "message_thread_id": 99}, 400, "message thread not found"),
    (forum, {"chat_id": GROUP, "message_thread_id": 1}, 400, "message thread not found"),
    (forum, {"chat_id": GROUP, "message_thread_id": 5}, 400, "TOPIC_CLOSED"),
    (forum, {"chat_id": GROUP, "message_thread_id": 6}, 400, "TOPIC_DELETED"),
    (nothing, {"text": ""}, 400, "message text is empty"),
    (nothing, {"text": " \u200b"}, 400, "text must be non-empty"),
    (nothing, {"text": "火" * 4097}, 400, "message is too long"),
    (
        nothing,
        {"text": "<b>1 < 2</b>", "parse_mode": "HTML"},
        400,
        'can\'t parse entities: Unsupported start tag "" at byte offset 5',
    ),
    (
        nothing,
        {"text": "1.", "parse_mode": "MarkdownV2"},
        400,
        "can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
    ),
    (nothing, {"parse_mode": "XML"}, 400, "unsupported parse_mode"),
    (nothing, {"entities": [{"type": "bold"}]}, 400, "can't parse MessageEntity: can't find field \"offset\""),
    (nothing, {"reply_parameters": {"message_id": 99}}, 400, "message to be replied not found"),
    (nothing, {"reply_to_message_id": 99}, 400, "message to be replied not found"),
    (nothing, {"reply_parameters": "{"}, 400, "can't parse reply parameters JSON object"),
    (nothing, {"reply_parameters": "[]"}, 400, "object expected as reply parameters"),
    (nothing, {"reply_parameters": {"chat_id": 1}}, 400, 'can\'t find field "message_id"'),
    (nothing, {"reply_markup": "{"}, 400, "can't parse reply keyboard markup JSON object"),
]


@pytest.mark.parametrize(("change", "values", "code", "text"), SENDING)
async def test_send_message_is_refused(
    sandbox: Sandbox, raw: Raw, change: Change, values: dict[str, Any], *, code: int, text: str
) -> None:
    sandbox.expect_refusal(text)
    change(sandbox.world)

    answer = await raw("sendMessage", **{"chat_id": LI, "text": "好", **values})

    prefix = {400: "Bad Request", 403: "Forbidden"}[code]
    assert (answer.status, answer.description) == (code, f"{prefix}: {text}")
    assert not any(stored.kind == "text" for chat in sandbox.world.chats.values() for stored in chat.messages.values())


PLACE = {"latitude": 30.5, "longitude": 114.3}
OTHER_CONTENT = [
    ("sendLocation", {"latitude": 91, "longitude": 1}, "invalid location specified"),
    ("sendLocation", {"latitude": 30}, "longitude is empty"),
    ("sendLocation", {**PLACE, "live_period": 59}, "wrong live location period specified"),
    ("sendLocation", {**PLACE, "live_period": 60, "heading": 361}, "wrong live location heading specified"),
    ("sendLocation", {"latitude": 91, "longitude": 1, "live_period": 60}, "invalid live location specified"),
    ("sendVenue", PLACE, 'parameter "title" is required'),
    ("sendPhoto", {}, "there is no photo in the request"),
    ("sendPhoto", {"photo": "attach://gone"}, "there is no photo in the request"),
    ("sendPhoto", {"photo": "short"}, "wrong file identifier/HTTP URL specified"),
    (
        "sendPhoto",
        {"photo": "AgACAgQAAxkBAAIBZ2abcdefghijklmnop"},
        "wrong remote file identifier specified: can't unserialize it. Wrong last symbol",
    ),
    ("sendPhoto", {"photo": "https://example.org/a.jpg"}, "failed to get HTTP URL content"),
    ("sendPhoto", {"photo": "short", "caption": "火" * 1025}, "message caption is too long"),
    ("sendMediaGroup", {"media": []}, "there are no messages to send"),
    ("sendMediaGroup", {"media": [{"type": "photo", "media": "x"}] * 11}, "too many messages to send as an album"),
    ("sendMediaGroup", {"media": [{"type": "tea"}]}, "can't parse InputMedia: InputMedia has invalid type 'tea'"),
    (
        "sendMediaGroup",
        {"media": [{"type": "photo", "media": "x"}, {"type": "document", "media": "x"}]},
        "can't use the media of the specified type in the album",
    ),
    ("sendChatAction", {"action": "sleeping"}, "wrong parameter action in request"),
    ("sendChatAction", {}, "wrong parameter action in request"),
    ("copyMessage", {"from_chat_id": LI, "message_id": 99}, "message to copy not found"),
    ("forwardMessage", {"from_chat_id": LI, "message_id": 99}, "message to forward not found"),
    ("editMessageText", {"message_id": 99, "text": "好"}, "message to edit not found"),
    ("deleteMessage", {"message_id": 99}, "message to delete not found"),
    ("pinChatMessage", {"message_id": 99}, "message to pin not found"),
    ("unpinChatMessage", {}, "message to unpin not found"),
    ("setMessageReaction", {"message_id": 99}, "message to react not found"),
    ("getChatMember", {"user_id": 99999}, "user not found"),
    ("getChatMember", {"user_id": "x"}, "invalid user_id specified"),
    ("getChatMember", {"user_id": STRANGER}, "member not found"),
    ("getChatAdministrators", {}, "there are no administrators in the private chat"),
    ("leaveChat", {}, "chat member status can't be changed in private chats"),
]


@pytest.mark.parametrize(("method", "values", "text"), OTHER_CONTENT)
async def test_other_calls_are_refused(
    sandbox: Sandbox, raw: Raw, method: str, values: dict[str, Any], text: str
) -> None:
    sandbox.expect_refusal(text)

    answer = await raw(method, chat_id=LI, **values)

    assert answer.description == f"Bad Request: {text}"


RIGHTS = [
    ("sendLocation", PLACE, "can_send_messages", "locations"),
    ("sendLocation", {**PLACE, "live_period": 60}, "can_send_messages", "live locations"),
    ("sendVenue", {**PLACE, "title": "a", "address": "b"}, "can_send_messages", "venues"),
    ("sendPhoto", {}, "can_send_photos", "photos"),
    ("sendDocument", {}, "can_send_documents", "documents"),
    ("sendVoice", {}, "can_send_voice_notes", "voice notes"),
    ("sendVideo", {}, "can_send_videos", "videos"),
]


@pytest.mark.parametrize(("method", "values", "permission", "what"), RIGHTS)
async def test_each_kind_of_content_needs_its_right(
    sandbox: Sandbox, raw: Raw, method: str, values: dict[str, Any], *, permission: str, what: str
) -> None:
    sandbox.expect_refusal("not enough rights")
    forbid(permission)(sandbox.world)
    kind = method.removeprefix("send").lower()
    if kind in {"photo", "document", "voice", "video"}:
        content = sandbox.world.sample("manhole") if kind == "photo" else b"content"
        values = {kind: sandbox.world.files.add(kind, content).id}

    answer = await raw(method, chat_id=GROUP, **values)

    assert answer.description == f"Bad Request: not enough rights to send {what} to the chat"


async def test_an_upgraded_group_names_its_new_id(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.expect_refusal("upgraded")
    new_id = sandbox.world.migrate(BASIC)

    answer = await raw("sendMessage", chat_id=BASIC, text="好")

    assert answer.description == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer.body["parameters"] == {"migrate_to_chat_id": new_id}
    assert (await raw("sendMessage", chat_id=new_id, text="好")).result["chat"]["type"] == "supergroup"


async def test_a_closed_topic_takes_what_an_administrator_writes(sandbox: Sandbox, raw: Raw) -> None:
    forum(sandbox.world)
    sandbox.world.add_chat(GROUP, "论坛", bot="administrator")

    answer = await raw("sendMessage", chat_id=GROUP, message_thread_id=5, text="好")

    assert (answer.result["message_thread_id"], answer.result["is_topic_message"]) == (5, True)


@pytest.mark.parametrize(
    "lenient",
    [
        {"reply_parameters": {"message_id": 9, "allow_sending_without_reply": True}},
        {"reply_to_message_id": 9, "allow_sending_without_reply": True},
    ],
)
async def test_a_reply_to_nothing_is_sent_when_the_bot_does_not_mind(raw: Raw, lenient: dict[str, Any]) -> None:
    answer = await raw("sendMessage", chat_id=LI, text="好", **lenient)

    assert "reply_to_message" not in answer.result
