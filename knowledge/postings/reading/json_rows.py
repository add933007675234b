"""JSON (RFC 8259): a list of objects, a list under a key ({"data": […]}, also deeper), or an object a line. Read object by object."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.errors import DocumentRefused
from knowledge.postings import texts
from knowledge.postings.reading.rows import Row
from knowledge.tables.text_files import opened_text

_BLOCK = 1 << 16
_LONGEST = 1 << 22
"""Characters of one object; a file whose brackets never close is not read to its end in vain."""
_LIST = re.compile(r'"(?:[^"\\]|\\.)*"\s*:\s*\[\s*(?=\{)')
_DECODER = json.JSONDecoder(strict=False)
_BLANKS = " \t\r\n"


def read_json(path: Path) -> Iterator[Row]:
    """The objects of the file as rows; a value that is a list is joined by 、, an object within gives columns `outer.inner`.

    Raises DocumentRefused where the file is no JSON, holds no objects, or breaks off.
    """
    with opened_text(path) as file:
        found = False
        for line, value in _lines(file) if _is_lines(file) else _objects(path.name, file):
            cells = _flat(value) if value is not None else {}
            if cells or value is None:
                found = True
                yield Row(line, cells, done=file.done(), problem="" if value is not None else texts.BROKEN_LINE)
    if not found:
        raise DocumentRefused(texts.NO_OBJECTS.format(name=path.name))


def _is_lines(file: io.TextIOWrapper) -> bool:
    """Whether the first two lines that are not blank are an object each; the file is at its start afterwards."""
    lines = [line for line in (file.readline(_LONGEST) for _ in range(4)) if line.strip()][:2]
    file.seek(0)
    return len(lines) == 2 and isinstance(_object(lines[0]), dict) and lines[1].lstrip().startswith("{")


def _lines(file: io.TextIOWrapper) -> Iterator[tuple[int, dict[str, Any] | None]]:
    for number, line in enumerate(iter(lambda: file.readline(_LONGEST), ""), 1):
        if line.strip():
            yield number, _object(line)


def _object(line: str) -> dict[str, Any] | None:
    try:
        value = json.loads(line.removeprefix("\ufeff"), strict=False)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


class _Text:
    """The rest of a file that is not yet understood, and the line that it begins on."""

    def __init__(self, file: io.TextIOWrapper) -> None:
        self._file = file
        self.rest = file.read(_BLOCK).removeprefix("\ufeff")
        self.line = 1

    def more(self) -> bool:
        block = self._file.read(_BLOCK)
        self.rest += block
        return bool(block)

    def skip(self, count: int) -> None:
        self.line += self.rest.count("\n", 0, count)
        self.rest = self.rest[count:]

    def skip_signs(self, signs: str) -> None:
        """Pass over blanks and the signs given, reading on as need be."""
        while True:
            stripped = self.rest.lstrip(signs)
            self.skip(len(self.rest) - len(stripped))
            if self.rest or not self.more():
                return


def _objects(name: str, file: io.TextIOWrapper) -> Iterator[tuple[int, dict[str, Any] | None]]:
    text = _Text(file)
    text.skip_signs(_BLANKS)
    enclosed = text.rest.startswith("[") or _enter_list(text)
    if text.rest.startswith("["):
        text.skip(1)
    while True:
        text.skip_signs(_BLANKS + ",")
        if not text.rest or (enclosed and text.rest.startswith("]")):
            return
        line = text.line
        value = _next(name, text)
        yield line, value if isinstance(value, dict) else None


def _enter_list(text: _Text) -> bool:
    """Go to the first list of objects within an object; False for objects one after another."""
    while len(text.rest) < _LONGEST:
        try:
            _, end = _DECODER.raw_decode(text.rest)
        except ValueError:
            if _LIST.search(text.rest) or not text.more():
                break
            continue
        return _go_to_list(text, text.rest[:end]) if not text.rest[end:].lstrip(_BLANKS).startswith("{") else False
    return _go_to_list(text, text.rest)


def _go_to_list(text: _Text, head: str) -> bool:
    match = _LIST.search(head)
    if match is None:
        return False
    text.skip(match.end())
    return True


def _next(name: str, text: _Text) -> Any:
    while True:
        try:
            value, end = _DECODER.raw_decode(text.rest)
        except (ValueError, RecursionError) as error:
            if len(text.rest) < _LONGEST and text.more():
                continue
            raise DocumentRefused(texts.BROKEN_JSON.format(name=name, line=text.line)) from error
        text.skip(end)
        return value


def _flat(value: dict[str, Any], above: str = "") -> dict[str, str]:
    cells: dict[str, str] = {}
    for key, inner in value.items():
        name = f"{above}.{key}" if above else str(key)
        if isinstance(inner, dict):
            cells |= _flat(inner, name)
        elif (shown := _shown(inner)).strip():
            cells[name] = shown
    return cells


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(part for part in (_shown(each) for each in value) if part)
    if isinstance(value, dict):
        return "，".join(f"{key}：{_shown(inner)}" for key, inner in value.items())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
