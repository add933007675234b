"""Our own test documents in every format that schools have them in, made when they are needed from one source each.

The documents are invented, figures and all; some of them stand in real places so that questions can name one. The source of each is
`documents/NAME.md`: a title, an optional number, paragraphs, tables.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import docx
import openpyxl
from docx.enum.text import WD_ALIGN_PARAGRAPH

from tests.knowledge.formats.pdfs import Style, Table, make_pdf
from tests.knowledge.formats.scans import PHOTOGRAPH, SCAN, Wear, as_jpeg, as_scanned_pdf, pages_of, worn

_SOURCES = Path(__file__).with_name("documents")


@dataclass(frozen=True)
class Paper:
    """A test document: `blocks` are its paragraphs and tables in order, without the title."""

    name: str
    title: str
    blocks: tuple[str | Table, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(block for block in self.blocks if not isinstance(block, str))


@cache
def papers() -> tuple[Paper, ...]:
    """All test documents."""
    return tuple(_parse(path) for path in sorted(_SOURCES.glob("*.md")))


def _parse(path: Path) -> Paper:
    title, *lines = path.read_text(encoding="utf-8").strip().split("\n")
    blocks: list[str | Table] = []
    rows: list[tuple[str, ...]] = []
    for line in [*lines, ""]:
        if line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
            continue
        if rows:
            blocks.append(tuple(row for row in rows if not set("".join(row)) <= set("-")))
            rows = []
        if line:
            blocks.append(line)
    return Paper(path.stem, title.lstrip("# "), tuple(blocks))


# Text formats


def as_markdown(paper: Paper) -> bytes:
    return (_SOURCES / f"{paper.name}.md").read_bytes()


def as_text(paper: Paper) -> bytes:
    """Plain text; the cells of a table stand side by side, parted by tabs, as they come out of a copied page."""
    lines = [paper.title]
    for block in paper.blocks:
        lines += [block] if isinstance(block, str) else ["\t".join(row) for row in block]
    return "\n".join(lines).encode()


def as_gb18030(paper: Paper) -> bytes:
    return as_text(paper).decode().replace("\n", "\r\n").encode("gb18030")


def as_html(paper: Paper) -> bytes:
    """A page as a school's site shows it: navigation before, related news, sharing and the site's foot after."""
    body = "".join(f"<p>　　{html.escape(block)}</p>\n" if isinstance(block, str) else _html_table(block) for block in paper.blocks)
    return (_BEFORE.format(title=paper.title) + body + _AFTER).encode()


_BEFORE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}-就业信息网</title>
<style>.a{{color:red}}</style><script>var tracker = "统计代码"; track(tracker);</script></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/n">通知公告</a></li>
<li><a href="/z">招聘信息</a></li><li><a href="/x">下载专区</a></li></ul></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/n">通知公告</a></div>
<div class="content"><h1>{title}</h1><div class="info">发布时间：2026-11-26　浏览次数：318</div>
<div class="article">"""
_AFTER = """</div></div><div class="share">分享到：微信 微博 QQ空间</div>
<div class="pages"><a href="/1">上一篇：关于领取就业报到材料的提醒</a><a href="/2">下一篇：校园开放日安排</a></div>
<div class="related"><h3>相关推荐</h3><ul><li><a href="/3">去年求职补贴发放名单公示</a></li>
<li><a href="/4">租房补贴热点问答</a></li></ul></div>
<div class="footer">版权所有 就业信息网 技术支持：某某科技 咨询热线：400-000-1234 网站地图</div></body></html>"""


def _html_table(rows: Table) -> str:
    lines = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table border="1">{lines}</table>\n'


def as_docx(paper: Paper) -> bytes:
    document = docx.Document()
    document.add_paragraph(paper.title, style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for block in paper.blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(rows=0, cols=len(block[0]))
        for row in block:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


# Tables alone


def as_xlsx(paper: Paper) -> bytes:
    """A workbook: the paper's title merged over the first row, then its table."""
    (rows,) = paper.tables
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "汇总表"
    sheet.append([paper.title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(rows[0]))
    for row in rows:
        sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(paper: Paper) -> bytes:
    """As Excel saves it on a Chinese Windows."""
    (rows,) = paper.tables
    out = io.StringIO()
    csv.writer(out).writerows([[paper.title], *rows])
    return out.getvalue().encode("gb18030")


# Pages


def as_pdf(paper: Paper) -> bytes:
    """Large type over several pages, with running heads and page numbers."""
    return make_pdf(paper.title, paper.blocks, Style(size=15, running_head="毕业生就业政策文件汇编"))


def as_pdf_columns(paper: Paper) -> bytes:
    return make_pdf(paper.title, paper.blocks, Style(columns=2))


def as_scan(paper: Paper) -> bytes:
    return as_scanned_pdf([worn(page, SCAN) for page in pages_of(make_pdf(paper.title, paper.blocks, Style(size=12)))])


def as_photograph(paper: Paper) -> bytes:
    """The first page, held askew under a lamp; every other one lies on its side."""
    page = pages_of(make_pdf(paper.title, paper.blocks, Style(size=11)))[0]
    turn = 90 if sum(map(ord, paper.name)) % 2 else 0
    return as_jpeg(worn(page, Wear(**{**PHOTOGRAPH.__dict__, "turn": turn})), PHOTOGRAPH.quality)


@dataclass(frozen=True)
class Form:
    """A format: how to make it, the suffix of its files, whether it holds tables alone, and which share of questions must be met."""

    make: Callable[[Paper], bytes]
    suffix: str
    bound: float
    tables_only: bool = False
    recognised: bool = False


FORMS: dict[str, Form] = {
    "txt": Form(as_text, ".txt", 0.90),
    "txt-gb18030": Form(as_gb18030, ".txt", 0.90),
    "html": Form(as_html, ".html", 0.90),
    "docx": Form(as_docx, ".docx", 0.90),
    "md": Form(as_markdown, ".md", 0.90),
    "pdf": Form(as_pdf, ".pdf", 0.90),
    "pdf-columns": Form(as_pdf_columns, ".pdf", 0.90),
    "xlsx": Form(as_xlsx, ".xlsx", 0.90, tables_only=True),
    "csv": Form(as_csv, ".csv", 0.90, tables_only=True),
    "scan": Form(as_scan, ".pdf", 0.80, recognised=True),
    "photograph": Form(as_photograph, ".jpg", 0.80, recognised=True),
}
