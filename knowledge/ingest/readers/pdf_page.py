"""One page of a PDF as PDFium gives it: characters with their places, and the straight rules that are drawn.

Coordinates are turned so that the text stands upright, whether the page or only its text was rotated.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pypdfium2 as pdfium
from pypdfium2 import raw as pdfium_c

from knowledge.ingest.readers.layout.page import Box, Page, Piece, ems, is_han
from knowledge.ingest.readers.text_layer import Layer, judge

MOST_CHARACTERS = 60_000
MOST_PATHS = 4000
_STRAIGHT = 1.0
"""Points by which a rule may deviate from straight."""


@dataclass(frozen=True)
class _Turn:
    """Maps PDF coordinates (origin bottom left, y up) to upright reading coordinates (origin top left, y down)."""

    quarter: int
    left: float
    bottom: float
    width: float
    height: float

    @property
    def size(self) -> tuple[float, float]:
        return (self.width, self.height) if self.quarter % 2 == 0 else (self.height, self.width)

    def point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        match self.quarter:
            case 3:
                return y, x
            case 2:
                return self.width - x, y
            case 1:
                return self.height - y, self.width - x
            case _:
                return x, self.height - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


@dataclass(frozen=True)
class _Glyph:
    text: str
    quarter: int | None
    """Quarter turns clockwise that the text is set at; None for any other angle (watermarks)."""
    bounds: tuple[float, float, float, float]
    unmapped: bool


@dataclass(frozen=True)
class PageReading:
    """What a page carries: its text and rules, how good the text is, and whether anything at all is drawn."""

    page: Page
    layer: Layer
    blank: bool


def read_page(document: pdfium.PdfDocument, number: int) -> PageReading:
    """Read one page, numbered from 0; raises PdfiumError."""
    page = document[number]
    text_page = page.get_textpage()
    try:
        glyphs = list(_glyphs(text_page))
        turn = _turn(page, glyphs)
        pieces = tuple(_piece(glyph, turn) for glyph in glyphs if glyph.quarter == turn.quarter or (glyph.quarter is None and not glyph.text.strip()))
        width, height = turn.size
        read = Page(width, height, pieces, tuple(_edges(page, turn)))
        layer = judge(read, sum(glyph.unmapped for glyph in glyphs), _pictured(page))
        return PageReading(read, layer, blank=next(page.get_objects(max_depth=1), None) is None)
    finally:
        text_page.close()
        page.close()


def _turn(page: pdfium.PdfPage, glyphs: list[_Glyph]) -> _Turn:
    """Text decides which way is up; a page without text is read as it is shown."""
    counts = Counter(glyph.quarter for glyph in glyphs if glyph.quarter is not None)
    left, bottom, right, top = page.get_bbox()
    quarter = counts.most_common(1)[0][0] if counts else page.get_rotation() // 90
    return _Turn(quarter, left, bottom, right - left, top - bottom)


def _pictured(page: pdfium.PdfPage) -> float:
    """The share of the page that lies under its largest picture."""
    width, height = page.get_size()
    largest = 0.0
    for item in islice(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3), MOST_PATHS):
        left, bottom, right, top = item.get_bounds()
        largest = max(largest, (right - left) * (top - bottom))
    return float(largest / max(width * height, 1.0))


def _glyphs(text_page: pdfium.PdfTextPage) -> Iterator[_Glyph]:
    """The characters that the page itself draws; blanks and line ends that PDFium adds are left out."""
    rect = pdfium_c.FS_RECTF()
    for index in range(min(text_page.count_chars(), MOST_CHARACTERS)):
        code = pdfium_c.FPDFText_GetUnicode(text_page, index)
        if pdfium_c.FPDFText_IsGenerated(text_page, index) == 1 or not pdfium_c.FPDFText_GetLooseCharBox(text_page, index, rect):
            continue
        text = chr(code) if code and not 0xD800 <= code <= 0xDFFF else "\ufffd"
        if text.isspace():
            continue
        unmapped = pdfium_c.FPDFText_HasUnicodeMapError(text_page, index) == 1 or _is_meaningless(code)
        bounds = (rect.left, rect.bottom, rect.right, rect.top)
        yield _Glyph(text, _quarter(pdfium_c.FPDFText_GetCharAngle(text_page, index)), bounds, unmapped)


def _quarter(angle: float) -> int | None:
    """Quarter turns of an angle in radians; None where it is not near to any."""
    turns = angle / (math.pi / 2)
    return round(turns) % 4 if abs(turns - round(turns)) < 0.1 else None


def _is_meaningless(code: int) -> bool:
    """No character, a control character, or one of a private use area: what a font without a map to Unicode leaves."""
    return code in (0, 0xFFFD, 0xFFFE, 0xFFFF) or code < 0x20 or 0x7F <= code < 0xA0 or 0xE000 <= code <= 0xF8FF or 0xD800 <= code <= 0xDFFF


def _piece(glyph: _Glyph, turn: _Turn) -> Piece:
    box = turn.box(*glyph.bounds)
    return Piece(box, glyph.text, box.width if is_han(glyph.text) else box.width / max(ems(glyph.text), 0.5))


def _edges(page: pdfium.PdfPage, turn: _Turn) -> Iterator[Box]:
    """The upright and level straight lines of the page's paths, those of rectangles included."""
    for item in islice(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=4), MOST_PATHS):
        matrices = []
        holder = item
        while holder is not None:
            matrices.append(holder.get_matrix())
            holder = holder.container
        for (ax, ay), (bx, by) in _segments(item):
            for matrix in matrices:
                (ax, ay), (bx, by) = matrix.on_point(ax, ay), matrix.on_point(bx, by)
            if min(abs(ax - bx), abs(ay - by)) <= _STRAIGHT < max(abs(ax - bx), abs(ay - by)):
                yield _straightened(turn.box(ax, ay, bx, by))


def _straightened(box: Box) -> Box:
    x, y = box.middle
    return Box(box.x0, y, box.x1, y) if box.width >= box.height else Box(x, box.top, x, box.bottom)


_Point = tuple[float, float]


def _segments(path: pdfium.PdfObject) -> Iterator[tuple[_Point, _Point]]:
    """The straight pieces of a path in its own coordinates."""
    start = here = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(pdfium_c.FPDFPath_CountSegments(path)):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, index)
        if not segment or not pdfium_c.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = (x.value, y.value)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO:
            yield here, point
        here = point
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            yield here, start
            here = start
