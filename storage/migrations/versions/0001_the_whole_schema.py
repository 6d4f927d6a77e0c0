"""The whole schema."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import CreateSequence, DropSequence, SchemaItem
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

OUTBOX_IDS = sa.Sequence("outbox_ids")


def upgrade() -> None:
    create_cases()
    create_outbox()
    create_chats()
    create_people()
    create_rest()


def downgrade() -> None:
    for table in sorted(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.supports_sequences:
        op.execute(DropSequence(OUTBOX_IDS))


TABLES = (
    *("aways", "cases", "chats", "contacts", "counters", "districts", "events", "letters", "meta"),
    *("outbox", "posts", "schedules", "seen", "sign_ins", "slots"),
)


def create_cases() -> None:
    create(
        "cases",
        *(key("no"), integer("version"), integer("history"), words("status"), flag("open"), flag("sealed")),
        *(moment("due_at", null=True), words("grid", null=True), words("category", null=True), integer("severity")),
        *(telegram_id("reporter"), words("team", null=True), moment("opened_at"), moment("closed_at", null=True)),
        long_text("body"),
    )
    is_open = {"sqlite_where": sa.text("open = 1"), "postgresql_where": sa.text("open")}
    index("ix_cases_due", "cases", "due_at", **is_open)
    index("ix_cases_open", "cases", "opened_at", **is_open)
    index("ix_cases_reporter", "cases", "reporter", "opened_at")
    index("ix_cases_closed", "cases", "closed_at")
    create(
        "events",
        *(key("case_no"), sa.Column("seq", sa.Integer, primary_key=True, nullable=False), words("kind")),
        *(moment("at"), words("actor", null=True), integer("row", null=True), long_text("data")),
    )
    index("ix_events_at", "events", "at")


def create_outbox() -> None:
    if op.get_bind().dialect.supports_sequences:
        op.execute(CreateSequence(OUTBOX_IDS))
    create(
        "outbox",
        *(id_key("id"), words("key"), telegram_id("chat"), integer("lane"), words("slot", null=True), flag("again")),
        *(words("case_no", null=True), telegram_id("place"), words("state"), integer("attempts")),
        *(moment("not_before", null=True), moment("lease_until", null=True), moment("created_at")),
        *(moment("sent_at", null=True), telegram_id("message_id", null=True), words("error", null=True)),
        long_text("notice"),
    )
    index("uq_outbox_key", "outbox", "key", unique=True)
    index("ix_outbox_turn", "outbox", "lane", "place", **where("state = 'pending'"))
    index("ix_outbox_slot", "outbox", "chat", "slot", **where("state = 'pending' AND slot IS NOT NULL"))
    index("ix_outbox_later", "outbox", "not_before", **where("state = 'pending' AND not_before IS NOT NULL"))
    index("ix_outbox_flight", "outbox", "chat", **where("state = 'sending'"))
    index("ix_outbox_case", "outbox", "case_no")


def create_chats() -> None:
    create("chats", id_key("chat"), flag("reachable"), words("title"), telegram_id("moved_to", null=True))
    create(
        "posts",
        *(id_key("chat"), id_key("message"), words("kind"), words("slot", null=True), words("case_no", null=True)),
        *(long_text("params"), moment("at")),
    )
    index("ix_posts_case", "posts", "case_no")
    create("slots", id_key("chat"), key("slot"), telegram_id("message"))


def create_people() -> None:
    create("contacts", id_key("user_id"), long_text("body"))
    create(
        "sign_ins",
        *(key("person"), key("team"), moment("shift_start", first=True), moment("shift_end"), long_text("body")),
    )
    index("ix_sign_ins_end", "sign_ins", "shift_end")
    create("aways", key("person"), moment("since", first=True), moment("until", null=True), long_text("body"))
    index("ix_aways_until", "aways", "until")


def create_rest() -> None:
    create("seen", key("key"), moment("at"))
    create("schedules", key("key"), words("kind"), long_text("params"), moment("due_at"))
    index("ix_schedules_due", "schedules", "due_at")
    create(
        "letters",
        *(id_key("update_id"), integer("attempts"), long_text("error"), long_text("raw", null=True)),
        *(moment("failed_at"), moment("parked_at", null=True)),
    )
    index("ix_letters_parked", "letters", "parked_at", **where("parked_at IS NOT NULL"))
    serial = sa.Column("serial", sa.Integer, primary_key=True, nullable=False)
    create("districts", serial, words("digest"), long_text("raw"), moment("loaded_at"))
    create("counters", key("name"), telegram_id("value"))
    create("meta", key("key"), long_text("value"))


def create(table: str, *columns: SchemaItem) -> None:
    op.create_table(table, key("district_id"), *columns)


def index(name: str, table: str, *columns: str, **options: Any) -> None:
    op.create_index(name, table, ["district_id", *columns], **options)


def where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def key(name: str) -> sa.Column[str]:
    return sa.Column(name, AutoString(), primary_key=True, nullable=False)


def id_key(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, primary_key=True, autoincrement=False, nullable=False)


def words(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, AutoString(), nullable=null)


def long_text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=null)


def integer(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=null)


def telegram_id(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=null)


def flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


def moment(name: str, *, null: bool = False, first: bool = False) -> sa.Column[Any]:
    return sa.Column(name, UTCDateTime(), nullable=null, primary_key=first)
