"""Tables that the database itself refuses to change: rows may be added and read, nothing else."""

from __future__ import annotations

from sqlalchemy import DDL, Table, event
from sqlalchemy.schema import ExecutableDDLElement


def guard_table(table: Table) -> None:
    """Have the database reject every UPDATE and DELETE of `table`, on SQLite and PostgreSQL.

    The triggers come with `metadata.create_all`; a migration that makes the table writes its own copy of them,
    because a migration must not change when this module does.
    """
    for dialect, statements in _statements(table.name).items():
        for statement in statements:
            event.listen(table, "after_create", _ddl(statement, dialect))


def _statements(table: str) -> dict[str, list[str]]:
    message = f"{table} is append-only"
    sqlite = [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END"
        for verb in ("UPDATE", "DELETE")
    ]
    postgresql = [
        f"CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{message}'; END $$",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
    ]
    return {"sqlite": sqlite, "postgresql": postgresql}


def _ddl(statement: str, dialect: str) -> ExecutableDDLElement:
    element: ExecutableDDLElement = DDL(statement)  # type: ignore[no-untyped-call]
    return element.execute_if(dialect=dialect)
