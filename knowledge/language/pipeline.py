"""The spaCy pipeline: `spacy.blank("zh")` segmented by jieba with the domain dictionary, gazetteers and quantities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import spacy
import yaml
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from core.text.segmentation import tokenizer, words
from knowledge.language.places import PROVINCE_OF
from knowledge.language.quantities import find_quantities


@dataclass(frozen=True)
class Entity:
    """`label` is one of MONEY DATE PERIOD COUNT RATIO ORDINAL DOC_NO PHONE AGENCY AUDIENCE REGION; `name` the canonical one."""

    label: str
    text: str
    name: str
    start: int
    end: int


@lru_cache(maxsize=1)
def pipeline() -> Language:
    """The process's pipeline; about a second to build."""
    nlp = spacy.blank("zh")
    nlp.tokenizer = _DomainTokenizer(nlp.vocab)
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(_patterns())
    nlp.add_pipe("zhiwen_quantities")
    return nlp


def find_entities(folded: str) -> list[Entity]:
    """The entities of a folded text without blanks, in order of their start."""
    return _entities(pipeline()(folded))


def find_all_entities(folded: Iterable[str]) -> list[list[Entity]]:
    """`find_entities` of many texts, in batches."""
    return [_entities(doc) for doc in pipeline().pipe(folded, batch_size=256)]


def _entities(doc: Doc) -> list[Entity]:
    return [Entity(span.label_, span.text, span.ent_id_ or span.text, span.start_char, span.end_char) for span in doc.ents]


class _DomainTokenizer:
    """Jieba's words as spaCy tokens."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        tokens = list(words(text)) if text and not any(character.isspace() for character in text) else _with_blanks(text)
        return Doc(self.vocab, words=tokens, spaces=[False] * len(tokens))


def _with_blanks(text: str) -> list[str]:
    return list(tokenizer().cut(text))


@Language.component("zhiwen_quantities")
def _quantities(doc: Doc) -> Doc:
    """Add the quantities that pattern matching finds; a name from a gazetteer that overlaps one gives way."""
    found: list[Span] = []
    for label, start, end in find_quantities(doc.text):
        span = doc.char_span(start, end, label=label, alignment_mode="expand")
        if span is not None and not any(span.start < other.end and other.start < span.end for other in found):
            found.append(span)
    kept = [entity for entity in doc.ents if not any(entity.start < span.end and span.start < entity.end for span in found)]
    doc.ents = tuple(sorted([*kept, *found], key=lambda span: span.start))
    return doc


def _patterns() -> list[dict[str, Any]]:
    patterns = [_pattern("REGION", name, name) for name in PROVINCE_OF]
    listed = yaml.safe_load(resources.files("knowledge.language").joinpath("gazetteer.yml").read_text(encoding="utf-8"))
    for label, groups in listed.items():
        patterns += [_pattern(label, name, group[0]) for group in groups for name in group]
    return patterns


def _pattern(label: str, text: str, canonical: str) -> dict[str, Any]:
    """A phrase: spaCy looks phrases up in a tree, where it would try every list of tokens at every word."""
    return {"label": label, "pattern": text, "id": canonical}
