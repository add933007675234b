"""ZIP archives: their files, each under a number of ours in a folder of ours. No name of an archive ever becomes a path."""

from __future__ import annotations

import io
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from knowledge.errors import DocumentRefused
from knowledge.ingest import texts
from knowledge.ingest.readers.packages import BROKEN, MAX_RATIO, MAX_UNPACKED, unpacked
from knowledge.ingest.readers.sniffing import sniff

MAX_MEMBERS = 2_000
MAX_MEMBER = 64 * 1024 * 1024
_LARGE = 1024 * 1024
_UTF8_FLAG = 0x800
_LOCKED_FLAG = 0x1
_IGNORED = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class Member:
    """A file of an archive: its name there, the file it was unpacked to, or why it was not."""

    name: str
    file: str = ""
    refused: str = ""


def unpack(name: str, content: bytes, folder: Path) -> list[Member]:
    """Unpack an archive into an empty folder, in its order; raises DocumentRefused for one that is damaged or a bomb."""
    if sniff(name, content) != "zip":  # a document under the name of an archive
        (folder / "00000").write_bytes(content)
        return [Member(name, "00000")]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir() and not _IGNORED & set(PurePosixPath(member.filename).parts)]
            _refuse_bombs(name, members)
            return [_unpack_one(name, archive, member, folder / f"{number:05d}") for number, member in enumerate(members)]
    except BROKEN as error:
        raise DocumentRefused(texts.BROKEN.format(name=name)) from error


def printed_name(member: zipfile.ZipInfo) -> str:
    """The name as its maker wrote it: archives of Chinese systems hold GBK without saying so, which zipfile reads as CP437."""
    if member.flag_bits & _UTF8_FLAG:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def _refuse_bombs(name: str, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise DocumentRefused(texts.MANY_MEMBERS.format(name=name, most=MAX_MEMBERS))
    swollen = any(member.file_size > _LARGE and member.file_size > MAX_RATIO * max(1, member.compress_size) for member in members)
    if swollen or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise DocumentRefused(texts.BOMB.format(name=name))


def _unpack_one(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> Member:
    shown = printed_name(member).replace("\\", "/")
    refusal = _refusal(f"{name}/{shown}", shown, member)
    if refusal:
        return Member(shown, refused=refusal)
    try:
        with target.open("xb") as file:
            for block in unpacked(archive, member):
                file.write(block)
    except BROKEN:
        return Member(shown, refused=texts.BROKEN.format(name=f"{name}/{shown}"))
    return Member(shown, target.name)


def _refusal(full: str, shown: str, member: zipfile.ZipInfo) -> str:
    path = PurePosixPath(shown)
    if ".." in path.parts or path.is_absolute() or ":" in path.parts[0] or "\x00" in shown:
        return texts.SUSPICIOUS_PATH.format(name=full)
    if stat.S_ISLNK(member.external_attr >> 16):
        return texts.NOT_A_FILE.format(name=full)
    if member.flag_bits & _LOCKED_FLAG:
        return texts.LOCKED.format(name=full)
    if member.file_size > MAX_MEMBER:
        return texts.TOO_LARGE.format(name=full, most=MAX_MEMBER // _LARGE)
    return ""
