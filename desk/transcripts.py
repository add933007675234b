"""The conversation that travels with a ticket.

It comes from two sides: the chat's own record, which is whole, and Rasa's memory, which lacks what the safety screen
answered in front of it. A later look at the conversation therefore adds to a ticket and never replaces what it holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

Entry = Mapping[str, str]
"""`{"role": "user|bot|counsellor|system", "text", "at": ISO time}`"""

TRANSCRIPT_ENTRIES = 40
"""How much of the conversation one request brings along."""

_KEPT = 200


def merged(before: Sequence[Entry], later: Sequence[Entry]) -> list[dict[str, str]]:
    """Both views of one conversation as one, oldest first; what both hold appears once, as it stands in `before`.

    They are matched by who said what and in which order, not by time: the two sides' clocks may differ.
    """
    matcher = SequenceMatcher(None, _words(before), _words(later), autojunk=False)
    entries: list[Entry] = []
    for kind, start, end, later_start, later_end in matcher.get_opcodes():
        entries += before[start:end]
        if kind != "equal":
            entries += later[later_start:later_end]
    return [dict(entry) for entry in entries][-_KEPT:]


def _words(entries: Sequence[Entry]) -> list[tuple[str, str]]:
    return [(entry["role"], entry["text"]) for entry in entries]
