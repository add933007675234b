"""Drafts of the school's own entries

Revision ID: 0018
Revises: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_STRUCTURED = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "knowledge_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fields", _STRUCTURED, nullable=False),
        sa.Column("ticket", sa.String(20), nullable=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=True),
        sa.Column("reviewer", sa.String(80), nullable=True),
        sa.Column("reviewed_at", _MOMENT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.String(40), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_knowledge_drafts"),
        sa.UniqueConstraint("entry_id", name="uq_knowledge_drafts_entry_id"),
    )
    op.create_index("ix_knowledge_drafts_state", "knowledge_drafts", ["state"])


def downgrade() -> None:
    """Take it away; what was approved stands in the school's own file."""
    op.drop_table("knowledge_drafts")
