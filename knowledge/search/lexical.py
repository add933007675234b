"""The lexical index on disk: which clauses come into question by their words. Tantivy keeps it; it grows and shrinks by documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from knowledge.search.records import Draft

FOLDER = "words"
K1, B = 1.2, 0.75
"""Tantivy's own parameters of BM25 (Robertson and Zaragoza, 2009); its scores are `K1 + 1` times those of Lucene's formula."""
_WRITER_BYTES = 256_000_000
"""What is being written takes so much memory at most, about 2 KB a clause; what does not fit leaves the words in one part more."""
_SMALL, _COMMON = 20_000, 0.2
"""A term is common that more clauses hold than this many and this share of all; chosen on questions of our own (docs/quality.md)."""
_NO_TERM = re.compile(r"\s")


@dataclass(frozen=True)
class Ranked:
    """Clauses, best first, with their documents and scores. `complete`: no other clause has a score at all."""

    clauses: NDArray[np.int64]
    documents: NDArray[np.int64]
    scores: NDArray[np.float32]
    complete: bool

    @property
    def least(self) -> float:
        """What a clause that is not among them can have at most."""
        return 0.0 if self.complete or not len(self.scores) else float(self.scores[-1])


class Lexical:
    """BM25 over two fields, `clause` and `headings`. A reader sees the state at which it was opened; writing needs the index's lock."""

    def __init__(self, folder: Path) -> None:
        """Raises ValueError when what lies there cannot be read."""
        path = folder / FOLDER
        path.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(_schema(), path=str(path))
        self._searcher = self._index.searcher()
        self._writer: tantivy.IndexWriter | None = None

    def __len__(self) -> int:
        return self._searcher.num_docs

    def best(self, field: str, weights: Mapping[str, float], most: int) -> Ranked:
        """The best clauses for terms with their weights, scored by Lucene's formula.

        Where the terms that few clauses hold find `most`, those that very many hold (毕业生, 办理) are not looked up: they say next to nothing,
        and nearly all of the time is theirs. The scores are then lower by what they would have added.
        """
        if not weights or not len(self):
            return _nothing()
        telling = {term: weight for term, weight in weights.items() if self._searcher.doc_freq(field, term) <= self._most_holders}
        ranked = self._ranked(field, telling, most)
        return self._ranked(field, weights, most) if ranked.complete and len(telling) < len(weights) else ranked

    def _ranked(self, field: str, weights: Mapping[str, float], most: int) -> Ranked:
        schema = self._index.schema
        parts = []
        for term, weight in weights.items():
            query = tantivy.Query.term_query(schema, field, term, "freq")
            parts.append((tantivy.Occur.Should, query if weight == 1.0 else tantivy.Query.boost_query(query, weight)))
        hits = self._searcher.search(tantivy.Query.boolean_query(parts), most, count=False).hits
        if not hits:
            return _nothing()
        places = [place for _, place in hits]
        return Ranked(
            np.array(self._searcher.fast_field_values("id", places), dtype=np.int64),
            np.array(self._searcher.fast_field_values("document", places), dtype=np.int64),
            np.array([score for score, _ in hits], dtype=np.float32) / np.float32(K1 + 1),
            len(hits) < most,
        )

    @property
    def _most_holders(self) -> float:
        """So many clauses hold a term at most for it to be looked up."""
        return max(_SMALL, _COMMON * len(self))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """What is replaced within is written at the end, all of it or, where something fails, nothing; then it is read."""
        self._writer = self._index.writer(_WRITER_BYTES, 1)
        try:
            yield
            self._writer.commit()
            self._writer.wait_merging_threads()
        finally:
            self._writer = None  # gives the lock back
        self._index.reload()
        self._searcher = self._index.searcher()

    def replace(self, gone: Sequence[int], come: Sequence[Draft]) -> None:
        """Take documents out and put clauses of others in, within `writing`; a document that is put in again stands there once."""
        writer = self._writer
        if writer is None:
            raise RuntimeError("nothing is being written")
        for document in {*gone, *(draft.record.entry.document.id for draft in come)}:
            # By query: deleting by term finds no number, in tantivy 0.27 at least.
            writer.delete_documents_by_query(tantivy.Query.term_query(self._index.schema, "document", document, "basic"))
        for draft in come:
            row = tantivy.Document()
            row.add_unsigned("id", draft.record.entry.id)
            row.add_unsigned("document", draft.record.entry.document.id)
            row.add_text("clause", _joined(draft.clause))
            row.add_text("headings", _joined(draft.headings))
            row.add_text("closings", _joined(draft.closings))
            writer.add_document(row)


def _joined(terms: Sequence[str]) -> str:
    return " ".join(_NO_TERM.sub("", term) for term in terms)


def _nothing() -> Ranked:
    return Ranked(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32), True)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", fast=True)
    builder.add_unsigned_field("document", fast=True, indexed=True)
    builder.add_text_field("clause", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("headings", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("closings", tokenizer_name="whitespace", index_option="freq")
    return builder.build()
