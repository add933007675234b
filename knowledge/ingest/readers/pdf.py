"""PDF: its text where it has any that can be used, recognition for the pages that are pictures.

Characters, their places and the drawn rules come from PDFium, which also reads fonts whose encoding is a stream of the file's own
(PDF 32000-1, 9.7.5.2) and repairs broken cross-reference tables.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw as pdfium_c

from knowledge.errors import DocumentRefused
from knowledge.ingest import texts
from knowledge.ingest.readers.layout.assembly import assemble
from knowledge.ingest.readers.layout.page import Page, is_han
from knowledge.ingest.readers.pdf_page import PageReading, read_page
from knowledge.ingest.readers.pictures import Picture
from knowledge.ingest.source_text import Format, SourceText

MAX_PAGES = 400
MAX_SCANNED_PAGES = 60
"""Recognition takes seconds a page."""
DPI = 170
"""Dots an inch at which pages are drawn for recognition: type of 9 points is 21 dots high then."""
MAX_MEGAPIXELS = 12
_TRAILER = 4096
"""The end mark stands in the last kilobyte (PDF 32000-1, 7.5.5, implementation note); some programs append a little more."""
_POINTS_PER_INCH = 72


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
    try:
        readings = [read_page(document, number) for number in range(count)]
        unreadable = [number for number, reading in enumerate(readings) if reading.layer != "usable" and not reading.blank]
        if len(unreadable) > MAX_SCANNED_PAGES:
            raise DocumentRefused(texts.TOO_MANY_SCANNED_PAGES.format(name=name, count=len(unreadable), most=MAX_SCANNED_PAGES))
        pages = [_recognised(document, number, reading) if number in unreadable else reading.page for number, reading in enumerate(readings)]
    except pdfium.PdfiumError as error:
        raise DocumentRefused(texts.PDF_BROKEN.format(name=name)) from error
    return assemble(name, content, pages, _format(pages), _notes(pages))


def _recognised(document: pdfium.PdfDocument, number: int, reading: PageReading) -> Page:
    """The page as recognised; a doubtful text layer stays where recognition finds no more Chinese than it has."""
    from knowledge.ingest.readers.recognition import recognise  # its models and libraries are large: only where needed

    page = recognise(_drawn(document, number))
    if reading.layer == "doubtful" and _chinese(page) <= _chinese(reading.page):
        return reading.page
    return page


def _chinese(page: Page) -> int:
    return sum(is_han(char) for piece in page.pieces for char in piece.text)


def _drawn(document: pdfium.PdfDocument, number: int) -> Picture:
    page = document[number]
    try:
        width, height = page.get_size()
        scale = min(DPI / _POINTS_PER_INCH, math.sqrt(MAX_MEGAPIXELS * 1_000_000 / max(width * height, 1.0)))
        bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
        pixels = np.array(bitmap.to_numpy(), dtype=np.uint8)
        bitmap.close()
    finally:
        page.close()
    return pixels[..., :3] if pixels.ndim == 3 and pixels.shape[2] >= 3 else np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2)


def _format(pages: Sequence[Page]) -> Format:
    recognised = sum(page.recognised for page in pages)
    return "scan" if recognised * 2 > len(pages) else "pdf"


def _notes(pages: Sequence[Page]) -> list[str]:
    numbers = [str(number) for number, page in enumerate(pages, 1) if page.recognised]
    return [texts.RECOGNISED.format(pages="、".join(numbers))] if numbers else []
