"""PDFs with text: what is printed comes out in reading order, whole paragraphs, tables as rows; what cannot be read is refused kindly."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.errors import DocumentRefused
from knowledge.ingest.readers.pdf import MAX_PAGES, read_pdf
from knowledge.ingest.source_text import SourceText
from tests.knowledge.formats.pdfs import Style, make_pdf, turned

TITLE = "清溪师范学院关于做好2026届毕业生一次性求职补贴申领发放工作的通知"
PARAGRAPHS = (
    "各学院、各部门：",
    "为做好2026届毕业生就业服务，现将求职补贴申领的有关事项通知如下。请各学院认真组织，在规定时间内完成材料收集、审核、公示和上报，不得漏报、错报、重复申报。",
    "一、申领对象",
    "（一）家里正在享受最低生活保障的毕业生。",
    "（二）在校期间办理过国家助学贷款的毕业生，以及持有残疾人证、来自脱贫家庭或者零就业家庭的毕业生，都可以自愿提出申请，由所在学院初审后报就业指导中心。",
    "二、补贴标准",
    "符合条件的毕业生每人一次性发给1837元，所需资金从就业补助资金中列支，直接发到本人社会保障卡的银行账户，不由他人代领，也不以现金方式发放。",
)
TABLE = (("学历", "标准（元/月）", "期限"), ("专科生", "611", "12个月"), ("本科生", "823", "最长36个月，按季度发放"))


def read(content: bytes) -> SourceText:
    return read_pdf("通知.pdf", content)


def test_hard_line_breaks_are_joined_into_the_paragraphs_as_written() -> None:
    source = read(make_pdf(TITLE, PARAGRAPHS))
    assert source.text.split("\n") == [TITLE, *PARAGRAPHS]
    assert source.format == "pdf"


def test_without_indents_paragraphs_still_begin_where_sentences_and_lines_end() -> None:
    assert read(make_pdf(TITLE, PARAGRAPHS, Style(indent=False))).text.split("\n") == [TITLE, *PARAGRAPHS]


def test_two_columns_are_read_one_after_the_other() -> None:
    source = read(make_pdf(TITLE, PARAGRAPHS * 4, Style(columns=2)))
    assert source.text.split("\n") == [TITLE, *PARAGRAPHS * 4]


def test_running_heads_and_page_numbers_are_left_out_and_text_goes_on_over_the_page() -> None:
    source = read(make_pdf(TITLE, PARAGRAPHS * 6, Style(running_head="清溪师范学院就业文件汇编")))
    assert source.text.split("\n") == [TITLE, *PARAGRAPHS * 6]
    assert source.removed_lines == 4  # two pages, a head and a number each


def test_the_title_is_marked_as_a_heading() -> None:
    source = read(make_pdf(TITLE, PARAGRAPHS))
    assert [source.text[mark.start : mark.end] for mark in source.marks if mark.kind == "heading"] == [TITLE]


def test_the_cells_of_a_ruled_table_stand_in_one_row_with_their_columns_names() -> None:
    source = read(make_pdf(TITLE, [*PARAGRAPHS, TABLE]))
    row = next(source.text[mark.start : mark.end] for mark in source.marks if mark.kind == "row" and "本科生" in source.text[mark.start : mark.end])
    assert row == "学历：本科生；标准（元/月）：823；期限：最长36个月，按季度发放"


def test_a_table_that_goes_on_over_the_page_is_one_table() -> None:
    rows = [TABLE[0], *(("本科生", str(500 + i), "按季度发放") for i in range(45))]
    source = read(make_pdf(TITLE, [*PARAGRAPHS, rows]))
    labels = [mark.label for mark in source.marks if mark.kind == "row"]
    assert labels == [f"表1 第{i}行" for i in range(1, 46)]
    assert source.text.count("标准（元/月）：") == 45


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_reads_like_an_upright_one(degrees: int) -> None:
    assert read(turned(make_pdf(TITLE, [*PARAGRAPHS, TABLE]), degrees)).text == read(make_pdf(TITLE, [*PARAGRAPHS, TABLE])).text


def test_a_locked_file_is_refused_with_what_to_do() -> None:
    with pytest.raises(DocumentRefused, match=r"通知\.pdf.*密码"):
        read(make_pdf(TITLE, PARAGRAPHS, Style(password="secret")))


def test_a_file_that_lost_its_end_is_refused() -> None:
    content = make_pdf(TITLE, PARAGRAPHS * 6)
    with pytest.raises(DocumentRefused, match="不完整"):
        read(content[: len(content) * 2 // 3])


def test_a_file_without_anything_on_its_pages_is_refused() -> None:
    with pytest.raises(DocumentRefused, match="没有文字"):
        read(make_pdf(" ", [], Style(page_numbers=False)))


def test_more_pages_than_a_document_has_are_refused_before_they_are_read() -> None:
    kids = " ".join("3 0 R" for _ in range(MAX_PAGES + 1))
    with pytest.raises(DocumentRefused, match=f"{MAX_PAGES + 1} 页"):
        read(_raw_pdf(kids, MAX_PAGES + 1))


def _raw_pdf(kids: str, count: int) -> bytes:
    """A PDF written by hand whose page tree names one page many times; PDFium rebuilds the missing cross references."""
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        f"2 0 obj<</Type/Pages/Count {count}/Kids[{kids}]>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    ).encode()


SMALL = make_pdf(TITLE, [*PARAGRAPHS[:3], TABLE])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_happened_to_the_bytes_there_is_a_text_or_a_kind_refusal(data: st.DataObject) -> None:
    content = bytearray(SMALL)
    for _ in range(data.draw(st.integers(0, 12))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))
    try:
        source = read(bytes(content[:cut]))
    except DocumentRefused as refusal:
        assert re.search("请|没有中文", str(refusal))
    else:
        assert source.text.strip()
        assert all(0 <= mark.start < mark.end <= len(source.text) for mark in source.marks)
