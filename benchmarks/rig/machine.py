"""On what and with what it was measured, as data."""

import os
import platform
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PARTS = (
    "python-telegram-bot", "httpx", "aiohttp", "orjson", "SQLAlchemy", "sqlmodel", "psycopg", "tornado", "aiolimiter",
    "numpy", "shapely", "geopy", "scipy",
)  # fmt: skip


def machine() -> dict[str, str]:
    """Processor, cores, memory, system; Python and the parts by version; the day."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": f"{os.cpu_count()} × {_field('/proc/cpuinfo', 'model name')}",
        "memory": f"{int(_field('/proc/meminfo', 'MemTotal').split()[0]) / 1e6:.0f} GB",
        "system": f"Linux {platform.release()}",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        **{name: version(name) for name in PARTS},
    }


def line(known: Mapping[str, str]) -> str:
    """The same in one line."""
    return ", ".join(
        value if name in {"date", "processor", "memory", "system"} else f"{name} {value}"
        for name, value in known.items()
    )


def _field(path: str, name: str) -> str:
    """The first value under a name in one of the kernel's lists; `unknown` when it does not say."""
    for row in Path(path).read_text(encoding="utf-8").splitlines():
        key, _, value = row.partition(":")
        if key.strip() == name:
            return value.strip()
    return "unknown"
