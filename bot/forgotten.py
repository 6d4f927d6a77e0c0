"""Who asked to be forgotten, kept beside the copies: a copy of the day before must not bring them back.

No account stands in it, only a fingerprint that the bot's own token is needed for; lines go with the oldest copy.
"""

import hmac
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from core.rotation import OLDEST

NAME = "forgotten.txt"


class Journal:
    """The file `forgotten.txt` of the copies' folder; `secret` makes the fingerprints."""

    def __init__(self, folder: Path, secret: bytes) -> None:
        self._file, self._secret = folder / NAME, secret

    def note(self, users: Iterable[int], now: datetime) -> None:
        """Write down who asked, on the disk before it returns; whoever stands there already is not written again."""
        known = {print_ for _, print_ in self._lines()}
        new = [it for user in users if (it := self._print(user)) not in known]
        if not new:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self._file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "a", encoding="ascii") as file:
            file.writelines(f"{now.isoformat()} {it}\n" for it in new)
            file.flush()
            os.fsync(file.fileno())

    def since(self, moment: datetime) -> Callable[[int], bool]:
        """Whether somebody asked at this moment or later."""
        asked = {it for at, it in self._lines() if at >= moment}
        return lambda user: self._print(user) in asked

    def tidy(self, now: datetime) -> None:
        """Forget those whom no copy holds any more."""
        lines = list(self._lines())
        kept = [(at, it) for at, it in lines if now - at <= OLDEST]
        if len(kept) == len(lines):
            return
        fresh = self._file.with_name(NAME + ".partial")
        fresh.write_text("".join(f"{at.isoformat()} {it}\n" for at, it in kept), encoding="ascii")
        fresh.chmod(0o600)
        fresh.replace(self._file)

    def _lines(self) -> Iterator[tuple[datetime, str]]:
        """Whole lines alone: the last may have been cut off by a power cut."""
        text = self._file.read_text(encoding="ascii") if self._file.is_file() else ""
        for line in text.splitlines():
            at, _, it = line.partition(" ")
            if len(it) == sha256().digest_size * 2:
                yield datetime.fromisoformat(at), it

    def _print(self, user: int) -> str:
        return hmac.new(self._secret, str(user).encode(), sha256).hexdigest()
