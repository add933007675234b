"""Into the store: whole or not at all, once, in versions; on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine, event, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from core.clock import CHINA, Clock
from core.database import engine_of
from core.text.folding import fold_with_offsets
from knowledge import catalogue
from knowledge.errors import DocumentRefused
from knowledge.ingest.gathering import Gathered, gather
from knowledge.ingest.importing import Importer
from knowledge.ingest.isolation import shared_reader
from knowledge.models import ClauseRow, Document
from knowledge.search.encoder import Encoder, Vectors, unpacked
from tests.knowledge import papers
from tests.knowledge.conftest import TODAY

Write = Callable[..., Path]


def documents(sessions: sessionmaker[Session]) -> list[Document]:
    with sessions() as session:
        return list(session.scalars(select(Document).order_by(Document.id)))


def clause_count(sessions: sessionmaker[Session]) -> int:
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(ClauseRow)) or 0


# New, the same again, changed


def test_a_new_paper_is_stored_with_what_it_says_of_itself(importer: Importer, sessions: sessionmaker[Session], write: Write) -> None:
    outcome = importer.take(write(papers.GANSU, "甘肃.txt"))
    assert (outcome.result, outcome.clauses, outcome.damaged_clauses) == ("new", 11, 0)
    (document,) = documents(sessions)
    assert (document.id, document.version, document.current, document.source) == (outcome.document_id, 1, True, "甘肃.txt")
    assert (document.region, document.cohorts, document.text) == ("甘肃", [2024], papers.GANSU)
    assert document.ingested_at.astimezone(CHINA).date() == TODAY


def test_clauses_are_stored_with_their_place_entities_and_vectors(
    importer: Importer, sessions: sessionmaker[Session], write: Write, encoder: Encoder
) -> None:
    importer.take(write(papers.GANSU))
    entries = catalogue.load_entries(sessions)
    stored = catalogue.stored_vectors(engine_of(sessions), encoder.name, [entry.id for entry in entries])
    grant = next(entry for entry in entries if entry.path == "二（二）")
    assert grant.printed in papers.GANSU
    assert {"MONEY", "DATE", "PERIOD"} <= {entity.label for entity in grant.entities}
    assert all(grant.folded.text[entity.start : entity.end] == entity.text for entity in grant.entities)
    for entry in entries:
        own = unpacked(stored[entry.id], len(entry.sentences) + 1, encoder.dimensions)
        assert own is not None, "a row for each of its sentences and one for its heading"
        np.testing.assert_allclose(np.linalg.norm(own, axis=1), 1.0, atol=0.01)


def test_the_same_file_twice_changes_nothing(importer: Importer, sessions: sessionmaker[Session], write: Write) -> None:
    first = importer.take(write(papers.GANSU))
    revision, clauses = catalogue.revision(sessions), clause_count(sessions)
    second = importer.take(write(papers.GANSU, "another name.txt"))
    assert (second.result, second.document_id) == ("unchanged", first.document_id)
    assert (catalogue.revision(sessions), clause_count(sessions), len(documents(sessions))) == (revision, clauses, 1)


@pytest.mark.parametrize(
    "page",
    [papers.REPOSTED, papers.NEWS, papers.GANSU.replace("\n", "\r\n"), papers.GANSU.replace("为帮助毕业生", "\u3000\u3000为帮助毕業(yè)生")],
    ids=["furniture", "news", "line ends", "script and pinyin"],
)
def test_the_same_paper_on_another_page_changes_nothing(importer: Importer, sessions: sessionmaker[Session], write: Write, page: str) -> None:
    importer.take(write(papers.GANSU))
    assert importer.take(write(page, "repost.txt")).result == "unchanged"
    assert len(documents(sessions)) == 1


def test_the_same_paper_in_another_encoding_changes_nothing(importer: Importer, write: Write) -> None:
    importer.take(write(papers.GANSU))
    assert importer.take(write(papers.GANSU, "gb.txt", "gb18030")).result == "unchanged"
    assert importer.take(write(papers.GANSU, "wide.txt", "utf-16")).result == "unchanged"


def test_a_changed_paper_becomes_a_new_version_and_the_old_one_stays_on_record(
    importer: Importer, sessions: sessionmaker[Session], write: Write, encoder: Encoder
) -> None:
    importer.take(write(papers.GANSU))
    revision = catalogue.revision(sessions)
    outcome = importer.take(write(papers.GANSU.replace("1500元", "1800元")))
    assert outcome.result == "new_version"
    old, new = documents(sessions)
    assert [(old.version, old.current), (new.version, new.current)] == [(1, False), (2, True)]
    assert "1500元" in old.text
    assert catalogue.revision(sessions) == revision + 1
    assert not any("1500元" in entry.printed for entry in catalogue.load_entries(sessions))


def test_a_change_taken_back_is_a_third_version(importer: Importer, sessions: sessionmaker[Session], write: Write) -> None:
    for text in (papers.GANSU, papers.GANSU.replace("1500元", "1800元"), papers.GANSU):
        importer.take(write(text))
    assert [(row.version, row.current) for row in documents(sessions)] == [(1, False), (2, False), (3, True)]


def test_papers_with_different_numbers_are_different_papers(importer: Importer, sessions: sessionmaker[Session], write: Write) -> None:
    importer.take(write(papers.GANSU))
    assert importer.take(write(papers.GANSU.replace("18号", "19号").replace("1500元", "900元"))).result == "new"
    assert all(row.current for row in documents(sessions))


def test_untitled_papers_of_one_file_name_in_two_folders_do_not_replace_each_other(
    importer: Importer, sessions: sessionmaker[Session], write: Write
) -> None:
    importer.take(write(papers.LOST, "one/notice.txt"))
    importer.take(write(papers.TORN, "two/notice.txt"))
    assert [row.current for row in documents(sessions)] == [True, True]


def test_damage_and_contradicting_dates_are_told_and_recorded(importer: Importer, sessions: sessionmaker[Session], write: Write) -> None:
    outcome = importer.take(write(papers.TORN))
    assert outcome.damaged_clauses > 0
    assert "缺损" in outcome.detail
    assert "日期前后不一" in outcome.detail
    (document,) = documents(sessions)
    assert (document.date_conflict, "shards" in document.damage) == (True, True)


def test_a_hidden_instruction_is_stored_as_text_and_nothing_else_happens(importer: Importer, sessions: sessionmaker[Session], write: Write) -> None:
    importer.take(write(papers.GANSU))
    importer.take(write(papers.HIDDEN))
    old, new = documents(sessions)
    assert "DROP TABLE documents" in new.text
    assert (old.title, old.region, old.audience) == (new.title, new.region, new.audience)


def test_a_stray_zero_byte_is_no_trouble_for_any_store(importer: Importer, write: Write) -> None:
    assert importer.take(write(papers.GANSU.replace("招聘活动", "招\x00聘活动"))).result == "new"


# Refused, or failed half-way


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "空的"),
        (b"%PDF-1.4 x", "PDF"),
        (bytes(range(256)) * 40, ""),
        (("就业" * 500_000).encode(), "没有换行"),
        ("就业处\n".encode(), "没有中文"),
    ],
    ids=["empty", "pdf", "binary", "one line of 3 MB", "no clauses"],
)
def test_a_refused_file_leaves_nothing_behind(importer: Importer, sessions: sessionmaker[Session], write: Write, content: bytes, reason: str) -> None:
    outcome = importer.take(write(content, "bad.txt"))
    assert (outcome.result, outcome.document_id) == ("refused", None)
    assert "bad.txt" in outcome.detail
    assert reason in outcome.detail
    assert (documents(sessions), clause_count(sessions), catalogue.revision(sessions)) == ([], 0, 0)


def test_a_title_alone_is_refused(importer: Importer, write: Write) -> None:
    assert importer.take(write("甘肃省教育厅关于做好2024届高校毕业生就业服务工作的通知\n")).result == "refused"


def test_a_missing_file_is_refused(importer: Importer, tmp_path: Path) -> None:
    assert importer.take(tmp_path / "nowhere.txt").result == "refused"


def test_a_store_that_fails_in_the_middle_keeps_what_it_had(
    importer: Importer, sessions: sessionmaker[Session], migrated_engine: Engine, write: Write
) -> None:
    importer.take(write(papers.GANSU))
    revision, clauses = catalogue.revision(sessions), clause_count(sessions)

    def fail(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("INSERT INTO clauses"):
            raise OperationalError(statement, {}, Exception("disk full"))

    event.listen(migrated_engine, "before_cursor_execute", fail)
    with pytest.raises(OperationalError):
        importer.take(write(papers.GANSU.replace("1500元", "1800元")))
    event.remove(migrated_engine, "before_cursor_execute", fail)
    (document,) = documents(sessions)
    assert (document.version, document.current) == (1, True)
    assert (catalogue.revision(sessions), clause_count(sessions)) == (revision, clauses)
    assert importer.take(write(papers.GANSU.replace("1500元", "1800元"))).result == "new_version"


class FailingEncoder:
    """An encoder whose weights are gone."""

    name = "failing"
    dimensions = 512

    def encode(self, texts: Sequence[str]) -> Vectors:
        raise MemoryError("no room for the vectors")

    def remembered(self, text: str) -> Vectors | None:
        return None


def test_an_encoder_that_fails_leaves_nothing_behind(sessions: sessionmaker[Session], write: Write) -> None:
    with pytest.raises(MemoryError):
        Importer(sessions, Clock(TODAY), FailingEncoder()).take(write(papers.GANSU))
    assert documents(sessions) == []


def test_many_imports_at_once_leave_one_current_version_of_each_paper(importer: Importer, sessions: sessionmaker[Session], write: Write) -> None:
    importer.take(write(papers.LIST, "first.txt"))
    files = [write(papers.GANSU.replace("18号", f"{number}号").replace("1500元", f"{number}00元"), f"{number}.txt") for number in range(20, 26)]
    with ThreadPoolExecutor(3) as pool:
        outcomes = list(pool.map(importer.take, files))
    assert {outcome.result for outcome in outcomes} == {"new"}
    current = [row.identity for row in documents(sessions) if row.current]
    assert len(current) == len(set(current)) == 7
    assert catalogue.revision(sessions) == 7


# Which files


def gathered(*paths: Path, workplace: Path) -> Gathered:
    workplace.mkdir(exist_ok=True)
    return gather(paths, shared_reader(), workplace)


def test_folders_give_their_files_in_order_and_name_those_that_no_reader_takes(write: Write, tmp_path: Path) -> None:
    for name in ("in/b.txt", "in/a.TXT", "in/sub/c.text", "in/notes.xyz", "in/.hidden.txt", "in/page_files/logo.png"):
        write(papers.LIST, name)
    found = gathered(tmp_path / "in", workplace=tmp_path / "work")
    assert [file.name for file in found.files] == ["a.TXT", "b.txt", "c.text"]
    assert (found.skipped, found.refused) == (["notes.xyz"], [])


def test_a_path_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(DocumentRefused, match="没有这个文件"):
        gathered(tmp_path / "nowhere", workplace=tmp_path / "work")


def test_offsets_of_stored_clauses_point_at_their_printed_text(importer: Importer, sessions: sessionmaker[Session], write: Write) -> None:
    importer.take(write(papers.INJECTED))
    with sessions() as session:
        document = session.scalars(select(Document)).one()
        first = next(clause for clause in document.clauses if clause.path == "一")
        assert fold_with_offsets(document.text[first.start : first.end]).text.startswith("一、转递时限")


def test_how_long_a_paper_holds_is_stored_with_the_phrases(importer: Importer, sessions: sessionmaker[Session], write: Write) -> None:
    importer.take(write(papers.STATUTE.replace("5月1日起施行。", "5月1日起施行，有效期5年。")))
    with sessions() as session:
        row = session.scalars(select(Document)).one()
        assert (row.in_force_from, row.in_force_until, row.trial, row.only_year) == (date(2022, 5, 1), date(2027, 4, 30), False, None)
        assert {entry["kind"] for entry in row.validity} == {"from", "until"}
        assert row.authority == "issuer"


def test_the_search_knows_how_long_a_clause_and_its_paper_hold(
    importer: Importer, sessions: sessionmaker[Session], write: Write, encoder: Encoder
) -> None:
    importer.take(write(papers.STATUTE.replace("不低于2000元。", "不低于2000元，该项补助执行至2024年6月30日。")))
    entries = catalogue.load_entries(sessions)
    assert entries[0].document.truth.in_force_from == date(2022, 5, 1)
    assert {entry.path: entry.until for entry in entries if entry.until} == {"第四条": date(2024, 6, 30)}
