"""`python -m benchmarks.urgent`: where the time of an urgent card inside a broadcast goes, step by step.

The same road and limits as `benchmarks.rate`. The moments are noted in the bot's process around its own functions, the
first and the last by the server; each step is counted from the one before it. What a resident is told comes first (the
numbers to call), then the card to the post.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from benchmarks.rate import JITTER, RTT, told_all
from benchmarks.rig import bots
from benchmarks.rig.command import as_command
from benchmarks.rig.databases import Ground, ground
from benchmarks.rig.processes import server
from benchmarks.rig.progress import progress
from benchmarks.rig.report import Report, Table
from benchmarks.rig.rounds import interleaved, percentile
from benchmarks.rig.updates import RESIDENT

# What is counted as a step, and from which one on.
STEPS = (
    ("poll", "update at the server → poll read (RTT 60 + 0–20)"),
    ("take", "→ its queue begins"),
    ("committed", "→ decided and committed"),
    ("told claimed", "→ numbers claimed"),
    ("told out", "→ numbers out: their turn has come"),
    ("card claimed", "→ card claimed (before, when negative)"),
    ("card out", "→ card out: its turn has come"),
    ("card there", "→ card at the server"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """One report: the moments in monotonic seconds by step."""

    at: Mapping[str, float]

    def since(self, step: str) -> float:
        """Milliseconds from the step before."""
        names = ["asked", *(name for name, _ in STEPS)]
        return (self.at[step] - self.at[names[names.index(step) - 1]]) * 1e3

    @property
    def whole(self) -> float:
        """Milliseconds from the report to the card beyond the round trip."""
        return (self.at["card there"] - self.at["asked"] - RTT) * 1e3


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """All urgent cards of one broadcast, and how often the server refused."""

    trips: list[Trip]
    refused: int


def travel(count: int, town: Ground, kind: str, every: float) -> Travel:
    """Broadcast to `count` people; the urgent reports inside."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "steps.json"
        with server(rtt=RTT, jitter=JITTER) as there:
            with bots.ours(there, town, kind, f"--steps={file}") as bot:
                asked = told_all(there, bot, town, count, every).asked
            sends, refused = there.tell("sends"), there.stats()["refused"]
        noted = orjson.loads(file.read_bytes())
        return Travel(refused=refused, trips=[_trip(number, at, sends, noted) for number, at in asked.items()])


def _trip(number: int, asked: float, sends: list[dict[str, Any]], noted: list[tuple[str, float, int]]) -> Trip:
    def first(step: str, *about: int) -> float:
        return next(at for name, at, who in noted if name == step and at > asked and who in about)

    resident = RESIDENT + number
    card = next(it for it in sends if it["chat"] < 0 and it["tag"] == number)
    return Trip(at={
        "asked": asked,
        "poll": first("poll", number),
        "take": first("take", number),
        "committed": first("committed", resident),
        "told claimed": first("claimed", resident),
        "told out": first("out", resident),
        "card claimed": first("claimed", card["chat"]),
        "card out": first("out", card["chat"]),
        "card there": card["at"],
    })  # fmt: skip


def measure(
    *,
    rounds: int = 3,
    count: Annotated[int, typer.Option(help="People who are told.")] = 1000,
    every: Annotated[float, typer.Option(help="Seconds between reports.")] = 1.3,
    posts: int = 100,
    postgres: bool = False,
) -> Report:
    """The whole measurement; N / 29 s and some 10 s a round."""
    say = progress("urgent")
    with ground(posts, both=postgres) as town:
        runs = {kind: partial(travel, count, town, kind, every) for kind in town.kinds}
        found = interleaved(runs, rounds, say)
    return Report(
        name="urgent",
        setup=f"A broadcast to {count:,} people, {rounds} rounds, RTT 60 + 0–20 ms, a fire every {every:g} s. ms.",
        tables=tuple(_table(kind, travels) for kind, travels in found.items()),
    )


def _table(kind: str, travels: list[Travel]) -> Table:
    trips, refused = [it for one in travels for it in one.trips], sum(it.refused for it in travels)
    waits = {words: [it.since(step) for it in trips] for step, words in STEPS}
    waits["report at the server → card there, beyond the RTT"] = [it.whole for it in trips]
    rows = [
        (words, percentile(ms, 0.5), percentile(ms, 0.9), percentile(ms, 0.99), max(ms)) for words, ms in waits.items()
    ]
    return Table(
        title=f"{kind}, {len(trips)} cards, {refused} × 429",
        head=("step", "p50", "p90", "p99", "longest"),
        rows=tuple(rows),
    )


if __name__ == "__main__":
    as_command(measure)
