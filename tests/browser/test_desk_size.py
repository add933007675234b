"""How much the console loads before its first view is there."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from bot.console_page import BUILT_CONSOLE

BUDGET = 400_000
"""Bytes after gzip: issue D's budget for the first view."""
_FIRST_VIEW = ("index.html", "src/app/Shell.tsx", "src/views/inbox/Inbox.tsx")


def test_the_first_view_stays_within_its_budget() -> None:
    manifest: dict[str, Any] = json.loads((BUILT_CONSOLE / ".vite" / "manifest.json").read_text(encoding="utf-8"))
    files = {file for entry in _FIRST_VIEW for file in _loaded(manifest, entry)} | {"index.html"}

    assert sum(_packed(BUILT_CONSOLE / file) for file in files) < BUDGET


def test_charts_are_not_part_of_the_first_view() -> None:
    manifest: dict[str, Any] = json.loads((BUILT_CONSOLE / ".vite" / "manifest.json").read_text(encoding="utf-8"))
    first = {file for entry in _FIRST_VIEW for file in _loaded(manifest, entry)}

    assert not [file for file in first if "echarts" in (BUILT_CONSOLE / file).read_text(encoding="utf-8")]


def _loaded(manifest: dict[str, Any], entry: str) -> set[str]:
    """The files that an entry of the build loads, those that it imports included."""
    chunk = manifest[entry]
    files = {chunk["file"], *chunk.get("css", [])}
    return files.union(*(_loaded(manifest, name) for name in chunk.get("imports", [])))


def _packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6))
