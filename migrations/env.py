"""Alembic's entry: on the connection that bot.migrate hands over, or on the URL of the settings."""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from core.database import Base, UtcDateTime, create_database_engine
from core.settings import Settings

MODEL_MODULES = (
    "bot.models",
    "bot.wechat.models",
    "desk.models",
    "knowledge.models",
    "knowledge.postings.models",
    "knowledge.employers.models",
    "knowledge.events.models",
    "desk.push_models",
    "desk.requests.models",
    "desk.notify.models",
    "desk.staff.models",
    "desk.audit",
    "desk.erasure_models",
    "desk.care.models",
    "desk.promotion.models",
    "desk.surveys.models",
    "desk.trainings.models",
)

for _module in MODEL_MODULES:
    if importlib.util.find_spec(_module) is not None:
        importlib.import_module(_module)


def _render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our column type as plain SQLAlchemy, so that old revisions outlive changes of the type."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def _is_of_the_models(name: str | None, kind: str, _parents: Any) -> bool:
    """The table of pgvector is none of the models' (knowledge.search.vector_table): a new revision must not drop it."""
    return kind != "table" or name != "clause_search_vectors"


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=_render_item,
        compare_type=True,
        include_name=_is_of_the_models,
    )
    with context.begin_transaction():
        context.run_migrations()


def _main() -> None:
    given: Connection | None = context.config.attributes.get("connection")
    if given is not None:
        _run(given)
        return
    engine = create_database_engine(Settings().database_url)
    with engine.begin() as connection:
        _run(connection)


_main()
