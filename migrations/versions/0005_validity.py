"""How long documents hold, with the phrases that say so, and what a person has set.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _columns() -> list[sa.Column[object]]:
    return [
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("in_force_until", sa.Date(), nullable=True),
        sa.Column("only_year", sa.Integer(), nullable=True),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("trial", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("repealed", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("validity", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
        sa.Column("authority", sa.String(20), nullable=False, server_default="issuer"),
        sa.Column("retired_until", sa.Date(), nullable=True),
        sa.Column("retired_reason", sa.Text(), nullable=True),
        sa.Column("retired_by", sa.String(100), nullable=True),
    ]


def upgrade() -> None:
    for column in _columns():
        op.add_column("documents", column)


def downgrade() -> None:
    with op.batch_alter_table("documents") as table:
        for column in reversed(_columns()):
            table.drop_column(column.name)
