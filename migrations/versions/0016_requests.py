"""What staff do with requests: assignees and promises, holds, notes, labels, routing, live events, the outbox of notifications

Revision ID: 0016
Revises: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_STRUCTURED = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)
_OTHER = "其他"


def upgrade() -> None:
    """Add the columns and tables; what was closed before counts as resolved."""
    for column in _ticket_columns():
        op.add_column("tickets", column)
    op.execute("UPDATE tickets SET state = 'resolved' WHERE closed_at IS NOT NULL")
    op.create_index("ix_tickets_assignee_id_state", "tickets", ["assignee_id", "state"])
    _create_tables_of_tickets()
    _create_tables_of_the_desk()


def downgrade() -> None:
    """Take them away again."""
    for table in (
        "notification_outbox",
        "staff_events",
        "routing_duties",
        "graduate_profiles",
        "canned_replies",
        "ticket_viewers",
        "ticket_labels",
        "ticket_notes",
        "conversation_holds",
    ):
        op.drop_table(table)
    op.drop_index("ix_tickets_assignee_id_state", "tickets")
    for column in _ticket_columns():
        op.drop_column("tickets", column.name)


def _ticket_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("state", sa.String(12), nullable=False, server_default="open"),
        sa.Column("college", sa.String(60), nullable=True),
        sa.Column("cohort", sa.Integer(), nullable=True),
        sa.Column("category", sa.String(20), nullable=False, server_default=_OTHER),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("offered_to_id", sa.Integer(), nullable=True),
        sa.Column("offered_at", _MOMENT, nullable=True),
        sa.Column("passed_over", _STRUCTURED, nullable=False, server_default="[]"),
        sa.Column("claimed_at", _MOMENT, nullable=True),
        sa.Column("waiting_since", _MOMENT, nullable=True),
        sa.Column("snoozed_until", _MOMENT, nullable=True),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("promise_kept", sa.Boolean(), nullable=True),
        sa.Column("apologised_at", _MOMENT, nullable=True),
        sa.Column("satisfaction_asked_at", _MOMENT, nullable=True),
        sa.Column("satisfaction", sa.String(12), nullable=True),
        sa.Column("satisfaction_at", _MOMENT, nullable=True),
        sa.Column("joined_into_id", sa.Integer(), nullable=True),
    ]


def _of_ticket(table: str, **options: bool) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    column = sa.Column("ticket_id", sa.Integer(), nullable=False, **options)
    return column, sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=f"fk_{table}_ticket_id_tickets")


def _create_tables_of_tickets() -> None:
    op.create_table(
        "conversation_holds",
        sa.Column("conversation_id", sa.String(128), nullable=False),
        *_of_ticket("conversation_holds"),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(32), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_conversation_holds"),
    )
    op.create_index("ix_conversation_holds_ticket_id", "conversation_holds", ["ticket_id"])
    op.create_table(
        "ticket_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        *_of_ticket("ticket_notes"),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ticket_notes"),
    )
    op.create_index("ix_ticket_notes_ticket_id", "ticket_notes", ["ticket_id"])
    op.create_table(
        "ticket_labels",
        *_of_ticket("ticket_labels"),
        sa.Column("label", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("ticket_id", "label", name="pk_ticket_labels"),
    )
    op.create_index("ix_ticket_labels_label", "ticket_labels", ["label"])
    op.create_table(
        "ticket_viewers",
        *_of_ticket("ticket_viewers"),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.Column("typing_until", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("ticket_id", "staff_id", name="pk_ticket_viewers"),
    )


def _create_tables_of_the_desk() -> None:
    op.create_table(
        "canned_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("college", sa.String(60), nullable=True),
        sa.Column("updated_by", sa.Integer(), nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_canned_replies"),
    )
    op.create_table(
        "graduate_profiles",
        sa.Column("conversation_id", sa.String(128), nullable=False),
        sa.Column("college", sa.String(60), nullable=True),
        sa.Column("cohort", sa.Integer(), nullable=True),
        sa.Column("updated_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_graduate_profiles"),
    )
    op.create_table(
        "routing_duties",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("categories", _STRUCTURED, nullable=False),
        sa.Column("cohorts", _STRUCTURED, nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name="pk_routing_duties"),
    )
    op.create_table(
        "staff_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("number", sa.String(20), nullable=True),
        sa.Column("college", sa.String(60), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("leading", sa.Boolean(), nullable=False),
        sa.Column("data", _STRUCTURED, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff_events"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_staff_events_at", "staff_events", ["at"])
    op.create_table(
        "notification_outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("facts", _STRUCTURED, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", _MOMENT, nullable=False),
        sa.Column("claim", sa.String(32), nullable=True),
        sa.Column("error", sa.String(80), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("sent_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_notification_outbox"),
    )
    op.create_index("ix_notification_outbox_state_next_at", "notification_outbox", ["state", "next_at"])
