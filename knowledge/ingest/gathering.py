"""Which files the given paths come to: folders walked, archives unpacked, everything left out counted with its reason."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from knowledge.errors import DocumentRefused
from knowledge.ingest import texts
from knowledge.ingest.isolation import MAX_BYTES, IsolatedReader

_TEXTS = {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml", ".pdf"}
_OFFICE = {".docx", ".docm", ".xlsx", ".xlsm", ".csv", ".tsv"}
_PICTURES = {".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp", ".gif"}
_ARCHIVE = ".zip"
READ = frozenset({*_TEXTS, *_OFFICE, *_PICTURES, _ARCHIVE})
OLD = frozenset({".doc", ".xls", ".wps", ".et", ".rtf", ".ppt", ".pptx", ".dps", ".odt", ".ods", ".rar", ".7z"})
"""Kinds that people will expect to be read: taken up, so that they are refused with the remedy."""
_DEEPEST = 2
"""An archive in an archive is opened, one within that is not."""
_MOST = 20_000
_PAGE_PARTS = ("_files", ".files")
"""Folders that browsers put a saved page's pictures and scripts into."""


@dataclass(frozen=True)
class Found:
    """A file to read: where it lies, how it is called for people, and with which others it belongs (one folder or archive)."""

    path: Path
    name: str
    group: str


@dataclass
class Gathered:
    """`refused` holds Chinese lines, `skipped` the names of files that nobody asked for by name and no reader takes."""

    files: list[Found] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def gather(paths: Sequence[Path], reader: IsolatedReader, workplace: Path) -> Gathered:
    """The files under the given paths, in order; archives are unpacked below `workplace`, an empty folder that is the caller's to
    remove. Raises DocumentRefused for a path that is not there."""
    gathered = Gathered()
    for path in paths:
        if path.is_dir():
            _walk(gathered, path, reader, workplace)
        elif path.exists():
            _take(gathered, Found(path, path.name, str(path.resolve().parent)), reader, workplace, 1)
        else:
            raise DocumentRefused(texts.MISSING.format(path=path))
    return gathered


def gather_content(name: str, content: bytes, reader: IsolatedReader, workplace: Path) -> Gathered:
    """As `gather` for one file that was handed over as bytes; its name is never used as a path."""
    gathered = Gathered()
    path = workplace / "handed-over"
    path.write_bytes(content)
    _take(gathered, Found(path, PurePosixPath(name.replace("\\", "/")).name or "文件", ""), reader, workplace, 1)
    return gathered


def is_archive(name: str) -> bool:
    """Whether a file is called as one that may hold others."""
    return PurePosixPath(name).suffix.lower() == _ARCHIVE


def _walk(gathered: Gathered, root: Path, reader: IsolatedReader, workplace: Path) -> None:
    """A folder's files in order, hidden ones and links left out."""
    for folder, folders, names in os.walk(root, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not name.endswith(_PAGE_PARTS))
        for name in sorted(names):
            path = Path(folder) / name
            if name.startswith((".", "~$")):
                continue
            if path.is_symlink() or not path.is_file():
                gathered.refused.append((name, texts.NOT_A_FILE.format(name=name)))
            elif path.suffix.lower() not in READ | OLD or len(gathered.files) >= _MOST:
                gathered.skipped.append(str(path.relative_to(root)))
            else:
                _take(gathered, Found(path, name, folder), reader, workplace, 1)


def _take(gathered: Gathered, found: Found, reader: IsolatedReader, workplace: Path, depth: int) -> None:
    if not is_archive(found.name):
        gathered.files.append(found)
    elif depth > _DEEPEST:
        gathered.refused.append((found.name, texts.NESTED.format(name=found.name)))
    else:
        try:
            _open_archive(gathered, found, reader, workplace, depth)
        except DocumentRefused as refusal:
            gathered.refused.append((found.name, str(refusal)))


def _open_archive(gathered: Gathered, found: Found, reader: IsolatedReader, workplace: Path, depth: int) -> None:
    folder = workplace / f"{len(list(workplace.iterdir())):05d}"
    folder.mkdir()
    for member in reader.unpack(found.name, read_bytes(found.path, found.name), folder):
        name = f"{found.name}/{member.name}"
        group = f"{found.group}/{found.name}/{PurePosixPath(member.name).parent}"
        if member.refused:
            gathered.refused.append((name, member.refused))
        elif member.name == found.name:  # no archive, whatever its name says
            gathered.files.append(Found(folder / member.file, found.name, found.group))
        elif PurePosixPath(member.name).suffix.lower() not in READ | OLD:
            gathered.skipped.append(name)
        else:
            _take(gathered, Found(folder / member.file, name, group), reader, workplace, depth + 1)


def read_bytes(path: Path, name: str) -> bytes:
    """A file's content; raises DocumentRefused for what is no file, too large or cannot be read."""
    try:
        if not path.is_file() and path.exists() and not path.is_dir():
            raise DocumentRefused(texts.NOT_A_FILE.format(name=name))
        if path.stat().st_size > MAX_BYTES:
            raise DocumentRefused(texts.TOO_LARGE.format(name=name, most=MAX_BYTES // 1024 // 1024))
        return path.read_bytes()
    except OSError as error:
        raise DocumentRefused(texts.UNREADABLE.format(name=name, error=error.strerror)) from error
