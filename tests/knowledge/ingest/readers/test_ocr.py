"""Scans and photographs: recognised whichever way they lie, with what was not read surely marked; a picture of nothing is refused."""

from __future__ import annotations

import io
import unicodedata
from difflib import SequenceMatcher
from functools import cache

import numpy as np
import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from knowledge.errors import DocumentRefused
from knowledge.ingest.readers.ocr import read_image
from knowledge.ingest.readers.pdf import read_pdf
from knowledge.ingest.readers.pictures import MAX_MEGAPIXELS, pictures
from knowledge.ingest.source_text import SourceText
from tests.knowledge.formats.pdfs import Style, make_pdf
from tests.knowledge.formats.scans import PHOTOGRAPH, SCAN, Wear, as_jpeg, as_scanned_pdf, pages_of, with_seal, worn

pytestmark = pytest.mark.slow

TITLE = "清溪师范学院2026届毕业生求职补贴申领通知"
PARAGRAPHS = (
    "一、在校期间办理过国家助学贷款的毕业生，以及来自脱贫家庭的毕业生，都可以自愿提出申请，由所在学院初审后报就业指导中心。",
    "二、每人一次性发给1837元，直接发到本人社会保障卡的银行账户，不由他人代领。",
)
TABLE = (("学历", "标准（元/月）", "期限"), ("专科生", "611", "12个月"), ("本科生", "823", "36个月"))
PRINTED = "\n".join([TITLE, *PARAGRAPHS])


@cache
def page(*blocks: object, size: float = 13) -> Image.Image:
    drawn = pages_of(make_pdf(TITLE, blocks or PARAGRAPHS, Style(page_numbers=False, size=size)))[0]  # type: ignore[arg-type]
    return drawn.crop((0, 0, drawn.width, drawn.height // 2))


def read(picture: Image.Image, quality: int = 85) -> SourceText:
    return read_image("照片.jpg", as_jpeg(picture, quality))


def likeness(source: SourceText) -> float:
    return SequenceMatcher(None, unicodedata.normalize("NFKC", PRINTED), unicodedata.normalize("NFKC", source.text), autojunk=False).ratio()


@pytest.mark.parametrize("wear", [SCAN, PHOTOGRAPH, Wear(turn=90, noise=8), Wear(turn=180, skew=1), Wear(turn=270, skew=-1)])
def test_a_worn_page_is_read_whichever_way_it_lies(wear: Wear) -> None:
    source = read(worn(page(), wear), wear.quality)
    assert source.format == "image"
    assert likeness(source) > 0.97
    assert len(source.text.split("\n")) == 3  # the lines of a paragraph were joined


def test_the_rows_of_a_ruled_table_keep_their_columns_names() -> None:
    source = read(worn(page(*PARAGRAPHS, TABLE), SCAN))
    row = next(source.text[mark.start : mark.end] for mark in source.marks if mark.kind == "row" and "本科生" in source.text[mark.start : mark.end])
    assert unicodedata.normalize("NFKC", row) == "学历:本科生;标准(元/月):823;期限:36个月"


def test_a_red_seal_over_the_text_does_not_cut_into_it() -> None:
    assert likeness(read(with_seal(page(), (600, 420)))) > 0.97


def test_what_was_read_without_confidence_is_marked() -> None:
    source = read(worn(page(size=11), Wear(blur=1.9, noise=22, quality=45)), 45)
    assert any(mark.kind == "unsure" for mark in source.marks)
    assert not any(mark.kind == "unsure" for mark in read(page()).marks)


def test_a_scanned_pdf_says_that_it_was_recognised() -> None:
    source = read_pdf("扫描.pdf", as_scanned_pdf([worn(page(), SCAN)]))
    assert source.format == "scan"
    assert likeness(source) > 0.97
    assert "第 1 页" in source.notes[0]


def test_only_the_pictured_pages_of_a_mixed_pdf_are_recognised() -> None:
    mixed = pdfium.PdfDocument.new()
    for part in (make_pdf(TITLE, PARAGRAPHS), as_scanned_pdf([worn(page(), SCAN)]), make_pdf(TITLE, PARAGRAPHS)):
        mixed.import_pages(pdfium.PdfDocument(part))
    out = io.BytesIO()
    mixed.save(out)
    source = read_pdf("混合.pdf", out.getvalue())
    assert source.format == "pdf"
    assert source.text.count("1837元") == 3
    assert ["第 2 页" in note for note in source.notes] == [True]


def test_a_text_layer_of_wrong_characters_is_recognised_instead() -> None:
    broken = make_pdf(TITLE, PARAGRAPHS, Style(page_numbers=False)).replace(b"/ToUnicode", b"/ToNothing ")
    source = read_pdf("乱码.pdf", broken)
    assert likeness(source) > 0.97


@pytest.mark.parametrize("format_", ["PNG", "TIFF", "BMP", "WEBP"])
def test_every_common_picture_format_is_opened(format_: str) -> None:
    out = io.BytesIO()
    page().save(out, format_)
    (picture,) = pictures("图.x", out.getvalue())
    assert picture.shape == (page().height, page().width, 3)


def test_a_photograph_is_turned_as_its_camera_says() -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held turned by a quarter
    page().save(out, "JPEG", exif=exif)
    (picture,) = pictures("图.jpg", out.getvalue())
    assert picture.shape[:2] == (page().width, page().height)


def test_a_picture_of_nothing_is_refused() -> None:
    with pytest.raises(DocumentRefused, match="没有认出文字"):
        read(Image.new("RGB", (800, 600), (240, 240, 235)))


def test_a_picture_larger_than_any_page_is_refused_before_it_is_opened() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, MAX_MEGAPIXELS * 60)).save(out, "PNG")
    with pytest.raises(DocumentRefused, match="百万像素"):
        read_image("大.png", out.getvalue())


SMALL = as_jpeg(Image.fromarray(np.tile(np.arange(0, 255, 4, dtype=np.uint8), (40, 1))))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(SMALL)), st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 255)), max_size=8))
def test_whatever_happened_to_the_bytes_there_is_a_picture_or_a_kind_refusal(cut: int, changes: list[tuple[int, int]]) -> None:
    content = bytearray(SMALL)
    for place, value in changes:
        content[place] = value
    try:
        assert all(picture.ndim == 3 for picture in pictures("图.jpg", bytes(content[:cut])))
    except DocumentRefused as refusal:
        assert "请" in str(refusal) or "没有" in str(refusal)
