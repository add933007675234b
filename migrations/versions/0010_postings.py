"""Open postings with their sources, decisions and employers.

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "employers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=True),
        sa.Column("city", sa.String(length=50), nullable=True),
        sa.Column("credit_code", sa.String(length=18), nullable=True),
        sa.Column("site", sa.String(length=300), nullable=True),
        sa.Column("mail_domain", sa.String(length=100), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employers")),
        sa.UniqueConstraint("key", name=op.f("uq_employers_key")),
    )
    op.create_index(op.f("ix_employers_credit_code"), "employers", ["credit_code"], unique=False)

    op.create_table(
        "posting_sources",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("trusted", sa.Boolean(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_posting_sources")),
    )
    op.create_table(
        "posting_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_state")),
    )
    op.create_table(
        "postings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(length=100), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_by", sa.String(length=100), nullable=True),
        sa.Column("employer_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("employer", sa.String(length=200), nullable=False),
        sa.Column("employer_type", sa.String(length=20), nullable=True),
        sa.Column("employer_type_text", sa.String(length=50), nullable=False),
        sa.Column("cities", sa.JSON(), nullable=False),
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("place_text", sa.String(length=200), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("salary_text", sa.String(length=100), nullable=False),
        sa.Column("salary_min", sa.Integer(), nullable=True),
        sa.Column("salary_max", sa.Integer(), nullable=True),
        sa.Column("salary_months", sa.Integer(), nullable=False),
        sa.Column("salary_period", sa.String(length=10), nullable=True),
        sa.Column("day_min", sa.Integer(), nullable=True),
        sa.Column("day_max", sa.Integer(), nullable=True),
        sa.Column("negotiable", sa.Boolean(), nullable=False),
        sa.Column("open_ended", sa.Boolean(), nullable=False),
        sa.Column("education_text", sa.String(length=100), nullable=False),
        sa.Column("education", sa.Integer(), nullable=True),
        sa.Column("majors_text", sa.Text(), nullable=False),
        sa.Column("majors", sa.JSON(), nullable=False),
        sa.Column("any_major", sa.Boolean(), nullable=False),
        sa.Column("cohort_text", sa.String(length=200), nullable=False),
        sa.Column("cohorts", sa.JSON(), nullable=False),
        sa.Column("any_cohort", sa.Boolean(), nullable=False),
        sa.Column("cohort_condition", sa.String(length=200), nullable=False),
        sa.Column("headcount_text", sa.String(length=50), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("traits", sa.JSON(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("benefits", sa.Text(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("deadline_text", sa.String(length=100), nullable=False),
        sa.Column("deadline_state", sa.String(length=20), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("issues", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_postings_employer_id_employers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postings")),
    )
    op.create_index(op.f("ix_postings_employer_id"), "postings", ["employer_id"], unique=False)
    op.create_index(op.f("ix_postings_key"), "postings", ["key"], unique=False)
    op.create_index(op.f("ix_postings_revision"), "postings", ["revision"], unique=False)
    op.create_index("ix_postings_status_deadline", "postings", ["status", "deadline"], unique=False)

    op.create_table(
        "posting_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=100), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.id"], name=op.f("fk_posting_decisions_posting_id_postings"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_decisions")),
    )
    op.create_index(op.f("ix_posting_decisions_posting_id"), "posting_decisions", ["posting_id"], unique=False)

    op.create_table(
        "posting_origins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("external_id", sa.String(length=100), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("file", sa.String(length=300), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.id"], name=op.f("fk_posting_origins_posting_id_postings"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_origins")),
        sa.UniqueConstraint("source", "external_id", name=op.f("uq_posting_origins_source")),
    )
    op.create_index(op.f("ix_posting_origins_posting_id"), "posting_origins", ["posting_id"], unique=False)
    op.execute("INSERT INTO posting_state (id, revision) VALUES (1, 0)")


def downgrade() -> None:
    op.drop_index(op.f("ix_posting_origins_posting_id"), "posting_origins")

    op.drop_table("posting_origins")
    op.drop_index(op.f("ix_posting_decisions_posting_id"), "posting_decisions")

    op.drop_table("posting_decisions")
    op.drop_index("ix_postings_status_deadline", "postings")
    op.drop_index(op.f("ix_postings_revision"), "postings")
    op.drop_index(op.f("ix_postings_key"), "postings")
    op.drop_index(op.f("ix_postings_employer_id"), "postings")

    op.drop_table("postings")
    op.drop_table("posting_state")
    op.drop_table("posting_sources")
    op.drop_index(op.f("ix_employers_credit_code"), "employers")

    op.drop_table("employers")
