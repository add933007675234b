"""Markdown (CommonMark and the tables of GFM): headings, tables, lists; links and emphasis as their text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.ingest.decoding import decode_bytes
from knowledge.ingest.readers.building import TextBuilder
from knowledge.ingest.readers.html import read_html
from knowledge.ingest.readers.tables import Cell
from knowledge.ingest.reading import plain_lines
from knowledge.ingest.source_text import SourceText

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FRONT_MATTER = re.compile(r"\A---\n.{0,5000}?\n(?:---|\.\.\.)\n", re.DOTALL)
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t\u3000]+(.*?)[ \t#]*$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-{2,})[ \t]*$")
_RULE = re.compile(r"^ {0,3}(?:[-*_][ \t]*){3,}$")
_DIVIDER = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)")
_BULLET = re.compile(r"^[ \t]*(?:[-*+]|>)[ \t]+")
_NUMBER = re.compile(r"^[ \t]*(\d{1,3})[.)][ \t]+")
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)|\[([^\]]+)\]\[[^\]]*\]")
_AUTOLINK = re.compile(r"<(https?://[^>\s]+|[^@>\s]+@[^>\s]+)>")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]]+\]:[ \t]+\S+")
_EMPHASIS = re.compile(r"(\*\*|__|~~|`+)(?=\S)(.+?)(?<=\S)\1|(?<![\d*])\*(?=[^\s*\d])([^*]+?)(?<=[^\s*])\*(?![\d*])")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_PRIVATE = 0xF000
"""Where escaped signs wait, in the private use area, until the others have done their work."""
_KEPT = re.compile("[\uf021-\uf07e]")
_HTML_TABLE = re.compile(r"<table[\s>].*?</table>", re.IGNORECASE | re.DOTALL)


def read_markdown(name: str, content: bytes) -> SourceText:
    """Read a Markdown file; raises DocumentRefused where it holds no Chinese text."""
    text = plain_lines(decode_bytes(name, content))
    if _HTML_TABLE.search(text) and not re.search(r"^#{1,6} ", text, re.MULTILINE):
        return read_html(name, content)
    builder = TextBuilder()
    lines = _COMMENT.sub("", _FRONT_MATTER.sub("", text)).split("\n")
    index = 0
    while index < len(lines):
        index += _block(builder, lines, index)
    return builder.build(name, content, "md")


def _block(builder: TextBuilder, lines: Sequence[str], index: int) -> int:
    """Write what starts at a line; how many lines it took."""
    line = lines[index]
    after = lines[index + 1] if index + 1 < len(lines) else ""
    heading = _HEADING.match(line)
    if heading:
        builder.heading(plain(heading[2]), len(heading[1]))
    elif "|" in line and "|" in after and _DIVIDER.match(after):
        return _table(builder, lines, index)
    elif line.strip() and _UNDERLINE.match(after) and not _BULLET.match(line) and len(line) <= 80:
        builder.heading(plain(line), 1 if after.strip().startswith("=") else 2)
        return 2
    elif _FENCE.match(line) or _RULE.match(line) or _DEFINITION.match(line):
        builder.line("")
    else:
        builder.line(_item(line))
    return 1


def _item(line: str) -> str:
    while _BULLET.match(line):
        line = _BULLET.sub("", line, count=1)
    return _NUMBER.sub(r"\1. ", plain(line), count=1)


def _table(builder: TextBuilder, lines: Sequence[str], index: int) -> int:
    end = index + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    heading = [Cell(plain(text), heading=True) for text in _cells(lines[index])]
    builder.table([heading, *([Cell(plain(text)) for text in _cells(line)] for line in lines[index + 2 : end])])
    return end - index


def _cells(line: str) -> list[str]:
    return [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", re.sub(r"^[ \t]*\||(?<!\\)\|[ \t]*$", "", line))]


def plain(text: str) -> str:
    """A line's text without what only lays it out."""
    text = _ESCAPED.sub(lambda found: chr(_PRIVATE + ord(found[1])), text)
    text = _AUTOLINK.sub(r"\1", _LINK.sub(lambda link: link[1] or link[2] or "", _IMAGE.sub(r"\1", text)))
    text = re.sub(r"<br\s*/?>", " ", text, flags=re.IGNORECASE)
    for _ in range(2):
        text = _EMPHASIS.sub(lambda found: found[2] or found[3], text)
    return _KEPT.sub(lambda found: chr(ord(found[0]) - _PRIVATE), _TAG.sub("", text))
