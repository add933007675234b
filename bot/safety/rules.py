"""The pattern half of the screen: which kind of danger or bound a text shows beyond doubt."""

from __future__ import annotations

from pathlib import Path

from bot.safety.lexicon import PATTERNS, Idioms, Lexicon
from bot.safety.plain import PlainForms, line_form

_IN_PROGRESS = "self_harm_in_progress"
_NOTHING_UNLAWFUL = frozenset({"illegal"})


class Rules:
    """All lexicons, built once."""

    def __init__(self, folder: Path = PATTERNS) -> None:
        self._plain = PlainForms(folder / "disguises.txt")
        self._idioms = Idioms(folder / "idioms.txt")
        self._lawful = Idioms(folder / "idioms_urgent.txt")
        self._crisis = Lexicon(folder / "crisis.txt")
        self._urgent = Lexicon(folder / "urgent.txt")
        self._bounds = Lexicon(folder / "bounds.txt")
        self._injection = Lexicon(folder / "bounds.txt", only="injection")
        self._distress = Lexicon(folder / "distress.txt")
        self._guards = Lexicon(folder / "guards.txt")
        self._wishes = Idioms(folder / "guards.txt", only="wishes_others_harm")

    def forms(self, text: str) -> list[str]:
        """The plain forms without idioms: what patterns and classifier look at; the last is the plainest."""
        return [self._idioms.remove(form) for form in self._plain.of(text)]

    def crisis(self, forms: list[str]) -> str | None:
        """The kind of danger to life, if a pattern shows one. Whatever is in progress is told first."""
        for form in forms:
            names = self._crisis.names(self._wishes.remove(form))
            if names:
                return _IN_PROGRESS if _IN_PROGRESS in names else names[-1]
        return None

    def urgent(self, forms: list[str]) -> str | None:
        """The kind of danger to body, freedom, papers or money, if a pattern shows one that has come about."""
        if not self.may_be_danger(forms[0]):
            return None
        return next((name for form in forms if (name := self._urgent.first(self._lawful.remove(form)))), None)

    def bound(self, text: str, forms: list[str]) -> str | None:
        """The verdict of the first bound that the text oversteps."""
        if self._injection.first(line_form(text)):
            return "injection"
        leave_out = _NOTHING_UNLAWFUL if self._guards.holds("reports_or_asks_about", forms[0]) else frozenset[str]()
        return next((name for form in forms if (name := self._bounds.first(form, leave_out))), None)

    def may_be_danger(self, form: str) -> bool:
        """Whether the text can tell of harm that has come about, rather than ask for the rule or whether an offer is
        sound."""
        holds = self._guards.holds
        if holds("pasted_for_a_check", form):
            return holds("suffered_in_pasted", form)
        if holds("asks_whether_sound", form):
            return holds("already_suffered", form)
        return holds("someone", form) or not holds("general_question", form)

    def has_hint(self, form: str) -> bool:
        """Whether the text holds any word of loss or harm."""
        return self._guards.holds("hint_of_loss_or_harm", form)

    def is_upset(self, forms: list[str]) -> bool:
        """Whether the speaker says that they are unwell, without danger that a pattern shows."""
        return any(self._distress.first(form) for form in forms)

    def asks(self, text: str) -> bool:
        """Whether the text holds a question."""
        return self._guards.holds("question", text.lower())
