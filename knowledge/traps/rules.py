"""The rules of rules.yaml, read and compiled.

A rule finds a phrase (`find`), may want more words in the text (`also`, all of them), and gives way where a guard holds
(`unless`). `{name}` stands for a macro; `~` for up to 12 characters within a clause, `~~` for up to 40 within a sentence.
A guard looks at the clause of the phrase, at its sentence or at the whole text, as the file says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from knowledge.traps.model import Level

_FILE = Path(__file__).parent / "rules.yaml"
REACH = 120
"""How far a sentence without an end is looked through for a guard, and so bounds what a text made to be slow can cost."""
MOST_MATCHES = 20
"""Of one rule in one text: more say nothing new."""
_CLAUSE_GAP = "[^，,。！!？?；;]{0,12}?"
_SENTENCE_GAP = "[^。！!？?；;]{0,40}?"
_CLAUSE_END = re.compile(r"[，,。！!？?；;：:]")
_SENTENCE_END = re.compile(r"[。！!？?；;]")


@dataclass(frozen=True)
class Guard:
    """Words beside which a phrase means no harm; `scope` is clause, sentence or text."""

    scope: str
    pattern: re.Pattern[str]

    def holds(self, text: str, start: int, end: int) -> bool:
        """Whether it holds for the phrase `text[start:end]`."""
        if self.scope == "text":
            return bool(self.pattern.search(text))
        left, right = around(text, start, end, _CLAUSE_END if self.scope == "clause" else _SENTENCE_END)
        return bool(self.pattern.search(text[left:right]))


@dataclass(frozen=True)
class Rule:
    """What gives one kind of trap away."""

    kind: str
    level: Level
    find: re.Pattern[str]
    also: tuple[re.Pattern[str], ...]
    unless: tuple[Guard, ...]

    def phrases(self, text: str) -> list[tuple[int, int]]:
        """Where in a plain text the rule finds its phrase."""
        if not all(pattern.search(text) for pattern in self.also):
            return []
        spans = [match.span() for match in islice(self.find.finditer(text), MOST_MATCHES) if match.start() < match.end()]
        return [span for span in spans if not any(guard.holds(text, *span) for guard in self.unless)]


def around(text: str, start: int, end: int, boundary: re.Pattern[str]) -> tuple[int, int]:
    """The stretch between two boundaries that holds `text[start:end]`, at most `REACH` characters to either side."""
    first, last = max(0, start - REACH), min(len(text), end + REACH)
    left = max((match.end() for match in boundary.finditer(text, first, start)), default=first)
    right = boundary.search(text, end, last)
    return left, right.start() if right else last


@dataclass(frozen=True)
class _Rulebook:
    rules: tuple[Rule, ...]
    reassuring: tuple[Guard, ...]


def rules() -> tuple[Rule, ...]:
    """All rules; raises ValueError for a file that names a macro or a guard it does not hold."""
    return _rulebook().rules


def reassuring() -> tuple[Guard, ...]:
    """The guards that speak against a trap where likeness alone speaks for one."""
    return _rulebook().reassuring


@lru_cache(maxsize=1)
def _rulebook() -> _Rulebook:
    raw: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    macros: dict[str, str] = {}
    for name, pattern in raw["macros"].items():
        macros[name] = _expanded(pattern, macros)
    guards = {name: Guard(guard["scope"], _compiled(guard["holds"], macros)) for name, guard in raw["guards"].items()}
    listed = tuple(_rule(kind, rule, macros, guards) for kind, rules in raw["rules"].items() for rule in rules)
    return _Rulebook(listed, tuple(guards[name] for name in raw["reassuring"]))


def _rule(kind: str, raw: dict[str, Any], macros: dict[str, str], guards: dict[str, Guard]) -> Rule:
    unknown = set(raw.get("unless", ())) - set(guards)
    if unknown:
        raise ValueError(f"{kind}: no such guard: {sorted(unknown)}")
    also = tuple(_compiled(pattern, macros) for pattern in raw.get("also", ()))
    return Rule(kind, Level(raw["level"]), _compiled(raw["find"], macros), also, tuple(guards[name] for name in raw.get("unless", ())))


def _compiled(pattern: str, macros: dict[str, str]) -> re.Pattern[str]:
    return re.compile(_expanded(pattern, macros))


def _expanded(pattern: str, macros: dict[str, str]) -> str:
    named = re.sub(r"\{([a-z_]+)\}", lambda match: f"(?:{_macro(match[1], macros)})", pattern)
    return named.replace("~~", _SENTENCE_GAP).replace("~", _CLAUSE_GAP)


def _macro(name: str, macros: dict[str, str]) -> str:
    if name not in macros:
        raise ValueError(f"no such macro: {name}")
    return macros[name]
