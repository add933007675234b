"""What is not text in a picture of a page: red seals are taken off the text they were stamped over, rules of tables are found."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from knowledge.ingest.readers.layout.page import Box
from knowledge.ingest.readers.pictures import Picture

_SEAL_WIDTHS = (0.08, 0.4)
"""A seal's width as a share of the page's: 4 to 5 cm on A4 (GB/T 33190's practice), more on photographs of a part."""
_ROUND = 1.35
_LEAST_RULE = 2.5
"""Ems: strokes of characters are shorter than a rule of a table."""
_THICKEST_RULE = 0.4


def without_seals(picture: Picture) -> Picture:
    """The picture with round or square red seals faded; red headings, which are wide, stay."""
    red = _red(picture)
    width = picture.shape[1]
    reach = max(3, width // 50) | 1
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    seals = [tuple(map(int, stats[i][:4])) for i in range(1, count) if _is_seal(stats[i], width)]
    if not seals:
        return picture
    cleaned = picture.copy()
    for x, y, w, h in seals:
        part = cleaned[y : y + h, x : x + w]
        part[...] = part[..., :1]  # in the red channel red ink is as light as paper, black ink stays
    return cleaned


def _red(picture: Picture) -> Picture:
    channels = picture.astype(np.int16)
    return np.asarray((channels[..., 0] - channels[..., 1:].max(axis=2) > 50) * 255, dtype=np.uint8)


def _is_seal(stats: object, page_width: int) -> bool:
    _, _, width, height, area = (int(value) for value in np.asarray(stats))
    low, high = _SEAL_WIDTHS
    return low * page_width < width < high * page_width and max(width, height) < _ROUND * min(width, height) and area > 0.15 * width * height


def find_rules(picture: Picture, em: float) -> Iterator[Box]:
    """Level and upright rules as boxes without height or width; the picture must be straight."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    block = max(15, int(2 * em)) | 1
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 12)
    reach = max(12, int(_LEAST_RULE * em))
    for level in (True, False):
        bridged = cv2.dilate(ink, np.ones((3, 1) if level else (1, 3), np.uint8))  # a rule that is a little askew stays one
        kernel = np.ones((1, reach) if level else (reach, 1), np.uint8)
        count, _, stats, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(bridged, cv2.MORPH_OPEN, kernel))
        for x, y, width, height, _ in stats[1:count].tolist():
            if min(width, height) > max(6.0, _THICKEST_RULE * em):
                continue
            middle_x, middle_y = x + width / 2, y + height / 2
            if level and width > height:
                yield Box(x, middle_y, x + width, middle_y)
            elif not level and height > width:
                yield Box(middle_x, y, middle_x, y + height)
