"""Readers: bytes of any format become a `SourceText`. One module a format; which one is told by the content, never by the name alone.

Every reader is a function `read(name: str, content: bytes) -> SourceText` that raises DocumentRefused, and nothing else, for
what it cannot take: one Chinese line that says what is wrong and what to do. Readers run in the process of
`knowledge.ingest.isolation`; modules are imported when first used, for the libraries of some are large.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from knowledge.errors import DocumentRefused
from knowledge.ingest import texts
from knowledge.ingest.readers.sniffing import Kind, sniff
from knowledge.ingest.source_text import SourceText

Reader = Callable[[str, bytes], SourceText]

_READERS: dict[Kind, str] = {
    "txt": "knowledge.ingest.readers.plain:read_plain",
    "md": "knowledge.ingest.readers.markdown:read_markdown",
    "html": "knowledge.ingest.readers.html:read_html",
    "docx": "knowledge.ingest.readers.docx:read_docx",
    "xlsx": "knowledge.ingest.readers.sheets:read_xlsx",
    "csv": "knowledge.ingest.readers.sheets:read_csv",
    "pdf": "knowledge.ingest.readers.pdf:read_pdf",
    "image": "knowledge.ingest.readers.ocr:read_image",
}
MAX_MEGABYTES: dict[Kind, int] = {"txt": 8, "md": 8, "csv": 8, "html": 16, "docx": 32, "xlsx": 32, "pdf": 64, "image": 32, "zip": 128}


def read_content(name: str, content: bytes) -> SourceText:
    """Read one document, whatever its format; raises DocumentRefused."""
    kind = sniff(name, content)
    if len(content) > MAX_MEGABYTES[kind] * 1024 * 1024:
        raise DocumentRefused(texts.TOO_LARGE.format(name=name, most=MAX_MEGABYTES[kind]))
    return _reader(name, kind)(name, content)


def _reader(name: str, kind: Kind) -> Reader:
    module, function = _READERS.get(kind, ":").split(":")
    try:
        return cast(Reader, getattr(import_module(module), function))
    except (ModuleNotFoundError, ValueError) as error:
        raise DocumentRefused(texts.NO_READER.format(name=name, kind=kind.upper())) from error
