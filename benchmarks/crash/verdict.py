"""What must be true after a day with kills, read from the database and from the sandbox's own memory."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection, func, select

from benchmarks.crash.day import Report
from bot.sandbox.world import World
from storage.cases import cases_of
from storage.store import Store
from storage.tables import OUTBOX, POSTS
from storage.views import case_with_log

ONCE = {True: ("accepted", "arrived", "done", "confirmed"), False: ("reminded", "overdue")}


@dataclass(slots=True, kw_only=True)
class Verdict:
    """The counts; all but the last two must be 0. `repeated`: messages that were sent again since the word of the
    first was lost; `in_flight`: rows that were on their way at a kill, whose outcome nobody could know."""

    reports: int = 0
    kills: int = 0
    lost: int = 0
    doubled: int = 0
    acted_twice: int = 0
    not_acted: int = 0
    skipped: int = 0
    unsent: int = 0
    repeated: int = 0
    in_flight: int = 0

    @property
    def outside(self) -> int:
        """Repeated sends that no kill explains."""
        return max(0, self.repeated - self.in_flight)

    @property
    def holds(self) -> bool:
        """Whether every promise was kept."""
        broken = self.lost + self.doubled + self.acted_twice + self.not_acted + self.skipped + self.unsent
        return broken == 0 and self.outside * 100 <= self.kills


def in_flight(conn: Connection) -> int:
    """Rows that somebody had taken to send."""
    return int(conn.execute(select(func.count()).select_from(OUTBOX).where(OUTBOX.c.state == "sending")).scalar_one())


def waiting(conn: Connection) -> int:
    """Rows that are still to be sent."""
    states = ("pending", "sending")
    return int(conn.execute(select(func.count()).select_from(OUTBOX).where(OUTBOX.c.state.in_(states))).scalar_one())


def judge(verdict: Verdict, url: str, world: World, reports: Iterable[Report]) -> None:
    """Fill the counts in."""
    with Store.open(url, running=False) as store:
        for report in reports:
            store.read(partial(_judge_one, verdict, report)).result()
        verdict.unsent = store.read(waiting).result()
        known = store.read(lambda conn: {(row.chat, row.message) for row in conn.execute(select(POSTS))}).result()
    verdict.repeated = len(_said(world) - known)


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
