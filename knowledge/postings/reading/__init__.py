"""Files of postings, row by row and never whole: tables as text, workbooks, JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from knowledge.errors import DocumentRefused
from knowledge.ingest import texts as file_texts
from knowledge.postings import texts
from knowledge.postings.reading.json_rows import read_json
from knowledge.postings.reading.rows import Row
from knowledge.postings.reading.tables import read_table
from knowledge.postings.reading.workbooks import read_workbook

__all__ = ["MAX_BYTES", "Row", "read_rows"]

MAX_BYTES = 1 << 30
_HEAD = 64
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def read_rows(path: Path, overrides: Mapping[str, str] | None = None) -> Iterator[Row]:
    """The rows of a CSV, XLSX or JSON file, told by its content; `overrides` (column → field) help to find the line of headings.

    Raises DocumentRefused for a file that is none of them, has no headings that can be understood, or breaks off.
    """
    head = _head(path)
    if head.startswith(b"PK\x03\x04"):
        return read_workbook(path, overrides or {})
    if head.startswith(_OLD_OFFICE):
        raise DocumentRefused(file_texts.UNSUPPORTED.format(name=path.name, kind="旧版 Excel（.xls）", remedy=file_texts.AS_XLSX))
    plain = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if plain.startswith((b"{", b"[")):
        return read_json(path)
    if plain[:1] == b"<" or head.startswith(b"%PDF"):
        raise DocumentRefused(texts.NO_TABLE_FILE.format(name=path.name))
    return read_table(path, overrides or {})


def _head(path: Path) -> bytes:
    if not path.is_file():
        raise DocumentRefused(file_texts.MISSING.format(path=path))
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DocumentRefused(file_texts.TOO_LARGE.format(name=path.name, most=MAX_BYTES >> 20))
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise DocumentRefused(file_texts.UNREADABLE.format(name=path.name, error=error.strerror)) from error
    if not head.strip():
        raise DocumentRefused(file_texts.EMPTY.format(name=path.name))
    return head
