"""What must be true after a day with kills, read from the database and from the sandbox's own memory."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, func, or_, select

from benchmarks.crash.day import Report
from bot.sandbox.world import World
from storage.cases import cases_of
from storage.store import Store
from storage.tables import OUTBOX, POSTS
from storage.views import case_with_log

ONCE = {True: ("accepted", "arrived", "done", "confirmed"), False: ("reminded", "overdue")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Death:
    """What a kill left: the newest message of each chat, and the chats to which something was on its way."""

    said: Mapping[int, int]
    open: frozenset[int]


@dataclass(slots=True, kw_only=True)
class Verdict:
    """The counts; all but the last three must be 0. `in_flight`: messages that were on their way at a kill, whose
    outcome nobody could know; `repeated`: of them had arrived, and were said again; `outside`: said again though the
    word of the first had come. What Telegram refused of a bot that was killed is in `refused`, by its words.
    """

    reports: int = 0
    kills: int = 0
    lost: int = 0
    doubled: int = 0
    acted_twice: int = 0
    not_acted: int = 0
    skipped: int = 0
    unsent: int = 0
    outside: int = 0
    repeated: int = 0
    in_flight: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether every promise was kept."""
        broken = self.lost + self.doubled + self.acted_twice + self.not_acted + self.skipped + self.unsent
        return broken == 0 and self.outside * 100 <= self.kills


def death(world: World, conn: Connection) -> Death:
    """What it leaves at this moment."""
    rows = conn.execute(select(OUTBOX.c.chat).where(OUTBOX.c.state == "sending")).scalars()
    newest = {chat: max(room.messages, default=0) for chat, room in world.chats.items()}
    return Death(said=newest, open=frozenset(rows))


def waiting(now: datetime, conn: Connection) -> int:
    """Rows that are still to be sent, and may be by now."""
    due = or_(OUTBOX.c.not_before.is_(None), OUTBOX.c.not_before <= now)
    rows = select(func.count()).select_from(OUTBOX).where(OUTBOX.c.state.in_(("pending", "sending")), due)
    return int(conn.execute(rows).scalar_one())


def judge(
    verdict: Verdict, url: str, world: World, reports: Iterable[Report], deaths: Sequence[Death], *, now: datetime
) -> None:
    """Fill the counts in."""
    with Store.open(url, running=False) as store:
        for report in reports:
            store.read(partial(_judge_one, verdict, report)).result()
        verdict.unsent = store.read(partial(waiting, now)).result()
        known = store.read(lambda conn: {(row.chat, row.message) for row in conn.execute(select(POSTS))}).result()
    orphans = _said(world) - known
    verdict.in_flight = sum(len(it.open) for it in deaths)
    verdict.repeated = explained(orphans, deaths)
    verdict.outside = len(orphans) - verdict.repeated
    verdict.refused = dict(Counter(str((it.error or {}).get("description")) for it in world.calls.refusals))


def explained(orphans: Iterable[tuple[int, int]], deaths: Sequence[Death]) -> int:
    """How many messages of which the bot does not know it left behind when it was killed: each kill explains one for
    each chat to which something was on its way, in the life that it ended; what was on the wire may come just after.
    """
    free, found = Counter((at, chat) for at, it in enumerate(deaths) for chat in it.open), 0
    for chat, message in sorted(orphans):
        life = sum(it.said.get(chat, 0) < message for it in deaths)
        mine = next((at for at in (life, life - 1) if free[at, chat]), None)
        if mine is not None:
            free[mine, chat] -= 1
            found += 1
    return found


def _judge_one(verdict: Verdict, report: Report, conn: Connection) -> None:
    verdict.reports += 1
    found = cases_of(conn, report.resident)
    verdict.lost += not found
    verdict.doubled += max(0, len(found) - 1)
    for case in found[:1]:
        _, log = case_with_log(conn, case.no) or (case, [])
        kinds = Counter(event.kind for event in log)
        counts = [kinds[kind] for kind in ONCE[report.whole]]
        verdict.acted_twice += sum(count > 1 for count in counts)
        missing = sum(count == 0 for count in counts)
        verdict.not_acted += missing if report.whole else 0
        verdict.skipped += 0 if report.whole else missing


def _said(world: World) -> set[tuple[int, int]]:
    """Every message that the bot has put into a chat."""
    return {
        (chat, number)
        for chat, room in world.chats.items()
        for number, stored in room.messages.items()
        if stored.body.get("from", {}).get("is_bot") and "pinned_message" not in stored.body
    }
