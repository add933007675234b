"""The employers' ledger: visits, needs, the postings that answer them, and what became of candidates.

Revision ID: 0013
Revises: 0012

Triggers keep need_candidates append-only, as those of 0012 do for posting_decisions.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_REFUSAL = "need_candidates is append-only"


def upgrade() -> None:
    op.create_table(
        "employer_visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("visitor", sa.String(length=100), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("college", sa.String(length=100), nullable=False),
        sa.Column("is_new", sa.Boolean(), nullable=True),
        sa.Column("posts_gained", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(length=100), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_employer_visits_employer_id_employers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_visits")),
        sa.UniqueConstraint("employer_id", "visited_on", "visitor", name=op.f("uq_employer_visits_employer_id")),
    )
    op.create_index("ix_employer_visits_visited_on", "employer_visits", ["visited_on"])
    op.create_table(
        "employer_needs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=200), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("majors", sa.Text(), nullable=False),
        sa.Column("degree", sa.String(length=50), nullable=False),
        sa.Column("needed_by", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(length=100), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_employer_needs_employer_id_employers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_needs")),
    )
    op.create_index(op.f("ix_employer_needs_employer_id"), "employer_needs", ["employer_id"])
    op.create_table(
        "need_postings",
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("linked_by", sa.String(length=100), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["employer_needs.id"], name=op.f("fk_need_postings_need_id_employer_needs")),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.id"], name=op.f("fk_need_postings_posting_id_postings")),
        sa.PrimaryKeyConstraint("need_id", "posting_id", name=op.f("pk_need_postings")),
    )
    op.create_index(op.f("ix_need_postings_posting_id"), "need_postings", ["posting_id"])
    op.create_table(
        "need_candidates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=True),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(length=100), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["employer_needs.id"], name=op.f("fk_need_candidates_need_id_employer_needs")),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.id"], name=op.f("fk_need_candidates_posting_id_postings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_candidates")),
    )
    op.create_index("ix_need_candidates_need_id", "need_candidates", ["need_id", "reference"])
    for statement in _GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for table in ("need_candidates", "need_postings", "employer_needs", "employer_visits"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION need_candidates_append_only()")


_GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER need_candidates_no_{verb.lower()} BEFORE {verb} ON need_candidates BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        f"CREATE FUNCTION need_candidates_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
        "CREATE TRIGGER need_candidates_append_only BEFORE UPDATE OR DELETE ON need_candidates "
        "FOR EACH ROW EXECUTE FUNCTION need_candidates_append_only()",
    ],
}
