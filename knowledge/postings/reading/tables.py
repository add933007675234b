"""Postings out of tables as text, in any encoding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from knowledge.errors import DocumentRefused
from knowledge.postings import texts
from knowledge.postings.reading.headings import NoHeadings, rows_below
from knowledge.postings.reading.rows import Row
from knowledge.tables.delimited import BrokenQuotes, read_delimited
from knowledge.tables.text_files import opened_text


def read_table(path: Path, overrides: Mapping[str, str]) -> Iterator[Row]:
    """The rows below the line of headings. Raises DocumentRefused where there is none, or where a quotation mark is never closed."""
    with opened_text(path) as file:
        try:
            yield from rows_below(read_delimited(file), overrides, "", lambda _line: file.done())
        except NoHeadings as error:
            raise DocumentRefused(texts.NO_HEADINGS.format(name=path.name, found="、".join(error.first)[:60])) from error
        except BrokenQuotes as error:
            raise DocumentRefused(texts.BROKEN_QUOTES.format(name=path.name, line=error.line)) from error
