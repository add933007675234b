"""What the tests of the knowledge share: papers written to files, an importer, and the real seeds where they lie."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.database import session_factory
from knowledge.ingest.importing import Importer
from knowledge.search.encoder import Encoder, default_encoder

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
TODAY = date(2026, 12, 1)

Write = Callable[..., Path]


@pytest.fixture(scope="session")
def seeds() -> dict[str, Path]:
    """The five documents by the first three characters of their names."""
    files = {path.name[:3]: path for path in sorted(SEEDS.glob("*.txt"))}
    if not files:
        pytest.skip("the five policy documents are not beside the project (../shared/seeds)")
    return files


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return default_encoder()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a text to a file of the test's folder."""

    def to_file(text: str | bytes, name: str = "paper.txt", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return to_file


@pytest.fixture
def sessions(migrated_engine: Engine) -> sessionmaker[Session]:
    """Sessions on a database with all tables, once on SQLite and once on PostgreSQL."""
    return session_factory(migrated_engine)


@pytest.fixture
def importer(sessions: sessionmaker[Session], encoder: Encoder) -> Importer:
    return Importer(sessions, Clock(TODAY), encoder)
