"""DOCX: paragraphs with the numbers Word prints, headings by style, tables with merged cells, notes; no headers and footers."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from docx import Document
from docx.opc.exceptions import OpcError
from lxml import etree

from knowledge.errors import DocumentRefused
from knowledge.ingest import texts
from knowledge.ingest.lines import CAPTION_RANK
from knowledge.ingest.readers.building import TextBuilder
from knowledge.ingest.readers.numbering import Numbering, W
from knowledge.ingest.readers.packages import BROKEN, check_package
from knowledge.ingest.readers.tables import MAX_CELLS, MAX_COLUMNS, Cell
from knowledge.ingest.source_text import SourceText

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = frozenset(f"{W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "fldData", "rt")) | {f"{_MC}Fallback"}
_HEADING_STYLE = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_TITLE_STYLE = re.compile(r"^(?:title|标题|主标题|文件标题|公文标题)$", re.IGNORECASE)
_CAPTION = re.compile(r"^表\s*[\d一二三四五六七八九十]{1,3}(?:[-.．]\d{1,2})?[\s:：、.]")
_MOST_NESTED = 12


def read_docx(name: str, content: bytes) -> SourceText:
    """Read a Word document of 2007 or later; raises DocumentRefused for what is damaged, dangerous or empty."""
    check_package(name, content)
    try:
        document = Document(io.BytesIO(content))
        return _Reader(document).read(name, content)
    except (*BROKEN, OpcError, etree.LxmlError, AttributeError, TypeError, RecursionError) as error:
        raise DocumentRefused(texts.BROKEN.format(name=name)) from error


class _Reader:
    """Walks the body of one document."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._builder = TextBuilder()
        self._numbering = Numbering(_numbering_part(document))
        self._styles = {style.style_id: style for style in document.styles if style.type == 1}
        self._titled = False
        self._boxes: list[Any] = []

    def read(self, name: str, content: bytes) -> SourceText:
        self._titled = any(self._is_title(node) for node in self._document.element.body.iter(f"{W}p"))
        self._blocks(self._document.element.body, 0)
        for number, note in enumerate(_notes(content), 1):
            self._builder.line(f"注{number}：{note}")
        if next(self._document.element.body.iter(f"{W}del", f"{W}ins"), None) is not None:
            self._builder.note(texts.TRACKED)
        return self._builder.build(name, content, "docx")

    def _blocks(self, parent: Any, depth: int) -> None:
        for node in parent:
            if node.tag == f"{W}p":
                self._paragraph(node)
            elif node.tag == f"{W}tbl":
                self._table(node, depth)
            elif node.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}smartTag", f"{W}customXml") and depth < _MOST_NESTED:
                self._blocks(node, depth + 1)

    def _paragraph(self, node: Any) -> None:
        text = self._numbered(node)
        level = self._level(node)
        if level and text and len(text) <= 120:
            self._builder.heading(text, level)
        elif _CAPTION.match(text) and len(text) <= 60 and _is_before_table(node):
            self._builder.heading(text, CAPTION_RANK)
        else:
            for line in text.split("\n"):
                self._builder.line(line)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._blocks(box, _MOST_NESTED)

    def _numbered(self, node: Any) -> str:
        """The paragraph's text behind the number that Word prints before it."""
        text = self._text(node)
        number = self._number_of(node)
        if not number:
            return text
        label = self._numbering.label(*number)
        if not label or not text.strip():
            return text.strip()
        return f"{label} {text.strip()}" if re.search(r"[\dA-Za-z.)条章节]$", label) else f"{label}{text.strip()}"

    def _number_of(self, node: Any) -> tuple[str, int] | None:
        """List and level of a paragraph: its own, else those of its style."""
        list_id, level = _list_of(node.find(f"{W}pPr"))
        style = self._style(node)
        for _ in range(_MOST_NESTED):
            if style is None or list_id is not None:
                break
            list_id, own = _list_of(style.element.find(f"{W}pPr"))
            level = level if level is not None else own
            style = style.base_style
        return (list_id, level or 0) if list_id not in (None, "0") and list_id is not None else None

    def _level(self, node: Any) -> int:
        """The rank of a heading, 0 for text: the title is the first rank, and pushes all others one down."""
        if self._is_title(node):
            return 1
        style = self._style(node)
        for _ in range(_MOST_NESTED):
            if style is None:
                break
            named = _HEADING_STYLE.match(style.name or "")
            level = int(named[1]) if named else _outline(style.element.find(f"{W}pPr"))
            if level:
                return min(level + self._titled, CAPTION_RANK - 1)
            style = style.base_style
        own = _outline(node.find(f"{W}pPr"))
        return min(own + self._titled, CAPTION_RANK - 1) if own else 0

    def _is_title(self, node: Any) -> bool:
        style = self._style(node)
        return style is not None and bool(_TITLE_STYLE.match(style.name or ""))

    def _style(self, node: Any) -> Any | None:
        properties = node.find(f"{W}pPr")
        reference = None if properties is None else properties.find(f"{W}pStyle")
        return None if reference is None else self._styles.get(reference.get(f"{W}val"))

    def _text(self, node: Any) -> str:
        parts: list[str] = []
        self._collect(node, parts, 0)
        return "".join(parts)

    def _collect(self, node: Any, parts: list[str], depth: int) -> None:
        for child in node:
            if child.tag in _SKIPPED or not isinstance(child.tag, str):
                continue
            if child.tag == f"{W}t":
                parts.append(child.text or "")
            elif child.tag in (f"{W}tab", f"{W}ptab"):
                parts.append(" ")
            elif child.tag in (f"{W}br", f"{W}cr"):
                parts.append("\n")
            elif child.tag == f"{W}noBreakHyphen":
                parts.append("-")
            elif child.tag == f"{W}txbxContent":
                self._boxes.append(child)
            elif child.tag == f"{W}r" and _is_hidden(child):
                continue
            elif depth < 60:
                self._collect(child, parts, depth + 1)

    # Tables

    def _table(self, node: Any, depth: int) -> None:
        rows = self._rows(node)
        width = max((sum(cell.columns for cell in row) for row in rows), default=0)
        if width == 1 or (len(rows) == 1 and depth < _MOST_NESTED and width <= 2):
            for cell in node.iter(f"{W}tc"):
                self._blocks(cell, depth + 1)
            return
        self._builder.table(rows)

    def _rows(self, node: Any) -> list[list[Cell]]:
        """The cells where they start; one that goes on downwards (vMerge) counts its rows."""
        placed: list[list[tuple[int, Cell, bool]]] = []
        count = 0
        for row in node.iterchildren(f"{W}tr", f"{W}sdt", f"{W}ins"):
            for own in [row] if row.tag == f"{W}tr" else row.iter(f"{W}tr"):
                cells = self._cells(own)
                count += len(cells)
                placed.append(cells)
                if count > MAX_CELLS:
                    break
        return [
            [Cell(cell.text, _reach(placed, y, x), cell.columns, cell.heading) for x, cell, goes_on in row if not goes_on]
            for y, row in enumerate(placed)
        ]

    def _cells(self, row: Any) -> list[tuple[int, Cell, bool]]:
        properties = row.find(f"{W}trPr")
        heading = properties is not None and properties.find(f"{W}tblHeader") is not None
        cells: list[tuple[int, Cell, bool]] = []
        x = 0
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr"), None) is not row:
                continue
            span, merged = _span(cell.find(f"{W}tcPr"))
            cells.append((x, Cell(self._cell_text(cell), 1, span, heading), merged))
            x += span
        return cells

    def _cell_text(self, cell: Any) -> str:
        return " ".join(text for paragraph in cell.iter(f"{W}p") if (text := self._numbered(paragraph).strip()))


def _reach(placed: list[list[tuple[int, Cell, bool]]], y: int, x: int) -> int:
    rows = 1
    while y + rows < len(placed) and any(start == x and goes_on for start, _, goes_on in placed[y + rows]):
        rows += 1
    return rows


def _span(properties: Any | None) -> tuple[int, bool]:
    """How many columns a cell covers, and whether it goes on from the one above."""
    if properties is None:
        return 1, False
    grid, merge = properties.find(f"{W}gridSpan"), properties.find(f"{W}vMerge")
    value = grid.get(f"{W}val") if grid is not None else "1"
    span = int(value) if value and value.isdecimal() and len(value) < 6 else 1
    return min(MAX_COLUMNS, max(1, span)), merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _list_of(properties: Any | None) -> tuple[str | None, int | None]:
    numbering = None if properties is None else properties.find(f"{W}numPr")
    if numbering is None:
        return None, None
    list_id, level = numbering.find(f"{W}numId"), numbering.find(f"{W}ilvl")
    value = None if level is None else level.get(f"{W}val")
    return (None if list_id is None else list_id.get(f"{W}val")), int(value) if value and value.isdecimal() and len(value) < 3 else None


def _outline(properties: Any | None) -> int:
    node = None if properties is None else properties.find(f"{W}outlineLvl")
    value = "" if node is None else node.get(f"{W}val", "")
    return int(value) + 1 if value.isdecimal() and len(value) == 1 and int(value) < 9 else 0


def _is_hidden(run: Any) -> bool:
    properties = run.find(f"{W}rPr")
    vanish = None if properties is None else properties.find(f"{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "true") not in ("0", "false")


def _is_before_table(node: Any) -> bool:
    following = node.getnext()
    return following is not None and following.tag == f"{W}tbl"


def _numbering_part(document: Any) -> Any | None:
    try:
        return document.part.numbering_part.element
    except (NotImplementedError, KeyError):
        return None


def _notes(content: bytes) -> list[str]:
    """The texts of the footnotes and endnotes, in their order; python-docx does not read them."""
    found = []
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for part in ("word/footnotes.xml", "word/endnotes.xml"):
            if part in package.namelist():
                root = etree.fromstring(package.read(part), parser)
                for note in root:
                    text = "".join(node.text or "" for node in note.iter(f"{W}t")).strip()
                    if text and note.get(f"{W}type") in (None, "normal"):
                        found.append(text)
    return found
