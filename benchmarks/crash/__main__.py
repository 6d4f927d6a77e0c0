"""`python -m benchmarks.crash --kills 500`: kill the bot at random moments of a day, on both databases, polling and
webhook, and count what was lost, doubled, acted on twice or skipped."""

import argparse
import asyncio
import contextlib
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import orjson

from benchmarks.crash.matrix import Matrix
from benchmarks.crash.verdict import Verdict
from benchmarks.rig.databases import create, postgres


async def _line(url: str, *, webhook: bool, kills: int, seed: int) -> Verdict:
    return await Matrix(url, webhook=webhook, kills=kills, seed=seed).run()


def lines(names: str) -> Iterator[tuple[str, bool]]:
    """The combinations that were asked for: `sqlite`, `postgresql`, each with polling and webhook."""
    for database in ("sqlite", "postgresql"):
        if names in {"both", database}:
            yield from ((database, False), (database, True))


def main() -> int:
    """Run the matrix and print it; 1 when a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=500, help="in all, shared by the lines")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=("both", "sqlite", "postgresql"), default="both")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = list(lines(asked.database))
    good = True
    with tempfile.TemporaryDirectory(prefix="crash-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)  # as root, PostgreSQL runs as another user that must reach its data
        address = stack.enter_context(postgres(folder)) if asked.database != "sqlite" else None
        for number, (database, webhook) in enumerate(found):
            url = f"sqlite:///{folder}/{number}.db"
            if database != "sqlite" and address:
                create(address, f"crash{number}", "template0")
                url = address.format(f"crash{number}")
            kills = asked.kills // len(found) + (number < asked.kills % len(found))
            begun = time.monotonic()
            verdict = asyncio.run(_line(url, webhook=webhook, kills=kills, seed=asked.seed + number))
            good = good and verdict.holds
            _print(database, webhook, verdict, time.monotonic() - begun, as_json=asked.json)
    return 0 if good else 1


def _print(database: str, webhook: bool, verdict: Verdict, seconds: float, *, as_json: bool) -> None:
    row = {
        "database": database,
        "intake": "webhook" if webhook else "polling",
        **asdict(verdict),
        "outside": verdict.outside,
        "seconds": round(seconds),
        "holds": verdict.holds,
    }
    if as_json:
        sys.stdout.write(orjson.dumps(row).decode() + "\n")
    else:
        sys.stdout.write("  ".join(f"{key}={value}" for key, value in row.items()) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
