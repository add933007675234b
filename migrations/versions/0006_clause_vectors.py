"""Vectors of clauses in a table of their own, by model. Those that there are go: they are computed again in the background.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clause_vectors",
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(200), nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["clause_id"], ["clauses.id"], name="fk_clause_vectors_clause_id_clauses", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("clause_id", "model", name="pk_clause_vectors"),
    )
    op.drop_column("clauses", "vectors")


def downgrade() -> None:
    op.add_column("clauses", sa.Column("vectors", sa.LargeBinary(), nullable=True))
    op.drop_table("clause_vectors")
