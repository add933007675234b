"""Office packages (ECMA-376) opened with care: a ZIP of XML parts, with limits on what they unpack to and no entities.

The libraries for DOCX and XLSX trust their files. So every part is measured and looked over here before they see any.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from knowledge.errors import DocumentRefused
from knowledge.ingest import texts

MAX_UNPACKED = 256 * 1024 * 1024
"""Bytes of all parts that are read, unpacked."""
MAX_PART = 128 * 1024 * 1024
MAX_RATIO = 200
"""Unpacked to packed of one part above 1 MiB: XML of real documents packs to a tenth, of long equal tables to a hundredth."""
MAX_PARTS = 5_000
_LARGE = 1024 * 1024
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, NotImplementedError, RuntimeError)
"""What a damaged or unusual archive raises (RuntimeError: under a password)."""


def check_package(name: str, source: bytes | Path) -> None:
    """Raise DocumentRefused for a package that unpacks to too much, is under a password, damaged, or declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as package:
            members = package.infolist()
            refuse_bombs(name, members)
            for member in members:
                _refuse_entities(name, package, member)
    except BROKEN as error:
        raise DocumentRefused(texts.BROKEN.format(name=name)) from error


def refuse_bombs(name: str, members: list[zipfile.ZipInfo]) -> None:
    """Raise DocumentRefused by what the directory of an archive says; what it says is held to when members are unpacked."""
    if any(member.flag_bits & 0x1 for member in members):
        raise DocumentRefused(texts.LOCKED.format(name=name))
    too_much = len(members) > MAX_PARTS or sum(member.file_size for member in members) > MAX_UNPACKED
    if too_much or any(_is_bomb(member) for member in members):
        raise DocumentRefused(texts.BOMB.format(name=name))


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    return member.file_size > MAX_PART or (member.file_size > _LARGE and member.file_size > MAX_RATIO * max(1, member.compress_size))


def _refuse_entities(name: str, package: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """OOXML has no document type declarations (ECMA-376 part 2, 8.2.2): one that is there is there to do harm."""
    held = b""
    for block in unpacked(package, member):
        window = held + block.replace(b"\x00", b"")
        if not held and not window.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
            return  # a picture, a font
        if _DECLARATION.search(window):
            raise DocumentRefused(texts.DANGEROUS_XML.format(name=name))
        held = window[-32:]


def unpacked(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """A member's content in blocks; zipfile itself never gives more than the directory says."""
    with package.open(member) as stream:
        while block := stream.read(_LARGE):
            yield block
