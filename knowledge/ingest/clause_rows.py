"""Clauses as rows of the store: folded, their entities found and their sentences encoded, all of a document at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from core.text.folding import fold_with_offsets
from knowledge.ingest.parsing import ParsedDocument
from knowledge.ingest.structure import Clause
from knowledge.language.pipeline import find_all_entities
from knowledge.models import ClauseRow, ClauseVectors
from knowledge.search.encoder import Encoder, packed
from knowledge.search.entries import searched_texts

MAX_PATH = 100


def clause_rows(parsed: ParsedDocument, encoder: Encoder | None) -> list[ClauseRow]:
    """The rows of a document's clauses; without an encoder their vectors are computed later."""
    folded = [fold_with_offsets(parsed.text[clause.start : clause.end]).text for clause in parsed.clauses]
    vectors = _vectors(parsed.clauses, folded, encoder)
    return [
        ClauseRow(
            ordinal=ordinal,
            kind=clause.kind,
            path=clause.path[:MAX_PATH],
            headings=list(clause.headings),
            start=clause.start,
            end=clause.end,
            damage=sorted(clause.damage),
            entities=[asdict(entity) for entity in entities],
            vectors=vectors[ordinal],
        )
        for ordinal, (clause, entities) in enumerate(zip(parsed.clauses, find_all_entities(folded), strict=True))
    ]


def _vectors(clauses: Sequence[Clause], folded: Sequence[str], encoder: Encoder | None) -> list[list[ClauseVectors]]:
    if encoder is None:
        return [[] for _ in clauses]
    texts = [
        searched_texts(text, clause.headings[-1] if clause.headings else "", clause.path[:MAX_PATH])
        for clause, text in zip(clauses, folded, strict=True)
    ]
    rows = encoder.encode([text for own in texts for text in own])
    vectors, start = [], 0
    for own in texts:
        vectors.append([ClauseVectors(model=encoder.name, rows=packed(rows[start : start + len(own)]))])
        start += len(own)
    return vectors
