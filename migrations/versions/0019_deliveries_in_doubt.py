"""Deliveries that went out perhaps: when a notification was about to be sent

Revision ID: 0019
Revises: 0018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("notification_outbox", sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute("UPDATE notification_outbox SET state = 'waiting' WHERE state = 'unknown'")
    op.drop_column("notification_outbox", "tried_at")
