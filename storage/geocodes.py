"""What a map has answered before, so that it is asked once; of the question only a fingerprint is kept."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, bindparam, select

from storage.codec import pack, unpack
from storage.tables import GEOCODES
from storage.tenancy import district_of, run
from storage.upserts import put

Found = tuple[float, float] | None
_ONE = select(GEOCODES.c.found).where(
    GEOCODES.c.district_id == bindparam("district"), GEOCODES.c.key == bindparam("key")
)


def answer_of(conn: Connection, query: str) -> tuple[Found] | None:
    """The answer that is known, which may be that there is none; None when it was not asked."""
    found = run(conn, _ONE, key=_key(conn, query)).scalar()
    return None if found is None else (unpack(tuple[float, float], found) if found else None,)


def keep_answer(conn: Connection, query: str, found: Found, now: datetime) -> None:
    """Remember an answer, latitude and longitude."""
    put(conn, GEOCODES, [{"key": _key(conn, query), "found": pack(found) if found else "", "at": now}])


def _key(conn: Connection, query: str) -> str:
    return sha256(f"{district_of(conn)}|{query}".encode()).hexdigest()
