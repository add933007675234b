"""Words that mean the same: the shipped file, and a school's own beside it.

A file holds one group a line, words parted by blanks, `#` opens a comment. A school's file lies in the home folder as `synonyms.txt`;
a change of it counts from the next question on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

import structlog

from knowledge.errors import SynonymsInvalid

LOCAL_FILE = "synonyms.txt"
MAX_BYTES = 256 * 1024
_LONGEST = 20
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Synonyms:
    """Each word → the other words of its groups."""

    others: dict[str, tuple[str, ...]]
    _words: re.Pattern[str]

    @classmethod
    def of(cls, groups: Iterable[Iterable[str]]) -> Synonyms:
        """The synonyms that come of groups of words; a word may stand in several."""
        table: dict[str, set[str]] = {}
        for group in map(list, groups):
            for word in group:
                table.setdefault(word, set()).update(other for other in group if other != word)
        pattern = re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True))) or r"(?!)")
        return cls({word: tuple(sorted(others)) for word, others in table.items()}, pattern)

    def within(self, text: str) -> dict[str, tuple[str, ...]]:
        """The words of a folded text that have synonyms, longest first, with these."""
        return {match.group(): self.others[match.group()] for match in self._words.finditer(text)}


def read_groups(name: str, text: str) -> list[list[str]]:
    """The groups of a file's text; raises SynonymsInvalid naming the file and the line."""
    groups: list[list[str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        group = line.split("#")[0].split()
        if len(group) == 1:
            raise SynonymsInvalid(f"{name} 第 {number} 行：只有一个词“{group[0]}”，同一行要写意思相同的两个或更多的词，用空格隔开")
        if any(len(word) > _LONGEST for word in group):
            raise SynonymsInvalid(f"{name} 第 {number} 行：有超过 {_LONGEST} 个字的词，词之间要用空格隔开")
        if group:
            groups.append(group)
    return groups


def read_local(path: Path) -> list[list[str]]:
    """The groups of a school's file, none where there is no file; raises SynonymsInvalid."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SynonymsInvalid(f"{path}：超过 {MAX_BYTES // 1024} KB，不像同义词表")
        return read_groups(str(path), path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise SynonymsInvalid(f"{path}：读不到，应是 UTF-8 编码的文本") from error


@lru_cache(maxsize=1)
def shipped_groups() -> tuple[tuple[str, ...], ...]:
    """The groups that come with the project."""
    text = resources.files("knowledge.search").joinpath("synonyms.txt").read_text(encoding="utf-8")
    return tuple(map(tuple, read_groups("synonyms.txt", text)))


class _InForce:
    """The synonyms of this process: the shipped ones until a school's file is followed."""

    def __init__(self) -> None:
        self._synonyms: Synonyms | None = None
        self._seen: tuple[Path, int, int] | None = None

    def current(self) -> Synonyms:
        if self._synonyms is None:
            self._synonyms = Synonyms.of(shipped_groups())
        return self._synonyms

    def follow(self, path: Path) -> None:
        """Take the file over if it changed; a broken one is told in the log and changes nothing."""
        seen = (path, *_stamp(path))
        if seen == self._seen:
            return
        self._seen = seen
        try:
            self._synonyms = Synonyms.of([*shipped_groups(), *read_local(path)])
        except SynonymsInvalid as error:
            _log.error("synonyms_not_read", detail=str(error))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


_in_force = _InForce()


def follow_local(home: Path) -> None:
    """Use the synonyms of the school whose home folder this is, as they stand now. Costs a look at the file's date."""
    _in_force.follow(home / LOCAL_FILE)


def synonyms_in(text: str) -> dict[str, tuple[str, ...]]:
    """The words of a folded text that have synonyms, longest first, with these."""
    return _in_force.current().within(text)
