"""What `zhiwen doctor` says of a database that is in order."""

from __future__ import annotations

from pathlib import Path

from bot.supervisor.checks import run_checks
from core.settings import Settings


def test_the_doctor_says_where_vectors_are_searched(migrated_url: str, backend: str, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, database_url=migrated_url, rasa_url="http://rasa.test:5005")
    found = {finding.name: finding for finding in run_checks(settings)}
    assert found["数据库"].ok
    assert found["条款向量"].ok
    place = {"sqlite": "在本机的索引文件里检索", "postgresql": "在 PostgreSQL（pgvector）里检索"}[backend]
    assert found["条款向量"].detail.endswith(f"0 / 0 条；{place}")
