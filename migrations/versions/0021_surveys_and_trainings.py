"""Surveys and trainings

Revision ID: 0021
Revises: 0020
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_STRUCTURED = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "surveys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("questions", _STRUCTURED, nullable=False),
        sa.Column("college", sa.String(60), nullable=True),
        sa.Column("cohort", sa.Integer(), nullable=True),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("published_at", _MOMENT, nullable=True),
        sa.Column("closed_at", _MOMENT, nullable=True),
        sa.Column("results", _STRUCTURED, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_surveys"),
    )
    op.create_table(
        "survey_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(128), nullable=False),
        sa.Column("college", sa.String(60), nullable=True),
        sa.Column("cohort", sa.Integer(), nullable=True),
        sa.Column("answers", _STRUCTURED, nullable=False),
        sa.Column("consented_at", _MOMENT, nullable=False),
        sa.Column("answered_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_survey_answers"),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name="fk_survey_answers_survey_id_surveys"),
        sa.UniqueConstraint("survey_id", "conversation_id", name="uq_survey_answers_survey_id"),
    )
    op.create_index("ix_survey_answers_conversation_id", "survey_answers", ["conversation_id"])
    op.create_table(
        "trainings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("provider", sa.String(100), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("hours", sa.String(100), nullable=False),
        sa.Column("place", sa.String(150), nullable=False),
        sa.Column("fee", sa.String(100), nullable=False),
        sa.Column("subsidy", sa.String(200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("sign_up_until", sa.Date(), nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_trainings"),
    )
    op.create_index("ix_trainings_ends_on", "trainings", ["ends_on"])
    op.create_table(
        "training_interests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(128), nullable=False),
        sa.Column("name", sa.String(30), nullable=False),
        sa.Column("contact", sa.String(100), nullable=False),
        sa.Column("college", sa.String(60), nullable=True),
        sa.Column("cohort", sa.Integer(), nullable=True),
        sa.Column("waited", sa.Boolean(), nullable=False),
        sa.Column("consented_at", _MOMENT, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_training_interests"),
        sa.ForeignKeyConstraint(["training_id"], ["trainings.id"], name="fk_training_interests_training_id_trainings"),
        sa.UniqueConstraint("training_id", "conversation_id", name="uq_training_interests_conversation"),
        sa.UniqueConstraint("training_id", "contact", name="uq_training_interests_contact"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_training_interests_conversation_id", "training_interests", ["conversation_id"])


def downgrade() -> None:
    """Take them away, answers and lists included."""
    for table in ("training_interests", "trainings", "survey_answers", "surveys"):
        op.drop_table(table)
