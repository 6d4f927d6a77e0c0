import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.pump import books, pump
from bot.pump.hand import IN_HAND
from bot.pump.pump import CALLS
from bot.pump.shelf import Shelf
from bot.sandbox.faults import Fault
from core.messages import Answer, Command, Delayed, Delivered, Key, Lane, Migrated, Notice, Press, Undelivered
from core.world import Decision, World
from storage import chats
from storage.tables import OUTBOX
from storage.taking import Claimed
from tests.bot.street import Street, echo, said, street, until

GROUP = -5001


@pytest.fixture
def quick_edits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(books, "SLOT_GAP", {True: 0.0, False: 0.0})
    return


def calls(here: Street, chat: int | None = None) -> list[Any]:
    sent = here.sandbox.world.calls.find(chat_id=chat) if chat is not None else here.sandbox.world.calls.find()
    return [call for call in sent if call.method.startswith(("send", "edit"))]


def listening() -> tuple[Any, list[Command]]:
    heard: list[Command] = []

    def decide(command: Command, world: World) -> Decision:
        heard.append(command)
        return echo(command, world)

    return decide, heard


async def test_an_urgent_notice_overtakes_a_broadcast_and_nothing_is_refused(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        for user in range(100, 190):
            here.sandbox.world.add_user(user, "居民", started=True)
        await here.queue(*(said(user, "通知", f"b:{user}", lane=Lane.BROADCAST) for user in range(100, 190)))
        before = []
        for number in range(4):
            await asyncio.sleep(0.5)
            await here.queue(said(GROUP, f"急 {number}", f"u:{number}", lane=Lane.URGENT))
            begun = here.sandbox.world.calls.last
            await until(lambda number=number: any(f"急 {number}" in text for text in here.texts(GROUP)))
            urgent = next(call.n for call in calls(here, GROUP) if f"急 {number}" in call.params["text"])
            before.append(len([call for call in calls(here) if begun < call.n < urgent]))
        await here.settle()
        assert max(before) <= CALLS, "no more than were on their way"
        assert not here.sandbox.world.calls.refusals
        assert all(len(here.texts(user)) == 1 for user in range(100, 190))


async def test_the_pace_is_never_passed(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        for user in range(100, 187):
            here.sandbox.world.add_user(user, "居民", started=True)
        await here.queue(*(said(user, "通知", f"b:{user}", lane=Lane.BROADCAST) for user in range(100, 187)))
        await here.settle()
        assert here.sandbox.world.flood.peak(1) <= 30
        assert not here.sandbox.world.calls.refusals


async def test_a_database_that_hangs_keeps_nothing_back_that_is_in_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with street(tmp_path) as here:
        claim, free, people = Shelf.claim, asyncio.Event(), range(100, 100 + IN_HAND)

        async def once(*given: Any) -> list[Claimed]:
            found = await claim(*given)
            if not found:
                await free.wait()
            return found

        monkeypatch.setattr(Shelf, "claim", once)
        for user in people:
            here.sandbox.world.add_user(user, "居民", started=True)
        await here.queue(*(said(user, "通知", f"b:{user}", lane=Lane.BROADCAST) for user in people))
        await until(lambda: all(here.texts(user) for user in people))
        free.set()
        await here.settle()


async def test_what_waits_is_taken_in_hand_while_calls_are_on_their_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pump, "LONGEST_WAIT", 3600.0)
    people, gate, out = range(100, 100 + 3 * IN_HAND), asyncio.Event(), []
    async with street(tmp_path) as here:
        call = here.app.telegram.call

        async def held(method: str, params: dict[str, Any], **how: Any) -> Any:
            out.append(params)
            await gate.wait()
            return await call(method, params, **how)

        monkeypatch.setattr(here.app.telegram, "call", held)
        for user in people:
            here.sandbox.world.add_user(user, "居民", started=True)
        await here.queue(*(said(user, "通知", f"b:{user}", lane=Lane.BROADCAST) for user in people))
        await until(lambda: len(out) == len(people))
        gate.set()
        await here.settle()


async def test_lanes_are_strict_and_a_chat_keeps_its_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with street(tmp_path) as here:
        asked, call = [], here.app.telegram.call

        async def noted(method: str, params: dict[str, Any], **how: Any) -> Any:
            asked.append(str(params.get("text", "")))  # calls of a moment may overtake each other on their way
            return await call(method, params, **how)

        monkeypatch.setattr(here.app.telegram, "call", noted)
        order = [(7, Lane.BROADCAST), (8, Lane.DIGEST), (9, Lane.REMINDER), (GROUP, Lane.URGENT)]
        notices = [said(chat, f"{lane.name} {n}", f"{chat}:{n}", lane=lane) for chat, lane in order for n in range(2)]
        await here.queue(*notices)
        await here.settle()
        first = [text for text in asked if text.endswith("0")]  # the second waits for its chat
        lanes = [next(lane for lane in Lane if lane.name in text) for text in first]
        assert lanes == sorted(lanes)
        for chat, _ in order:
            assert [text[-1] for text in here.texts(chat)] == ["0", "1"]


async def test_a_busy_chat_does_not_hold_up_the_others_and_is_never_refused(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        # The first is long on its way: what the server counts from then on must not come early for it.
        here.sandbox.world.faults.add(Fault(kind="slow", method="sendMessage", chat_id=7, seconds=0.4))
        begun = time.monotonic()
        await here.queue(*(said(7, str(n), f"7:{n}") for n in range(6)), said(8, "ok", "8"))
        await here.settle()
        assert calls(here, 8)[0].n < calls(here, 7)[-1].n  # the other chat did not wait for all of this one's
        assert time.monotonic() - begun > 2.9  # three at once, then one a second
        assert [text[-1] for text in here.texts(7)] == list("012345")
        assert not here.sandbox.world.calls.refusals


async def test_states_of_a_card_that_follow_each_other_become_one_edit(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        await here.queue(said(7, "state 0", "s:0", slot="card:A"))
        await here.settle()
        begun = time.monotonic()
        for number in range(1, 8):
            await here.queue(said(7, f"state {number}", f"s:{number}", slot="card:A"))
            await asyncio.sleep(0.02)
        await here.settle()
        assert "state 7" in here.texts(7)[0]
        assert len(here.texts(7)) == 1
        assert len(calls(here, 7)) <= 2 + (time.monotonic() - begun) / books.SLOT_GAP[False], "one edit a second"


@pytest.mark.usefixtures("quick_edits")
async def test_a_card_that_says_the_same_again_counts_as_sent(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        for number in range(2):
            await here.queue(said(7, "same", f"s:{number}", slot="card:A"))
            await here.settle()
        assert (await here.counts())[Lane.INTERACTIVE, "sent"] == 2


@pytest.mark.usefixtures("quick_edits")
async def test_a_card_that_was_deleted_is_sent_anew_and_lives_on_there(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        await here.queue(said(7, "one", "s:1", slot="card:A"))
        await here.settle()
        first = max(here.sandbox.world.chats[7].messages)
        del here.sandbox.world.chats[7].messages[first]
        for words in ("two", "three"):
            await here.queue(said(7, words, f"s:{words}", slot="card:A"))
            await here.settle()
        assert len(here.texts(7)) == 1
        assert "three" in here.texts(7)[0]


@pytest.mark.usefixtures("quick_edits")
async def test_again_sends_a_new_card_edits_go_there_and_the_old_one_points_down(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        await here.queue(said(7, "one", "s:1", slot="card:A"))
        await here.settle()
        await here.queue(said(7, "two", "s:2", slot="card:A", again=True))
        await here.settle()
        await here.queue(said(7, "three", "s:3", slot="card:A"))
        await here.settle()
        old, new = here.texts(7)
        assert "最新的一张" in old
        assert "three" in new


@pytest.mark.usefixtures("quick_edits")
async def test_an_old_card_that_is_gone_needs_no_pointer(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        here.sandbox.expect_refusal("message to edit not found")
        await here.queue(said(7, "one", "s:1", slot="card:A"))
        await here.settle()
        del here.sandbox.world.chats[7].messages[max(here.sandbox.world.chats[7].messages)]
        await here.queue(said(7, "two", "s:2", slot="card:A", again=True))
        await here.settle()
        assert len(here.texts(7)) == 1
        assert "two" in here.texts(7)[0]


async def test_a_group_that_became_a_supergroup_gets_what_was_on_its_way(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        new = here.sandbox.world.migrate(GROUP)
        await here.queue(said(GROUP, "card", "s:1", lane=Lane.URGENT))
        await until(lambda: here.texts(new))
        await here.settle()
        assert "card" in here.texts(new)[0]


async def test_a_blocked_bot_stops_writing_there_and_the_case_hears_of_it(tmp_path: Path) -> None:
    decide, heard = listening()
    async with street(tmp_path, decide=decide) as here:
        here.sandbox.world.set_member(7, "kicked")
        await here.queue(said(7, "hello", "s:1", case="A2611-0001"))
        await here.settle()
        (lost,) = [command for command in heard if isinstance(command, Undelivered)]
        assert (lost.case, lost.chat, "blocked" in lost.why) == ("A2611-0001", 7, True)
        assert not await here.read(lambda conn: chats.reachable(conn, 7))
        assert (await here.counts())[Lane.INTERACTIVE, "dead"] == 1


async def test_who_asked_for_word_of_a_delivery_gets_it_once(tmp_path: Path) -> None:
    decide, heard = listening()
    async with street(tmp_path, decide=decide) as here:
        await here.queue(
            said(7, "hello", "s:1", case="A2611-0001", report=True), said(8, "hello", "s:2", case="A2611-0001")
        )
        await here.settle()
        (told,) = [command for command in heard if isinstance(command, Delivered)]
        assert (told.case, told.chat, told.kind) == ("A2611-0001", 7, "human.answer")


async def test_of_an_unknown_outcome_an_urgent_card_prefers_a_double_and_a_broadcast_a_loss(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        for chat in (7, GROUP):
            here.sandbox.world.faults.add(Fault(kind="cut_after", method="sendMessage", chat_id=chat, times=1))
        await here.queue(said(7, "broadcast", "b", lane=Lane.BROADCAST), said(GROUP, "urgent", "u", lane=Lane.URGENT))
        await here.settle()
        assert len(here.texts(7)) == 1
        assert len(here.texts(GROUP)) == 2
        counts = await here.counts()
        assert (counts[Lane.BROADCAST, "unknown"], counts[Lane.URGENT, "sent"]) == (1, 1)


@pytest.mark.parametrize("kind", ["cut_before", "502_html"])
async def test_a_send_that_did_not_get_through_is_repeated(kind: str, tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        here.sandbox.world.faults.add(Fault(kind=kind, method="sendMessage", times=1))
        await here.queue(said(7, "hello", "s:1"))
        await here.settle()
        assert len(here.texts(7)) == 1


async def test_slow_mode_of_one_group_delays_no_other(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        fault = Fault(kind="429", method="sendMessage", chat_id=GROUP, times=1, retry_after=900)
        here.sandbox.world.faults.add(fault)
        await here.queue(said(GROUP, "waits", "s:1", lane=Lane.URGENT))
        await until(lambda: len(calls(here, GROUP)) == 1)
        await here.queue(said(7, "goes", "s:2", lane=Lane.BROADCAST))
        await until(lambda: here.texts(7))
        await asyncio.sleep(0.3)
        assert len(calls(here, GROUP)) == 1


async def test_marks_that_telegram_cannot_read_are_said_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with street(tmp_path) as here:
        speak = here.app.pump._voice.speak

        def broken(notice: Notice) -> Any:
            speech = speak(notice)
            return type(speech)(text=f"<b>{speech.text}", keyboard=speech.keyboard)

        monkeypatch.setattr(here.app.pump._voice, "speak", broken)
        await here.queue(said(7, "a < b", "s:1"))
        await here.settle()
        assert "a < b" in here.texts(7)[0]


async def test_a_notice_without_words_dies_alone(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        await here.queue(Notice(to=7, kind="no.such.kind", key="x"), said(7, "ok", "s:1"))
        await here.settle()
        assert "ok" in here.texts(7)[0]
        assert (await here.counts())[Lane.INTERACTIVE, "dead"] == 1


async def test_a_hostile_name_arrives_as_it_is(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        words = "<b>&amp; _x_ 👩‍👩‍👧 *y*"
        await here.queue(said(7, words, "s:1"))
        await here.settle()
        assert words in here.texts(7)[0]


async def test_a_press_is_answered_at_once_though_a_broadcast_runs(tmp_path: Path) -> None:
    def decide(command: Command, world: World) -> Decision:
        decision = echo(command, world)
        return Decision(answer=Answer(kind="ans.ok")) if decision.answer else decision

    async with street(tmp_path, decide=decide) as here:
        key = Key(label="btn.accept", press=Press(action="accept", case="A2611-0001", round=1))
        await here.queue(said(7, "card", "s:1", keys=((key,),)))
        await here.settle()
        for user in range(100, 160):
            here.sandbox.world.add_user(user, "居民", started=True)
        await here.queue(*(said(user, "通知", f"b:{user}", lane=Lane.BROADCAST) for user in range(100, 160)))
        message = here.sandbox.world.chats[7].messages[max(here.sandbox.world.chats[7].messages)]
        data = message.body["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        query = here.sandbox.world.press(7, max(here.sandbox.world.chats[7].messages), 7, data)
        answer = await here.sandbox.world.callbacks.wait(query, 60)
        assert answer is not None
        assert answer["text"]
        await here.settle()
        (answered,) = here.sandbox.world.calls.find(method="answerCallbackQuery")
        assert answered.n < calls(here)[-1].n, "nobody waits for a broadcast to end"


async def test_what_a_dead_process_had_in_hand_is_sent_by_the_next(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        await here.app.pump.stop(1)
        await here.queue(said(7, "hello", "s:1"))
        claimed = await here.app.pump._shelf.claim(5, tuple(Lane), (), ())
        assert len(claimed) == 1
        assert await here.app.pump._shelf.claim(5, tuple(Lane), (), ()) == []
        assert await here.app.pump._shelf.recover() == 1
        assert len(await here.app.pump._shelf.claim(5, tuple(Lane), (), ())) == 1


async def test_a_migration_told_by_an_update_is_written_everywhere(tmp_path: Path) -> None:
    decide, heard = listening()
    async with street(tmp_path, decide=decide) as here:
        await here.queue(said(GROUP, "card", "s:1", slot="card:A"))
        await here.settle()
        new = here.sandbox.world.migrate(GROUP)
        await asyncio.sleep(0.3)
        await here.queue(said(GROUP, "card 2", "s:2", slot="card:A"))
        await until(lambda: here.texts(new))
        assert not any(isinstance(command, Migrated) for command in heard)


async def test_a_busy_group_gets_its_news_in_one_message_and_hears_how_long_the_cards_take(tmp_path: Path) -> None:
    decide, heard = listening()
    async with street(tmp_path, decide=decide) as here:
        for second in range(15):  # fifteen of the seventeen that are not urgent have gone already
            here.app.pump.books.spend(GROUP, 1, time.monotonic() - 30 + second)
        key = Key(label="btn.accept", press=Press(action="ac", case="A2611-0009", round=1))
        news = [
            Notice(to=GROUP, kind="duty.urged", key=f"n:{n}", case=f"A2611-000{n}", params={"no": f"A2611-000{n}"})
            for n in range(1, 5)
        ]
        cards = [
            Notice(
                to=GROUP, kind="card", key=f"c:{n}", case=f"A2611-00{n}", slot=f"card:{n}", again=True, report=True,
                params={"no": f"A2611-00{n}", "severity": 3, "category": None, "place": "宏济新居", "status": "DISP"},
                keys=((key,),),
            )
            for n in range(11, 15)
        ]  # fmt: skip
        await here.queue(*news, *cards)
        await until(lambda: len(here.texts(GROUP)) >= 2)
        first = here.texts(GROUP)[0]
        assert all(f"A2611-000{n}" in first for n in range(1, 5))
        assert "4 条合在这里" in first
        assert "还有 4 条在排队" in first
        assert "分钟" in first
        assert {command.case for command in heard if isinstance(command, Delayed)} == {
            f"A2611-00{n}" for n in range(11, 15)
        }
        rows = await here.read(states)
        assert {rows[f"n:{n}"] for n in range(1, 5)} == {("sent", max(here.sandbox.world.chats[GROUP].messages) - 1)}
        await here.queue(said(GROUP, "急", "u", lane=Lane.URGENT))
        await until(lambda: any("急" in text for text in here.texts(GROUP)))
        assert not here.sandbox.world.calls.refusals


async def test_what_costs_money_is_asked_for_once_and_never_by_a_repetition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with street(tmp_path) as here:
        turns: list[int] = []
        take = here.app.pump.books.pace.take
        monkeypatch.setattr(here.app.pump.books.pace, "take", lambda *given: turns.append(1) or take(*given))
        here.sandbox.world.faults.add(Fault(kind="502_html", method="sendMessage", chat_id=7, times=1))
        await here.queue(said(7, "all", "p", lane=Lane.BROADCAST, paid=True), said(8, "all", "q", lane=Lane.BROADCAST))
        await here.settle()
        asked = [(call.params["chat_id"], call.params.get("allow_paid_broadcast")) for call in calls(here)]
        assert sorted(asked, key=str) == sorted([(7, True), (7, None), (8, None)], key=str)
        assert len(turns) == 2, "what is paid for takes nothing of the thirty a second"


async def test_a_reply_into_a_topic_that_is_closed_goes_to_the_chat_itself(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        here.sandbox.world.faults.add(Fault(kind="answer", description="TOPIC_CLOSED", method="sendMessage"))
        await here.queue(said(GROUP, "answer", "r", reply_to=77))
        await here.settle()
        first, second = calls(here, GROUP)
        assert ("reply_parameters" in first.params, "reply_parameters" in second.params) == (True, False)
        assert "answer" in here.texts(GROUP)[0]


async def test_what_has_to_be_repeated_is_not_overtaken_by_what_came_later(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        here.sandbox.world.faults.add(Fault(kind="500", method="sendMessage", chat_id=7, times=1))
        await here.queue(said(7, "first", "1"), said(7, "second", "2"))
        await here.settle()
        assert ["first" in text for text in here.texts(7)] == [True, False]


def states(conn: Any) -> dict[str, tuple[str, int | None]]:
    return {row.key: (row.state, row.message_id) for row in conn.execute(OUTBOX.select())}
