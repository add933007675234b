"""What was decided about postings can only grow.

Revision ID: 0012
Revises: 0011

Triggers keep posting_decisions append-only. A later revision that rebuilds the table on SQLite (Alembic's batch mode) loses
them and has to make them again.
"""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_REFUSAL = "posting_decisions is append-only"


def upgrade() -> None:
    """From now on the database refuses to change or delete a decision."""
    for statement in _GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Take the triggers away."""
    for statement in _RELEASES[op.get_bind().dialect.name]:
        op.execute(statement)


_GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER posting_decisions_no_{verb.lower()} BEFORE {verb} ON posting_decisions BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        f"CREATE FUNCTION posting_decisions_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
        "CREATE TRIGGER posting_decisions_append_only BEFORE UPDATE OR DELETE ON posting_decisions "
        "FOR EACH ROW EXECUTE FUNCTION posting_decisions_append_only()",
    ],
}
_RELEASES = {
    "sqlite": [f"DROP TRIGGER posting_decisions_no_{verb}" for verb in ("update", "delete")],
    "postgresql": [
        "DROP TRIGGER posting_decisions_append_only ON posting_decisions",
        "DROP FUNCTION posting_decisions_append_only()",
    ],
}
