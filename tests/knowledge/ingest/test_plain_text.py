"""Plain text by its layout: titles that no word gives away, tables of tabs and blanks, and what only looks like them."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import DocumentRefused
from knowledge.ingest.parsing import ParsedDocument, parse_document
from knowledge.ingest.readers import read_content

OPENING = "为方便同学们查询，现将本学期的补贴项目和办理地点公布如下，请按时间办理。\n"


def parsed(text: str) -> ParsedDocument:
    return parse_document(read_content("paper.txt", text.encode()))


def rows(text: str) -> list[str]:
    document = parsed(text)
    return [document.text[clause.start : clause.end] for clause in document.clauses if clause.path.startswith("表")]


@pytest.mark.parametrize(
    "table",
    [
        "学院\t经办老师\t窗口\n土木学院\t柏老师\t3号\n护理学院\t荀老师\t5号",
        "学院\t\t经办老师\t\t窗口\n土木学院\t柏老师\t\t3号\n护理学院\t柏老师\t\t5号",
        "学院      经办老师   窗口\n土木学院  柏老师     3号\n护理学院  荀老师     5号",
        "　　学院　　经办老师　　窗口\n　　土木学院　　柏老师　　3号\n　　护理学院　　荀老师　　5号",
        "学院 经办老师 窗口\n土木学院 柏老师 3号\n护理学院 荀老师 5号",
    ],
    ids=["tabs", "several tabs", "aligned", "wide blanks", "single blanks"],
)
def test_columns_become_rows_that_say_their_headings(table: str) -> None:
    assert rows(f"{OPENING}{table}\n请带好学生证。\n")[0] == "学院：土木学院；经办老师：柏老师；窗口：3号"


def test_an_empty_cell_keeps_the_columns_in_place() -> None:
    assert rows(OPENING + "项目\t标准\t备注\n路费补贴\t\t凭票\n住宿补贴\t260元\t\n")[0] == "项目：路费补贴；备注：凭票"


def test_a_list_of_items_and_sums_is_a_table() -> None:
    assert "补贴项目：求职路费；补贴标准：260元" in rows(OPENING + "补贴项目 补贴标准\n求职路费 260元\n租房押金 900元\n")


def test_figures_under_a_heading_make_a_table_without_known_words() -> None:
    assert rows(OPENING + "去向  本届\n升学  312\n入伍  27\n")[1] == "去向：入伍；本届：27"


@pytest.mark.parametrize(
    "text",
    [
        "一、\t每人限报一项，报后不能更改。\n二、\t材料交到窗口，过期不收。\n三、\t名单公示五天。\n",
        "1.  先在系统里填表，再打印签名\n2.  交给班级就业委员收齐\n3.  由学院盖章后退回本人\n",
        "柏青山  荀若水  温如言\n陆九思  秦知远  邵一鸣\n聂小倩  乔木生  白露霜\n",
        "各位同学 请注意查收邮件\n学院会 陆续发送通知\n没有收到 请联系辅导员\n",
        "联系老师  请在上班时间拨打\n",
    ],
    ids=["numbered with tabs", "numbered with gaps", "names", "sentences with blanks", "one line"],
)
def test_what_only_has_gaps_stays_as_printed(text: str) -> None:
    document = parsed(OPENING + text)

    assert rows(OPENING + text) == []
    assert document.text == OPENING + text


@pytest.mark.parametrize(
    "below",
    ["\n请同学们按下表准备，缺一样都不能办理，需要的表格在大厅领取。", "各学院：\n请转告学生。", "一、办理时间\n每天上午九点到十一点。", OPENING],
    ids=["a gap", "addressees", "a number", "a longer sentence"],
)
def test_the_first_line_set_apart_is_the_title(below: str) -> None:
    assert parsed(f"石桥学院离校手续一览表\n{below}\n办完后到保卫处登记，由宿舍管理员验收房间。\n").title == "石桥学院离校手续一览表"


@pytest.mark.parametrize(
    "text",
    [
        "为了方便今年秋天就要离校的同学们办理各项\n手续，学校把窗口集中到大厅，请大家按时来。\n",
        "首页 > 通知公告 > 毕业生专栏\n\n请同学们按时办理手续，过期之后需要到各部门分别办理。\n",
        "请同学们按时办理离校手续。\n\n过期之后需要到各部门分别办理，时间另行通知大家。\n",
    ],
    ids=["a broken paragraph", "a page's path", "a sentence"],
)
def test_other_first_lines_are_no_title(text: str) -> None:
    assert parsed(text).title is None


def test_programmes_under_their_names_keep_their_headings_below_the_title() -> None:
    document = parsed(
        "石桥市补贴一览\n\n租房补贴\n政策内容：毕业两年以内在本市租房的，每月补贴500元。\n\n路费补贴\n政策内容：来本市面试的，一次补贴150元。\n"
    )

    assert document.title == "石桥市补贴一览"
    assert [clause.headings[-1] for clause in document.clauses if clause.headings] == ["租房补贴", "路费补贴"]


_CELLS = st.text(alphabet="学院标准金额一二1250元。、：; -", min_size=0, max_size=12)


@given(st.lists(st.lists(_CELLS, min_size=1, max_size=4), min_size=1, max_size=8), st.sampled_from(["\t", "  ", " ", "　　"]))
def test_no_word_is_lost_whatever_the_layout(lines: list[list[str]], gap: str) -> None:
    text = OPENING + "\n".join(gap.join(cells) for cells in lines)
    with contextlib.suppress(DocumentRefused):
        read = read_content("paper.txt", text.encode()).text
        assert all(cell.strip() in read for cells in lines for cell in cells if " " not in cell.strip())
