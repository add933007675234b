"""How well the knowledge answers a set of questions: does the clause cited hold what it should, is the rest refused?

A set is JSONL, one question a line: `question`; `expected`, which begins with `answer` or `refuse` (others are not judged here);
`said`, words that the answer itself must hold; `gold_span`, words that a citation's quote must hold (cells of a table
parted by ` | `); `context`, the questions asked before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from core.text.folding import fold
from knowledge.answers.model import Answer
from knowledge.errors import SetInvalid

MEASURES = ("said", "cited_first", "cited_in_three", "warned_of_damage", "refused", "reason_named")
_REASONS = ("damaged", "wrong_region", "wrong_year")


class Answering(Protocol):
    """What answers."""

    def answer(self, text: str, previous: str | None = None) -> Answer: ...


@dataclass(frozen=True)
class Row:
    """One question of a set."""

    question: str
    expected: str
    gold: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    said: str = ""


@dataclass(frozen=True)
class Judged:
    """A question, what came, and each measure that applies to it."""

    row: Row
    given: Answer
    measures: dict[str, bool]

    @property
    def passed(self) -> bool:
        return all(self.measures.values())


def read_set(path: Path) -> list[Row]:
    """The questions of a file that can be judged; raises SetInvalid."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SetInvalid(f"{path}：读不到（应是 UTF-8 编码的 JSONL 文件）") from error
    rows = [row for number, line in enumerate(lines, 1) if line.strip() for row in _read(path, number, line)]
    if not rows:
        raise SetInvalid(f"{path}：没有可评测的问题（每行要有 question，expected 以 answer 或 refuse 开头）")
    return rows


def _read(path: Path, number: int, line: str) -> Iterator[Row]:
    try:
        record: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise SetInvalid(f"{path} 第 {number} 行：不是 JSON（{error.msg}）") from error
    if not isinstance(record, dict) or not isinstance(record.get("question"), str) or not isinstance(record.get("expected"), str):
        raise SetInvalid(f"{path} 第 {number} 行：要有文字的 question 和 expected")
    if record["expected"].startswith(("answer", "refuse")):
        gold = tuple(_bare(cell) for cell in str(record.get("gold_span") or "").split(" | ") if cell.strip())
        yield Row(record["question"], record["expected"], gold, tuple(record.get("context") or ()), _bare(str(record.get("said") or "")))


def evaluate(knowledge: Answering, rows: Iterable[Row]) -> Iterator[Judged]:
    """Ask every question, each after its own context."""
    for row in rows:
        previous: str | None = None
        for earlier in row.context:
            previous = knowledge.answer(earlier, previous).question or earlier
        given = knowledge.answer(row.question, previous)
        yield Judged(row, given, _measures(row, given))


def _measures(row: Row, given: Answer) -> dict[str, bool]:
    if row.expected.startswith("refuse"):
        measures = {"refused": given.outcome != "answered"}
        asked = row.expected.removeprefix("refuse_")
        return {**measures, "reason_named": given.reason == asked} if asked in _REASONS else measures
    measures = {"said": row.said in _bare(given.text)} if row.said else {}
    if row.gold:
        held = [all(cell in _bare(citation.quote) for cell in row.gold) for citation in given.citations[:3]]
        measures = {"cited_first": held[:1] == [True], "cited_in_three": any(held)}
    if "damage" in row.expected:
        measures["warned_of_damage"] = "damaged" in given.warnings
    return measures or {"cited_first": given.outcome == "answered"}


def shares(judged: Sequence[Judged]) -> dict[str, tuple[int, int]]:
    """Measure → how many passed, of how many it applied to."""
    given = {name: [result.measures[name] for result in judged if name in result.measures] for name in MEASURES}
    return {name: (sum(values), len(values)) for name, values in given.items() if values}


def _bare(text: str) -> str:
    """Folded and without blanks, in which a quote and a gold span may differ."""
    return re.sub(r"\s+", "", fold(text))
