"""Where approved drafts go: a file of the school's own entries, which every process reads, and the set of questions that they must answer.

Both are made anew of all that is approved, so that they can be lost without harm; one process writes at a time, and what is read is whole.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from knowledge.pack.hotlines import load_hotlines
from knowledge.pack.overrides import FOLDER, load_overrides
from knowledge.pack.schema import PackEntry, load_entries
from knowledge.pack.validate import problems_of

FILE = "desk.yaml"
"""In the folder of the school's own entries."""
REGRESSION = "regression.jsonl"
"""In the home folder: one question a line, as `zhiwen evaluate` reads them."""
_LOCK = ".desk.lock"


@dataclass(frozen=True)
class Published:
    """An approved draft as it is written: its record in the file, and the question that it came from."""

    record: dict[str, Any]
    question: str


@contextmanager
def writing(home: Path) -> Iterator[None]:
    """Nobody else writes meanwhile."""
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write(home: Path, published: Sequence[Published]) -> None:
    """Write both files; call it while `writing`."""
    _replace(home / FOLDER / FILE, yaml.safe_dump([own.record for own in published], allow_unicode=True, sort_keys=False))
    rows = ({"question": own.question, "expected": "answer", "said": own.record["answer"], "entry": own.record["id"]} for own in published)
    _replace(home / REGRESSION, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def taken_ids(home: Path, today: date) -> set[str]:
    """The ids of entries that are none of the desk's."""
    overrides = load_overrides(home, today)
    return {entry.id for entry in load_entries()} | {entry_id for entry_id, file in overrides.origins.items() if file != FILE}


def problems(entries: Sequence[PackEntry], today: date) -> list[str]:
    """What is wrong with the desk's entries as they would stand together; a file with a fault counts for nothing as a whole."""
    return problems_of(entries, load_hotlines(), today)


def _replace(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
