"""The phrases in which people state facts about themselves, read from `phrases.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

_OVERLAPPING = "area"
"""The group whose phrases may share text with others: 在乡镇小学任教 names a place and a job."""


@dataclass(frozen=True)
class Phrase:
    """`affirmed` are the facts that the phrase states, `denied` those that its denial states; `sensitive` where it is hardship."""

    pattern: re.Pattern[str]
    affirmed: Mapping[str, Any]
    denied: Mapping[str, Any] = field(default_factory=dict)
    sensitive: bool = False


@lru_cache(maxsize=1)
def tables() -> tuple[tuple[Phrase, ...], ...]:
    """The phrases in tables; within a table what an earlier phrase takes, a later one does not see."""
    listed = yaml.safe_load(resources.files("knowledge.eligibility.reading").joinpath("phrases.yaml").read_text(encoding="utf-8"))
    groups = {name: [_phrase(entry) for entry in entries] for name, entries in listed.items()}
    alone = groups.pop(_OVERLAPPING)
    return tuple(phrase for phrases in groups.values() for phrase in phrases), tuple(alone)


def _phrase(entry: Mapping[str, Any]) -> Phrase:
    pattern = re.compile("|".join(f"(?:{alternative})" for alternative in entry["says"]))
    return Phrase(pattern, entry["affirmed"], entry.get("denied", {}), entry.get("sensitive", False))
