"""The mark that every copy carries: whoever starts on a copy, by `restore` or by hand, knows that time was lost.

It is written into the copy itself and never into the living database, so that no way of putting a copy back forgets it.
"""

from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlalchemy import Connection

from storage.meta import drop_meta, get_meta

KEY = "copy"
HEARD = "heard"  # under which the bot notes when all was last well (bot.outage)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """When a copy was made, and when the database that it stands in for was last alive; real time."""

    at: datetime
    until: datetime | None = None

    def to_text(self) -> str:
        """As kept in the copy."""
        return orjson.dumps({"at": self.at, "until": self.until}).decode()

    @classmethod
    def from_text(cls, text: str) -> "Mark":
        """Back from the copy."""
        kept = orjson.loads(text)
        return cls(
            at=datetime.fromisoformat(kept["at"]),
            until=datetime.fromisoformat(kept["until"]) if kept["until"] else None,
        )

    def statements(self) -> tuple[str, ...]:
        """SQL that writes the mark for every district of a copy, in words that both databases understand."""
        value = self.to_text()  # two moments: nothing in it needs a quote
        drop = f"DELETE FROM meta WHERE key = '{KEY}'"  # noqa: S608  # our own word
        districts = f"SELECT DISTINCT district_id, '{KEY}', '{value}' FROM districts"  # noqa: S608  # as above
        return drop, f"INSERT INTO meta (district_id, key, value) {districts}"


def mark_of(conn: Connection) -> Mark | None:
    """The mark, when this database was put back from a copy and nobody has set it right yet."""
    text = get_meta(conn, KEY)
    return Mark.from_text(text) if text else None


def unmark(conn: Connection) -> None:
    """It is set right."""
    drop_meta(conn, KEY)
