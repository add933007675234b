"""The care ledger: graduates in care, what was said, done and changed, who cares for whom, which conversations are theirs.

Revision ID: 0015
Revises: 0014

Triggers keep care_entries and care_changes append-only: no row is changed, and none goes but with a file that was erased; nor does a file.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)
_APPENDED = ("care_entries", "care_changes")


def _words(name: str, length: int | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "graduates",
        sa.Column("id", sa.Integer(), nullable=False),
        _words("student_number", 40),
        _words("name", 60),
        _words("college", 60),
        _words("class_name", 60),
        sa.Column("cohort", sa.Integer(), nullable=True),
        _words("degree", 20),
        _words("major", 100),
        _words("phone", 30),
        _words("hometown", 60),
        sa.Column("left_school_on", sa.Date(), nullable=True),
        _words("wish", 20),
        _words("wish_place", 100),
        _words("wish_work", 200),
        _words("wish_note"),
        _words("goal"),
        _words("measures"),
        sa.Column("next_contact_on", sa.Date(), nullable=True),
        _words("destination", 20),
        _words("destination_unit", 200),
        sa.Column("destination_on", sa.Date(), nullable=True),
        _words("destination_evidence"),
        sa.Column("categories", _JSON, nullable=False),
        sa.Column("categories_checked_at", _MOMENT, nullable=True),
        sa.Column("closed_at", _MOMENT, nullable=True),
        _words("closed_reason", 20),
        sa.Column("erased_at", _MOMENT, nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("touched_at", _MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_graduates")),
        sa.UniqueConstraint("student_number", name=op.f("uq_graduates_student_number")),
    )
    op.create_index("ix_graduates_college_id", "graduates", ["college", "id"])
    op.create_index("ix_graduates_next_contact_on", "graduates", ["next_contact_on"])
    op.create_index(op.f("ix_graduates_touched_at"), "graduates", ["touched_at"])
    op.create_table(
        "care_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("graduate_id", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        _words("by", 80),
        _words("kind", 20),
        _words("text"),
        sa.ForeignKeyConstraint(["graduate_id"], ["graduates.id"], name=op.f("fk_care_entries_graduate_id_graduates")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_entries")),
    )
    op.create_index("ix_care_entries_graduate_id_at", "care_entries", ["graduate_id", "at"])
    op.create_table(
        "care_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("graduate_id", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        _words("by", 80),
        _words("action", 30),
        sa.Column("before", _JSON, nullable=False),
        sa.Column("after", _JSON, nullable=False),
        sa.ForeignKeyConstraint(["graduate_id"], ["graduates.id"], name=op.f("fk_care_changes_graduate_id_graduates")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_changes")),
    )
    op.create_index("ix_care_changes_graduate_id_id", "care_changes", ["graduate_id", "id"])
    op.create_table(
        "care_pairings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("graduate_id", sa.Integer(), nullable=False),
        _words("helper", 80),
        sa.Column("helper_staff_id", sa.Integer(), nullable=True),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        _words("by", 80),
        sa.ForeignKeyConstraint(["graduate_id"], ["graduates.id"], name=op.f("fk_care_pairings_graduate_id_graduates")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_pairings")),
    )
    still_open = sa.text("ended_at IS NULL")
    op.create_index("uq_care_pairings_open", "care_pairings", ["graduate_id"], unique=True, sqlite_where=still_open, postgresql_where=still_open)
    op.create_index("ix_care_pairings_helper_staff_id", "care_pairings", ["helper_staff_id"])
    op.create_table(
        "care_links",
        _words("conversation_id", 128),
        sa.Column("graduate_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", _MOMENT, nullable=False),
        _words("by", 80),
        sa.ForeignKeyConstraint(["graduate_id"], ["graduates.id"], name=op.f("fk_care_links_graduate_id_graduates")),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_care_links")),
    )
    op.create_index(op.f("ix_care_links_graduate_id"), "care_links", ["graduate_id"])
    for statement in _GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for table in ("care_links", "care_pairings", "care_changes", "care_entries", "graduates"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION care_append_only()")
        op.execute("DROP FUNCTION care_graduates_kept()")


def _sqlite_guards() -> list[str]:
    statements = []
    for table in _APPENDED:
        refusal = f"SELECT RAISE(ABORT, '{table} is append-only')"
        not_erased = "(SELECT erased_at FROM graduates WHERE id = OLD.graduate_id) IS NULL"
        statements.append(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN {refusal}; END")
        statements.append(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN {not_erased} BEGIN {refusal}; END")
    kept = "SELECT RAISE(ABORT, 'graduates: erase before deleting')"
    return [*statements, f"CREATE TRIGGER graduates_kept BEFORE DELETE ON graduates WHEN OLD.erased_at IS NULL BEGIN {kept}; END"]


_GUARDS = {
    "sqlite": _sqlite_guards(),
    "postgresql": [
        "CREATE FUNCTION care_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM graduates WHERE id = OLD.graduate_id AND erased_at IS NOT NULL) THEN RETURN OLD; END IF; "
        "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
        *(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION care_append_only()"
            for table in _APPENDED
        ),
        "CREATE FUNCTION care_graduates_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF OLD.erased_at IS NULL THEN RAISE EXCEPTION 'graduates: erase before deleting'; END IF; RETURN OLD; END $$",
        "CREATE TRIGGER graduates_kept BEFORE DELETE ON graduates FOR EACH ROW EXECUTE FUNCTION care_graduates_kept()",
    ],
}
