"""The rules as data: `rules/*.yaml`, one file a kind, beside words, laws and what is only spoken of, read into compiled patterns.

A pattern is a regular expression over folded text (NFKC, simplified, without blanks: commas are ',', brackets '(').
`<词>` stands for a group of words from `rules/words.yaml` or the file's own `words`. Where only a part of what is matched
is to be cut out as the phrase, that part is the group named `phrase`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, cast

import yaml

from knowledge.postings.screening.finding import KINDS, Kind, Law

_WORD = re.compile(r"<([\u4e00-\u9fff]+)>")
_FOLDER = resources.files("knowledge.postings.screening").joinpath("rules")

Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Unless:
    """What makes a match lawful after all."""

    inside: Patterns = ()
    """The match overlaps one of these: 男女不限, 乙肝疫苗."""
    before: Patterns = ()
    """One of these ends right where the match begins: 不收取…, 负责…."""
    after: Patterns = ()
    """One of these begins right where the match ends: …的客户."""
    sentence: Patterns = ()
    """One of these stands anywhere in the sentence: 特岗计划."""
    posting: Patterns = ()
    """One of these stands in the title."""

    def also(self, other: Unless) -> Unless:
        """What makes a match lawful here or there."""
        return Unless(*(own + others for own, others in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class Rule:
    """Patterns that mean the same, and how sure that is."""

    name: str
    patterns: Patterns
    unless: Unless
    certain: bool
    reason: str
    fields: frozenset[str]
    """Only in these fields; empty means in all."""


@dataclass(frozen=True)
class RuleSet:
    """All rules of one kind; `gate` is a cheap pattern without which none of them can match."""

    kind: Kind
    gate: re.Pattern[str]
    laws: tuple[Law, ...]
    unless: Unless
    rules: tuple[Rule, ...]


@lru_cache(maxsize=1)
def rule_sets() -> tuple[RuleSet, ...]:
    """Every kind's rules, in the order of `KINDS`. Raises ValueError with file and name when the data is wrong."""
    laws = {name: Law(**entry) for name, entry in _read("laws").items()}
    words = _read("words")
    quoted = _read("quoted")
    spoken_of = _Compiler({**words, **quoted["words"]}, "quoted").unless(quoted)
    return tuple(_rule_set(kind, _read(kind), words, laws, spoken_of) for kind in KINDS)


def _read(name: str) -> dict[str, Any]:
    return cast(dict[str, Any], yaml.safe_load(_FOLDER.joinpath(f"{name}.yaml").read_text(encoding="utf-8")))


def _rule_set(kind: Kind, data: Mapping[str, Any], shared: Mapping[str, str], laws: Mapping[str, Law], spoken_of: Unless) -> RuleSet:
    compiler = _Compiler({**shared, **data.get("words", {})}, kind)
    reason = data["reason"]
    return RuleSet(
        kind=kind,
        gate=compiler.one(data["gate"]),
        laws=tuple(laws[name] for name in data["laws"]),
        unless=compiler.unless(data.get("unless", {})).also(spoken_of),
        rules=tuple(
            Rule(
                name=entry["name"],
                patterns=compiler.many(entry["patterns"]),
                unless=compiler.unless(entry.get("unless", {})),
                certain=entry.get("certain", data.get("certain", True)),
                reason=entry.get("reason", reason),
                fields=frozenset(entry.get("fields", ())),
            )
            for entry in data["rules"]
        ),
    )


class _Compiler:
    """Puts the words into the patterns of one file."""

    def __init__(self, words: Mapping[str, str], file: str) -> None:
        self._words = words
        self._file = file

    def one(self, pattern: str) -> re.Pattern[str]:
        text = pattern
        while _WORD.search(text):
            text = _WORD.sub(self._group, text)
        try:
            return re.compile(text, re.IGNORECASE)
        except re.error as error:
            raise ValueError(f"{self._file}.yaml: {pattern!r}: {error}") from error

    def many(self, patterns: list[str]) -> Patterns:
        return tuple(self.one(pattern) for pattern in patterns)

    def unless(self, data: Mapping[str, Any]) -> Unless:
        return Unless(
            inside=self.many(data.get("inside", [])),
            before=tuple(self.one(f"(?:{pattern})$") for pattern in data.get("before", [])),
            after=self.many(data.get("after", [])),
            sentence=self.many(data.get("sentence", [])),
            posting=self.many(data.get("posting", [])),
        )

    def _group(self, match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in self._words:
            raise ValueError(f"{self._file}.yaml: no words are called {name!r}")
        return f"(?:{self._words[name]})"
