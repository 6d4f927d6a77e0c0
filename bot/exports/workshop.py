"""Has files made, one at a time, each by a process of its own; what was sent once is sent again by its file id.

A process per file and not a pool: files are few, a child that is there only for its file leaves no memory behind, no
orphan when this process is killed, and a crash or a minute of hanging is its own. It is given no secrets.
"""

import asyncio
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

import orjson

from bot.exports.order import MIME, Order
from bot.exports.orders import ORDERS
from bot.voice.speaker import Speaker
from core.messages import Notice
from storage import files
from storage.store import Store

HOME = Path(__file__).parents[2]
LONGEST = 100.0  # seconds; a lease of the outbox lasts 150
ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "SYSTEMROOT", "TMPDIR")


class NotMade(RuntimeError):  # noqa: N818 - reads as what it says
    """The child could not make the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file for one message: its bytes, or the id under which Telegram has it. `key` names its content."""

    field: str
    name: str
    mime: str
    key: str
    data: bytes = b""
    file_id: str | None = None
    keep: bool = True  # whether its id may be remembered


class Workshop:
    """Makes what a notice's attachment asks for. `speaker`: for a language, with the names of the town as it is."""

    def __init__(self, store: Store, speaker: Callable[[str], Speaker], now: Callable[[], datetime]) -> None:
        self._store, self._speaker, self._now = store, speaker, now
        self._one = asyncio.Semaphore(1)

    async def made(self, notice: Notice) -> Made:
        """The file. Raises NotMade, LookupError for what is not there any more, KeyError for a kind nobody makes."""
        if notice.attachment is None:
            raise KeyError("no attachment")
        ordering, params = ORDERS[notice.attachment.kind], notice.attachment.params
        speaker = self._speaker(notice.language).plainly()
        order = await asyncio.wrap_future(self._store.read(lambda conn: ordering(conn, speaker, params)))
        payload = orjson.dumps({"make": order.make, "data": order.data})
        key = blake2b(payload, digest_size=16).hexdigest()
        known = await asyncio.wrap_future(self._store.read(lambda conn: files.file_id_of(conn, key)))
        data = b"" if known else await self._make(payload)
        return _made(order, key, data, known)

    async def sent(self, made: Made, file_id: str) -> None:
        """Telegram has it under this id."""
        now = self._now()
        await asyncio.wrap_future(self._store.submit(lambda conn: files.keep_file_id(conn, made.key, file_id, now)))

    async def lost(self, made: Made) -> None:
        """Telegram knows the id no more."""
        await asyncio.wrap_future(self._store.submit(lambda conn: files.drop_file_id(conn, made.key)))

    async def _make(self, payload: bytes) -> bytes:
        async with self._one:
            child = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot.exports", cwd=HOME, env=_environment(),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            )  # fmt: skip
            try:
                data, said = await asyncio.wait_for(child.communicate(payload), LONGEST)
            except BaseException:
                if child.returncode is None:
                    child.kill()
                    await child.wait()
                raise
        if child.returncode != 0 or not data:
            raise NotMade(said.decode(errors="replace").strip().rpartition("\n")[2][:200])
        return data


def _made(order: Order, key: str, data: bytes, known: str | None) -> Made:
    return Made(
        field=order.field, name=order.name, mime=MIME[order.make], key=key, data=data, file_id=known, keep=order.keep
    )


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
