"""Requests for a person, and the record of what happened to them

Revision: 0002; follows 0001.

Triggers keep ticket_events append-only. A later revision that rebuilds the table on SQLite (Alembic's batch mode) loses
them and has to make them again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_STRUCTURED = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_STILL_OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    """Make the tables; the database itself keeps ticket_events append-only."""
    op.create_table(
        "tickets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("conversation_id", sa.String(128), nullable=False),
        sa.Column("queue", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("priority", sa.String(10), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("topic", sa.String(120), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("transcript", _STRUCTURED, nullable=False),
        sa.Column("times_asked", sa.Integer(), nullable=False),
        sa.Column("contact", sa.String(120), nullable=True),
        sa.Column("contact_consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("promise_due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tickets"),
        sa.UniqueConstraint("number", name="uq_tickets_number"),
    )
    op.create_index("ix_tickets_conversation_id", "tickets", ["conversation_id"])
    op.create_index("ix_tickets_waiting", "tickets", ["status", "promise_due"])
    op.create_index(
        "uq_tickets_open",
        "tickets",
        ["conversation_id", "queue"],
        unique=True,
        sqlite_where=_STILL_OPEN,
        postgresql_where=_STILL_OPEN,
    )
    op.create_table(
        "ticket_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(80), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("before", _STRUCTURED, nullable=False),
        sa.Column("after", _STRUCTURED, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ticket_events"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_ticket_events_ticket_id_tickets"),
    )
    op.create_index("ix_ticket_events_ticket_id", "ticket_events", ["ticket_id"])
    for statement in _GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Drop the tables with everything in them."""
    op.drop_table("ticket_events")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION ticket_events_append_only()")
    op.drop_table("tickets")


_REFUSAL = "ticket_events is append-only"
_GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER ticket_events_no_{verb.lower()} BEFORE {verb} ON ticket_events BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        f"CREATE FUNCTION ticket_events_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
        "CREATE TRIGGER ticket_events_append_only BEFORE UPDATE OR DELETE ON ticket_events FOR EACH ROW EXECUTE FUNCTION ticket_events_append_only()",
    ],
}
