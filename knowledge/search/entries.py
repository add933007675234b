"""What the search looks at: a clause with its folded text, its sentences and its document, all in memory."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from core.text.folding import FoldedText, fold_with_offsets
from knowledge.language.pipeline import Entity
from knowledge.truth import Truth, Window

_LONGEST_LABEL = 6
_TABLE_ROW = re.compile(r"表\d+ 第\d+行$")
_SENTENCE = re.compile(r"[^。！？；!?;]*[。！？；!?;]+[”’」』）)]*|[^。！？；!?;]+$")


@dataclass(frozen=True)
class DocumentEntry:
    """A document in force in the knowledge, as the search and the answers need it."""

    id: int
    title: str | None
    doc_no: str | None
    issuers: tuple[str, ...]
    issued_on: date | None
    region: str | None
    cohorts: tuple[int, ...]
    damaged: bool
    date_conflict: bool
    printed_dates: tuple[str, ...]
    """The dates that its signature and printing line bear, as ISO days."""
    source: str
    summary: str
    """The opening of its text: stands in for a title that was lost."""
    truth: Truth = field(default_factory=Truth)
    graduates: float = 0.0
    """The share of its clauses that speak of graduates or their schools: a statute that governs everybody's work hardly ever does."""

    @property
    def display_title(self) -> str:
        """The title, or, where none is printed, a description that does not pretend to be one."""
        if self.title:
            return self.title
        origin = "、".join(self.issuers[:1]) + ("等" if len(self.issuers) > 1 else "") if self.issuers else (self.region or "")
        cohort = f"{self.cohorts[0]}届" if self.cohorts else ""
        described = f"（原文未见标题）{origin}{cohort}高校毕业生就业文件"
        return described


@dataclass(frozen=True)
class ClauseEntry:
    """A clause. `printed` is its text as printed; `folded` the searched form with the way back; sentences are spans in it."""

    id: int
    document: DocumentEntry
    ordinal: int
    kind: str
    path: str
    headings: tuple[str, ...]
    printed: str
    damage: frozenset[str]
    entities: tuple[Entity, ...]
    until: date | None = None
    """The clause's own last day, where it names one that is not the whole document's."""
    windows: tuple[Window, ...] = ()

    @cached_property
    def folded(self) -> FoldedText:
        return fold_with_offsets(self.printed)

    def remember(self, text: str, sentences: tuple[tuple[int, int], ...]) -> None:
        """Take over the folded text and the spans of the sentences, which an index has kept, instead of finding them again."""
        self.__dict__.update(folded=FoldedText(self.printed, text), sentences=sentences)

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """The spans of the sentences that can answer, in the folded text."""
        return answering_spans(self.folded.text, self.heading, self.path)

    @property
    def heading(self) -> str:
        return self.headings[-1] if self.headings else ""

    @property
    def damaged(self) -> bool:
        return bool(self.damage) or self.document.damaged

    def sentence(self, index: int) -> str:
        start, end = self.sentences[index]
        return self.folded.text[start:end]


def answering_spans(text: str, heading: str, path: str = "") -> tuple[tuple[int, int], ...]:
    """The sentences of a clause that say something: the numbered heading it opens with is none; a row of a table is one."""
    if text and _TABLE_ROW.search(path):
        return ((0, len(text)),)
    spans = sentence_spans(text)
    if len(spans) > 1 and heading and spans[0][1] <= len(heading.replace(" ", "")) + _LONGEST_LABEL:
        return spans[1:]
    return spans


def searched_texts(text: str, heading: str, path: str) -> list[str]:
    """The texts of a clause whose meaning is compared with a question's: its sentences that can answer, and last its heading.

    `text` is the clause's folded text; a clause without a heading is known by its path.
    """
    return [*(text[start:end] for start, end in answering_spans(text, heading, path)), heading or path]


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of a folded text; a fragment of under six characters joins the one before."""
    spans: list[tuple[int, int]] = []
    for match in _SENTENCE.finditer(text):
        if spans and match.end() - match.start() < 6:
            spans[-1] = (spans[-1][0], match.end())
        elif match.group():
            spans.append(match.span())
    return tuple(spans)
