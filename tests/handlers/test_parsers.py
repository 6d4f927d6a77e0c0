"""From an update to a command: who, when, what was carried; and what is nobody's word."""

from datetime import timedelta

import pytest

from bot.sandbox.world.members import PERMISSIONS
from core.messages import Migrated, Ordered, Press, Pressed, Spoke, Spot, StatusChanged
from handlers import group, presses, resident, standing
from handlers.routes import ROUTES
from tests.handlers.updates import BOT, GROUP, LATER, PERSON, PRIVATE, SENT, at, message, moment, ours, update

PHOTO = [
    {"file_id": "small", "file_unique_id": "s", "width": 90, "height": 90},
    {"file_id": "large", "file_unique_id": "l", "width": 900, "height": 900},
]


def spoke(**fields) -> Spoke:
    found = resident.spoke(update(message=message(**fields)), moment)
    assert found is not None
    return found


def test_a_text_is_told_by_a_person_at_a_time():
    told = spoke(text="路灯坏了")
    assert (told.text, told.chat, told.message, told.group) == ("路灯坏了", 700001, 7, False)
    assert (told.sender.user_id, told.sender.name, told.sender.language) == (700001, "Li Hua", "zh-hans")
    assert told.at == at(SENT)


def test_the_largest_picture_counts_and_its_caption_is_the_text():
    told = spoke(photo=PHOTO, caption="看", media_group_id="al")
    assert (told.photo, told.text, told.album) == ("large", "看", "al")


def test_voice_and_places_are_carried():
    assert spoke(voice={"file_id": "v", "file_unique_id": "v", "duration": 2}).voice == "v"
    spot = spoke(location={"latitude": 30.6, "longitude": 104.1, "horizontal_accuracy": 12.0, "live_period": 60}).spot
    assert spot is not None
    assert (spot.lat, spot.lng, spot.accuracy, spot.live) == (30.6, 104.1, 12.0, True)
    venue = {"location": {"latitude": 30.6, "longitude": 104.1}, "title": "药店", "address": "东街1号"}
    named = spoke(location=venue["location"], venue=venue).spot
    assert named is not None
    assert (named.title, named.address) == ("药店", "东街1号")


def test_the_size_of_a_file_is_known_before_it_is_fetched():
    big = {"file_id": "d", "file_unique_id": "d", "file_size": 30_000_000, "mime_type": "application/pdf"}
    assert spoke(document=big).document_bytes == 30_000_000


def test_an_anonymous_administrator_is_nobody():
    hidden = message(GROUP, text="收到", sender_chat=GROUP, reply_to_message=ours())
    assert group.replied(update(message=hidden), moment) is None
    assert resident.ordered(update(message=message(text="/start", sender_chat=GROUP)), moment) is None


def test_in_groups_only_replies_to_a_bot_are_heard():
    assert group.replied(update(message=message(GROUP, text="收到")), moment) is None
    to_a_person = ours() | {"from": PERSON}
    assert group.replied(update(message=message(GROUP, text="收到", reply_to_message=to_a_person)), moment) is None
    heard = group.replied(update(message=message(GROUP, text="收到", reply_to_message=ours())), moment)
    assert heard is not None
    assert (heard.group, heard.reply_to, heard.chat) == (True, 5, GROUP["id"])


@pytest.mark.parametrize(
    ("text", "word", "rest"),
    [
        ("/start", "start", ""),
        ("/start pl_x", "start", "pl_x"),
        ("/Help@pinganbot", "help", ""),
        ("/duty  now ", "duty", "now"),
        ("/a2611_0042@pinganbot", "case", "A2611-0042"),
    ],
)
def test_commands_are_taken_apart(text, word, rest):
    found = resident.ordered(update(message=message(text=text)), moment)
    assert found is not None
    assert (found.word, found.rest) == (word, rest)


def test_a_command_for_another_bot_is_not_ours():
    assert resident.ordered(update(message=message(text="/help@another_bot")), moment) is None
    assert group.ordered(update(message=message(GROUP, text="/duty@another_bot")), moment) is None


def test_a_command_in_a_group_knows_that_it_is_one():
    found = group.ordered(update(message=message(GROUP, text="/duty")), moment)
    assert isinstance(found, Ordered)
    assert found.group


@pytest.mark.parametrize(("text", "word"), [("📋 我的事项", "mine"), ("到岗了", "signin_words"), ("隐私", "privacy")])
def test_words_of_the_keyboard_are_commands(text, word):
    found = resident.worded(update(message=message(text=text)), moment)
    assert isinstance(found, Ordered)
    assert found.word == word


def test_a_number_alone_opens_the_case_but_not_where_it_answers_a_question():
    found = resident.worded(update(message=message(text=" A2611-0042")), moment)
    assert isinstance(found, Ordered)
    assert (found.word, found.rest) == ("case", "A2611-0042")
    for more in ({"text": "A2611-0042 怎么样了"}, {"text": "A2611-0042", "reply_to_message": ours()}):
        assert isinstance(resident.worded(update(message=message(**more)), moment), Spoke)


def test_any_other_text_is_told():
    assert isinstance(resident.worded(update(message=message(text="我的事项里没有路灯")), moment), Spoke)


def test_an_edit_counts_from_when_it_was_made():
    edited = resident.edited(update(edited_message=message(text="改了", edit_date=LATER)), moment)
    assert edited is not None
    assert (edited.edited, edited.at) == (True, at(LATER))


def test_a_live_place_moves_until_its_end_which_is_counted_from_its_first_moment():
    place = {"latitude": 30.6, "longitude": 104.1, "horizontal_accuracy": 12.0}
    moved = message(location={**place, "live_period": 900}, edit_date=LATER)
    found = resident.edited(update(edited_message=moved), moment)
    assert found is not None
    assert found.moved
    assert found.spot == Spot(lat=30.6, lng=104.1, accuracy=12.0, live=True, until=at(SENT) + timedelta(minutes=15))
    last = resident.edited(update(edited_message=message(location=place, edit_date=LATER)), moment)
    assert last is not None
    assert last.spot == Spot(lat=30.6, lng=104.1, accuracy=12.0)


def query(**fields) -> Pressed:
    raw = {"id": "cb1", "from": PERSON, "chat_instance": "x", "message": ours(), **fields}
    found = presses.pressed(update(callback_query=raw), moment)
    assert isinstance(found, Pressed)
    return found


def test_a_press_carries_who_where_and_what():
    found = query(data="1|ac|A2611-0042|3|")
    assert found.press == Press(action="ac", case="A2611-0042", round=3)
    assert (found.sender.user_id, found.chat, found.message) == (700001, GROUP["id"], 5)


@pytest.mark.parametrize("data", ["", "ac", "2|ac|A1|0|", "1|ac|A1|-1|", "1|ac|A1|0|" + "x" * 80])
def test_forged_data_is_a_press_without_content(data):
    assert query(data=data).press is None


def test_a_press_on_a_vanished_message_still_has_a_chat():
    found = query(data="1|hu||0|", message=None)
    assert (found.chat, found.message) == (700001, None)


def member(status: str, chat=PRIVATE, **rights: bool) -> StatusChanged:
    allowed = dict.fromkeys(PERMISSIONS, True) | {"is_member": True} if status == "restricted" else {}
    until = {"until_date": 0} if status in {"kicked", "restricted"} else {}
    who = {"user": BOT, "status": status, **until, **allowed, **rights}
    changed = {"chat": chat, "from": PERSON, "date": SENT, "old_chat_member": who, "new_chat_member": who}
    found = standing.changed(update(my_chat_member=changed), moment)
    assert isinstance(found, StatusChanged)
    return found


def test_a_block_is_known_and_its_end_too():
    assert not member("kicked").present
    assert member("member").present
    assert not member("member").group
    assert member("left", GROUP).group


def test_a_group_where_the_bot_may_not_say_anything_is_as_lost_as_one_that_put_it_out():
    assert member("restricted", GROUP, can_send_photos=False).present
    assert not member("restricted", GROUP, can_send_messages=False).present
    assert not member("restricted", GROUP, is_member=False).present


@pytest.mark.parametrize("fields", [{"migrate_to_chat_id": -200}, {"migrate_from_chat_id": -100}])
def test_a_group_that_became_a_supergroup_is_known_from_either_side(fields):
    chat = {"id": -100 if "migrate_to_chat_id" in fields else -200, "type": "group", "title": "post"}
    found = standing.migrated(update(message=message(chat, **fields)), moment)
    assert isinstance(found, Migrated)
    assert (found.old, found.new) == (-100, -200)


def routed(it) -> str | None:
    """The first row of the table whose filter lets the update pass."""
    kinds = {"message": it.message, "edited": it.edited_message, "callback": it.callback_query}
    kinds["my_chat_member"] = it.my_chat_member
    for route in ROUTES:
        if kinds[route.kind] and (route.filter is None or route.filter.check_update(it)):
            return route.name
    return None


COMMAND = {"text": "/duty", "entities": [{"type": "bot_command", "offset": 0, "length": 5}]}


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (message(text="路灯坏了"), "word"),
        (message(photo=PHOTO), "told"),
        (message(**COMMAND), "order"),
        (message(GROUP, **COMMAND), "group order"),
        (message(GROUP, text="好", reply_to_message=ours()), "group reply"),
        (message(GROUP, text="今天天气好"), None),
        (message(GROUP, migrate_to_chat_id=-2), "migration"),
        (message(GROUP, new_chat_title="x"), None),
    ],
)
def test_each_message_goes_to_its_row_and_talk_in_groups_to_none(raw, name):
    assert routed(update(message=raw)) == name


def test_a_sticker_of_distress_is_a_cry_for_help_and_others_are_stickers():
    sticker = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 9, "height": 9, "is_animated": False}
    assert spoke(sticker={**sticker, "is_video": False, "emoji": "🆘"}).text == "🆘"
    assert spoke(sticker={**sticker, "is_video": False, "emoji": "🔥"}).text == ""


@pytest.mark.parametrize("text", ["/report 3栋着火了", "/report@PinganBot 3栋着火了", "/found\n3栋着火了"])
def test_what_follows_the_word_for_a_report_is_the_report(text: str):
    told = resident.told(update(message=message(text=text)), moment)
    assert isinstance(told, Spoke)
    assert told.text == "3栋着火了"
    again = resident.edited(update(edited_message=message(text=text, edit_date=LATER)), moment)
    assert again is not None
    assert again.text == "3栋着火了"


def test_a_picture_under_a_command_is_not_lost():
    under = update(message=message(photo=PHOTO, caption="/report 3栋堆满杂物"))
    route = next(it for it in ROUTES if it.kind == "message" and it.filter and it.filter.check_update(under))
    told = route.parse(under, moment)
    assert isinstance(told, Spoke)
    assert (told.photo, told.text) == ("large", "3栋堆满杂物")
    in_group = update(message=message(GROUP, photo=PHOTO, caption="/report 3栋堆满杂物"))
    route = next(it for it in ROUTES if it.kind == "message" and it.filter and it.filter.check_update(in_group))
    called = route.parse(in_group, moment)
    assert isinstance(called, Spoke)
    assert (called.photo, called.text, called.called) == ("large", "3栋堆满杂物", True)


def test_a_word_with_something_else_behind_it_stays_that_word():
    told = resident.told(update(message=message(text="/help 怎么用")), moment)
    assert isinstance(told, Ordered)
    assert (told.word, told.rest) == ("help", "怎么用")


def test_a_round_film_and_a_piece_of_music_are_listened_to_like_any_film_and_voice():
    note = {"file_id": "n", "file_unique_id": "n", "length": 240, "duration": 3}
    assert spoke(video_note=note).video == "n"
    audio = {"file_id": "a", "file_unique_id": "a", "duration": 3}
    assert spoke(audio=audio).voice == "a"


@pytest.mark.parametrize(
    "what",
    [
        {"poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
                  "is_anonymous": True, "type": "regular", "allows_multiple_answers": False, "allows_revoting": False,
                  "members_only": False}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"contact": {"phone_number": "13812345678", "first_name": "王"}},
        {"sticker": {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1,
                     "is_animated": False, "is_video": False, "emoji": "😀"}},
    ],
)  # fmt: skip
def test_what_says_nothing_is_still_heard_so_that_it_is_answered_and_nothing_of_it_is_kept(what: dict[str, object]):
    sent = update(message=message(**what))
    route = next(it for it in ROUTES if it.kind == "message" and it.filter and it.filter.check_update(sent))
    told = route.parse(sent, moment)
    assert isinstance(told, Spoke)
    assert (told.text, told.photo, told.voice, told.video, told.document, told.spot) == (
        "",
        None,
        None,
        None,
        None,
        None,
    )
    assert "13812345678" not in repr(told)


def test_who_wrote_what_is_forwarded_is_not_taken_along():
    origin = {"type": "user", "date": SENT, "sender_user": {"id": 700002, "is_bot": False, "first_name": "李大妈"}}
    told = spoke(text="3栋堆满杂物", forward_origin=origin)
    assert told.forwarded
    assert told.sender.user_id == PERSON["id"]
    assert "李大妈" not in repr(told)
    assert "700002" not in repr(told)
