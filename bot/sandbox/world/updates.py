"""The queue of updates that wait for the bot."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Final

import orjson

from bot.sandbox.world.users import Json

KINDS: Final = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "managed_bot",
)
OFF_BY_DEFAULT: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
DEFAULT: Final = frozenset(KINDS) - OFF_BY_DEFAULT
DAY: Final = 86_400.0
CALLBACK_LIFE: Final = 150.0
LONGEST_QUEUE: Final = 100_000
LARGEST_UPDATE: Final = 65_536
LARGEST_ANSWER: Final = 1 << 22


@dataclass(frozen=True, slots=True)
class Update:
    """An update as it will be sent: `payload` is its JSON, `key` the queue in which order is kept."""

    id: int
    payload: bytes
    key: str
    expires: float


class Updates:
    """Updates in order of arrival. What is too large, too many or not asked for is dropped without a word."""

    def __init__(self) -> None:
        self.next_id = 1_000_001
        self.allowed: frozenset[str] = DEFAULT
        self.on_put: list[Callable[[Update], None]] = []
        self._pending: dict[int, Update] = {}

    def put(self, kind: str, body: object, *, key: str, expires: float) -> int | None:
        """Queue an update and return its id, or None when it was dropped."""
        if kind not in self.allowed and kind in KINDS:
            return None
        return self.put_raw({kind: body}, key=key, expires=expires)

    def put_raw(self, fields: Json, *, key: str, expires: float) -> int | None:
        """Queue any JSON object as an update, its id given here."""
        payload = orjson.dumps({"update_id": self.next_id, **fields})
        if len(payload) > LARGEST_UPDATE or len(self._pending) >= LONGEST_QUEUE:
            return None
        update = Update(self.next_id, payload, key, expires)
        self._pending[update.id] = update
        self.next_id += 1
        for wake in self.on_put:
            wake(update)
        return update.id

    def pending(self, now: float) -> list[Update]:
        """Return all updates that wait and have not expired, oldest first."""
        self.expire(now)
        return list(self._pending.values())

    def expire(self, now: float) -> None:
        """Forget what has waited too long: messages a day, presses 150 seconds."""
        for gone in [update.id for update in self._pending.values() if update.expires <= now]:
            del self._pending[gone]

    def take(self, limit: int, now: float) -> list[Update]:
        """Return up to `limit` of the oldest living updates (a batch stays under 4 MB) and keep them."""
        batch: list[Update] = []
        room = LARGEST_ANSWER
        living = (update for update in self._pending.values() if update.expires > now)
        for update in islice(living, limit):
            room -= 50 + len(update.payload)
            if room <= 0:
                break
            batch.append(update)
        return batch

    def has_below(self, offset: int) -> bool:
        """Whether a positive offset would confirm anything."""
        return next(iter(self._pending), offset) < offset

    def confirm(self, offset: int) -> None:
        """Forget what an offset confirms: all below a positive one, all but the last -N for a negative one."""
        if offset < 0:
            confirmed = list(self._pending)[:offset]
        else:
            confirmed = []
            for update_id in self._pending:
                if update_id >= offset:
                    break
                confirmed.append(update_id)
        for update_id in confirmed:
            del self._pending[update_id]

    def forget(self, update_id: int) -> None:
        """Forget one update that was delivered."""
        self._pending.pop(update_id, None)

    def clear(self) -> None:
        """Forget all that waits (drop_pending_updates)."""
        self._pending.clear()

    def allow(self, kinds: object) -> None:
        """Remember which kinds the bot asked for; [] asks for the usual ones, what is no kind is ignored."""
        if isinstance(kinds, list):
            self.allowed = frozenset(kind for kind in kinds if kind in KINDS) or DEFAULT
