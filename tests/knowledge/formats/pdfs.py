"""PDFs for tests, set in a real Chinese font: one or two columns, running heads, page numbers, ruled tables, turned pages, a password."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pylopdf_fonts_zh_cn as fonts
import pypdfium2 as pdfium
from fpdf import FPDF
from fpdf.enums import AccessPermission
from fpdf.fonts import FontFace

Table = Sequence[Sequence[str]]
INDENT = "　　"


@dataclass(frozen=True)
class Style:
    """How a document is set."""

    columns: int = 1
    running_head: str = ""
    page_numbers: bool = True
    size: float = 11
    indent: bool = True
    password: str = ""


class _Paper(FPDF):
    def __init__(self, style: Style) -> None:
        super().__init__(format="A4")
        self.style = style
        self.add_font("serif", "", str(fonts.serif_path()))
        self.set_margins(25, 28, 25)
        self.set_auto_page_break(True, 26)

    def header(self) -> None:
        if self.style.running_head:
            self.set_font("serif", "", 9)
            self.set_y(12)
            self.cell(0, 6, self.style.running_head, align="C")
            self.set_y(28)

    def footer(self) -> None:
        if self.style.page_numbers:
            self.set_y(-18)
            self.set_font("serif", "", 9)
            self.cell(0, 6, f"— {self.page_no()} —", align="C")


def make_pdf(title: str, blocks: Sequence[str | Table], style: Style | None = None) -> bytes:
    """A PDF of a title and its blocks: paragraphs (hard-broken at the margin, as a printer sets them) and ruled tables."""
    style = style or Style()
    paper = _Paper(style)
    if style.password:
        paper.set_encryption(owner_password="owner", user_password=style.password, permissions=AccessPermission.none())
    paper.add_page()
    paper.set_font("serif", "", style.size + 8)
    paper.multi_cell(0, 11, title, align="C", new_x="LMARGIN", new_y="NEXT")
    paper.ln(4)
    paper.set_font("serif", "", style.size)
    run: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            run.append(block)
            continue
        _write(paper, run)
        run = []
        _table(paper, block)
    _write(paper, run)
    return bytes(paper.output())


def _write(paper: _Paper, run: Sequence[str]) -> None:
    texts = [INDENT + text if paper.style.indent and not text.endswith(("：", ":")) else text for text in run]
    if not texts:
        return
    if paper.style.columns == 1:
        for text in texts:
            paper.multi_cell(0, 7.5, text, align="J", new_x="LMARGIN", new_y="NEXT", wrapmode="CHAR")
        return
    with paper.text_columns(text_align="J", ncols=paper.style.columns, gutter=8, line_height=1.5, balance=True) as columns:
        for text in texts:
            columns.paragraph(wrapmode="CHAR").write(text)
            columns.end_paragraph()


def _table(paper: _Paper, rows: Table) -> None:
    paper.ln(3)
    with paper.table(headings_style=FontFace(emphasis=""), line_height=7) as table:
        for cells in rows:
            row = table.row()
            for cell in cells:
                row.cell(cell)
    paper.ln(3)


def turned(content: bytes, degrees: int) -> bytes:
    """The same PDF with every page's rotation set."""
    document = pdfium.PdfDocument(content)
    for page in document:
        page.set_rotation(degrees)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()
