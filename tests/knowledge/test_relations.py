"""What replaces what, whichever came first, on both databases; what people judged stays judged."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from knowledge import relations
from knowledge.ingest.importing import Importer
from knowledge.models import Document, DocumentRelation
from tests.knowledge import papers
from tests.knowledge.conftest import TODAY

Write = Callable[..., Path]

OLD = papers.STATUTE.replace("2022年5月1日", "2016年3月1日").replace("见习管理办法", "见习管理暂行办法")
NEW = papers.STATUTE.replace("起施行。", "起施行。《青峰市高校毕业生见习管理暂行办法》同时废止。")
NEXT_YEAR = (
    papers.GANSU.replace("2024届", "2025届")
    .replace("〔2023〕18号", "〔2024〕21号")
    .replace("2023年11月20日", "2024年11月25日")
    .replace("2023年11月21日", "2024年11月26日")
    .replace("1500元", "1800元")
)
COPY = (
    papers.FURNITURE_BEFORE
    + papers.GANSU.replace("甘教就函〔2023〕18号\n", "")
    .replace("为帮助毕业生尽早找到合适的工作", "为了让毕业生早日实现就业")
    .replace("逾期不再受理", "过期不予受理")
    .replace("1500元", "5100元")
    + papers.FURNITURE_AFTER
)
Told = list[tuple[str, str, str, str, str]]


@pytest.fixture
def take(sessions: sessionmaker[Session], write: Write) -> Callable[..., int]:
    """Import a text under a name; the document's id."""
    importer = Importer(sessions, Clock(TODAY))

    def taken(text: str, name: str) -> int:
        outcome = importer.take(write(text, name))
        assert outcome.document_id is not None, outcome.detail
        return outcome.document_id

    return taken


def told(sessions: sessionmaker[Session]) -> Told:
    """Kind, rule, state, and the sources of both ends of each relation; the name where the other is not on file."""
    with sessions() as session:
        names = {row.id: row.source for row in session.scalars(select(Document))}
        rows = session.scalars(select(DocumentRelation)).all()
        return sorted((row.kind, row.rule, row.state, names[row.from_id], names.get(row.to_id or 0) or f"《{row.to_title}》") for row in rows)


PAPERS = {"old.txt": OLD, "new.txt": NEW, "this.txt": papers.GANSU, "next.txt": NEXT_YEAR, "copy.txt": COPY}
EXPECTED = [
    ("copy_of", "similar_text", "proposed", "copy.txt", "this.txt"),
    ("supersedes", "stated", "proposed", "new.txt", "old.txt"),
    ("supersedes", "title", "proposed", "next.txt", "copy.txt"),
    ("supersedes", "title", "proposed", "next.txt", "this.txt"),
]


@pytest.mark.parametrize("order", [order for i, order in enumerate(permutations(PAPERS)) if i % 29 == 0])
def test_the_same_relations_are_found_in_whatever_order_papers_come(
    order: tuple[str, ...], sessions: sessionmaker[Session], take: Callable[..., int]
) -> None:
    for name in order:
        take(PAPERS[name], name)
    assert told(sessions) == EXPECTED


def test_a_paper_that_is_not_on_file_is_found_when_it_comes(sessions: sessionmaker[Session], take: Callable[..., int]) -> None:
    take(NEW, "new.txt")
    assert told(sessions) == [("supersedes", "stated", "proposed", "new.txt", "《青峰市高校毕业生见习管理暂行办法》")]
    old = take(OLD, "old.txt")
    with sessions() as session:
        (successor,) = relations.successors_of(session)[old]
    assert (successor.believed, successor.kind, successor.document.title) == (True, "supersedes", "青峰市高校毕业生见习管理办法")
    assert "同时废止" in successor.quote


def test_what_only_titles_suggest_is_believed_once_a_person_confirms_it(sessions: sessionmaker[Session], take: Callable[..., int]) -> None:
    this, following = take(papers.GANSU, "this.txt"), take(NEXT_YEAR, "next.txt")
    with sessions.begin() as session:
        assert [successor.believed for successor in relations.successors_of(session)[this]] == [False]
        relations.decide(session, session.scalars(select(DocumentRelation)).one(), "confirmed", "林老师", Clock(TODAY).now())
    with sessions() as session:
        (successor,) = relations.successors_of(session)[this]
        assert (successor.believed, successor.document.document_id) == (True, following)
        assert session.scalars(select(DocumentRelation)).one().decided_by == "林老师"


def test_a_rejected_relation_counts_for_nothing_and_does_not_come_back(sessions: sessionmaker[Session], take: Callable[..., int]) -> None:
    take(OLD, "old.txt")
    take(NEW, "new.txt")
    with sessions.begin() as session:
        relations.decide(session, session.scalars(select(DocumentRelation)).one(), "rejected", "林老师", Clock(TODAY).now())
    take(NEW.replace("2000元", "2100元"), "new.txt")
    take(OLD.replace("2000元", "1900元"), "old.txt")
    with sessions() as session:
        assert relations.successors_of(session) == {}
    assert [relation[2] for relation in told(sessions)] == ["rejected"]


def test_a_new_version_that_no_longer_says_it_takes_it_back(sessions: sessionmaker[Session], take: Callable[..., int]) -> None:
    take(OLD, "old.txt")
    take(NEW, "new.txt")
    take(papers.STATUTE.replace("2000元", "2200元"), "new.txt")
    assert told(sessions) == []


def test_a_page_that_nobody_signs_repeals_nothing(sessions: sessionmaker[Session], take: Callable[..., int]) -> None:
    take(OLD, "old.txt")
    take(
        "就业小贴士\n一、见习规定有变\n听说《青峰市高校毕业生见习管理暂行办法》已经同时废止，大家以最新的为准。\n"
        "二、欢迎关注\n记得常来看看我们的就业小贴士。",
        "tips.txt",
    )
    assert told(sessions) == []


def test_another_province_replaces_nothing_here(sessions: sessionmaker[Session], take: Callable[..., int]) -> None:
    take(papers.STATUTE.replace("青峰市", "甘肃省"), "gansu.txt")
    take(papers.STATUTE.replace("青峰市", "湖北省").replace("起施行。", "起施行。《高校毕业生见习管理办法》同时废止。"), "hubei.txt")
    assert [relation[4] for relation in told(sessions)] == ["《高校毕业生见习管理办法》"]


def test_a_repost_of_less_authority_is_no_new_version(sessions: sessionmaker[Session], take: Callable[..., int]) -> None:
    original = take(papers.GANSU, "this.txt")
    page = papers.FURNITURE_BEFORE + papers.GANSU.replace("1500元", "5100元") + papers.FURNITURE_AFTER
    repost = take(page, "page.txt")
    with sessions() as session:
        rows = {row.id: (row.current, row.authority, row.version) for row in session.scalars(select(Document))}
        details = session.scalars(select(DocumentRelation)).one().details
        assert relations.originals_of(session)[repost].document_id == original
    assert rows == {original: (True, "issuer", 1), repost: (True, "repost", 1)}
    assert [(difference["original"], difference["copy"]) for difference in details] == [(["1500元"], ["5100元"])]


def test_the_same_title_of_a_later_day_is_another_paper_and_the_later_one(sessions: sessionmaker[Session], take: Callable[..., int]) -> None:
    revised = "2012年3月1日 青峰市人民代表大会常务委员会第三次会议通过\n\n{}\n\n"
    first = papers.STATUTE.replace("第一章", revised.format("") + "第一章", 1)
    later = papers.STATUTE.replace("第一章", revised.format("2021年6月30日 青峰市人民代表大会常务委员会第九次会议修订") + "第一章", 1)
    take(later, "later.txt")
    take(first, "first.txt")
    assert ("supersedes", "title", "proposed", "later.txt", "first.txt") in told(sessions)
