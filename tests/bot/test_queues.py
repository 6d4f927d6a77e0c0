import asyncio
from typing import Any

import pytest

from bot.intake import Verdict
from bot.queues import Queues


def word(number: int, chat: int, text: str = "") -> dict[str, Any]:
    return {"update_id": number, "message": {"chat": {"id": chat}, "text": text}}


class Road:
    """Handles what it is given, in turn; a word that is held waits until it is let go."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.done: list[int] = []
        self.held: dict[int, asyncio.Event] = {}
        self.verdicts: dict[int, list[Verdict]] = {}

    async def take(self, raw: Any) -> Verdict:
        number = raw["update_id"]
        self.begun.append(number)
        if number in self.held:
            await self.held[number].wait()
        verdicts = self.verdicts.get(number, [])
        verdict = verdicts.pop(0) if verdicts else Verdict.DONE
        if verdict is not Verdict.AGAIN:
            self.done.append(number)
        return verdict

    def hold(self, number: int) -> asyncio.Event:
        return self.held.setdefault(number, asyncio.Event())


def queues(road: Road, rank: Any = lambda _raw: 0) -> Queues:
    return Queues(road.take, rank)


async def test_the_offset_stays_before_what_is_still_in_hand_and_passes_it_when_it_is_done() -> None:
    road = Road()
    gate, hand = road.hold(11), queues(road)
    hand.add([word(number, number) for number in range(10, 15)])
    await hand.idle(0.05)
    assert (hand.offset, hand.busy, road.done) == (11, True, [10, 12, 13, 14])
    gate.set()
    await hand.idle()
    assert (hand.offset, hand.busy) == (15, False)


async def test_what_is_shown_again_is_not_handled_again_and_what_is_new_beside_it_is() -> None:
    road = Road()
    gate, hand = road.hold(10), queues(road)
    first = [word(number, number) for number in range(10, 13)]
    hand.add(first)
    await hand.idle(0.05)
    hand.add([*first, word(13, 13)])
    await hand.idle(0.05)
    assert road.begun == [10, 11, 12, 13]
    gate.set()
    await hand.idle()
    assert hand.offset == 14


async def test_whoever_wants_only_part_of_it_done_goes_on_when_that_is_done() -> None:
    road = Road()
    gates, hand = [road.hold(number) for number in (12, 13)], queues(road)
    hand.add([word(number, number) for number in range(10, 14)])
    await hand.idle(left=2)
    assert (hand.offset, hand.busy, road.done) == (12, True, [10, 11])
    for gate in gates:
        gate.set()
    await hand.idle()
    assert (hand.offset, hand.busy) == (14, False)


async def test_a_later_word_of_a_busy_chat_waits_behind_the_one_in_hand() -> None:
    road = Road()
    gate, hand = road.hold(10), queues(road)
    hand.add([word(10, 7), word(11, 8)])
    await hand.idle(0.05)
    hand.add([word(10, 7), word(12, 7), word(13, 8)])
    await hand.idle(0.05)
    assert road.done == [11, 13]
    gate.set()
    await hand.idle()
    assert road.done == [11, 13, 10, 12]


async def test_the_most_urgent_queues_begin_first_and_the_order_within_each_stays() -> None:
    road = Road()
    hand = queues(road, lambda raw: 0 if raw["message"]["text"] == "fire" else 1)
    hand.add([word(1, 5), word(2, 6), word(3, 7, "hm"), word(4, 7, "fire"), word(5, 8)])
    await hand.idle()
    assert road.begun.index(3) == 0
    assert road.begun.index(3) < road.begun.index(4)


async def test_ids_may_begin_anew_from_a_lower_number_after_a_quiet_week() -> None:
    road = Road()
    hand = queues(road)
    hand.add([word(900, 7)])
    await hand.idle()
    hand.add([word(20, 7)])
    await hand.idle()
    assert (road.done, hand.offset) == ([900, 20], 21)


async def test_an_empty_batch_changes_nothing() -> None:
    hand = queues(Road())
    hand.add([word(5, 7)])
    await hand.idle()
    hand.add([])
    assert hand.offset == 6


async def test_what_fails_at_a_stop_is_left_to_the_server_with_all_that_is_behind_it() -> None:
    road = Road()
    road.verdicts[10] = [Verdict.AGAIN] * 99
    hand = queues(road)
    hand.add([word(10, 7), word(11, 7), word(12, 8)])
    await hand.idle(0.05)
    hand.stop()
    await hand.idle()
    assert (road.done, hand.offset) == ([12], 10)


async def test_a_fault_of_ours_is_not_swallowed() -> None:
    async def broken(_raw: Any) -> Verdict:
        raise ZeroDivisionError

    hand = Queues(broken, lambda _raw: 0)
    hand.add([word(10, 7)])
    with pytest.raises(ZeroDivisionError):
        await hand.idle()


async def test_what_has_no_id_is_handled_and_holds_up_no_offset() -> None:
    taken: list[Any] = []

    async def take(raw: Any) -> Verdict:
        taken.append(raw)
        return Verdict.DONE

    hand = Queues(take, lambda _raw: 0)
    hand.add(["not an update", {"message": {}}, word(3, 7)])
    await hand.idle()
    assert (len(taken), hand.offset) == (3, 4)
