"""The table of Telegram's answers holds together: each row is reached, each kind has its value and its words."""

import ast
from pathlib import Path

import pytest

from bot.answers import ANSWERS, OTHER_WAYS, Kind, Row, find, kind_of
from bot.docs.answers import REACTIONS
from bot.pump.parcel import DIFFERS
from bot.telegram import MADE

HOUSE = Path(__file__).parents[2]
NAMES = [f"{row.code} {row.words[0] if row.words else 'any'}" for row in ANSWERS]


@pytest.mark.parametrize("row", ANSWERS, ids=NAMES)
def test_each_row_is_found_by_each_of_its_words_and_hidden_by_no_row_above(row: Row) -> None:
    for words in row.words or ("something new",):
        assert find(row.code, f"Bad Request: {words}".capitalize()) is row


def test_every_code_ends_in_a_row_that_takes_whatever_is_said() -> None:
    last = {row.code: row for row in ANSWERS}
    assert [code for code, row in last.items() if row.words] == []


def test_every_kind_has_a_value_or_another_way_and_a_reaction_that_is_written_down() -> None:
    assert set(MADE) | OTHER_WAYS == set(Kind)
    assert set(REACTIONS) == set(Kind)
    assert set(DIFFERS) == OTHER_WAYS


def test_a_code_that_nobody_has_seen_is_refused_below_500_and_unknown_from_there_on() -> None:
    assert (kind_of(418, "teapot"), kind_of(520, "")) == (Kind.REFUSED, Kind.UNKNOWN)


def test_nothing_but_a_broadcast_of_an_operator_may_ask_for_what_costs_money() -> None:
    """`paid=` is written by modules named for the broadcast alone; everybody else leaves it as it is."""
    rooms = [path for room in ("core", "handlers", "storage", "bot") for path in (HOUSE / room).rglob("*.py")]
    found = [
        path.relative_to(HOUSE).as_posix()
        for path in rooms
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "paid"
    ]
    assert [path for path in found if "broadcast" not in path] == []
