"""What does not fit into one message: a list goes in several and nothing of it is left out, a card is cut."""

import json
from pathlib import Path

import pytest

from bot.voice import LINES, markup, plain
from core.messages import Json, Key, Notice, Press
from tests.bot.street import DISTRICT, said, street
from tests.bot.voices import NOW, VOICE, notice

EVERYBODY = [it["id"] for it in json.loads(DISTRICT.read_bytes())["people"]]
ACCEPT = ((Key(label="btn.accept", press=Press(action="ac", case="A2611-0001", round=1)),),)
POSTS: Json = [{"team": "ST1", "on": ["P002", "P003", "P041"] * 40, "open": n} for n in range(1, 20)]


def test_a_list_goes_in_lots_of_whole_lines_that_fit_and_hold_all_of_it() -> None:
    whole = notice("duty.board", {"posts": POSTS})
    lots = VOICE.speak(whole, NOW).lots
    said_one_by_one = [VOICE.speak(notice("duty.board", {"posts": POSTS, LINES: list(lot)}), NOW) for lot in lots]
    lines = [line for speech in said_one_by_one for line in speech.text.split("\n")]

    assert len(lots) > 1
    assert all(len(plain(speech.text)) <= markup.TEXT_LIMIT and not speech.lots for speech in said_one_by_one)
    assert sum("王佳涛" in line for line in lines) == 19
    assert [first for first, _ in lots] == [0, *(last for _, last in lots[:-1])]


@pytest.mark.parametrize(("text", "lots"), [("a\nb", ()), ("aaaa\nbbbb\ncc", ((0, 1), (1, 3))), ("aaaaaaaaaa", ())])
def test_lots_are_made_only_of_lines_and_only_where_there_are_several(text: str, lots: object) -> None:
    assert markup.lots(text, 8) == lots


def test_a_card_is_one_message_and_is_cut_after_a_whole_line_a_single_line_within_it() -> None:
    assert markup.fit("<b>aaa</b>\nbbb\ncccccccccc", 10) == "<b>aaa</b>\nbbb\n…"
    assert markup.fit("<b>aa &lt; aa</b>aaaaaaaa", 10) == "aa &lt; aaaa…"


async def test_a_board_of_a_large_town_arrives_whole_in_order_with_its_keys_at_the_end(tmp_path: Path) -> None:
    posts: Json = [{"team": "ST1", "on": EVERYBODY * 3, "open": n} for n in range(1, 20)]
    async with street(tmp_path) as here:
        board = Notice(to=7, kind="duty.board", key="board", params={"posts": posts}, keys=ACCEPT)
        await here.queue(said(7, "before", "a"), board, said(7, "after", "b"))
        await here.settle()
        texts = here.texts(7)
        shown = [it.body for it in here.sandbox.world.chats[7].messages.values()]
        keyed = ["reply_markup" in body for body in shown]

    assert ("before" in texts[0], "after" in texts[-1]) == (True, True)
    assert len(texts) > 3
    assert len([line for text in texts[1:-1] for line in text.split("\n")]) >= 20, "a head and nineteen posts"
    assert keyed == [False] * (len(texts) - 2) + [True, False]
    assert not here.sandbox.world.calls.refusals
