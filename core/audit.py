"""What must hold at every moment, looked at once a minute: promises, and what is found to break them. Values only.

A finding is told by numbers and counts alone; no word of a resident is in it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from core.case import ENDED, Case, Status
from core.district import District
from core.messages import Json, Lane, Notice

NOT_ASKED = 0  # of a case for which nobody has to be asked now: it is being told, waits for its time, or has ended
MOST = 20  # of one kind that are looked at and told; the rest waits until these are in order
TICKS = 3  # beats of the clock that something due may wait
# How long a notice may wait to be sent, in real time, from when it may go.
PATIENCE: Mapping[Lane, timedelta] = {
    Lane.URGENT: timedelta(minutes=1),
    Lane.INTERACTIVE: timedelta(minutes=3),
    Lane.REMINDER: timedelta(minutes=15),
    Lane.DIGEST: timedelta(hours=1),
    Lane.BROADCAST: timedelta(hours=24),
}
_WITHOUT = ENDED | {Status.DRAFT, Status.NEW, Status.DONE}


class Promise(StrEnum):
    """What holds, each in one sentence in docs/promises.md."""

    ASKED = "asked"  # every open case is somebody's
    REACHED = "reached"  # in a chat that the district has and that can be reached
    DUE = "due"  # and has a next moment, which is not past
    RECORDS = "records"  # so has every record
    SCHEDULED = "scheduled"  # what is planned is done when it is due
    DIGESTS = "digests"  # the next digest of every grid is planned
    SENT = "sent"  # no notice waits longer than its class allows
    LEASED = "leased"  # what is being sent is held by a lease that ends
    READ = "read"  # of every update that was given up the centre has heard


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A promise that is broken: by what (numbers, keys; at most `MOST`), and since when, if that is known."""

    promise: Promise
    names: tuple[str, ...]
    since: datetime | None = None

    @property
    def count(self) -> str:
        """How many, as far as was looked."""
        return f"{MOST}+" if len(self.names) >= MOST else str(len(self.names))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of the memory. `overdue` and `waiting` are in the bot's time, `real_now` is what leases go by.

    `waiting` leaves a class out when nobody can tell yet; `held` are chats that must not be written to now by
    Telegram's limits, `held_unless_urgent` those that may take only what is urgent.
    """

    overdue: datetime
    chats: frozenset[int]
    waiting: Mapping[Lane, datetime]
    real_now: datetime
    letters: datetime
    plans: frozenset[str]
    held: frozenset[int] = frozenset()
    held_unless_urgent: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """Something that breaks a promise. `chat` is where somebody was asked, None where nobody is."""

    name: str
    since: datetime | None = None
    chat: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was found wrong, by promise; an empty one is a good minute."""

    wrong: Mapping[Promise, tuple[Stale, ...]] = field(default_factory=dict)

    def findings(self) -> tuple[Finding, ...]:
        """The broken promises, each once, in their order."""
        return tuple(_finding(promise, self.wrong[promise]) for promise in Promise if self.wrong.get(promise))

    def cases(self) -> Iterator[Stale]:
        """The open cases that are wrong, each once."""
        kinds = (Promise.ASKED, Promise.REACHED, Promise.DUE)
        found = {stale.name: stale for kind in reversed(kinds) for stale in self.wrong.get(kind, ())}
        yield from found.values()


def asked_chat(case: Case) -> int | None:
    """The chat in which somebody was asked last to take care of the case, and still is.

    0 (`NOT_ASKED`) where nobody has to be asked: the clock has a draft and what waits for the morning, the reporter has
    what waits to be confirmed. None where somebody should be, and is not.
    """
    if case.status in _WITHOUT:
        return NOT_ASKED
    return next((it.chat for it in reversed(case.offers) if it.state in {"open", "accepted"}), None)


def known_chats(district: District) -> frozenset[int]:
    """The chats in which somebody of the district can be asked: groups of teams and departments, and its people."""
    groups = (*(it.chat_id for it in district.teams), *(it.chat_id for it in district.departments))
    return frozenset(chat for chat in (*groups, *(it.tg_id for it in district.people)) if chat is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """What the centre was told last about a time in which something is wrong; the same message is edited till its end.

    `since` names it, `serial` counts what was said; no `items`: it is over.
    """

    since: datetime
    serial: int = 0
    items: tuple[Mapping[str, Json], ...] = ()


def episode(last: Episode | None, findings: Collection[Finding], now: datetime) -> Episode | None:
    """What has to be said now; None when nothing has changed since it was said."""
    items = tuple(map(_told, findings))
    if last is None or not last.items:
        return Episode(since=now, items=items) if items else None
    return replace(last, serial=last.serial + 1, items=items) if items != last.items else None


def word(said: Episode, chat: int, now: datetime, language: str) -> Notice:
    """The message of an episode: the first is sent, the later ones are edits of it."""
    since: dict[str, Json] = {"since_at": said.since.isoformat()}
    over = {**since, "at": now.isoformat()}
    return Notice(
        to=chat,
        kind="centre.audit" if said.items else "centre.audit_over",
        key=f"audit:{chat}:{said.since.isoformat()}:{said.serial}",
        slot=f"audit:{said.since.isoformat()}",
        params={**since, "items": [dict(it) for it in said.items]} if said.items else over,
        language=language,
    )


def _told(finding: Finding) -> Mapping[str, Json]:
    return {
        "kind": finding.promise.value,
        "count": finding.count,
        "text": ", ".join(finding.names),
        "since_at": finding.since.isoformat() if finding.since else None,
    }


def _finding(promise: Promise, wrong: tuple[Stale, ...]) -> Finding:
    since = min((it.since for it in wrong if it.since), default=None)
    return Finding(promise=promise, names=tuple(it.name for it in wrong), since=since)
