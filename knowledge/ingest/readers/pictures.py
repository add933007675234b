"""Picture files to upright colour pictures in memory, within limits; nothing of what else a picture file may carry is used."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from knowledge.errors import DocumentRefused
from knowledge.ingest import texts

Picture = NDArray[np.uint8]
"""Height × width × 3, RGB."""

MAX_MEGAPIXELS = 60
"""A page at 600 dpi has 35; a telephone's photograph 12 to 50."""
MAX_FRAMES = 60
"""Pages of one TIFF."""
MIN_SIDE = 32
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")


def pictures(name: str, content: bytes) -> Iterator[Picture]:
    """Each page of a picture file, turned as its EXIF data say; raises DocumentRefused for a broken or boundless one.

    Only a TIFF has pages: of an animation, and of a telephone's photograph with a second picture in it, the first counts.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of odd metadata and large pictures; the limits here are ours
            with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
                _refuse_beyond_limits(name, image)
                for frame in ImageSequence.Iterator(image) if image.format == "TIFF" else [image]:
                    yield _upright(frame)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError, MemoryError) as error:
        raise DocumentRefused(texts.PICTURE_BROKEN.format(name=name)) from error


def _refuse_beyond_limits(name: str, image: Image.Image) -> None:
    width, height = image.size
    if width * height > MAX_MEGAPIXELS * 1_000_000:
        raise DocumentRefused(texts.PICTURE_TOO_LARGE.format(name=name, width=width, height=height, most=MAX_MEGAPIXELS))
    if min(width, height) < MIN_SIDE:
        raise DocumentRefused(texts.NOTHING_READ.format(name=name))
    frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    if frames > MAX_FRAMES:
        raise DocumentRefused(texts.TOO_MANY_SCANNED_PAGES.format(name=name, count=frames, most=MAX_FRAMES))


def _upright(frame: Image.Image) -> Picture:
    turned = ImageOps.exif_transpose(frame)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        page = Image.new("RGBA", turned.size, "white")
        page.alpha_composite(turned.convert("RGBA"))
        turned = page
    return np.asarray(turned.convert("RGB"), dtype=np.uint8)
