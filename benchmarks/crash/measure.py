"""All lines of the matrix as one measurement: both databases, polling and webhook, the kills shared among them."""

import asyncio
import contextlib
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.crash.matrix import AT_ONCE, EARLY, Matrix
from benchmarks.crash.nursery import Nursery
from benchmarks.crash.verdict import Verdict
from benchmarks.rig.databases import create, postgres
from benchmarks.rig.progress import progress
from benchmarks.rig.report import Report, Table

LINES = (("sqlite", False), ("sqlite", True), ("postgresql", False), ("postgresql", True))
HEAD = (
    "database", "intake", "kills", "reports", "lost", "doubled", "acted twice", "not acted", "skipped", "unsent",
    "in flight at a kill", "of them repeated", "repeated besides", "s",
)  # fmt: skip


def measure(*, kills: int = 500, seed: int = 1) -> Report:
    """About a second and a half per kill."""
    found = asyncio.run(_measured(kills, seed))
    return Report(
        name="crash",
        setup=(
            f"{kills} × SIGKILL in a town's day, {AT_ONCE} residents at a time: reports with a place, presses, photos, "
            f"deadlines. {EARLY:.0%} of the lives end while the bot starts, the others between any two of its calls."
        ),
        tables=(Table(title="What the kills did", head=HEAD, rows=tuple(_row(*it) for it in found)),),
        notes=(_word([verdict for _, _, verdict, _ in found], kills), _refused([it[2] for it in found])),
    )


def kept(report: Report) -> bool:
    """Whether every promise held."""
    return report.notes[0].startswith("Every promise held")


def _word(found: list[Verdict], kills: int) -> str:
    outside, repeated = sum(it.outside for it in found), sum(it.repeated for it in found)
    word = "Every promise held" if all(it.holds for it in found) else "A PROMISE WAS BROKEN"
    return (
        f"{word}. Repeated sends per 100 kills: {repeated * 100 / kills:.1f} of messages that were on their way (their "
        f"outcome unknown, they are said again on purpose), {outside * 100 / kills:.1f} besides."
    )


def _refused(found: list[Verdict]) -> str:
    refused = sum((Counter(it.refused) for it in found), Counter[str]())
    told = "; ".join(f"{words}: {count}" for words, count in refused.most_common())
    return f"Calls that the sandbox refused as Telegram would: {told or 'none'}."


async def _measured(kills: int, seed: int) -> list[tuple[str, bool, Verdict, float]]:
    say = progress("crash")
    found = []
    async with Nursery.opened() as nursery:
        with _databases() as urls:
            for at, (url, (database, webhook)) in enumerate(zip(urls, LINES, strict=True)):
                count = kills // len(LINES) + (at < kills % len(LINES))
                say(f"{count} kills, {database}, {'webhook' if webhook else 'polling'}")
                begun = time.monotonic()
                verdict = await Matrix(url, nursery, webhook=webhook, kills=count, seed=seed + at).run()
                found.append((database, webhook, verdict, time.monotonic() - begun))
    return found


@contextlib.contextmanager
def _databases() -> Iterator[list[str]]:
    """An empty one for each line."""
    with tempfile.TemporaryDirectory(prefix="crash-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)  # as root, PostgreSQL runs as another user that must reach its data
        with postgres(folder) as address:
            urls = []
            for at, (database, _) in enumerate(LINES):
                if database == "postgresql":
                    create(address, f"crash{at}", "template0")
                urls.append(f"sqlite:///{folder}/{at}.db" if database == "sqlite" else address.format(f"crash{at}"))
            yield urls


def _row(database: str, webhook: bool, verdict: Verdict, seconds: float) -> tuple[str | int, ...]:
    count: Mapping[str, int] = {name: getattr(verdict, name) for name in Verdict.__slots__ if name != "refused"}
    names = ("kills", "reports", "lost", "doubled", "acted_twice", "not_acted", "skipped", "unsent", "in_flight",
             "repeated", "outside")  # fmt: skip
    return (database, "webhook" if webhook else "polling", *(count[name] for name in names), round(seconds))
