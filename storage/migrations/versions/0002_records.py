"""Records: things with a life of their own beside the cases."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

IS_OPEN: dict[str, Any] = {"sqlite_where": sa.text("open = 1"), "postgresql_where": sa.text("open")}

# What cases are found by, new in this version: each with its place in the body.
FINDABLE = {
    "close_due": ("close_due",),
    "compound": ("place", "compound"),
    "place": ("place", "label"),
    "handler": ("handler",),
}

LISTED = ("severity", "opened_at", "no")
OPEN_BY = {
    "load": ("team", *LISTED, "status"),
    "grid": ("grid", *LISTED, "open"),
    "urgent": LISTED,
    "late": ("close_due",),
    "owed": ("owed_until",),
}
FEW_OPEN = {
    "asked": ("asked IS NOT NULL", ("asked",)),
    "handler": ("status = 'ACK'", ("handler", "opened_at")),
}


def upgrade() -> None:
    create_records()
    create_changes()
    count_doubts()
    create_leaders()
    add_asked_chat()
    create_positions()
    find_cases()
    add_cells()
    create_files()
    create_geocodes()
    add_last_promise()
    create_trail()
    find_what_stands_apart()
    list_what_is_open()


def downgrade() -> None:
    for name in (*OPEN_BY, *FEW_OPEN):
        op.drop_index(f"ix_cases_{name}", "cases")
    op.create_index("ix_cases_open", "cases", ["district_id", "opened_at"], **IS_OPEN)
    op.drop_index("ix_events_apart", "events")
    op.drop_table("trail")
    op.drop_column("cases", "owed_until")
    op.drop_table("geocodes")
    op.drop_table("files")
    op.drop_index("ix_cases_near", "cases")
    op.drop_column("cases", "cell")
    op.drop_index("ix_cases_find", "cases")
    for name in ("asked", *reversed(FINDABLE)):
        op.drop_column("cases", name)
    op.drop_table("positions")
    op.drop_index("ix_cases_chat", "cases")
    op.drop_column("cases", "chat")
    op.drop_table("leaders")
    op.drop_column("outbox", "doubts")
    op.drop_table("changes")
    op.drop_table("records")


def create_records() -> None:
    op.create_table(
        "records",
        *(sa.Column(name, AutoString(), primary_key=True, nullable=False) for name in ("district_id", "kind", "id")),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("ix_records_open", "records", ["district_id", "kind"], **IS_OPEN)
    op.create_index("ix_records_due", "records", ["district_id", "due_at"], **IS_OPEN)


def create_changes() -> None:
    """Changes of the roster: leave, swaps, extra duty."""
    op.create_table(
        "changes",
        *(sa.Column(name, AutoString(), primary_key=True, nullable=False) for name in ("district_id", "id")),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("shift_end", UTCDateTime(), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("ix_changes_end", "changes", ["district_id", "shift_end"])


def count_doubts() -> None:
    """Of a notice: how often it was sent and nobody knows whether it arrived."""
    op.add_column("outbox", sa.Column("doubts", sa.Integer, nullable=False, server_default="0"))


def create_leaders() -> None:
    """Which of several processes leads."""
    op.create_table(
        "leaders",
        sa.Column("district_id", AutoString(), primary_key=True, nullable=False),
        sa.Column("epoch", sa.BigInteger, nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("seen_at", UTCDateTime(), nullable=False),
    )


def add_asked_chat() -> None:
    """Of a case: where somebody is asked; 0 (not looked at) until its next change for those that are there."""
    op.add_column("cases", sa.Column("chat", sa.BigInteger, nullable=True))
    op.execute("UPDATE cases SET chat = 0")
    op.create_index("ix_cases_chat", "cases", ["district_id", "chat", "opened_at"], **IS_OPEN)


def create_positions() -> None:
    """Where people on duty were, and what a team has to do."""
    op.create_table(
        "positions",
        sa.Column("district_id", AutoString(), primary_key=True, nullable=False),
        sa.Column("serial", sa.BigInteger, primary_key=True, nullable=False, autoincrement=False),
        sa.Column("person", AutoString(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("lat", sa.Float, nullable=False),
        sa.Column("lng", sa.Float, nullable=False),
        sa.Column("accuracy", sa.Float, nullable=True),
        sa.Column("source", AutoString(), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=True),
    )
    op.create_index("ix_positions_at", "positions", ["district_id", "at"])
    op.create_index("ix_positions_person", "positions", ["district_id", "person", "at"])


def find_cases() -> None:
    """Of a case: what it is found by, from the bodies that are there."""
    for name, path in FINDABLE.items():
        op.add_column("cases", sa.Column(name, UTCDateTime() if name == "close_due" else AutoString(), nullable=True))
        op.execute(f"UPDATE cases SET {name} = {_in_body(path)}")  # noqa: S608 - names from the table above
    op.add_column("cases", sa.Column("asked", AutoString(), nullable=True))
    found_by = ("no", "status", "open", "sealed", "grid", "compound", "category", "severity", "team", "handler")
    last = ("close_due", "place", "asked")  # whom else it was offered to: none until its next change
    op.create_index("ix_cases_find", "cases", ["district_id", "opened_at", *found_by, *last])


def add_cells() -> None:
    """Of a case: the square it lies in, by which duplicates are found; none until its next change for those that are
    there."""
    op.add_column("cases", sa.Column("cell", AutoString(), nullable=True))
    op.create_index("ix_cases_near", "cases", ["district_id", "cell", "category", "open", "opened_at"])


def add_last_promise() -> None:
    """Of a case: until when it owes anything but its end; not known until its next change for those that are there."""
    op.add_column("cases", sa.Column("owed_until", UTCDateTime(), nullable=True))


def find_what_stands_apart() -> None:
    """What belongs to no case, by its kind: of disputes a year is read for a morning's digests."""
    apart = sa.text("case_no = ''")
    columns = ["district_id", "case_no", "kind", "at"]
    op.create_index("ix_events_apart", "events", columns, sqlite_where=apart, postgresql_where=apart)


def list_what_is_open() -> None:
    """Of open cases: each list in its own order, so that it costs what is shown. Those by age alone are taken away:
    PostgreSQL took them for what is near a place."""
    op.drop_index("ix_cases_open", "cases")
    for name, columns in OPEN_BY.items():
        op.create_index(f"ix_cases_{name}", "cases", ["district_id", *columns], **IS_OPEN)
    for name, (condition, columns) in FEW_OPEN.items():
        some: dict[str, Any] = {
            database: sa.text(f"{is_open} AND {condition}") for database, is_open in IS_OPEN.items()
        }
        op.create_index(f"ix_cases_{name}", "cases", ["district_id", *columns], **some)


def create_trail() -> None:
    """The audit log."""
    op.create_table(
        "trail",
        sa.Column("district_id", AutoString(), primary_key=True, nullable=False),
        sa.Column("serial", sa.BigInteger, primary_key=True, nullable=False, autoincrement=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("hash", AutoString(), nullable=False),
    )


def _in_body(path: tuple[str, ...]) -> str:
    """A value in a case's JSON, in either database's words; a moment as its column keeps it."""
    moment = path == ("close_due",)
    if op.get_bind().dialect.name == "sqlite":
        value = f"json_extract(body, '$.{'.'.join(path)}')"
        return f"strftime('%Y-%m-%d %H:%M:%f000', {value})" if moment else f"substr({value}, 1, 80)"
    value = f"body::json #>> '{{{','.join(path)}}}'"
    return f"({value})::timestamptz" if moment else f"left({value}, 80)"


def create_files() -> None:
    """Files that were made and sent, by their content."""
    op.create_table(
        "files",
        *(sa.Column(name, AutoString(), primary_key=True, nullable=False) for name in ("district_id", "key")),
        sa.Column("file_id", AutoString(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
    )
    op.create_index("ix_files_at", "files", ["district_id", "at"])


def create_geocodes() -> None:
    """What a map has answered."""
    op.create_table(
        "geocodes",
        *(sa.Column(name, AutoString(), primary_key=True, nullable=False) for name in ("district_id", "key")),
        sa.Column("found", AutoString(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
    )
    op.create_index("ix_geocodes_at", "geocodes", ["district_id", "at"])
