"""PTB's handlers, made from the table of routes: each is an asynchronous callback around one synchronous parser."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot import pictures
from bot.engine import Engine, Outcome
from bot.intake import update_key
from bot.papers import Papers
from bot.telegram import Rejected, Sent, Telegram
from bot.tongue import Tongue
from core.messages import Command, Pressed, Unheard
from handlers.routes import Moment, Route

log = logging.getLogger(__name__)

Callback = Callable[[Update, Any], Coroutine[Any, Any, None]]
Handler = BaseHandler[Update, Any, Any]


def _message(route: Route, callback: Callback) -> Handler:
    return MessageHandler(filters.UpdateType.MESSAGE & (route.filter or filters.ALL), callback)


def _edited(route: Route, callback: Callback) -> Handler:
    return MessageHandler(filters.UpdateType.EDITED_MESSAGE & (route.filter or filters.ALL), callback)


def _callback(_route: Route, callback: Callback) -> Handler:
    return CallbackQueryHandler(callback)


def _my_chat_member(_route: Route, callback: Callback) -> Handler:
    return ChatMemberHandler(callback, ChatMemberHandler.MY_CHAT_MEMBER)


KINDS: dict[str, Callable[[Route, Callback], Handler]] = {
    "message": _message,
    "edited": _edited,
    "callback": _callback,
    "my_chat_member": _my_chat_member,
}


class Routing:
    """Puts commands on the road and answers presses; the answer does not wait for the paced queue."""

    def __init__(self, *, engine: Engine, telegram: Telegram, voice: Tongue, moment: Moment) -> None:
        self._engine, self._telegram, self._voice, self._moment = engine, telegram, voice, moment
        self._papers = Papers(telegram, lambda: engine.town)
        self._answers: set[asyncio.Task[None]] = set()

    def install(self, application: Application[Any, Any, Any, Any, Any, Any], routes: Sequence[Route]) -> None:
        """Add a handler for each line, in its order; a press that no line takes still loses its spinner."""
        for route in routes:
            application.add_handler(KINDS[route.kind](route, self._taking(route)))
        application.add_handler(TypeHandler(Update, self._leftover))

    async def finish(self, seconds: float) -> None:
        """Let answers under way end."""
        if self._answers:
            await asyncio.wait(list(self._answers), timeout=seconds)

    def _taking(self, route: Route) -> Callback:
        async def take(update: Update, _context: Any) -> None:
            command = await self._papers.read(route.parse(update, self._moment))
            command = None if command is None else await pictures.located(command, update, self._telegram)
            outcome = None if command is None else await self._engine.execute(command, update_key(update.update_id))
            log.debug("update %s went to %s", update.update_id, route.name, extra={"action": "update.routed"})
            self._answer(update, outcome, command)

        return take

    async def _leftover(self, update: Update, _context: Any) -> None:
        self._answer(update, None, None)

    def _answer(self, update: Update, outcome: Outcome | None, command: Command | None) -> None:
        """In a task of its own: the commit is done, and the next update need not wait for the network."""
        if update.callback_query is None:
            return
        words = self._voice.answer(outcome.answer) if outcome and outcome.answer else ("", False)
        unseen = command if outcome is None or not outcome.notices else None
        task = asyncio.create_task(self._say(update.callback_query.id, *words, unseen))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _say(self, callback: str, words: str, alert: bool, unseen: Command | None) -> None:
        """Answer; a press that came too late for it and that nothing else tells of (`unseen`) has its card renewed."""
        reply = await self._telegram.answer_press(callback, words, alert=alert)
        if isinstance(reply, Rejected):  # "query is too old": what was decided stands
            if isinstance(unseen, Pressed) and unseen.press and unseen.press.case and unseen.press.record is None:
                late = Unheard(at=unseen.at, case=unseen.press.case, chat=unseen.chat)
                await self._engine.execute(late, f"unheard:{callback}")
        elif not isinstance(reply, Sent):
            log.warning("a press was not answered: %r", reply, extra={"action": "press.unanswered"})
