"""`python -m benchmarks.soak`: memory with years behind it, idle and in traffic. R14.

100,000 finished cases of 12,000 people are put into the database; then whole cases come in, `rate` reports a second,
for some minutes, by people who wrote before, while somebody of the staff asks for lists. Growth is the median of the
last quarter less that of the second: what a warm process gains.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median
from typing import Annotated, Any

import orjson
import typer

from benchmarks.rig import bots
from benchmarks.rig.command import as_command
from benchmarks.rig.databases import Ground, ground
from benchmarks.rig.past import OLD, remember
from benchmarks.rig.processes import Child, Server, child, server
from benchmarks.rig.progress import progress
from benchmarks.rig.report import Report, Table
from benchmarks.rig.updates import WORDS, message

EVERY = 5.0  # seconds between looks
LISTS = ("/cases", "/duty", "/ledger", "/digest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Megabytes: before the first update, at most, and gained by a warm process."""

    idle: float
    peak: float
    growth: float
    updates: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is there before, and how long how many reports a second come in."""

    cases: int
    users: int
    minutes: float
    rate: int


def soak(kind: str, town: Ground, plan: Plan) -> Course:
    """One process for all of it."""
    say = progress("soak")
    with server() as there, town.fresh(kind) as database:
        say(f"{plan.cases:,} finished cases of {plan.users:,} people into {kind}")
        remember(database, plan.cases, plan.users)
        with child("benchmarks.peer.ours", "--unpaced", env=bots.environment(there, town, database)) as bot:
            bot.port = int(bot.line())
            patrols = {str(town.town.chat(post)): town.town.patrol(post) for post in range(town.town.posts)}
            there.tell("play", orjson.dumps(patrols))
            idle = bot.memory_mb()
            say(f"idle {idle:.0f} MB; {plan.minutes:g} minutes of traffic")
            looks = _traffic(there, bot, town, plan)
            updates = there.stats()["updates"]
            peak = bot.peak_memory_mb()
    quarter = max(len(looks) // 4, 1)
    growth = median(looks[-quarter:]) - median(looks[quarter : 2 * quarter] or looks[:1])
    return Course(idle=idle, peak=peak, growth=growth, updates=updates)


def _traffic(there: Server, bot: Child, town: Ground, plan: Plan) -> list[float]:
    """Reports and lists at a pace; memory every five seconds."""
    looks: list[float] = []
    end, each = time.monotonic() + plan.minutes * 60, int(plan.rate * EVERY)
    while time.monotonic() < end:
        told = [_report(town, plan.users, len(looks) * each + turn) for turn in range(each)]
        order = message(town.town.patrol(0), LISTS[len(looks) % len(LISTS)])
        order["entities"] = [{"type": "bot_command", "offset": 0, "length": len(order["text"])}]
        there.tell("tell", b"\n".join(orjson.dumps({"message": it}) for it in (*told, order)))
        time.sleep(EVERY)
        bot.alive()
        looks.append(bot.memory_mb())
    return looks


def _report(town: Ground, users: int, number: int) -> dict[str, Any]:
    told = f"{town.town.compound(number % town.town.posts)}{WORDS}"
    return message(OLD + number * 7 % users, told)


def measure(
    *,
    cases: int = 100_000,
    users: int = 12_000,
    minutes: Annotated[float, typer.Option(help="Of traffic; 60 for the hour of the goal.")] = 2.0,
    rate: Annotated[int, typer.Option(help="Reports a second.")] = 5,
    posts: int = 100,
    postgres: bool = True,
) -> Report:
    """The whole measurement; two minutes to prepare and the minutes of traffic. The databases go side by side: a busy
    machine makes nobody's memory larger."""
    plan = Plan(cases=cases, users=users, minutes=minutes, rate=rate)
    with ground(posts, both=postgres) as town, ThreadPoolExecutor(len(town.kinds)) as side_by_side:
        each = {kind: side_by_side.submit(soak, kind, town, plan) for kind in town.kinds}
        found = {kind: it.result() for kind, it in each.items()}
    return Report(
        name="soak",
        setup=f"{plan.cases:,} finished cases, {plan.users:,} people; {plan.minutes:g} minutes of {plan.rate} cases a "
        "second.",
        tables=(
            Table(
                title="Memory of the bot's process, MB",
                head=("database", "idle", "peak", "growth, second to last quarter", "updates"),
                rows=tuple((kind, it.idle, it.peak, it.growth, it.updates) for kind, it in found.items()),
            ),
        ),
        goals={"R14": found["sqlite"].peak},
    )


if __name__ == "__main__":
    as_command(measure)
