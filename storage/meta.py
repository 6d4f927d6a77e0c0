"""Small facts about the bot: where its clock began, whose token it has."""

from sqlalchemy import Connection, bindparam, delete, select

from storage.tables import META
from storage.tenancy import district_of, run
from storage.upserts import put

_READ = select(META.c.value).where(META.c.district_id == bindparam("district"), META.c.key == bindparam("key"))


def get_meta(conn: Connection, key: str) -> str | None:
    """What was noted under a key; None when nothing was."""
    value: str | None = run(conn, _READ, key=key).scalar()
    return value


def put_meta(conn: Connection, key: str, value: str) -> None:
    """Note something under a key, for ever or until it is noted anew."""
    put(conn, META, [{"key": key, "value": value}])


def drop_meta(conn: Connection, key: str) -> None:
    """What was noted under a key is over."""
    conn.execute(delete(META).where(META.c.district_id == district_of(conn), META.c.key == key))
