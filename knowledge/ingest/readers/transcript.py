"""What stands in a picture, line by line, as it was read: for screenshots and photographs that are no document.

Nothing is joined to paragraphs and nothing is taken for a table: the bubbles of a chat would be torn apart by both.
"""

from __future__ import annotations

from knowledge.ingest.readers.layout.page import rows_of
from knowledge.ingest.readers.pictures import pictures
from knowledge.ingest.readers.recognition import recognise

_WIDEST_GAP = 1.2
"""Ems between stretches of one line."""


def transcribe(name: str, content: bytes) -> list[str]:
    """The lines of a picture from top to bottom; empty where nothing was recognised. Raises DocumentRefused for a broken or boundless one."""
    return [row.text for picture in pictures(name, content) for row in rows_of(recognise(picture).pieces, _WIDEST_GAP)]
