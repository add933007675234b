"""Markdown: its marks go, its headings and tables stay."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.errors import DocumentRefused
from knowledge.ingest.parsing import ParsedDocument, parse_document
from knowledge.ingest.readers import read_content
from knowledge.ingest.readers.markdown import plain, read_markdown

LAW = """# 青峰市毕业生就业促进条例

2019年3月1日 青峰市第九届人民代表大会常务委员会第二次会议通过

2022年6月30日 青峰市第十届人民代表大会常务委员会第六次会议修订

<!-- INFO END -->

## 第一章 总则

第一条 为了促进毕业生就业，保护毕业生和用人单位的合法权益，制定本条例。

第二条 本市行政区域内毕业生的就业服务，适用本条例。

毕业生是指取得毕业证书未满两年的人员。

## 第二章 附则

第三条 本条例自2022年9月1日起施行。
"""
GUIDE = """# 星海大学档案转递指南

## 转递时间

毕业后**十五个工作日**内由[档案馆](https://example.edu)统一转递，`加急`的另行办理。

## 收费标准

| 方式 | 本市 | 外省 |
| --- | :---: | ---: |
| 机要 | 免费 | 免费 |
| 快递 | 12元 | 23元 |

- 需要本人身份证
- 需要报到单位的地址
"""


def parse(text: str, name: str = "a.md") -> ParsedDocument:
    return parse_document(read_markdown(name, text.encode()))


def by_path(document: ParsedDocument) -> dict[str, str]:
    return {clause.path: document.text[clause.start : clause.end] for clause in document.clauses}


def test_a_statute_has_its_title_articles_and_the_day_of_its_last_revision() -> None:
    document = parse(LAW)
    assert document.title == "青峰市毕业生就业促进条例"
    assert document.issued_on == date(2022, 6, 30)
    assert [clause.path for clause in document.clauses if clause.kind == "body"] == ["第一条", "第二条", "第三条"]
    assert "未满两年" in by_path(document)["第二条"]
    assert "INFO END" not in document.text


def test_headings_without_numbers_are_cited_by_their_words() -> None:
    clauses = by_path(parse(GUIDE))
    assert clauses["转递时间"].endswith("毕业后十五个工作日内由档案馆统一转递，加急的另行办理。")
    assert clauses["表1 第2行"] == "方式：快递；本市：12元；外省：23元"


def test_a_text_file_that_opens_like_markdown_is_read_as_such() -> None:
    assert read_content("law.txt", LAW.encode()).format == "md"


def test_a_file_name_stands_in_for_title_and_date() -> None:
    document = parse("第一条 毕业生应当按时办理离校手续。\n\n第二条 学校应当提供就业服务。\n", "社会法__毕业生服务法(2020-11-11).md")
    assert (document.title, document.issued_on) == ("毕业生服务法", date(2020, 11, 11))


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("**加粗**和*斜体*", "加粗和斜体"),
        ("[链接](http://a.cn)与![图](b.png)", "链接与图"),
        ("2*3*4和a_b_c", "2*3*4和a_b_c"),
        ("<b>标签</b>与5<6", "标签与5<6"),
        (r"\*星号\*", "*星号*"),
    ],
)
def test_what_only_lays_out_a_line_goes(marked: str, text: str) -> None:
    assert plain(marked) == text


@settings(deadline=None)
@given(st.text(alphabet="#|-*`[]()<>=!\\ \n毕业生补贴标准1.", max_size=300))
def test_any_text_is_markdown_or_refused(text: str) -> None:
    try:
        assert read_markdown("any.md", text.encode()).text
    except DocumentRefused as refusal:
        assert str(refusal).startswith("any.md：")
