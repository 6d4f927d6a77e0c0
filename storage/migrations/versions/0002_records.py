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


def upgrade() -> None:
    create_records()


def downgrade() -> None:
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
