"""Scans and photographs for tests: pages drawn, turned a little or by quarters, darkened, made noisy, pressed into JPEG."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter

Picture = Image.Image


@dataclass(frozen=True)
class Wear:
    """What happened to a page on its way: `skew` and `turn` in degrees (counter-clockwise), `noise` and `shade` in grey levels (0–255)."""

    skew: float = 0.0
    turn: int = 0
    noise: float = 0.0
    shade: float = 0.0
    blur: float = 0.0
    quality: int = 85


SCAN = Wear(skew=0.6, noise=10)
PHOTOGRAPH = Wear(skew=-1.8, noise=14, shade=70, blur=0.7, quality=70)


def pages_of(pdf: bytes, dpi: int = 150) -> list[Picture]:
    """The pages of a PDF, drawn."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def worn(page: Picture, wear: Wear, seed: int = 7) -> Picture:
    """The page after `wear`; the same seed gives the same picture."""
    random = np.random.default_rng(seed)
    if wear.blur:
        page = page.filter(ImageFilter.GaussianBlur(wear.blur))
    if wear.skew:
        page = page.rotate(wear.skew, expand=True, fillcolor=(250, 250, 250), resample=Image.Resampling.BICUBIC)
    pixels = np.asarray(page, dtype=np.float32)
    if wear.shade:
        height, width = pixels.shape[:2]
        pixels = pixels - wear.shade * np.linspace(0, 1, width)[None, :, None] * np.linspace(0.4, 1, height)[:, None, None]
    if wear.noise:
        pixels = pixels + random.normal(0, wear.noise, pixels.shape[:2])[..., None]
    page = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    return page.rotate(wear.turn, expand=True) if wear.turn else page


def as_jpeg(page: Picture, quality: int = 85) -> bytes:
    out = io.BytesIO()
    page.save(out, "JPEG", quality=quality)
    return out.getvalue()


def as_scanned_pdf(pages: Sequence[Picture], dpi: int = 150) -> bytes:
    """A PDF that holds nothing but pictures, as scanners write it."""
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=list(pages[1:]), resolution=dpi)
    return out.getvalue()


def with_seal(page: Picture, centre: tuple[int, int], radius: int = 120) -> Picture:
    """The page with a round red seal stamped on it."""
    page = page.copy()
    draw = ImageDraw.Draw(page)
    x, y = centre
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=(214, 40, 40), width=7)
    draw.regular_polygon((x, y, radius // 3), 5, fill=(214, 40, 40))
    return page
