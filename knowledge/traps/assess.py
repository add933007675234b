"""Assess a text: the signals that the rules find in it, and how much they weigh together."""

from __future__ import annotations

from knowledge.traps import texts
from knowledge.traps.likeness import likeness
from knowledge.traps.model import Assessment, Level, Signal
from knowledge.traps.plain import Plain, plain
from knowledge.traps.rules import reassuring, rules

MAX_LENGTH = 2_000
"""Characters that are looked at; an advertisement says what it wants long before."""
MOST_SIGNALS = 6
_LEAST_TO_ASSESS = 8
"""Characters; a shorter text without a signal holds nothing to assess."""
_LEAST_TO_COMPARE = 12
"""Characters that make it worth comparing a text with traps known."""
RESEMBLES = "resembles"
"""The kind of the signal that likeness alone gives."""
_ORDER = {Level.HIGH: 0, Level.MEDIUM: 1}


def warm_up() -> None:
    """Build what an assessment needs, so that the first graduate does not wait for it."""
    assess("这里写着一份普通的工作，没有什么特别的地方")


def holds_clear_trap(text: str) -> bool:
    """Whether the text holds a grave signal."""
    return assess(text).level is Level.HIGH


def assess(text: str) -> Assessment:
    """What speaks for a trap in an advertisement, a retold chat, an offer or a situation; each signal's phrase stands in `text` as it is."""
    seen = plain(text[:MAX_LENGTH])
    found = _credible(seen, _found(seen))
    if not found:
        return Assessment(Level.LOW if len(seen.text) >= _LEAST_TO_ASSESS else Level.UNKNOWN)
    level = min((level for level, *_ in found), key=lambda level: _ORDER[level])
    return Assessment(level, tuple(_signal(seen, kind, start, end) for _, kind, start, end in found[:MOST_SIGNALS]))


def _found(seen: Plain) -> list[tuple[Level, str, int, int]]:
    """One phrase for each kind and place, the gravest first, then in the order of the text. Of rules of one kind the earlier is the more exact."""
    every = [(rule.level, rule.kind, *span) for rule in rules() for span in rule.phrases(seen.text)]
    kept: list[tuple[Level, str, int, int]] = []
    for item in sorted(every, key=lambda item: _ORDER[item[0]]):
        if not any(_says_nothing_new(item, other) for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda item: (_ORDER[item[0]], item[2]))


def _credible(seen: Plain, found: list[tuple[Level, str, int, int]]) -> list[tuple[Level, str, int, int]]:
    """What the rules find unless the text is far from any trap; without a finding of theirs, what resembles one."""
    if not found:
        return _resembling(seen)
    if len(seen.text) >= _LEAST_TO_COMPARE and likeness().surely_ordinary(seen, [(start, end) for _, _, start, end in found]):
        return []
    return found


def _resembling(seen: Plain) -> list[tuple[Level, str, int, int]]:
    """What no rule finds and yet resembles a trap, unless the text says what speaks against one."""
    if len(seen.text) < _LEAST_TO_COMPARE or any(guard.holds(seen.text, 0, len(seen.text)) for guard in reassuring()):
        return []
    span = likeness().most_suspicious(seen)
    return [] if span is None else [(Level.MEDIUM, RESEMBLES, *span)]


def _says_nothing_new(item: tuple[Level, str, int, int], other: tuple[Level, str, int, int]) -> bool:
    """The same kind at overlapping places, or the same words once more under another kind."""
    overlap = min(item[3], other[3]) - max(item[2], other[2])
    return overlap > 0 and (item[1] == other[1] or overlap >= 0.6 * (item[3] - item[2]))


def _signal(seen: Plain, kind: str, start: int, end: int) -> Signal:
    return Signal(kind, seen.printed_span(start, end).strip(), texts.ADVICE[kind])
