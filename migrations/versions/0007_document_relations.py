"""Which documents replace, repeal or copy one another, and what helps to find that.

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("documents", sa.Column("series", sa.String(300), nullable=True))
    op.add_column("documents", sa.Column("sketch", sa.LargeBinary(), nullable=True))
    op.create_index("ix_documents_series", "documents", ["series"])
    op.create_table(
        "document_relations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(300), nullable=False),
        sa.Column("to_title", sa.String(500), nullable=True),
        sa.Column("to_doc_no", sa.String(100), nullable=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("rule", sa.String(20), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(100), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["from_id"], ["documents.id"], name="fk_document_relations_from_id_documents", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["to_id"], ["documents.id"], name="fk_document_relations_to_id_documents", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_document_relations"),
        sa.UniqueConstraint("from_id", "kind", "key", name="uq_document_relations_from_id"),
    )
    op.create_index("ix_document_relations_to_id", "document_relations", ["to_id"])
    op.create_index("ix_document_relations_state", "document_relations", ["state"])


def downgrade() -> None:
    op.drop_index("ix_document_relations_state", table_name="document_relations")
    op.drop_index("ix_document_relations_to_id", table_name="document_relations")
    op.drop_table("document_relations")
    op.drop_index("ix_documents_series", table_name="documents")
    with op.batch_alter_table("documents") as table:
        table.drop_column("sketch")
        table.drop_column("series")
