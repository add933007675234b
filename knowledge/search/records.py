"""What the index keeps of a clause beside its entry: the terms of its fields, as numbers, so that a question is compared without segmenting again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
import orjson
from numpy.typing import NDArray
from pydantic import TypeAdapter

from knowledge.search.entries import ClauseEntry, DocumentEntry
from knowledge.search.lists import closings, leads_of
from knowledge.search.terms import index_terms

Hashes = NDArray[np.uint32]


PARTS = ("clause", "headings", "own_heading", "title")
"""What a record has one of: its heading and its text; its document's title and all headings above it; its heading; its document's title.
Its sentences come behind them."""


@dataclass(frozen=True)
class Record:
    """A clause as it is judged. Terms are given as their CRC-32, in order and as often as they stand there."""

    entry: ClauseEntry
    terms: Hashes
    """Those of `PARTS` and of the sentences, one after the other."""
    lengths: Hashes
    """How many terms each of them has."""

    @classmethod
    def of(cls, entry: ClauseEntry, parts: Sequence[Hashes]) -> Record:
        """A record of its parts and its sentences."""
        return cls(entry, np.concatenate(parts), np.array([len(part) for part in parts], dtype=np.uint32))

    @property
    def parts(self) -> list[Hashes]:
        """Its parts and its sentences."""
        return np.split(self.terms, np.cumsum(self.lengths)[:-1])

    @property
    def sentences(self) -> int:
        """How many sentences it has."""
        return len(self.lengths) - len(PARTS)


@lru_cache(maxsize=1 << 16)
def hash_of(term: str) -> int:
    """The number that stands for a term: among a million terms two share one by chance a hundred times, which no score notices."""
    return crc32(term.encode("utf-8", "replace"))


def hashes(terms: Iterable[str]) -> Hashes:
    """The numbers of terms, in their order."""
    return np.array([hash_of(term) for term in terms], dtype=np.uint32)


@dataclass(frozen=True)
class Draft:
    """A record that is being indexed, with the terms of its two searched fields as words."""

    record: Record
    clause: list[str]
    headings: list[str]
    closings: list[str]
    """The characters that close several items of a list in it, by which 四清 or 三落实 finds what it is short for."""


def draft(entries: Sequence[ClauseEntry]) -> list[Draft]:
    """What is indexed of a document, given by all its clauses in order: a clause may be known by its neighbours."""
    title = hashes(index_terms(entries[0].document.title or "")) if entries else hashes(())
    return [_draft(entry, lead, title) for entry, lead in zip(entries, leads_of(entries), strict=True)]


def _draft(entry: ClauseEntry, lead: str, title: Hashes) -> Draft:
    clause = index_terms(" ".join([*entry.headings[-1:], lead, entry.folded.text]))
    headings = index_terms(" ".join([entry.document.title or entry.document.summary, *entry.headings, lead]))
    sentences = [hashes(index_terms(entry.sentence(number))) for number in range(len(entry.sentences))]
    record = Record.of(entry, [hashes(clause), hashes(headings), hashes(index_terms(entry.heading)), title, *sentences])
    return Draft(record, clause, headings, closings(entry.folded.text))


def pack_terms(record: Record) -> bytes:
    """The terms as they are stored: how many parts, how long each is, the parts."""
    return np.concatenate([np.array([len(record.lengths)], dtype=np.uint32), record.lengths, record.terms]).tobytes()


def pack_entry(entry: ClauseEntry) -> bytes:
    """The entry as it is stored, without its document, and with what takes long to find again: its folded text and its sentences."""
    folded = entry.folded
    fields: dict[str, object] = _clauses().dump_python(entry, mode="json", exclude={"document"})
    return orjson.dumps([fields, folded.text, entry.sentences])


def unpack(entry: bytes, terms: bytes, document: DocumentEntry) -> Record:
    """The record that `pack_entry` and `pack_terms` stored."""
    fields, text, sentences = orjson.loads(entry)
    restored = _clauses().validate_python({**fields, "document": document})
    restored.remember(text, tuple((start, end) for start, end in sentences))
    numbers = np.frombuffer(terms, dtype=np.uint32)
    start = 1 + int(numbers[0])
    return Record(restored, numbers[start:], numbers[1:start])


def pack_document(document: DocumentEntry) -> bytes:
    return _documents().dump_json(document)


def unpack_document(stored: bytes) -> DocumentEntry:
    return _documents().validate_json(stored)


@lru_cache(maxsize=1)
def layout() -> str:
    """Names the fields of what is stored: an index of other fields is built anew."""
    return orjson.dumps([_clauses().json_schema(), _documents().json_schema()], option=orjson.OPT_SORT_KEYS).decode()


@lru_cache(maxsize=1)
def _clauses() -> TypeAdapter[ClauseEntry]:
    return TypeAdapter(ClauseEntry)


@lru_cache(maxsize=1)
def _documents() -> TypeAdapter[DocumentEntry]:
    return TypeAdapter(DocumentEntry)
