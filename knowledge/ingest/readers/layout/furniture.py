"""What a page repeats around its text: running heads, footers, page numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from core.text.folding import fold
from knowledge.ingest.readers.layout.page import Row

_ZONE = 0.13
"""Running heads and feet stand in the outer part of the page's height."""
_NEAREST = 3
"""… and among its first and last lines."""
_TITLE = 1.25
_PAGE_NUMBER = re.compile(
    r"^(?:[-—–―_·.•~|\s]*\d{1,4}[-—–―_·.•~|\s]*|[-—\s]*第\s*[\d一二三四五六七八九十百]{1,4}\s*页[,，/\s]*(?:共\s*[\d一二三四五六七八九十百]{1,4}\s*页)?[-—\s]*"
    r"|\d{1,4}\s*/\s*\d{1,4}|page\s*\d{1,4}(?:\s*of\s*\d{1,4})?)$",
    re.IGNORECASE,
)


def without_furniture(pages: Sequence[tuple[float, Sequence[Row]]]) -> tuple[list[list[Row]], int]:
    """The rows of each page (given with the page's height) without its furniture, and how many lines were left out."""
    repeated = _repeated(pages)
    kept: list[list[Row]] = []
    removed = 0
    for height, rows in pages:
        outer = {id(row) for row in _outer(height, rows)}
        own = [row for row in rows if id(row) not in outer or not _is_furniture(row, repeated)]
        removed += len(rows) - len(own)
        kept.append(own)
    return kept, removed


def _is_furniture(row: Row, repeated: dict[str, float]) -> bool:
    """The same words in much larger type are the title that the running head repeats."""
    usual = repeated.get(_key(row))
    return bool(_PAGE_NUMBER.match(fold(row.text))) or (usual is not None and row.em < _TITLE * usual)


def _outer(height: float, rows: Sequence[Row]) -> list[Row]:
    ordered = sorted(rows, key=lambda row: row.box.top)
    top = [row for row in ordered[:_NEAREST] if row.box.middle[1] < _ZONE * height]
    return top + [row for row in ordered[-_NEAREST:] if row.box.middle[1] > (1 - _ZONE) * height]


def _repeated(pages: Sequence[tuple[float, Sequence[Row]]]) -> dict[str, float]:
    """Lines that stand at the edge of several pages, and their usual size; left and right pages may have heads of their own."""
    sizes: dict[str, list[float]] = {}
    for height, rows in pages:
        for key, row in {_key(row): row for row in _outer(height, rows)}.items():
            sizes.setdefault(key, []).append(row.em)
    least = max(2, round(0.4 * len(pages)))
    return {key: median(ems) for key, ems in sizes.items() if key and len(ems) >= least}


def _key(row: Row) -> str:
    """Digits count as equal."""
    return re.sub(r"\d+", "0", re.sub(r"\W", "", fold(row.text)))
