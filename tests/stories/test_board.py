"""What the phones page is told about the town's clock."""

import pytest

from bot.demo.board import Board
from bot.demo.house import NAME, House


@pytest.fixture
def board(house: House) -> Board:
    return Board(house)


async def test_every_jump_of_the_clock_is_told_with_its_moment_and_once(house: House, board: Board) -> None:
    world = house.sandbox.world
    assert world.page["bot_name"] == NAME
    assert world.page["clock"]["jumps"] == []
    before = world.clock()
    await house.jump_by(minutes=8)
    board.look()
    board.look()
    (jump,) = world.page["clock"]["jumps"]
    assert jump["seconds"] == pytest.approx(480, abs=2)
    assert jump["at"] <= before, "what the bot says on arriving comes after the jump"
    told = [event for event in world.events.after(0) if event.body["type"] == "page"]
    assert len(told) == 1


async def test_several_jumps_add_up_to_the_time_the_bot_has(house: House, board: Board) -> None:
    for minutes in (3, 5, 60):
        await house.jump_by(minutes=minutes)
        board.look()
    clock = house.sandbox.world.page["clock"]
    assert sum(jump["seconds"] for jump in clock["jumps"]) == pytest.approx(clock["jump"])
    assert [jump["at"] for jump in clock["jumps"]] == sorted(jump["at"] for jump in clock["jumps"])


async def test_a_page_opened_after_a_jump_shows_the_bots_time(house: House) -> None:
    await house.jump_by(minutes=30)
    clock = Board(house).house.sandbox.world.page["clock"]
    assert sum(jump["seconds"] for jump in clock["jumps"]) == pytest.approx(clock["jump"])


async def test_whose_shift_it_is_stands_behind_the_names_that_may_speak_in_a_group(house: House, board: Board) -> None:
    def on_shift() -> set[str]:
        phone = next(it for it in house.sandbox.world.page["phones"] if it["id"] == "gST1")
        return {it["name"] for it in phone["speakers"] if it["name"].endswith("当班")}

    morning = on_shift()
    assert len(morning) == 2
    await house.jump_by(hours=6)
    board.look()
    assert len(on_shift()) == 2
    assert on_shift().isdisjoint(morning)
