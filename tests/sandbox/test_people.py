"""What people do in the town, and what the bot hears of it."""

import asyncio
from typing import Any

import pytest
from telegram import ChatMemberUpdated

from bot.sandbox.server import Sandbox
from bot.sandbox.world import SandboxError
from bot.sandbox.world.members import STATUSES
from tests.sandbox.conftest import BASIC, GROUP, LI, STRANGER, WANG, Raw, Start, raw_for

CARD = {"inline_keyboard": [[{"text": "✋ 签收", "callback_data": "take:1"}]]}


async def updates(raw: Raw) -> list[dict[str, Any]]:
    answer = await raw("getUpdates")
    await raw("getUpdates", offset=-1)
    if answer.result:
        await raw("getUpdates", offset=answer.result[-1]["update_id"] + 1)
    return [{name: value for name, value in update.items() if name != "update_id"} for update in answer.result]


async def card(raw: Raw, chat_id: int = GROUP) -> int:
    return int((await raw("sendMessage", chat_id=chat_id, text="卡", reply_markup=CARD)).result["message_id"])


async def test_a_command_is_told_with_its_entity(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.world.say(STRANGER, STRANGER, text="/start abc")

    [update] = await updates(raw)

    message = update["message"]
    assert message["from"] == {"id": STRANGER, "is_bot": False, "first_name": "陌生人"}
    assert message["chat"] == {"id": STRANGER, "first_name": "陌生人", "type": "private"}
    assert message["entities"] == [{"offset": 0, "length": 6, "type": "bot_command"}]
    assert (await raw("sendMessage", chat_id=STRANGER, text="欢迎")).body["ok"]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("你好", False),
        ("/cases", True),
        ("/cases@sandbox_bot", True),
        ("/cases@other_bot", False),
        ("@sandbox_bot", False),
    ],
)
async def test_privacy_mode_hides_talk_from_a_simple_member(sandbox: Sandbox, raw: Raw, text: str, seen: bool) -> None:
    sandbox.world.say(BASIC, LI, text=text)

    assert bool(await updates(raw)) is seen


async def test_privacy_mode_lets_replies_to_the_bot_through(sandbox: Sandbox, raw: Raw) -> None:
    asked = await card(raw, BASIC)
    talk = sandbox.world.say(BASIC, WANG, text="?")["message_id"]

    sandbox.world.say(BASIC, LI, photo="sample:after_fixed", reply_to_message_id=asked)
    sandbox.world.say(BASIC, LI, text="!", reply_to_message_id=talk)

    [update] = await updates(raw)
    assert update["message"]["reply_to_message"]["message_id"] == asked


async def test_without_privacy_mode_or_as_administrator_all_is_seen(
    start: Start, sandbox: Sandbox, raw: Raw, session: Any
) -> None:
    open_one = await start(privacy_mode=False)
    open_one.world.say(BASIC, LI, text="你好")
    sandbox.world.say(GROUP, LI, text="你好")

    assert len(await updates(raw_for(open_one, session))) == 1
    assert len(await updates(raw)) == 1


async def test_a_press_can_be_answered_once(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.expect_refusal("query is too old")
    query_id = sandbox.world.press(GROUP, await card(raw), WANG, "take:1")

    [update] = await updates(raw)
    answers = [
        await raw("answerCallbackQuery", callback_query_id=query_id, text="已签收", show_alert=True) for _ in range(2)
    ]

    query = update["callback_query"]
    assert (query["from"]["id"], query["data"], query["message"]["text"]) == (WANG, "take:1", "卡")
    assert [answer.status for answer in answers] == [200, 400]
    told = await sandbox.world.callbacks.wait(query_id, 0)
    assert told == {"text": "已签收", "show_alert": True, "url": ""}


async def test_a_press_must_be_answered_in_time(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.expect_refusal("query is too old")
    query_id = sandbox.world.press(GROUP, await card(raw), WANG, "take:1")

    sandbox.world.advance(16)

    answer = await raw("answerCallbackQuery", callback_query_id=query_id)
    assert answer.description == ("Bad Request: query is too old and response timeout expired or query ID is invalid")


async def test_the_words_of_an_answer_have_a_limit(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.expect_refusal("MESSAGE_TOO_LONG")
    query_id = sandbox.world.press(GROUP, await card(raw), WANG, "take:1")

    assert (await raw("answerCallbackQuery", callback_query_id=query_id, text="火" * 201)).status == 400


async def test_whoever_waits_for_an_answer_gets_it(sandbox: Sandbox, raw: Raw) -> None:
    query_id = sandbox.world.press(GROUP, await card(raw), WANG, "take:1")
    waiting = asyncio.create_task(sandbox.world.callbacks.wait(query_id, 5))

    await raw("answerCallbackQuery", callback_query_id=query_id, text="好")

    assert (await waiting or {})["text"] == "好"
    other = sandbox.world.press(GROUP, 1, WANG, "take:1")
    assert await sandbox.world.callbacks.wait(other, 0.01) is None


async def test_buttons_that_are_not_there_can_only_be_forged(sandbox: Sandbox, raw: Raw) -> None:
    message_id = await card(raw)
    with pytest.raises(SandboxError, match="has no button 'take:2'"):
        sandbox.world.press(GROUP, message_id, WANG, "take:2")

    sandbox.world.press(GROUP, message_id, WANG, "take:2", forged=True)
    sandbox.world.press(GROUP, 404, WANG, "take:1", forged=True)

    queries = [update["callback_query"] for update in await updates(raw)]
    assert [query["data"] for query in queries] == ["take:2", "take:1"]
    assert queries[1]["message"] == {"chat": queries[0]["message"]["chat"], "message_id": 404, "date": 0}


async def test_an_edit_is_told_unless_nothing_changed(sandbox: Sandbox, raw: Raw) -> None:
    said = sandbox.world.say(LI, LI, text="三楼")["message_id"]
    sandbox.world.edit(LI, said, LI, text="三楼")
    sandbox.world.edit(LI, said, LI, text="四楼")

    kinds = [(next(iter(update)), next(iter(update.values()))["text"]) for update in await updates(raw)]

    assert kinds == [("message", "三楼"), ("edited_message", "四楼")]


async def test_a_caption_is_edited_too(sandbox: Sandbox, raw: Raw) -> None:
    said = sandbox.world.say(LI, LI, photo="sample:rubbish", caption="看")["message_id"]

    sandbox.world.edit(LI, said, LI, caption="看这里")

    assert (await updates(raw))[-1]["edited_message"]["caption"] == "看这里"
    with pytest.raises(SandboxError, match="caption is too long"):
        sandbox.world.edit(LI, said, LI, caption="火" * 1025)
    with pytest.raises(SandboxError, match="can't be changed so"):
        sandbox.world.edit(LI, said, LI, text="火")


async def test_a_live_location_moves_by_edits_and_ends_without_its_period(sandbox: Sandbox, raw: Raw) -> None:
    start = {"latitude": 30.5, "longitude": 114.3, "live_period": 600}
    said = sandbox.world.say(LI, LI, location=start)["message_id"]
    sandbox.world.edit(LI, said, LI, location={"latitude": 30.6, "longitude": 114.3})
    sandbox.world.edit(LI, said, LI, stop_live=True)

    places = [next(iter(update.values()))["location"] for update in await updates(raw)]

    assert places == [start, {**start, "latitude": 30.6}, {"latitude": 30.6, "longitude": 114.3}]


async def test_an_anonymous_administrator_speaks_for_the_group(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.world.say(GROUP, LI, text="公告", anonymous_admin=True)

    [update] = await updates(raw)

    message = update["message"]
    assert message["from"]["id"] == 1087968824
    assert message["sender_chat"]["id"] == message["chat"]["id"] == GROUP


async def test_an_album_is_told_piece_by_piece(sandbox: Sandbox, raw: Raw) -> None:
    for name in ("rubbish", "manhole"):
        sandbox.world.say(LI, LI, photo=f"sample:{name}", media_group_id="77")

    groups = [update["message"]["media_group_id"] for update in await updates(raw)]

    assert groups == ["77", "77"]


async def test_blocking_and_coming_back_are_told(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.expect_refusal("blocked")
    sandbox.world.set_member(LI, "kicked")
    blocked = await raw("sendMessage", chat_id=LI, text="好")
    with pytest.raises(SandboxError, match="has blocked the bot"):
        sandbox.world.say(LI, LI, text="喂")
    sandbox.world.say(LI, LI, text="/start")

    told = await updates(raw)

    assert blocked.status == 403
    changes = [update["my_chat_member"]["new_chat_member"]["status"] for update in told[:2]]
    assert changes == ["kicked", "member"]
    assert told[2]["message"]["text"] == "/start"


async def test_the_bots_coming_and_going_are_told(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.world.set_member(GROUP, "kicked", by=LI)
    sandbox.world.set_member(GROUP, "administrator", by=LI, rights={"can_pin_messages": False})

    out, left, back, joined = await updates(raw)

    assert out["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert left["message"]["left_chat_member"]["id"] == sandbox.world.bot.id
    assert back["my_chat_member"]["new_chat_member"]["can_pin_messages"] is False
    assert joined["message"]["new_chat_members"][0]["id"] == sandbox.world.bot.id


@pytest.mark.parametrize("status", sorted(set(STATUSES) - {"creator"}))
async def test_whatever_the_bot_becomes_is_told_so_that_the_library_can_read_it(
    sandbox: Sandbox, raw: Raw, status: str
) -> None:
    sandbox.world.set_member(GROUP, "administrator" if status == "member" else "member", by=LI)
    sandbox.world.set_member(GROUP, status, by=LI)

    told = [update["my_chat_member"] for update in await updates(raw) if "my_chat_member" in update]

    read = ChatMemberUpdated.de_json(told[-1], None)
    assert read.new_chat_member.status == status
    assert not read.new_chat_member.api_kwargs, "no field that Telegram does not have"


async def test_a_bot_that_left_hears_nothing_more(sandbox: Sandbox, raw: Raw) -> None:
    await raw("leaveChat", chat_id=GROUP)
    told = await updates(raw)

    sandbox.world.say(GROUP, LI, text="/cases")

    assert [next(iter(update)) for update in told] == ["my_chat_member", "message"]
    assert await updates(raw) == []


async def test_an_upgrade_is_told_in_the_old_and_the_new_chat(sandbox: Sandbox, raw: Raw) -> None:
    new_id = sandbox.world.migrate(BASIC)

    old, new = await updates(raw)

    assert (old["message"]["chat"]["id"], old["message"]["migrate_to_chat_id"]) == (BASIC, new_id)
    assert (new["message"]["chat"]["id"], new["message"]["migrate_from_chat_id"]) == (new_id, BASIC)
    with pytest.raises(SandboxError, match="was upgraded"):
        sandbox.world.say(BASIC, LI, text="好")


async def test_a_forums_topics_are_opened_and_spoken_in(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.world.add_chat(GROUP, "论坛", is_forum=True)
    thread = sandbox.world.open_topic(GROUP, "消防")
    sandbox.world.say(GROUP, LI, text="好", message_thread_id=thread)

    opened, said = await updates(raw)

    assert opened["message"]["forum_topic_created"]["name"] == "消防"
    assert (said["message"]["message_thread_id"], said["message"]["chat"]["is_forum"]) == (thread, True)


IMPOSSIBLE = [
    ({"chat_id": LI, "user_id": 404, "text": "a"}, "there is no user 404"),
    ({"chat_id": 404, "user_id": LI, "text": "a"}, "there is no chat 404"),
    ({"chat_id": LI, "user_id": WANG, "text": "a"}, "private chat of another person"),
    ({"chat_id": GROUP, "user_id": STRANGER, "text": "a"}, "is not a member"),
    ({"chat_id": LI, "user_id": LI}, "needs a content"),
    ({"chat_id": LI, "user_id": LI, "text": "a" * 4097}, "message is too long"),
    ({"chat_id": LI, "user_id": LI, "photo": "sample:tea"}, "no sample picture 'tea'"),
    ({"chat_id": LI, "user_id": LI, "photo": "tea.png"}, "sample:<name> or as a data URL"),
    ({"chat_id": LI, "user_id": LI, "photo": "data:image/png;base64,AAAA"}, "IMAGE_PROCESS_FAILED"),
    ({"chat_id": LI, "user_id": LI, "location": {"latitude": 91, "longitude": 0}}, "invalid location"),
    ({"chat_id": LI, "user_id": LI, "text": "a", "reply_to_message_id": 9}, "no message 9"),
    ({"chat_id": LI, "user_id": LI, "text": "a", "anonymous_admin": True}, "nobody is anonymous"),
    ({"chat_id": GROUP, "user_id": LI, "text": "a", "message_thread_id": 9}, "has no topic 9"),
]


@pytest.mark.parametrize(("what", "reason"), IMPOSSIBLE)
def test_the_impossible_is_refused_with_a_sentence(sandbox: Sandbox, what: dict[str, Any], reason: str) -> None:
    with pytest.raises(SandboxError, match=reason):
        sandbox.world.say(**what)


def test_a_picture_may_come_as_a_data_url(sandbox: Sandbox) -> None:
    dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

    said = sandbox.world.say(LI, LI, photo=f"data:image/png;base64,{dot}")

    assert (said["photo"][0]["width"], said["photo"][0]["height"]) == (1, 1)


def test_the_clock_goes_forward_only(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="forward only"):
        sandbox.world.advance(-1)


async def test_a_startgroup_link_adds_the_bot_with_the_rights_it_asks_for_and_says_start(sandbox: Sandbox) -> None:
    world = sandbox.world
    world.add_user(7, "周主任")
    world.add_chat(-5, "东门岗", members=[7], owner=7, bot="left")

    world.start_group(-5, 7, "post", ["pin_messages"])

    assert world.chats[-5].bot.status == "administrator"
    given = {name for name, on in world.chats[-5].bot.rights.items() if on}
    assert given == {"can_manage_chat", "can_pin_messages"}
    assert world.view_chat(-5, 7)["messages"][-1]["text"] == f"/start@{world.bot.username} post"


@pytest.mark.parametrize(
    ("user", "payload", "rights"),
    [(8, "post", ["pin_messages"]), (9, "post", []), (7, "a b", []), (7, "x" * 65, [])],
    ids=["no administrator", "no member", "a space", "too long"],
)
async def test_a_startgroup_link_that_telegram_would_not_follow_is_refused(
    sandbox: Sandbox, user: int, payload: str, rights: list[str]
) -> None:
    world = sandbox.world
    for known in (7, 8, 9):
        world.add_user(known, "x")
    world.add_chat(-5, "东门岗", members=[7, 8], owner=7, bot="left")

    with pytest.raises(SandboxError):
        world.start_group(-5, user, payload, rights)

    assert world.chats[-5].bot.status == "left"
