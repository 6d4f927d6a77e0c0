"""`python -m benchmarks.kill`: SIGKILL at random moments in a backlog, and every update looked for afterwards. R5.

A life begins with the bot's first poll and lasts a moment or a few seconds; the backlog is longer than all of them
together. After each kill the offset that the bot had confirmed to the server is compared, update by update, with what
is in its database: a confirmed one that is not there is lost. At the end nothing more is handed out; a last life works
off what was taken, and every dispatch is counted: one missing is lost, one that came twice was in flight at a kill.
"""

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Annotated

import typer
from sqlalchemy import Connection, select

from benchmarks.rig import bots
from benchmarks.rig.command import as_command
from benchmarks.rig.databases import Ground, ground
from benchmarks.rig.processes import Child, Server, server
from benchmarks.rig.progress import progress
from benchmarks.rig.report import Report, Table
from benchmarks.rig.updates import reports
from bot.pump.pump import CALLS_EXPRESS
from storage.store import Store
from storage.tables import SEEN

RTT = 0.05


@dataclass(slots=True)
class Count:
    """What was found. `lost`: confirmed to the server and not on disk, or never dispatched; `twice`: dispatches."""

    kills: int = 0
    confirmed: int = 0
    on_disk: int = 0
    lost: set[int] = field(default_factory=set)
    missing: int = 0
    twice: int = 0
    finished: int = 0


def backlog(kind: str, count: int, kills: int, town: Ground, seed: int) -> Count:
    """`kills` kills in a backlog of `count` updates; what of it was never taken is not waited for."""
    chance, found = random.Random(seed), Count()
    with server(rtt=RTT) as there, town.fresh(kind) as database:
        env = bots.environment(there, town, database)
        there.load(reports(town.town, 1, count))
        for _ in range(kills):
            _life(there, env, chance.uniform(0.05, 3.0))
            found.kills += 1
            _compare(there, database, found)
        there.tell("dry")
        last = bots.begun(env)
        try:
            _let_finish(there, last, found)
        finally:
            last.stop()
        _compare(there, database, found)
    return found


def _life(there: Server, env: dict[str, str], seconds: float) -> None:
    """So long from its first poll: before that it has taken nothing, and a start waits for much of a backlog."""
    before, bot = there.stats()["polls"], bots.started(env)
    try:
        while there.stats()["polls"] == before:
            bot.alive()
            time.sleep(0.02)
        time.sleep(seconds)
    finally:
        bot.kill()


def _compare(there: Server, database: str, found: Count) -> None:
    """What the server thinks was taken, against what is kept."""
    confirmed, kept = there.stats()["confirmed"], seen(database)
    found.confirmed, found.on_disk = confirmed, len(kept)
    found.lost |= set(range(1, confirmed + 1)) - kept


def seen(database: str) -> set[int]:
    """Numbers of the updates whose effect is on disk."""

    def look(conn: Connection) -> set[int]:
        keys = conn.execute(select(SEEN.c.key)).scalars()
        return {int(key[2:]) for key in keys if key.startswith("u:")}

    with Store.open(database, running=False) as store:
        return store.read(look).result()


def _let_finish(there: Server, bot: Child, found: Count) -> None:
    """Every report that was taken has its dispatch, once or twice."""
    taken = there.stats()["handed"]
    bots.settled(there, bot, updates=taken, sends=taken, patience=600.0)
    cards = Counter(send["tag"] for send in there.tell("sends") if send["chat"] < 0 and send["tag"])
    found.finished = len(cards)
    found.missing = sum(cards[number] == 0 for number in range(1, taken + 1))
    found.twice = sum(times - 1 for times in cards.values())


def measure(
    *,
    kills: int = 20,
    count: Annotated[int, typer.Option(help="Updates in the backlog.")] = 20_000,
    posts: int = 100,
    postgres: bool = True,
) -> Report:
    """The whole measurement; about 6 s per kill and database, and a minute or two to work off what was taken."""
    say = progress("kill")
    found = {}
    with ground(posts, both=postgres) as town:
        for kind in town.kinds:
            say(f"{kills} kills, {kind}")
            found[kind] = backlog(kind, count, kills, town, seed=kills)
    return Report(
        name="kill",
        setup=f"A backlog of {count:,} updates, RTT {RTT * 1000:.0f} ms, polling, {kills} × SIGKILL 0.05–3 s after "
        "the first poll of a life.",
        tables=(_table(found),),
        goals={"R5": float(sum(len(it.lost) + it.missing for it in found.values()))},
        notes=(f"Sends in flight at a kill: at most {CALLS_EXPRESS}; a card that was in flight is rather sent twice.",),
    )


def _table(found: dict[str, Count]) -> Table:
    head = (
        "database",
        "kills",
        "confirmed",
        "on disk",
        "lost",
        "dispatched",
        "never dispatched",
        "sent twice",
        "per kill",
    )
    rows = (
        (kind, it.kills, it.confirmed, it.on_disk, len(it.lost), it.finished, it.missing, it.twice, it.twice / it.kills)
        for kind, it in found.items()
    )
    return Table(title="kill -9", head=head, rows=tuple(rows))


if __name__ == "__main__":
    as_command(measure)
