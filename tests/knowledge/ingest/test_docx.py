"""Word documents: what Word shows is what is read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.errors import DocumentRefused
from knowledge.ingest.parsing import ParsedDocument, parse_document
from knowledge.ingest.readers import read_content
from knowledge.ingest.readers.docx import read_docx
from knowledge.ingest.readers.numbering import chinese_number
from knowledge.ingest.reading import decode
from tests.knowledge import papers
from tests.knowledge.ingest import office


def parse(content: bytes) -> ParsedDocument:
    return parse_document(read_content("a.docx", content))


def by_path(document: ParsedDocument) -> dict[str, str]:
    return {clause.path: document.text[clause.start : clause.end] for clause in document.clauses}


def paper(document: Any) -> None:
    for line in papers.GANSU.splitlines():
        document.add_paragraph(line)


def test_a_paper_typed_in_word_gives_the_same_clauses() -> None:
    typed, original = parse(office.docx(paper)), parse_document(decode("a.txt", papers.GANSU.encode()))
    assert by_path(typed) == by_path(original)
    assert (typed.title, typed.doc_no, typed.issued_on) == (original.title, original.doc_no, original.issued_on)


def test_numbers_that_word_counts_are_written_out() -> None:
    def write(document: Any) -> None:
        document.add_heading("青峰市关于做好毕业生服务的通知", 0)
        for text, level in (
            ("服务对象", 0),
            ("毕业两年内没有就业的人员都可以到区县的服务窗口登记，由专人联系，登记后十个工作日内给出书面的就业服务安排。", 1),
            ("困难家庭的毕业生由街道上门登记，每月至少回访一次，并记入台账备查，登记满半年仍未就业的列为重点帮扶的对象。", 1),
            ("服务内容", 0),
            ("职业指导由具有资格的指导师提供，每人不少于三次，每次不少于四十分钟。", 1),
            ("第一次指导在登记后十日内完成，由指导师填写记录并请本人签字确认。", 2),
        ):
            office.numbered(document, text, level)

    clauses = by_path(parse(office.docx(write)))
    assert list(clauses)[1:] == ["一（一）", "一（二）", "二（一）", "二（一）1"]
    assert clauses["二（一）1"].startswith("1. 第一次指导")


def test_headings_by_style_head_the_clauses_below_them() -> None:
    def write(document: Any) -> None:
        document.add_heading("星海大学毕业生手册", 0)
        document.add_heading("申请条件", 1)
        document.add_paragraph("毕业年度内的全日制毕业生都可以申请，往届毕业生需要另行说明原因。")
        document.add_heading("户籍要求", 2)
        document.add_paragraph("申请人应当具有本市户籍，或者持有本市居住证满一年以上。")
        document.add_heading("申请时间", 1)
        document.add_paragraph("每年三月和九月各受理一次，逾期的并入下一次办理。")

    document = parse(office.docx(write))
    assert document.title == "星海大学毕业生手册"
    assert [(clause.path, clause.headings) for clause in document.clauses if clause.kind == "body"] == [
        ("申请条件", ("申请条件",)),
        ("户籍要求", ("申请条件", "户籍要求")),
        ("申请时间", ("申请时间",)),
    ]


def test_merged_cells_count_for_every_place_they_cover() -> None:
    def write(document: Any) -> None:
        document.add_paragraph("星海市青年人才补贴按下表执行，由区县人社局负责审核和发放。")
        document.add_paragraph("表1 补贴标准")
        table = document.add_table(rows=4, cols=3)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "学历"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "标准"
        for row, cells in enumerate((("市区", "县区"), ("本科", "800元", "1000元"), ("硕士", "1500元", "1700元")), 1):
            for column, text in enumerate(cells, 3 - len(cells)):
                table.cell(row, column).text = text

    clauses = by_path(parse(office.docx(write)))
    assert clauses["表1 第1行"] == "学历：本科；标准·市区：800元；标准·县区：1000元"


def test_headers_footers_hidden_and_deleted_text_are_left_out() -> None:
    def write(document: Any) -> None:
        paper(document)
        document.sections[0].header.paragraphs[0].text = "内部资料页眉"
        document.sections[0].footer.paragraphs[0].text = "第 1 页页脚"
        document.paragraphs[3].add_run("看不见的文字").font.hidden = True

    text = read_docx("a.docx", office.docx(write)).text
    assert not [word for word in ("页眉", "页脚", "看不见") if word in text]


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (101, "一百零一"), (110, "一百一十"), (2024, "二千零二十四")]
)
def test_chinese_numbers_are_written_as_in_documents(number: int, text: str) -> None:
    assert chinese_number(number) == text


def test_an_entity_bomb_is_refused() -> None:
    content = office.docx(paper)
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;">]>'
        + office.part(content, "word/document.xml").split(b"?>", 1)[1]
    )
    with pytest.raises(DocumentRefused, match="实体"):
        read_docx("a.docx", office.replaced(content, {"word/document.xml": bomb}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_external_entity_reads_no_file(encoding: str, tmp_path: Any) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密内容", encoding="utf-8")
    body = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>'
    )
    with pytest.raises(DocumentRefused, match="实体"):
        read_docx("a.docx", office.replaced(office.docx(paper), {"word/document.xml": body.encode(encoding)}))


def test_a_part_that_unpacks_to_too_much_is_refused() -> None:
    content = office.replaced(office.docx(paper), {"word/media/a.xml": b"<a>" + b" " * 40_000_000})
    with pytest.raises(DocumentRefused, match="解压后"):
        read_docx("a.docx", content)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_document_cut_off_is_refused(share: float) -> None:
    content = office.docx(paper)
    with pytest.raises(DocumentRefused, match="损坏"):
        read_content("a.docx", content[: int(len(content) * share)])


@pytest.mark.parametrize(
    ("content", "remedy"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "去掉打开密码"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "XLSX"),
        (b"MZ\x90\x00" + b"\0" * 60, "可执行文件"),
        (b"{\\rtf1\\ansi", "DOCX"),
    ],
    ids=["old Word", "under a password", "old Excel", "executable", "RTF"],
)
def test_what_is_no_word_document_is_refused_with_the_remedy(content: bytes, remedy: str) -> None:
    with pytest.raises(DocumentRefused, match=remedy):
        read_content("通知.docx", content)


@settings(deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from(["word/document.xml", "word/numbering.xml", "word/styles.xml", "[Content_Types].xml", "word/footnotes.xml"]),
)
def test_any_bytes_in_any_part_are_a_document_or_refused(content: bytes, name: str) -> None:
    try:
        assert read_docx("any.docx", office.replaced(_PAPER, {name: content})).text
    except DocumentRefused as refusal:
        assert str(refusal).startswith("any.docx：")


_PAPER = office.docx(paper)
