"""Files that were made and sent: under which id Telegram has them, by their content."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from storage.tables import FILES
from storage.tenancy import district_of, run
from storage.upserts import put

_ONE = select(FILES.c.file_id).where(FILES.c.district_id == bindparam("district"), FILES.c.key == bindparam("key"))


def file_id_of(conn: Connection, key: str) -> str | None:
    """The id of a file that was sent before; None when it was not."""
    file_id: str | None = run(conn, _ONE, key=key).scalar()
    return file_id


def keep_file_id(conn: Connection, key: str, file_id: str, now: datetime) -> None:
    """It was sent, and can be sent by its id from now on."""
    put(conn, FILES, [{"key": key, "file_id": file_id, "at": now}])


def drop_file_id(conn: Connection, key: str) -> None:
    """The id leads nowhere any more."""
    conn.execute(delete(FILES).where(FILES.c.district_id == district_of(conn), FILES.c.key == key))
