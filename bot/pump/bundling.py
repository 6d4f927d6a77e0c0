"""When a group is about to have had its minute's messages: what is only news goes in one, and who waits is told so.

Pure: which of the waiting notices go together, and what is said of the rest. A card keeps its own message, since it
lives on there with its buttons; the list says that it is coming, with a button to accept it already.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.messages import Json, Key, Lane, Notice
from storage.taking import Claimed

BUNDLE = "bundle"
NEAR = 5  # messages that a group's minute still takes: from here on it is looked at what waits
LISTED = 8  # cards that are named; a phone shows about as many
LONGEST = 2800  # characters of news in one message, so that the list and its frame fit as well
ACCEPT = "ac"

# Said once and not answered: what is told is still told when it shares a message. A kind that is not here goes alone.
NEWS = frozenset({
    "duty.remind", "duty.overdue", "duty.added", "duty.urged", "duty.confirmed", "duty.arrived", "duty.done_line",
    "duty.transfer_refused", "duty.handover_case", "ladder.level", "ladder.arrive_late", "ladder.close_warn",
    "ladder.close_late", "ladder.sheet", "plan.noted", "explain.noted", "duty.unanswered",
    "centre.suggestion", "centre.no_place", "centre.unreachable", "centre.dead_letter",
    "sealed.safe", "sealed.mistake",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What goes in one message (`news`), and what is left to wait (`queue`)."""

    news: tuple[Claimed, ...]
    queue: tuple[Claimed, ...]


def plan(waiting: Sequence[Claimed], *, room: int, may_list: bool, length: Callable[[Notice], int]) -> Plan | None:
    """How the notices of a group (the next one first) are brought together; None when the next one goes by itself.

    `room`: messages that its minute still takes; `may_list`: whether it is time to say who waits.
    """
    if len(waiting) <= room:
        return None
    news = _news(waiting, length)
    queue = tuple(it for it in waiting if it not in news)
    if len(news) > 1 and waiting[0] in news:
        return Plan(news=news, queue=queue)
    if room <= 1 and may_list and len(queue) > 1:
        return Plan(news=news, queue=queue)
    return None


def _news(waiting: Sequence[Claimed], length: Callable[[Notice], int]) -> tuple[Claimed, ...]:
    """What may share a message and overtakes nothing about its own case."""
    chosen: list[Claimed] = []
    held: set[str] = set()
    left = LONGEST
    for it in waiting:
        size = length(it.notice) if is_news(it.notice) and it.notice.case not in held else left + 1
        if size <= left:
            chosen.append(it)
            left -= size
        elif it.notice.case:
            held.add(it.notice.case)
    return tuple(chosen)


def is_news(notice: Notice) -> bool:
    """Words only, that nobody presses or answers, and that alarm nobody."""
    alone = notice.keys or notice.slot or notice.force or notice.edit or notice.reply_to or notice.photos
    return notice.kind in NEWS and notice.lane is not Lane.URGENT and not alone


def bundle(made: Plan, seconds: float) -> Notice:
    """The message: the news one after the other, then who waits and for how long (`seconds` for the last of them)."""
    every = (*made.news, *made.queue)
    first = every[0].notice
    cases = {it.notice.case for it in every}
    shown = [it.notice for it in made.queue if it.notice.params.get("no")][:LISTED]
    items: list[Json] = [{"kind": it.notice.kind, "params": dict(it.notice.params)} for it in made.news]
    queue: list[Json] = [_line(notice) for notice in shown]
    params: dict[str, Json] = {
        "count": len(items) or None,
        "items": items,
        "waiting": len(made.queue) or None,
        "queue": queue,
        "limit": _minutes(seconds) if made.queue else None,
        "rows": [it.id for it in made.news],
    }
    return Notice(
        to=first.to,
        kind=BUNDLE,
        key=f"bundle:{every[0].id}-{every[-1].id}",
        lane=min(it.notice.lane for it in every),
        params=params,
        keys=tuple((key,) for notice in shown if (key := _accepting(notice)) is not None),
        case=cases.pop() if len(cases) == 1 else None,
        language=first.language,
        silent=all(it.notice.silent for it in every),
    )


def _line(notice: Notice) -> Json:
    """What a list may say of a card: no more than the card itself says there."""
    told = ("no", "severity", "category", "place")
    return {name: notice.params[name] for name in told if name in notice.params}


def _accepting(notice: Notice) -> Key | None:
    pressed = (key.press for row in notice.keys for key in row if key.press and key.press.action == ACCEPT)
    press = next(pressed, None)
    return Key(label="btn.accept_case", press=press, params={"no": notice.case}) if press else None


def _minutes(seconds: float) -> int:
    """Whole minutes, in seconds: nobody is told to wait for 71 seconds."""
    return max(1, -(-int(seconds) // 60)) * 60
