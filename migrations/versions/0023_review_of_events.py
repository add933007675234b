"""The review of job fairs and talks: where each stands, what was decided about it, whose pass by themselves.

Revision ID: 0023
Revises: 0022

What is in the calendar stays published. Triggers keep event_decisions append-only, as those of revision 0012 do for postings.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_REFUSAL = "event_decisions is append-only"
_COLUMNS = ("standing", "findings", "issues", "reviewed_at", "reviewed_by")


def upgrade() -> None:
    op.add_column("events", sa.Column("standing", sa.String(20), nullable=False, server_default="published"))
    op.add_column("events", sa.Column("findings", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    op.add_column("events", sa.Column("issues", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    op.add_column("events", sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("events", sa.Column("reviewed_by", sa.String(100), nullable=True))
    op.create_index(op.f("ix_events_standing"), "events", ["standing"], unique=False)
    op.create_table(
        "event_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(100), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_decisions_event_id_events"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_decisions")),
    )
    op.create_index(op.f("ix_event_decisions_event_id"), "event_decisions", ["event_id"], unique=False)
    op.create_table(
        "event_sources",
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("trusted", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_event_sources")),
    )
    for statement in _GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """The program of before shows whatever is in the calendar: what is not published goes, so that graduates do not see it."""
    for statement in _RELEASES[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_table("event_sources")
    op.drop_table("event_decisions")
    op.execute("DELETE FROM events WHERE standing <> 'published'")
    op.drop_index(op.f("ix_events_standing"), "events")
    for name in _COLUMNS:
        op.drop_column("events", name)


_GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER event_decisions_no_{verb.lower()} BEFORE {verb} ON event_decisions BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        f"CREATE FUNCTION event_decisions_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
        "CREATE TRIGGER event_decisions_append_only BEFORE UPDATE OR DELETE ON event_decisions "
        "FOR EACH ROW EXECUTE FUNCTION event_decisions_append_only()",
    ],
}
_RELEASES = {
    "sqlite": [f"DROP TRIGGER event_decisions_no_{verb}" for verb in ("update", "delete")],
    "postgresql": ["DROP TRIGGER event_decisions_append_only ON event_decisions", "DROP FUNCTION event_decisions_append_only()"],
}
