"""Recognition: a picture of a page becomes pieces of text with their places and the recogniser's confidence in each.

Text is found once; which way is up and how much the page is skewed are told by the shapes of what was found, so that boxes are
turned instead of pictures. The models (PP-OCR, in rapidocr's wheel) run on the processor, offline.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidocr import RapidOCR

from knowledge.ingest.readers.cleaning_pictures import find_rules, without_seals
from knowledge.ingest.readers.layout.page import Box, Page, Piece, ems
from knowledge.ingest.readers.pictures import Picture

Quads = NDArray[np.float32]
"""n × 4 × 2: the corners of each stretch of text, clockwise from its top left, in pixels."""

THREADS = 2
LONGEST_SIDE = 2000
"""Larger pictures are shrunk to this: A4 at 170 dpi, where more makes nothing more legible."""
SEARCHED_SIDE = 1440
"""Text is looked for in a smaller copy: half the time and 300 MB less than at full size, and the same lines found."""
_SAMPLE = 16
"""Stretches that are asked which way is up."""
_LEAST_CONFIDENCE = 0.3
"""Below, what was found is no text but a smudge."""


@lru_cache(maxsize=1)
def _engine() -> RapidOCR:
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": SEARCHED_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def recognise(picture: Picture) -> Page:
    """Recognise one page; a page on which nothing is found has no pieces."""
    picture = without_seals(_shrunk(picture))
    quads = _find(picture)
    picture, quads = _upright(picture, quads)
    height, width = picture.shape[:2]
    if not len(quads):
        return Page(width, height, (), recognised=True)
    angle = _skew(quads)
    read = _read(picture, quads)
    straight = _rotated(quads, -angle, (width / 2, height / 2))
    sure = [(quad, *found) for quad, found in zip(straight, read, strict=True) if found[0].strip() and found[1] >= _LEAST_CONFIDENCE]
    pieces = tuple(_piece(quad, text, score) for quad, text, score in sure)
    em = float(np.median([piece.em for piece in pieces])) if pieces else 1.0
    return Page(width, height, pieces, tuple(find_rules(_straightened(picture, -angle), em)), recognised=True)


def _shrunk(picture: Picture) -> Picture:
    longest = max(picture.shape[:2])
    if longest <= LONGEST_SIDE:
        return picture
    scale = LONGEST_SIDE / longest
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _find(picture: Picture) -> Quads:
    found: Any = _engine()(picture, use_det=True, use_cls=False, use_rec=False)
    boxes = getattr(found, "boxes", None)
    return np.zeros((0, 4, 2), np.float32) if boxes is None else np.asarray(boxes, dtype=np.float32).reshape(-1, 4, 2)


def _sides(quads: Quads) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Widths and heights of the quads as the picture lies."""
    return np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1), np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)


def _upright(picture: Picture, quads: Quads) -> tuple[Picture, Quads]:
    """Turn by quarters until lines lie and characters stand."""
    if not len(quads):
        return picture, quads
    widths, heights = _sides(quads)
    longer = np.maximum(widths, heights)
    if longer[heights > 1.5 * widths].sum() > longer[widths > 1.5 * heights].sum():
        picture, quads = _quarter_turn(picture, quads)
    if _is_upside_down(picture, quads):
        for _ in range(2):
            picture, quads = _quarter_turn(picture, quads)
    return picture, quads


def _quarter_turn(picture: Picture, quads: Quads) -> tuple[Picture, Quads]:
    """Turn by 90° counter-clockwise; the corners are named anew from the top left."""
    width = picture.shape[1]
    turned = np.stack([quads[..., 1], width - quads[..., 0]], axis=-1)
    return np.ascontiguousarray(np.rot90(picture)), np.ascontiguousarray(np.roll(turned, -1, axis=1))


def _is_upside_down(picture: Picture, quads: Quads) -> bool:
    """Ask the recogniser to read the longest stretches both ways: what is upside down it reads with less confidence."""
    widths, _ = _sides(quads)
    longest = np.argsort(-widths)[:_SAMPLE]
    crops = [_crop(picture, quads[index]) for index in longest]
    labels: Any = _engine().cls_and_rotate([crop.copy() for crop in crops])[1].cls_res or ()
    turned = sum(float(score) for label, score in labels if label == "180")
    upright = sum(float(score) for label, score in labels if label != "180")
    if max(turned, upright) > 3 * min(turned, upright):
        return bool(turned > upright)
    few = crops[:4]
    return _confidence([cv2.rotate(crop, cv2.ROTATE_180) for crop in few]) > _confidence(few)


def _confidence(crops: list[Any]) -> float:
    return float(np.mean(_engine().recognize_txt(crops).scores))


def _skew(quads: Quads) -> float:
    """The angle of the lines in radians, clockwise: the median over the stretches, longer ones counting more."""
    along = quads[:, 1] - quads[:, 0] + quads[:, 2] - quads[:, 3]
    lengths = np.linalg.norm(along, axis=1)
    angles = np.arctan2(along[:, 1], along[:, 0])
    order = np.argsort(angles)
    weight = np.cumsum(lengths[order])
    angle = float(angles[order][np.searchsorted(weight, weight[-1] / 2)])
    return angle if abs(angle) < math.pi / 6 else 0.0


def _rotated(quads: Quads, angle: float, centre: tuple[float, float]) -> Quads:
    rotation = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]], np.float32)
    return np.asarray((quads - centre) @ rotation.T + centre, dtype=np.float32)


def _straightened(picture: Picture, angle: float) -> Picture:
    if abs(angle) < 0.001:
        return picture
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -math.degrees(angle), 1.0)
    return np.asarray(cv2.warpAffine(picture, matrix, (width, height), borderValue=(255, 255, 255)), dtype=np.uint8)


def _read(picture: Picture, quads: Quads) -> list[tuple[str, float]]:
    result: Any = _engine().recognize_txt([_crop(picture, quad) for quad in quads])
    return [(str(text), float(score)) for text, score in zip(result.txts, result.scores, strict=True)]


def _crop(picture: Picture, quad: NDArray[np.float32]) -> Picture:
    """The stretch cut out and laid level."""
    width = max(2, round(float(max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3])))))
    height = max(2, round(float(max(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1])))))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(quad, target)
    return np.asarray(cv2.warpPerspective(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE, flags=cv2.INTER_CUBIC), dtype=np.uint8)


def _piece(quad: NDArray[np.float32], text: str, score: float) -> Piece:
    x0, top, x1, bottom = float(quad[:, 0].min()), float(quad[:, 1].min()), float(quad[:, 0].max()), float(quad[:, 1].max())
    return Piece(Box(x0, top, x1, bottom), text.strip(), min((x1 - x0) / max(ems(text.strip()), 0.5), bottom - top), score)
