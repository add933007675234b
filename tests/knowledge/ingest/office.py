"""Word documents, workbooks and archives of our own for the tests, the harmless and the hostile."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from openpyxl import Workbook

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = f"""<w:abstractNum {_W} w:abstractNumId="90">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl></w:abstractNum>"""


def docx(write: Callable[[Any], None]) -> bytes:
    """The bytes of a document that `write` fills."""
    document = Document()
    write(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def numbered(document: Any, text: str, level: int) -> None:
    """A paragraph that Word numbers 一、（一）1. by its list."""
    root = document.part.numbering_part.element
    if not [node for node in root if node.get(f"{{{root.nsmap['w']}}}abstractNumId") == "90"]:
        root.insert(0, parse_xml(NUMBERING))
        root.append(parse_xml(f'<w:num {_W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {_W}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'))


def xlsx(sheets: Mapping[str, Sequence[Sequence[Any]]], merged: Sequence[str] = (), change: Callable[[Any], None] | None = None) -> bytes:
    """A workbook; `merged` ranges belong to its first sheet."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    for area in merged:
        workbook.worksheets[0].merge_cells(area)
    if change:
        change(workbook)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def archive(files: Mapping[str, bytes], gbk: bool = False) -> bytes:
    """A ZIP archive; with `gbk` the names are written as Chinese systems used to, without saying so."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in files.items():
            member = _Unflagged(name) if gbk else zipfile.ZipInfo(name)
            package.writestr(member, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


class _Unflagged(zipfile.ZipInfo):
    """A member whose name is GBK, without the flag for Unicode."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gb18030"), self.flag_bits & ~0x800


def replaced(package: bytes, changes: Mapping[str, bytes]) -> bytes:
    """A package with some parts exchanged or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename not in changes:
                new.writestr(member.filename, old.read(member))
        for name, content in changes.items():
            new.writestr(name, content)
    return buffer.getvalue()


def part(package: bytes, name: str) -> bytes:
    """One part of a package."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return opened.read(name)
