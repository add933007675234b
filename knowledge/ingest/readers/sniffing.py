"""What a file really is, told by its content; its name decides only between kinds of plain text."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath
from typing import Literal

from knowledge.errors import DocumentRefused
from knowledge.ingest import texts

Kind = Literal["txt", "md", "html", "docx", "pdf", "image", "xlsx", "csv", "zip"]

_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"\x7fELF", "可执行文件", texts.EXECUTABLE),
    (b"MZ", "可执行文件", texts.EXECUTABLE),
    (b"\xca\xfe\xba\xbe", "可执行文件", texts.EXECUTABLE),
    (b"\xcf\xfa\xed\xfe", "可执行文件", texts.EXECUTABLE),
    (b"\x1f\x8b", "压缩文件", texts.UNPACKED),
    (b"Rar!", "RAR 压缩文件", texts.UNPACKED),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩文件", texts.UNPACKED),
    (b"BZh", "压缩文件", texts.UNPACKED),
    (b"\xfd7zXZ", "压缩文件", texts.UNPACKED),
    (b"{\\rtf", "RTF 文件", texts.AS_DOCX),
    (b"SQLite format 3", "数据库文件", texts.EXECUTABLE),
)
_NAMES: dict[Kind, str] = {"pdf": "PDF", "image": "图片", "zip": "压缩包", "docx": "Office 文件", "xlsx": "Office 文件"}
_OLE = b"\xd0\xcf\x11\xe0"
_ZIPPED: tuple[tuple[str, Kind], ...] = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"))
_ZIPPED_REFUSED = (("ppt/presentation.xml", "PPTX 幻灯片", texts.AS_TEXT), ("content.xml", "OpenDocument 文件", texts.AS_DOCX))
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s|<table[\s>]|<div[\s>]|<p[\s>]|<h[1-6][\s>]", re.IGNORECASE)
_HTML_PAGE = re.compile(rb"^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head)", re.IGNORECASE | re.DOTALL)
_WEB_ARCHIVE = re.compile(rb"^\s*(?:From: <Saved|MIME-Version:|Snapshot-Content-Location:)", re.IGNORECASE)
_BY_SUFFIX: dict[str, Kind] = {".csv": "csv", ".tsv": "csv", ".md": "md", ".markdown": "md"}
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_MARKDOWN_START = re.compile(rb"^(?:\xef\xbb\xbf)?\s*# \S")


def sniff(name: str, content: bytes) -> Kind:
    """The kind of a file's content; raises DocumentRefused for what no reader takes, with the remedy."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise DocumentRefused(texts.EMPTY.format(name=name))
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if is_picture(content):
        return "image"
    if content.startswith(b"PK\x03\x04") or content.startswith(b"PK\x05\x06"):
        return _zipped(name, content)
    if content.startswith(_OLE):
        raise DocumentRefused(_old_office(name, content))
    for magic, kind, remedy in _REFUSED:
        if content.startswith(magic):
            raise DocumentRefused(texts.UNSUPPORTED.format(name=name, kind=kind, remedy=remedy))
    return _plain(name, content)


def refuse_other_than_text(name: str, content: bytes) -> None:
    """Raise DocumentRefused where the content is empty or that of another kind of file, whatever the name says."""
    kind = sniff(name, content)
    if kind in _NAMES:
        raise DocumentRefused(texts.UNSUPPORTED.format(name=name, kind=_NAMES[kind], remedy="不是纯文本，请用正确的文件名再导入"))


def is_heavy(content: bytes) -> bool:
    """Whether reading it may need text recognition, which takes much more memory and time than anything else."""
    return b"%PDF-" in content[:1024] or is_picture(content)


def is_picture(content: bytes) -> bool:
    """Whether it begins like a picture of a kind that is read."""
    return content.startswith(_PICTURES) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")


def _zipped(name: str, content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise DocumentRefused(texts.UNSUPPORTED.format(name=name, kind="损坏的压缩包或 Office 文件", remedy="请重新下载或另存后再导入")) from error
    for member, kind in _ZIPPED:
        if member in members:
            return kind
    for member, described, remedy in _ZIPPED_REFUSED:
        if member in members:
            raise DocumentRefused(texts.UNSUPPORTED.format(name=name, kind=described, remedy=remedy))
    return "zip"


def _old_office(name: str, content: bytes) -> str:
    """An OLE container is a Word or Excel file of before 2007, or a new one under a password (MS-OFFCRYPTO)."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return texts.UNSUPPORTED.format(name=name, kind="加了密码的 Office 文件", remedy=texts.WITHOUT_PASSWORD)
    if "Workbook".encode("utf-16-le") in content or PurePath(name).suffix.lower() == ".xls":
        return texts.UNSUPPORTED.format(name=name, kind="旧版 Office 文件（XLS）", remedy=texts.AS_XLSX)
    return texts.UNSUPPORTED.format(name=name, kind="旧版 Office 文件（DOC）", remedy=texts.AS_DOCX)


def _plain(name: str, content: bytes) -> Kind:
    suffix = PurePath(name).suffix.lower()
    head = content[:4096].replace(b"\x00", b"")  # UTF-16 shows its ASCII between zeros
    if (
        _HTML_PAGE.match(head)
        or (_WEB_ARCHIVE.match(head) and b"multipart/related" in head)
        or (suffix in _HTML_SUFFIXES and _HTML.search(content[:65536].replace(b"\x00", b"")))
    ):
        return "html"
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    return "md" if _MARKDOWN_START.match(head) else "txt"
