"""A chat's limits as pure functions: when may the next message to it leave, and what has it used up.

Times are real monotonic seconds. Sources: one message a second to a chat with short bursts, 20 a minute to a group
(edits count too; Telegram's bots FAQ).
"""

from dataclasses import dataclass, replace

from core.messages import Lane

EVERY = 1.0  # seconds per message to one chat
BURST = 3  # that may go to one chat at once after a rest
WINDOW = 61.0  # a minute, and a second for the way to the server
PER_WINDOW = 20  # messages to one group
HELD = 3  # of these, kept for what is urgent


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatUse:
    """What a chat has had: `full_at` is when its burst is whole again, `sent` the times of the last minute."""

    full_at: float = 0.0
    sent: tuple[float, ...] = ()
    held_until: float = 0.0


def is_group(chat: int) -> bool:
    """Groups and supergroups have negative ids."""
    return chat < 0


def chat_ready(use: ChatUse, chat: int, lane: Lane, cost: int = 1) -> float:
    """The moment from which `cost` messages of this lane may go to the chat; in the past when they may go now."""
    ready = max(use.held_until, use.full_at - (BURST - min(cost, BURST)) * EVERY)
    if not is_group(chat):
        return ready
    room = PER_WINDOW - (0 if lane is Lane.URGENT else HELD)
    surplus = len(use.sent) + min(cost, room) - room
    return max(ready, use.sent[surplus - 1] + WINDOW) if surplus > 0 else ready


def room(use: ChatUse, chat: int, now: float) -> int:
    """How many messages that are not urgent still fit into a group's minute; a private chat has no minute."""
    if not is_group(chat):
        return PER_WINDOW
    return max(0, PER_WINDOW - HELD - sum(at > now - WINDOW for at in use.sent))


def chat_spent(use: ChatUse, chat: int, now: float, cost: int = 1) -> ChatUse:
    """The chat after `cost` messages, of which the server has known since `now` at the latest."""
    fresh = tuple(at for at in use.sent if at > now - WINDOW)
    return replace(
        use,
        full_at=max(use.full_at, now) + cost * EVERY,
        sent=(*fresh, *[now] * cost) if is_group(chat) else (),
    )


def chat_held(use: ChatUse, now: float, seconds: float) -> ChatUse:
    """The chat after Telegram asked to wait: slow mode of one group must not stop the others."""
    return replace(use, held_until=max(use.held_until, now + seconds))


def at_rest(use: ChatUse, now: float) -> bool:
    """Whether nothing is owed any more, so that the chat can be forgotten."""
    return max(use.full_at, use.held_until, use.sent[-1] + WINDOW if use.sent else 0.0) <= now
