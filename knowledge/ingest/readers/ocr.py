"""Photographs and scans of documents, as picture files."""

from __future__ import annotations

from knowledge.ingest.readers.layout.assembly import assemble
from knowledge.ingest.readers.pictures import pictures
from knowledge.ingest.readers.recognition import recognise
from knowledge.ingest.source_text import SourceText


def read_image(name: str, content: bytes) -> SourceText:
    """Recognise a picture, or each page of a TIFF; raises DocumentRefused for a broken or boundless one and where no text is found."""
    return assemble(name, content, [recognise(picture) for picture in pictures(name, content)], "image")
