"""Attachments belong to their notice: in its file, beside it in a folder, in the same archive; on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from knowledge import catalogue
from knowledge.ingest.gathering import gather
from knowledge.ingest.importing import Importer, ImportOutcome
from knowledge.ingest.isolation import shared_reader
from knowledge.ingest.naming import attachment_in_name, title_in_name
from knowledge.ingest.parsing import ParsedDocument, parse_document
from knowledge.ingest.reading import decode
from knowledge.search.entries import DocumentEntry
from tests.knowledge import papers
from tests.knowledge.ingest import office

Write = Callable[..., Path]
WITH_ATTACHMENTS = (
    papers.GANSU.replace("联系人", "附件：1.补贴标准\n2.申请流程\n联系人")
    + """附件1
补贴标准说明
一、低保家庭毕业生每人一千五百元，由学校统一申报后直接发放到本人账户。
二、残疾毕业生每人两千元，需要同时提交残疾人证的复印件以及本人签字的说明。
附件2：申请流程
毕业生在平台填写申请表，院系在十个工作日内完成初审并且公示五个工作日。
"""
)
TABLE = [["补贴项目", "本科生", "硕士生"], ["求职补贴", "1500元", "2000元"], ["租房补贴", "500元", "800元"]]


def parse(text: str) -> ParsedDocument:
    return parse_document(decode("paper.txt", text.encode()))


def entries(sessions: sessionmaker[Session]) -> dict[str, DocumentEntry]:
    return {entry.document.source: entry.document for entry in catalogue.load_entries(sessions)}


def take(importer: Importer, path: Path, workplace: Path) -> list[ImportOutcome]:
    workplace.mkdir(exist_ok=True)
    return list(importer.take_all(gather([path], shared_reader(), workplace)))


def test_attachments_behind_the_signature_are_clauses_of_their_notice() -> None:
    document = parse(WITH_ATTACHMENTS)
    paths = [clause.path for clause in document.clauses]
    assert {"附件1 一", "附件1 二", "附件2"} <= set(paths)
    first = next(clause for clause in document.clauses if clause.path == "附件1 二")
    assert first.headings[0] == "附件1 补贴标准说明"
    assert document.text[first.start : first.end].startswith("二、残疾毕业生每人两千元")


def test_the_notice_itself_is_the_same_with_and_without_its_attachments() -> None:
    with_, without = parse(WITH_ATTACHMENTS), parse(papers.GANSU)
    own = [clause.path for clause in with_.clauses if not clause.path.startswith("附件")]
    assert own == [clause.path for clause in without.clauses]
    assert (with_.title, with_.issued_on, with_.issuers) == (without.title, without.issued_on, without.issuers)


def test_thousands_of_attachments_are_told_apart() -> None:
    many = papers.GANSU + "".join(f"附件{number}\n毕业生应当按时提交第{number}项材料，不得逾期。\n" for number in range(1, 1_000))
    assert sum(clause.path.startswith("附件") for clause in parse(many).clauses) == 999


def test_a_list_of_attachments_is_no_attachment() -> None:
    listed = papers.GANSU.replace("联系人", "附件：1.补贴标准\n2.申请流程\n联系人")
    assert not [clause.path for clause in parse(listed).clauses if clause.path.startswith("附件")]


def test_a_workbook_beside_its_notice_is_cited_under_it(importer: Importer, sessions: sessionmaker[Session], write: Write, tmp_path: Path) -> None:
    write(papers.GANSU, "in/关于毕业生服务的通知.txt")
    write(office.xlsx({"Sheet1": TABLE}), "in/附件1：补贴标准.xlsx")
    assert [outcome.result for outcome in take(importer, tmp_path / "in", tmp_path / "work")] == ["new", "new"]
    attachment = entries(sessions)["附件1：补贴标准.xlsx"]
    assert attachment.title == "甘肃省教育厅关于做好2024届高校毕业生就业服务工作的通知（附件1 补贴标准）"
    assert (attachment.doc_no, attachment.region, attachment.cohorts) == ("甘教就函〔2023〕18号", "甘肃", (2024,))


def test_in_an_archive_of_several_notices_an_attachment_goes_to_the_one_that_names_it(
    importer: Importer, sessions: sessionmaker[Session], write: Write, tmp_path: Path
) -> None:
    naming = papers.LIST.replace("二、办理时间", "具体项目见《租房补贴标准表》。\n二、办理时间")
    files = {"甲.txt": papers.GANSU.encode(), "乙.txt": naming.encode(), "附件：租房补贴标准表.xlsx": office.xlsx({"Sheet1": TABLE})}
    path = write(office.archive(files), "包.zip")
    assert len(take(importer, path, tmp_path / "work")) == 3
    title = entries(sessions)["包.zip/附件：租房补贴标准表.xlsx"].title
    assert title is not None
    assert title.startswith("甘肃省教育厅关于建立2024届毕业生就业服务清单的通知（附件")


def test_an_attachment_follows_its_notice_to_a_new_version(importer: Importer, sessions: sessionmaker[Session], write: Write, tmp_path: Path) -> None:
    write(papers.GANSU, "in/通知.txt")
    write(office.xlsx({"Sheet1": TABLE}), "in/附件1：补贴标准.xlsx")
    take(importer, tmp_path / "in", tmp_path / "work")
    assert importer.take(write(papers.GANSU.replace("1500元", "1800元"), "in/通知.txt")).result == "new_version"
    title = entries(sessions)["附件1：补贴标准.xlsx"].title
    assert title is not None
    assert "（附件1" in title


def test_a_row_is_found_and_quoted_with_both_its_headings(importer: Importer, sessions: sessionmaker[Session], write: Write) -> None:
    importer.take(write(office.xlsx({"Sheet1": TABLE}), "人才补贴标准.xlsx"))
    row = next(entry for entry in catalogue.load_entries(sessions) if entry.path == "表1 第1行")
    assert row.printed == "补贴项目：求职补贴；本科生：1500元；硕士生：2000元"
    assert len(row.sentences) == 1


@pytest.mark.parametrize(
    ("name", "label"),
    [("附件1：标准.xlsx", "附件1"), ("3.附件 2 流程.docx", "附件2"), ("附件.pdf", "附件"), ("通知.docx", None), ("关于附件的说明.txt", None)],
)
def test_the_name_of_a_file_says_whether_it_is_an_attachment(name: str, label: str | None) -> None:
    assert attachment_in_name(name) == label


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("附件1：补贴标准表.xlsx", "补贴标准表"),
        ("扫描0001.pdf", None),
        ("IMG_2031.jpg", None),
        ("毕业生手册(1).docx", "毕业生手册"),
        ("新建文档.txt", None),
    ],
)
def test_only_a_name_that_says_something_stands_in_for_a_title(name: str, title: str | None) -> None:
    assert title_in_name(name) == title
