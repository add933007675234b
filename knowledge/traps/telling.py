"""An assessment as a message of the chat: kind `risk_check`, the whole of it in words too."""

from __future__ import annotations

from typing import Any

from knowledge.traps import texts
from knowledge.traps.model import Assessment

KIND = "risk_check"


def message(assessment: Assessment) -> dict[str, Any]:
    """`{"kind": "risk_check", "text", "payload": {"level", "signals": [{"kind", "label", "phrase", "advice"}], "steps", "phones"}}`."""
    return {"kind": KIND, "text": in_words(assessment), "payload": payload(assessment)}


def payload(assessment: Assessment) -> dict[str, Any]:
    """The typed form (contract: `risk_check`), with steps and telephone numbers."""
    return {
        "level": assessment.level.value,
        "signals": [
            {"kind": signal.kind, "label": texts.KINDS[signal.kind], "phrase": signal.phrase, "advice": signal.advice}
            for signal in assessment.signals
        ],
        "steps": list(texts.STEPS[assessment.level]),
        "phones": [{"number": number, "label": texts.PHONE_LABELS[number]} for number in _phones(assessment)],
    }


def in_words(assessment: Assessment) -> str:
    """The whole assessment for a channel that shows nothing but text."""
    lines = [texts.OPENING[assessment.level]]
    lines += [
        texts.SIGNAL.format(number=number, phrase=" ".join(signal.phrase.split()), kind=texts.KINDS[signal.kind], advice=signal.advice)
        for number, signal in enumerate(assessment.signals, 1)
    ]
    lines += [texts.STEPS_HEAD] if assessment.flagged else []
    lines += [f"· {step}" for step in texts.STEPS[assessment.level]]
    lines.append(texts.PHONES_HEAD + "；".join(f"{number}（{texts.PHONE_LABELS[number]}）" for number in _phones(assessment)))
    return "\n".join([*lines, texts.CAVEAT] if assessment.flagged else lines)


def _phones(assessment: Assessment) -> tuple[str, ...]:
    return texts.phones_for(tuple(signal.kind for signal in assessment.signals))
