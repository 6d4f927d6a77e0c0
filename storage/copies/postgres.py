"""A PostgreSQL database: copied by `pg_dump`, put back by `psql` in one transaction.

The copy is SQL with the mark at its end, so that it is marked however it is put back. Passwords go by the environment:
what stands in a command line everybody on the machine can read.
"""

import gzip
import os
import shutil
import subprocess
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import pq

from storage.copies.folder import whole
from storage.copies.marker import HEARD, Mark
from storage.errors import CopyRefused, DatabaseBusy

CHUNK = 1 << 20
NOTICES = 2.0  # seconds in which a server sees that a connection was closed
_EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n"
_HEADS = b"-- pinganpost "
_RUNNING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'bot-%'"


def copy(url: str, target: Path, now: datetime) -> None:
    """One moment of the database as packed SQL. Raises CopyRefused where `pg_dump` is missing or refuses."""
    tool = _tool("pg_dump")
    with whole(target) as partial, gzip.open(partial, "wb") as packed:
        packed.write(_HEADS + now.isoformat().encode() + b"\n")
        child = subprocess.Popen(  # noqa: S603  # our own words, no shell
            [tool, "--no-owner", "--no-privileges"],
            env=_environment(url), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        with child:
            if child.stdout is not None:
                shutil.copyfileobj(child.stdout, packed, CHUNK)
            said = child.stderr.read() if child.stderr is not None else b""
        _must("pg_dump", child.returncode, said)
        packed.write(_sql(Mark(at=now)))


def put_back(url: str, source: Path) -> None:
    """The copy instead of all that is in the database, or nothing at all when anything of it fails.

    Raises DatabaseBusy while a bot is connected, CopyRefused for what is no copy of ours or what `psql` refuses.
    """
    at, until = _made_at(source), _last_alive(url)
    child = subprocess.Popen(  # noqa: S603  # our own words, no shell
        [_tool("psql"), "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--file=-"],
        env=_environment(url), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    with child, gzip.open(source) as packed:
        said = _fed(child, packed, _sql(Mark(at=at, until=until)))
    _must("psql", child.returncode, said)


def _fed(child: subprocess.Popen[bytes], packed: gzip.GzipFile, mark: bytes) -> bytes:
    """All of the copy into `psql`; a pipe that it closed is a refusal, and its words say why."""
    try:
        for piece in _pieces(packed, mark):
            if child.stdin is not None:
                child.stdin.write(piece)
    except BrokenPipeError:
        pass
    return child.communicate()[1]


def _pieces(packed: gzip.GzipFile, mark: bytes) -> Iterable[bytes]:
    yield _EMPTY.encode()
    while piece := packed.read(CHUNK):
        yield piece
    yield mark


def _made_at(source: Path) -> datetime:
    try:
        with gzip.open(source) as packed:
            first = packed.readline(200)
            return datetime.fromisoformat(first.removeprefix(_HEADS).decode().strip())
    except (OSError, ValueError, EOFError):
        raise CopyRefused(
            f"{source} 已损坏或不是 backup 做的备份 / {source} is damaged or was not made by backup"
        ) from None


def _last_alive(url: str) -> datetime | None:
    """When the database was last alive, where it can still be read. Raises DatabaseBusy while a bot is connected."""
    with psycopg.connect(url, autocommit=True) as conn:
        _nobody_else(conn)
        if conn.execute("SELECT to_regclass('meta')").fetchone() == (None,):
            return None
        row = conn.execute("SELECT max(value) FROM meta WHERE key = %s", (HEARD,)).fetchone()
    return datetime.fromisoformat(row[0]) if row and row[0] else None


def _nobody_else(conn: psycopg.Connection[tuple[Any, ...]]) -> None:
    """The server needs a moment to see that a bot has just gone."""
    until = time.monotonic() + NOTICES
    while (running := conn.execute(_RUNNING).fetchone()) and running[0]:
        if time.monotonic() > until:
            raise DatabaseBusy("a bot is connected to the database; stop it first")
        time.sleep(0.05)


def _sql(mark: Mark) -> bytes:
    """`pg_dump` leaves the search path empty."""
    return "".join(f"{it};\n" for it in ("SET search_path = public", *mark.statements())).encode()


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise CopyRefused(
            f"找不到 {name},请装 PostgreSQL 的客户端工具,版本不低于服务器(例如 apt install postgresql-client);"
            f"{name} is not here: install PostgreSQL's client tools, not older than the server"
        )
    return found


def _environment(url: str) -> dict[str, str]:
    """libpq's own variables for all that the address says."""
    given = pq.Conninfo.parse(url.encode())
    told = {it.envvar.decode(): it.val.decode() for it in given if it.val is not None and it.envvar is not None}
    return {**os.environ, "PGCLIENTENCODING": "UTF8", **told}


def _must(name: str, code: int, said: bytes) -> None:
    if code:
        lines = said.decode(errors="replace").strip().splitlines()
        raise CopyRefused(f"{name}: {' '.join(lines[:2])[:300]}")
