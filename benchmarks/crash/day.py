"""The scripted day: residents report, a patrol accepts, arrives and ends with photos, others are left to the clock.

Everybody acts as people do: a message is written once, since Telegram keeps it; a button that did nothing is pressed
again.
"""

import asyncio
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.sandbox.world import World

Message = dict[str, Any]

PATROL, COLLEAGUE, POST = 9000000011, 9000000012, -1009000000002
FIRST_RESIDENT = 9_300_000_000
AGAIN = 4.0  # real seconds until somebody presses a button again
PATIENCE = 60.0  # real seconds for anything to appear, kills and all
OTHER = "🙅 不是,另一件"
TAKEN = ("编号", "已签收")  # what is asked about a twin says the second alone
WHOLE, LEFT = "楼道堆满杂物", "门口水管爆了,水往外喷"


@dataclass(frozen=True, slots=True)
class Report:
    """One resident's report; `tag` is a word that finds it again everywhere. `whole`: somebody takes care of it."""

    resident: int
    tag: str
    whole: bool


def reports() -> Iterator[Report]:
    """One after the other, each of a new resident; two of three go the whole way."""
    for number in range(10_000):
        tag = "".join(string.ascii_lowercase[number // 26**power % 26] for power in (2, 1, 0))
        yield Report(FIRST_RESIDENT + number, f"zz{tag}", number % 3 != 2)


class Day:
    """Plays reports in a sandbox whose bot may be dead at any moment."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def begun(self) -> None:
        """The post's people have signed in; a report that came before them would go elsewhere."""
        for person in (PATROL, COLLEAGUE):
            await self._sees(person, "已签到")

    async def played(self, report: Report) -> None:
        """One report to where it can get without the clock: confirmed by the resident, or waiting at the post."""
        self._world.add_user(report.resident, "居民", language_code="zh-hans", started=True)
        what = WHOLE if report.whole else LEFT
        self._world.say(report.resident, report.resident, text=f"宏济新居3栋{what} {report.tag}")
        # Asked whether it is what a neighbour has told already: it is a matter of its own.
        await self._presses(report.resident, report.resident, "", OTHER, lambda: self._find(POST, report.tag))
        await self._sees(report.resident, "收到了,编号")
        if report.whole:
            await self._handled(report)

    async def reminded(self, report: Report) -> None:
        """What the clock owes a report that nobody took."""
        number = await self.number(report)
        await self._sees(POST, number, "已超时")

    async def number(self, report: Report) -> str:
        """The case's number, as the resident was told it."""
        message = await self._sees(report.resident, "收到了,编号")
        return str(words_of(message).partition("编号 ")[2][:10])

    async def _handled(self, report: Report) -> None:
        await self._presses(POST, PATROL, report.tag, "签收", lambda: self._find(report.resident, *TAKEN))
        card = self._find(POST, report.tag)
        self._photo(card, "")
        await self._sees(report.resident, "已到现场")
        self._photo(card, "已经清走")
        await self._sees(report.resident, "解决了吗")
        await self._presses(
            report.resident, report.resident, "解决了吗", "✅ 解决了", lambda: self._find(POST, report.tag, "已结案")
        )

    def _photo(self, card: Message | None, text: str) -> None:
        assert card is not None
        what: dict[str, Any] = {"caption": text} if text else {}
        self._world.say(POST, PATROL, photo="sample:after_clean", reply_to_message_id=card["message_id"], **what)

    async def _presses(self, chat: int, user: int, words: str, label: str, done: Callable[[], Message | None]) -> None:
        """Press until it shows."""
        button = partial(self._button, chat, words, label)
        async with asyncio.timeout(PATIENCE):
            while done() is None:
                await self._until(lambda: done() or button(), PATIENCE)
                if (found := button()) is not None and done() is None:
                    self._world.press(chat, found[0], user, found[1])
                    await self._until(done, AGAIN)

    def _button(self, chat: int, words: str, label: str) -> tuple[int, str] | None:
        return next(self._buttons(chat, words, label), None)

    def _buttons(self, chat: int, words: str, label: str) -> Iterator[tuple[int, str]]:
        for message in self._messages(chat):
            if words in words_of(message):
                for row in message.get("reply_markup", {}).get("inline_keyboard", ()):
                    yield from ((message["message_id"], key["callback_data"]) for key in row if label in key["text"])

    async def _sees(self, chat: int, *words: str) -> Message:
        """Wait for a message of the bot with all the words. Raises TimeoutError."""
        async with asyncio.timeout(PATIENCE):
            while (found := self._find(chat, *words)) is None:
                await self._until(partial(self._find, chat, *words), PATIENCE)
        return found

    async def _until(self, look: Callable[[], object], seconds: float) -> None:
        """Until there is something to see, or so long."""
        try:
            async with asyncio.timeout(seconds):
                if look():
                    return
                async for _ in self._world.events.follow(self._world.events.last):
                    if look():
                        return
        except TimeoutError:
            return

    def _find(self, chat: int, *words: str) -> Message | None:
        return next((it for it in self._messages(chat) if all(word in words_of(it) for word in words)), None)

    def _messages(self, chat: int) -> Iterator[Message]:
        """What the bot said there, newest first."""
        if chat not in self._world.chats:
            return
        for stored in reversed(list(self._world.chats[chat].messages.values())):
            if stored.body.get("from", {}).get("is_bot"):
                yield stored.body


def words_of(message: Message) -> str:
    """Text or caption."""
    return str(message.get("text") or message.get("caption") or "")
