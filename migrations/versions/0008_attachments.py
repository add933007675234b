"""Attachments that are files of their own know what they are called and which notice they belong to.

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("documents", sa.Column("attachment", sa.String(30), nullable=False, server_default=""))
    op.add_column("documents", sa.Column("parent_id", sa.Integer(), nullable=True))
    op.create_index("ix_documents_parent_id", "documents", ["parent_id"])


def downgrade() -> None:
    op.drop_index("ix_documents_parent_id", "documents")
    op.drop_column("documents", "parent_id")
    op.drop_column("documents", "attachment")
