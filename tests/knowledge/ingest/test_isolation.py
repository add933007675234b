"""The reading process: its limits hold, its death is a refusal, and the next file finds another."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from knowledge.errors import DocumentRefused
from knowledge.ingest.isolation import HEAVY, LIGHT, IsolatedReader, Limits
from knowledge.ingest.readers import read_content
from tests.knowledge import papers
from tests.knowledge.ingest import office, pages

PAPER = papers.GANSU.encode()
NESTED = b"<html><body>" + b"<div>" * 60_000 + PAPER
"""Takes the parser minutes."""


@pytest.fixture
def reader() -> Iterator[IsolatedReader]:
    own = IsolatedReader()
    yield own
    own.close()


def child_of(reader: IsolatedReader) -> int:
    assert reader._child is not None
    return reader._child.pid


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", PAPER),
        ("a.html", pages.TABLE_PAGE.encode()),
        ("a.xlsx", office.xlsx({"补贴": [["补贴项目", "本科生标准"], ["求职补贴", "每人一千五百元整"], ["租房补贴", "每季度五百元整"]]})),
    ],
)
def test_what_comes_back_is_what_the_reader_gave(reader: IsolatedReader, name: str, content: bytes) -> None:
    assert reader.read(name, content) == read_content(name, content)


def test_one_process_serves_many_files(reader: IsolatedReader) -> None:
    reader.read("a.txt", PAPER)
    first = child_of(reader)
    with pytest.raises(DocumentRefused, match="空的"):
        reader.read("b.txt", b"")
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(lambda number: reader.read(f"{number}.txt", PAPER).checksum, range(20)))) == 1
    assert child_of(reader) == first


def test_a_process_that_died_between_two_files_is_replaced(reader: IsolatedReader) -> None:
    reader.read("a.txt", PAPER)
    os.kill(child_of(reader), signal.SIGKILL)
    assert reader.read("b.txt", PAPER).text


@pytest.mark.parametrize("limits", [Limits(1024**3, 1, 60), Limits(1024**3, 60, 2)], ids=["processor time", "time by the clock"])
def test_a_file_that_takes_too_long_is_refused_and_the_next_one_is_read(limits: Limits) -> None:
    reader = IsolatedReader(light=limits)
    try:
        with pytest.raises(DocumentRefused, match="太复杂"):
            reader.read("deep.html", NESTED)
        assert reader.read("a.txt", PAPER).text
    finally:
        reader.close()


def test_a_file_that_needs_too_much_memory_is_refused_and_the_next_one_is_read() -> None:
    reader = IsolatedReader(light=Limits(48 * 1024 * 1024, 60, 60))
    try:
        with pytest.raises(DocumentRefused, match="太复杂"):
            reader.read("big.html", b"<html><body>" + b"<p>a<b>b</b>" * 600_000 + PAPER)
        assert reader.read("a.txt", PAPER).text
    finally:
        reader.close()


def test_the_process_knows_none_of_our_settings(reader: IsolatedReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:hidden@nowhere/db")
    monkeypatch.setenv("ZHIWEN_SECRET", "hidden")
    reader.read("a.txt", PAPER)
    with open(f"/proc/{child_of(reader)}/environ", encoding="utf-8") as environment:
        assert "hidden" not in environment.read()


def test_a_closed_reader_leaves_no_process_and_starts_another_when_asked(reader: IsolatedReader) -> None:
    reader.read("a.txt", PAPER)
    first = child_of(reader)
    reader.close()
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
    assert reader.read("a.txt", PAPER).text


def test_text_recognition_is_given_more_than_anything_else() -> None:
    assert HEAVY.memory > 2 * 1024**3 >= LIGHT.memory
    assert HEAVY.seconds > LIGHT.seconds
