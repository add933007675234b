"""Where PostgreSQL has pgvector: a table in which it searches the vectors. Elsewhere nothing: they are searched in a local file.

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
import structlog
from alembic import op
from pgvector.sqlalchemy import HALFVEC

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_log = structlog.get_logger(__name__)


def upgrade() -> None:
    if not _can_search():
        return
    op.create_table(
        "clause_search_vectors",
        sa.Column("clause_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("model", sa.String(200), nullable=False),
        sa.Column("sentence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("vector", HALFVEC(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clause_id", "model"],
            ["clause_vectors.clause_id", "clause_vectors.model"],
            name="fk_clause_search_vectors_clause_id_clause_vectors",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("clause_id", "model", "sentence", name="pk_clause_search_vectors"),
    )


def downgrade() -> None:
    op.execute("DROP TABLE IF EXISTS clause_search_vectors")


def _can_search() -> bool:
    """Whether the type is there, after trying to install the extension; the savepoint keeps a refusal from undoing the migration."""
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return False
    if connection.scalar(sa.text("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'")):
        try:
            with connection.begin_nested():
                connection.execute(sa.text("CREATE EXTENSION IF NOT EXISTS vector"))
        except sa.exc.DBAPIError as error:
            _log.warning("pgvector_not_installed", reason=str(error.orig)[:200])
    return connection.scalar(sa.text("SELECT 1 WHERE to_regtype('halfvec') IS NOT NULL")) is not None
