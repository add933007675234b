"""Plain text: which encoding it is in, and whether it is text at all."""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import Path

from knowledge.errors import DocumentRefused
from knowledge.ingest.source_text import SourceText

MAX_BYTES = 8 * 1024 * 1024
MAX_LINE = 100_000
"""Characters in one line. A policy document has paragraphs; more than this without a break is not its text."""

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MAGIC = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "压缩包或 Office 文件",
    b"\x7fELF": "可执行文件",
    b"MZ": "可执行文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"\xd0\xcf\x11\xe0": "旧版 Office 文件",
    b"\x1f\x8b": "压缩文件",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_PLAIN = re.compile(r"[\t\n\r\x20-\x7e\u00a0-\u00ff\u2010-\u2030\u3000-\u301f\u3400-\u9fff\uff00-\uff5e]")


def read_text_file(path: Path) -> SourceText:
    """Read one file; raises DocumentRefused with the reason and the remedy."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DocumentRefused(f"{path.name}：文件超过 {MAX_BYTES // 1024 // 1024} MB，请拆分后再导入")
        content = path.read_bytes()
    except OSError as error:
        raise DocumentRefused(f"{path.name}：读不到文件（{error.strerror}）") from error
    return decode(path.name, content)


def decode(name: str, content: bytes) -> SourceText:
    """Decode bytes that should be Chinese text in UTF-8, UTF-16 or GB18030; raises DocumentRefused otherwise."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise DocumentRefused(f"{name}：文件是空的")
    for magic, kind in _MAGIC.items():
        if content.startswith(magic):
            raise DocumentRefused(f"{name}：内容其实是{kind}，不是纯文本，请另存为 TXT 再导入")
    text, _ = _decode(name, content)
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    _refuse_unless_chinese_text(name, text)
    text = text.replace("\x00", "\ufffd")  # PostgreSQL stores no NUL; a mark of its own length keeps the offsets
    return SourceText(name, text, "txt", hashlib.sha256(content).hexdigest())


def _decode(name: str, content: bytes) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _strict(name, content, encoding), encoding
    without_bom = _guess_utf16(content)
    if without_bom:
        return _strict(name, content, without_bom), without_bom
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise DocumentRefused(f"{name}：认不出文字编码（不是 UTF-8、UTF-16 或 GB18030），请另存为 UTF-8 再导入")


def _strict(name: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentRefused(f"{name}：文件头写着 {encoding}，内容却解不开（第 {error.start} 字节）") from error


def _guess_utf16(content: bytes) -> str | None:
    """UTF-16 without a mark gives itself away by zero bytes; its byte order by which one makes Chinese text of it."""
    head = content[:4000]
    if len(head) % 2 or b"\x00" not in head:
        return None
    share = {encoding: _plain_share(head.decode(encoding, errors="replace")) for encoding in ("utf-16-le", "utf-16-be")}
    likelier = max(share, key=lambda encoding: share[encoding])
    return likelier if share[likelier] > 0.8 else None


def _plain_share(text: str) -> float:
    """The share of characters that Chinese text is made of: byte-swapped, line ends and punctuation become others."""
    return len(_PLAIN.findall(text)) / len(text)


def _refuse_unless_chinese_text(name: str, text: str) -> None:
    sample = text[:200_000]
    if len(_CONTROL.findall(sample)) > max(3, len(sample) // 1000):
        raise DocumentRefused(f"{name}：含有大量控制字符，像是二进制文件，请另存为 TXT 再导入")
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE:
            raise DocumentRefused(f"{name}：第 {number} 行长 {len(line):,} 字没有换行，不像文件正文，请整理分段后再导入")
    if len(_HAN.findall(sample)) < 20:
        raise DocumentRefused(f"{name}：几乎没有中文内容，没有可以导入的条款")
