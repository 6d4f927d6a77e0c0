"""Back after an outage (life.md row 44): Telegram keeps a press for 150 seconds, so what was pressed may be lost.

A chat of colleagues gets one summary and its most urgent cards anew; a resident is asked again only when it is likely
that an answer was lost, or when the case would be closed for want of one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core import ladder
from core.case import ENDED, Case, Status
from core.decide import cards, say
from core.decide.turn import begin
from core.messages import Json, Lane, Notice, Resumed, Returned, Unheard
from core.town import Town
from core.world import Decision, World

CARDS = 5  # posted anew in one chat; each costs a group two of its twenty messages a minute
# Who answers “解决了吗” mostly does so soon, or when it is about to be closed.
ANSWER_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """From the last moment at which updates could reach us to the first at which they could again."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A chat of colleagues in which presses may have been lost: how many cases, and the most urgent of them."""

    chat: int
    open: int
    shown: tuple[str, ...]
    urgent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Who has to hear of an outage; `asked` are cases whose reporter is asked again."""

    chats: tuple[Lost, ...]
    asked: tuple[tuple[str, int], ...]


def plan(cases: Iterable[Case], outage: Outage, town: Town) -> Plan:
    """Of all open cases those that may have been pressed in vain, by chat."""
    by_chat: dict[int, list[tuple[int, datetime, str]]] = {}
    asked: list[tuple[str, int]] = []
    for case in cases:
        if _asked(case, outage):
            asked.append((case.no, case.reporter))
        for chat in _chats(case, outage, town):
            by_chat.setdefault(chat, []).append((case.severity, case.opened_at, case.no))
    return Plan(chats=tuple(_lost(chat, found) for chat, found in sorted(by_chat.items())), asked=tuple(asked))


def _lost(chat: int, found: list[tuple[int, datetime, str]]) -> Lost:
    first = sorted(found)[:CARDS]
    return Lost(chat=chat, open=len(found), shown=tuple(no for _, _, no in first), urgent=first[0][0] <= 2)


def _chats(case: Case, outage: Outage, town: Town) -> tuple[int, ...]:
    """The chats that were offered the case before the outage and can still do something about it."""
    asked = dict.fromkeys(o.chat for o in case.offers if o.at <= outage.since)
    return tuple(chat for chat in asked if _has_buttons(case, chat, town))


def _has_buttons(case: Case, chat: int, town: Town) -> bool:
    """Of what is done the resident has the word: all that is left on its card is a link to another case (row 41)."""
    offer = cards.offer_of(case, chat)
    if case.status in ENDED or case.status is Status.DONE or offer is None or offer.state not in {"open", "accepted"}:
        return False
    return bool(cards.buttons(case, town, chat, cards.view_of(case, town, chat)))


def _asked(case: Case, outage: Outage) -> bool:
    """Whether the reporter was asked “解决了吗” shortly before, or would be taken to have no answer in these hours."""
    if case.status is not Status.DONE or case.done_at is None or not (case.result or case.result_photo):
        return False
    just = outage.since - ANSWER_WITHIN <= case.done_at <= outage.since
    return just or (case.confirm_due is not None and outage.since < case.confirm_due <= outage.until + ANSWER_WITHIN)


def returned(command: Returned, world: World) -> Decision:
    """The summary: how long, how many, and that the cards follow; before them, hence in the lane of the first."""
    params: dict[str, Json] = {"open": command.open or None, "more": (command.open - command.shown) or None}
    if command.restored is not None:
        params["since_at"] = command.restored.isoformat()
    else:
        params["over"] = command.over
    notice = Notice(
        to=command.chat,
        kind="duty.restored" if command.restored is not None else "duty.returned",
        key=f"returned:{command.at.isoformat()}:{command.chat}",
        lane=Lane.URGENT if command.urgent else Lane.INTERACTIVE,
        params=params,
        language=say.staff_language(world.town),
    )
    return Decision(notices=(notice,))


def resumed(command: Resumed, world: World) -> Decision:
    """The buttons anew, as the case is now; nothing when it has moved on meanwhile."""
    case = world.case
    if case is None or case.erased_at is not None:
        return Decision()
    if command.chat == case.reporter and case.status is Status.DONE:
        return _ask_again(command, world)
    if not _has_buttons(case, command.chat, world.town):
        return Decision()
    again = cards.card(case, world, command.chat, again=True)
    return Decision(notices=(replace(again, key=f"resumed:{command.at.isoformat()}:{case.no}:{command.chat}"),))


def _ask_again(command: Resumed, world: World) -> Decision:
    """Whoever may have answered in vain gets as much time as whoever is warned (row 27)."""
    turn = begin(world).log("asked_again")
    until = turn.now + ladder.warning(world.town)
    if turn.case.confirm_due is not None and turn.case.confirm_due < until:
        turn = turn.change(confirm_due=until)
    keys = ((say.key("btn.solved", "ok", turn.case), say.key("btn.not_solved", "re", turn.case)),)
    return turn.tell(say.reporter(turn.case, "case.asked_again", keys=keys, params={"over": command.over})).decide()


def unheard(command: Unheard, world: World) -> Decision:
    """The card as it is now, where there is one; an edit that changes nothing is not even sent."""
    case = world.case
    if case is None or command.chat not in case.watchers:
        return Decision()
    shown = cards.card(case, world, command.chat)
    return Decision(notices=(replace(shown, key=f"unheard:{command.at.isoformat()}:{case.no}:{command.chat}"),))
