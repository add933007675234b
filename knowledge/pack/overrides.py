"""A school's own entries: files of the pack's schema in the home folder that replace, add to or retire what is built in.

A file with a fault counts for nothing as a whole; what is wrong with it is kept as lines that name file, entry and field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import structlog

from knowledge.pack.hotlines import Hotlines, load_hotlines
from knowledge.pack.schema import PackEntry, PackInvalid, read_entry, read_records
from knowledge.pack.validate import problems_of

FOLDER = "pack"
MOST_BYTES = 1024 * 1024

_TOO_LARGE = "{name}：超过 1 MB，没有采用"
_UNREADABLE = "{name}：打不开（{error}）"
_NO_SCHOOL = "{name} {entry}：school 缺少：写明是哪所学校的"
_TWICE = "{name} {entry}：编号已写在 {other} 里"
_RETIRED_FIELDS = frozenset({"id", "retired", "school"})

_log = structlog.get_logger(__name__)
Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Overrides:
    """What the school's files say. `origins`: id → the file that replaces, adds or retires it."""

    entries: tuple[PackEntry, ...] = ()
    retired: frozenset[str] = frozenset()
    origins: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def applied_to(self, built_in: Sequence[PackEntry]) -> tuple[PackEntry, ...]:
        """The built-in entries with the school's in place of those of the same id, without those retired, and with the new ones."""
        own = {entry.id: entry for entry in self.entries}
        kept = [own.pop(entry.id, entry) for entry in built_in if entry.id not in self.retired]
        return (*kept, *own.values())


def stamp(home: Path) -> Stamp:
    """Name, time of change and size of each file: differs when one was changed, added or removed. Cheap enough for every question."""
    try:
        return tuple(sorted((path.name, (seen := path.stat()).st_mtime_ns, seen.st_size) for path in (home / FOLDER).glob("*.yaml")))
    except OSError:
        return ()


def load_overrides(home: Path, today: date) -> Overrides:
    """The school's files in the home folder, by name; those with a fault are left out, logged and named in `problems`."""
    hotlines = load_hotlines()
    entries: dict[str, PackEntry] = {}
    origins: dict[str, str] = {}
    problems: list[str] = []
    retired: set[str] = set()
    for path in sorted((home / FOLDER).glob("*.yaml")):
        own, gone, wrong = _read_file(path, hotlines, today)
        wrong += [_TWICE.format(name=path.name, entry=id_, other=origins[id_]) for id_ in (*own, *gone) if id_ in origins]
        if wrong:
            _log.warning("school_pack_file_left_out", file=path.name, problems=wrong)
            problems += wrong
            continue
        entries |= own
        retired |= gone
        origins |= dict.fromkeys((*own, *gone), path.name)
    return Overrides(tuple(entries.values()), frozenset(retired), origins, tuple(problems))


def _read_file(path: Path, hotlines: Hotlines, today: date) -> tuple[dict[str, PackEntry], set[str], list[str]]:
    """The entries of a file by their ids, the ids that it retires, and what is wrong with it."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return {}, set(), [_TOO_LARGE.format(name=path.name)]
        records = read_records(path)
        gone = {str(record["id"]) for record in records if _retires(record)}
        entries = [read_entry(path.name, number, record) for number, record in enumerate(records, 1) if not _retires(record)]
    except PackInvalid as error:
        return {}, set(), [str(error)]
    except OSError as error:
        return {}, set(), [_UNREADABLE.format(name=path.name, error=type(error).__name__)]
    wrong = [_NO_SCHOOL.format(name=path.name, entry=entry.id) for entry in entries if not entry.school]
    wrong += [f"{path.name} {problem}" for problem in problems_of(entries, hotlines, today)]
    return {entry.id: entry for entry in entries}, gone, wrong


def _retires(record: Mapping[str, Any]) -> bool:
    return record.get("retired") is True and isinstance(record.get("id"), str) and set(record) <= _RETIRED_FIELDS
