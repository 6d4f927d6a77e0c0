from typing import Any

import pytest

from bot.answers import Kind
from bot.pump.parcel import USUAL, Parcel, Ways, cost_of, wrap
from bot.voice import Speech
from core.messages import Lane, Notice
from storage.taking import Claimed

KEYS = {"inline_keyboard": [[{"text": "✋ 签收", "callback_data": "1|accept"}]]}


def wrapped(text: str = "<b>卡</b>", *, slot_message: int | None = None, ways: Ways = USUAL, **more: Any) -> Parcel:
    notice = Notice(to=-5, kind="card", key="k", lane=Lane.URGENT, **more)
    row = Claimed(id=1, notice=notice, attempts=0, slot_message=slot_message)
    return wrap(row, Speech(text=text, keyboard=KEYS), ways)


def test_words_are_a_message_without_a_link_preview() -> None:
    parcel = wrapped(reply_to=9, silent=True)
    assert parcel.method == "sendMessage"
    assert parcel.params["parse_mode"] == "HTML"
    assert parcel.params["link_preview_options"] == {"is_disabled": True}
    assert parcel.params["reply_parameters"] == {"message_id": 9, "allow_sending_without_reply": True}
    assert parcel.params["disable_notification"] is True
    assert parcel.params["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "1|accept"


def test_a_slot_that_the_chat_has_is_edited_unless_it_is_to_come_again() -> None:
    parcel = wrapped(slot="card:A", slot_message=7)
    assert (parcel.method, parcel.edits, parcel.params["message_id"]) == ("editMessageText", 7, 7)
    assert wrapped(slot="card:A", slot_message=7, again=True).method == "sendMessage"
    assert wrapped(slot="card:A").method == "sendMessage"


@pytest.mark.parametrize(
    ("what", "method", "held"),
    [
        ({"photos": ("p1",)}, "sendPhoto", {"photo": "p1", "caption": "<b>卡</b>"}),
        ({"voices": ("v1",)}, "sendVoice", {"voice": "v1", "caption": "<b>卡</b>"}),
        ({"spot": (30.6, 104.1)}, "sendLocation", {"latitude": 30.6, "longitude": 104.1}),
    ],
)
def test_a_picture_a_voice_and_a_place_each_have_their_call(what: Any, method: str, held: dict[str, Any]) -> None:
    parcel = wrapped(**what)
    assert parcel.method == method
    assert parcel.params | held == parcel.params
    assert "reply_markup" in parcel.params


def test_an_album_carries_its_words_with_the_first_picture_and_counts_as_many() -> None:
    parcel = wrapped(photos=("a", "b", "c"))
    assert parcel.method == "sendMediaGroup"
    assert [item.get("caption") for item in parcel.params["media"]] == ["<b>卡</b>", None, None]
    assert parcel.cost == 3
    assert cost_of(Notice(to=1, kind="x", key="k", photos=("a", "b", "c"))) == 3
    assert cost_of(Notice(to=1, kind="x", key="k")) == 1


def test_an_album_never_has_more_pictures_than_telegram_takes() -> None:
    assert len(wrapped(photos=tuple("abcdefghijklm")).params["media"]) == 10


def test_said_plainly_there_are_no_marks() -> None:
    parcel = wrapped("<b>a &lt; b</b>", ways=frozenset({Kind.PLAIN}))
    assert parcel.params["text"] == "a < b"
    assert "parse_mode" not in parcel.params


@pytest.mark.parametrize(("more", "name", "limit"), [({}, "text", 4096), ({"photos": ("p",)}, "caption", 1024)])
def test_what_is_too_long_is_shortened_and_not_refused(more: Any, name: str, limit: int) -> None:
    parcel = wrapped(f"<b>{'长' * 5000}</b>", **more)
    assert len(parcel.params[name]) == limit
    assert parcel.params[name].endswith("…")
    assert "parse_mode" not in parcel.params


def test_marks_do_not_count_against_the_limit() -> None:
    assert wrapped(f"<b>{'长' * 4096}</b>").params["parse_mode"] == "HTML"
