"""PDF: its text where it has any that can be used, recognition for the pages that are pictures.

Characters, their places and the drawn rules come from PDFium, which also reads fonts whose encoding is a stream of the file's own
(PDF 32000-1, 9.7.5.2) and repairs broken cross-reference tables.
"""

from __future__ import annotations

import pypdfium2 as pdfium
from pypdfium2 import raw as pdfium_c

from knowledge.errors import DocumentRefused
from knowledge.ingest import texts
from knowledge.ingest.readers.layout.assembly import assemble
from knowledge.ingest.readers.pdf_page import PageReading, read_page
from knowledge.ingest.source_text import SourceText

MAX_PAGES = 400
MAX_SCANNED_PAGES = 60
"""Recognition takes seconds a page."""
_TRAILER = 4096
"""The end mark stands in the last kilobyte (PDF 32000-1, 7.5.5, implementation note); some programs append a little more."""


def read_pdf(name: str, content: bytes) -> SourceText:
    """Read a PDF; raises DocumentRefused for one that is locked, cut off, broken, too long, or holds no text to be read."""
    document = _open(name, content)
    try:
        return _read(name, content, document)
    finally:
        document.close()


def _open(name: str, content: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD:
            raise DocumentRefused(texts.PDF_LOCKED.format(name=name)) from error
        raise DocumentRefused((texts.PDF_CUT_OFF if _is_cut_off(content) else texts.PDF_BROKEN).format(name=name)) from error
    if _is_cut_off(content):
        document.close()
        raise DocumentRefused(texts.PDF_CUT_OFF.format(name=name))
    return document


def _is_cut_off(content: bytes) -> bool:
    """PDFium opens what is left of a file that lost its end, with pages missing: better not taken than taken in part."""
    return b"%%EOF" not in content[-_TRAILER:]


def _read(name: str, content: bytes, document: pdfium.PdfDocument) -> SourceText:
    count = len(document)
    if count > MAX_PAGES:
        raise DocumentRefused(texts.TOO_MANY_PAGES.format(name=name, count=count, most=MAX_PAGES))
    readings = [_page(name, document, number) for number in range(count)]
    source = assemble(name, content, [reading.page for reading in readings if reading.layer != "none"], "pdf")
    if not source.text.strip():
        raise DocumentRefused(texts.NOTHING_READ.format(name=name))
    return source


def _page(name: str, document: pdfium.PdfDocument, number: int) -> PageReading:
    try:
        return read_page(document, number)
    except pdfium.PdfiumError as error:
        raise DocumentRefused(texts.PDF_BROKEN.format(name=name)) from error
