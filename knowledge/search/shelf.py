"""The index's own copy of what is judged, in one SQLite file: records by clause, documents, the statistics. Derived; may be deleted."""

from __future__ import annotations

import hashlib
import sqlite3
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from core.database import MAPPED_BYTES
from core.text.segmentation import dictionary_fingerprint
from knowledge.language.question import stop_words
from knowledge.search.articles import Article, article_of
from knowledge.search.entries import DocumentEntry
from knowledge.search.records import Record, layout, pack_document, pack_entry, pack_terms, unpack, unpack_document
from knowledge.search.statistics import Statistics

FILE = "shelf.db"
_VERSION = 2
"""To be raised when what is stored means something else though its fields are the same."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS documents (id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL, entry BLOB NOT NULL, clauses INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS clauses (id INTEGER PRIMARY KEY, document INTEGER NOT NULL, entry BLOB NOT NULL, terms BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS articles (law TEXT NOT NULL, article TEXT NOT NULL, clause INTEGER NOT NULL, document INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS articles_by_name ON articles (law, article);
CREATE INDEX IF NOT EXISTS articles_of_document ON articles (document);
CREATE INDEX IF NOT EXISTS clauses_of_document ON clauses (document);
"""
_MOST_ASKED = 500
"""Numbers in one statement: SQLite takes 999 and more."""


class ShelfUnusable(Exception):
    """The file is damaged, or was written for other fields or another dictionary: build it anew."""


class Shelf:
    """Open for reading and, by whoever holds the index's lock, for writing. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = Lock()
        self._connection = sqlite3.connect(folder / FILE, timeout=10.0, check_same_thread=False, isolation_level=None)
        try:
            self._prepare()
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise ShelfUnusable(str(error)) from error
        except ShelfUnusable:
            self._connection.close()
            raise
        weakref.finalize(self, self._connection.close)

    def _prepare(self) -> None:
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.execute(f"PRAGMA mmap_size={MAPPED_BYTES}")
        self._connection.executescript(_SCHEMA)
        self._connection.execute("INSERT OR IGNORE INTO about VALUES ('written_for', ?)", (written_for(),))
        (stored,) = self._connection.execute("SELECT value FROM about WHERE name = 'written_for'").fetchone()
        if stored != written_for():
            raise ShelfUnusable("written for other fields, terms or words")

    def close(self) -> None:
        self._connection.close()

    def fingerprints(self) -> dict[int, str]:
        """Document id → the fingerprint under which it was indexed."""
        with self._reading() as cursor:
            return dict(cursor.execute("SELECT id, fingerprint FROM documents").fetchall())

    def sizes(self) -> dict[int, int]:
        """Document id → how many clauses it has."""
        with self._reading() as cursor:
            return dict(cursor.execute("SELECT id, clauses FROM documents").fetchall())

    def documents(self) -> dict[int, tuple[DocumentEntry, int]]:
        """Document id → the document and how many clauses it has."""
        with self._reading() as cursor:
            rows = cursor.execute("SELECT id, entry, clauses FROM documents").fetchall()
        return {number: (unpack_document(entry), clauses) for number, entry, clauses in rows}

    def clauses(self) -> list[tuple[int, int]]:
        """The ids of all clauses and their documents, by clause."""
        with self._reading() as cursor:
            return sorted(cursor.execute("SELECT id, document FROM clauses INDEXED BY clauses_of_document").fetchall())

    def clauses_of(self, article: Article) -> list[int]:
        """The clauses that are parts of an article, in order."""
        with self._reading() as cursor:
            found = cursor.execute("SELECT clause FROM articles WHERE law = ? AND article = ? ORDER BY clause", article)
            return [clause for (clause,) in found]

    def records(self, clauses: Sequence[int], documents: dict[int, tuple[DocumentEntry, int]]) -> list[Record]:
        """The records of clauses, as far as they and their documents are there; in no order."""
        with self._reading() as cursor:
            rows = [
                row
                for marks, asked in _asked(clauses)
                for row in cursor.execute(f"SELECT document, entry, terms FROM clauses WHERE id IN ({marks})", asked)
            ]
        return [unpack(entry, terms, documents[document][0]) for document, entry, terms in rows if document in documents]

    def records_of(self, document: int) -> list[Record]:
        """All records of a document."""
        with self._reading() as cursor:
            row = cursor.execute("SELECT entry FROM documents WHERE id = ?", (document,)).fetchone()
            entry = unpack_document(row[0]) if row else None
            rows = cursor.execute("SELECT entry, terms FROM clauses WHERE document = ? ORDER BY id", (document,)).fetchall() if row else []
        return [unpack(stored, terms, entry) for stored, terms in rows if entry is not None]

    def statistics(self) -> Statistics:
        with self._reading() as cursor:
            row = cursor.execute("SELECT value FROM about WHERE name = 'statistics'").fetchone()
        return Statistics.unpacked(row[0]) if row else Statistics.empty()

    def worn(self) -> int:
        """How many clauses have gone since the words were written as a whole."""
        with self._reading() as cursor:
            row = cursor.execute("SELECT value FROM about WHERE name = 'worn'").fetchone()
        return int(row[0]) if row else 0

    def set_worn(self, clauses: int) -> None:
        with self._reading() as cursor:
            cursor.execute("INSERT OR REPLACE INTO about VALUES ('worn', ?)", (clauses,))

    def replace(self, gone: Sequence[int], come: Sequence[tuple[DocumentEntry, str, Sequence[Record]]], statistics: Statistics) -> None:
        """Take documents out, put others in, with the statistics of what is then there: all or nothing."""
        with self._lock:
            cursor = self._connection.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            try:
                for document in gone:
                    cursor.execute("DELETE FROM clauses WHERE document = ?", (document,))
                    cursor.execute("DELETE FROM articles WHERE document = ?", (document,))
                    cursor.execute("DELETE FROM documents WHERE id = ?", (document,))
                for entry, fingerprint, records in come:
                    cursor.execute("INSERT INTO documents VALUES (?, ?, ?, ?)", (entry.id, fingerprint, pack_document(entry), len(records)))
                    cursor.executemany(
                        "INSERT INTO clauses VALUES (?, ?, ?, ?)",
                        [(record.entry.id, entry.id, pack_entry(record.entry), pack_terms(record)) for record in records],
                    )
                    articles = ((article_of(record.entry), record.entry.id) for record in records)
                    cursor.executemany(
                        "INSERT INTO articles VALUES (?, ?, ?, ?)", [(*article, clause, entry.id) for article, clause in articles if article]
                    )
                cursor.execute("INSERT OR REPLACE INTO about VALUES ('statistics', ?)", (statistics.packed(),))
                cursor.execute("COMMIT")
            except BaseException:
                cursor.execute("ROLLBACK")
                raise

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Cursor]:
        with self._lock:
            yield self._connection.cursor()


def _asked(numbers: Sequence[int]) -> Iterator[tuple[str, list[int]]]:
    """Placeholders and numbers for statements that are not too long."""
    for start in range(0, len(numbers), _MOST_ASKED):
        asked = list(numbers[start : start + _MOST_ASKED])
        yield ",".join("?" * len(asked)), asked


def written_for() -> str:
    """Changes whenever an index written before would say something else than one written now."""
    parts = [str(_VERSION), layout(), dictionary_fingerprint(), " ".join(sorted(stop_words()))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
