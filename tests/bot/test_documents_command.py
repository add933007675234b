"""`zhiwen documents` as it is typed: what is on file, what replaces what, and what a person says of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.clock import Clock
from core.database import create_database_engine, session_factory
from knowledge.ingest.importing import Importer
from tests.bot.typed import Command
from tests.knowledge.conftest import TODAY
from tests.knowledge.papers import GANSU
from tests.knowledge.test_relations import COPY, NEW, NEXT_YEAR, OLD

_command = Command("documents")
run, said = _command.run, _command.said


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def store(command_store: str, tmp_path: Path) -> Path:
    """A store with five papers: an old and a new rule, two years of one notice, a copy with another sum."""
    engine = create_database_engine(command_store)
    importer = Importer(session_factory(engine), Clock(TODAY))
    for number, text in enumerate((OLD, NEW, GANSU, NEXT_YEAR, COPY), 1):
        path = tmp_path / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        assert importer.take(path).document_id == number
    engine.dispose()
    return tmp_path


def row(listed: str, number: int) -> str:
    return next(line for line in listed.splitlines() if re.match(rf"[│┃]\s*{number}\s", line))


def test_the_list_shows_how_each_stands_today(store: Path) -> None:
    listed = said("list")
    assert "已被取代" in row(listed, 1)
    assert "现行" in row(listed, 2)
    assert "仅适用于当年" in row(listed, 3)
    assert "可能已被取代" in row(listed, 3)
    assert "转载件" in row(listed, 5)


def test_one_document_is_shown_with_what_its_standing_rests_on(store: Path) -> None:
    shown = said("show", "2")
    assert "施行：2022-05-01" in shown
    assert "“第五条本办法自2022年5月1日起施行”" in shown
    assert "2 青峰市高校毕业生见习管理办法 取代 1 青峰市高校毕业生见习管理暂行办法" in shown


def test_where_a_copy_s_numbers_differ_the_keepers_are_told(store: Path) -> None:
    assert re.search("原件“.*”写 1500元，转载件“.*”写 5100元", said("show", "5"))


def test_a_person_s_judgement_changes_the_standing(store: Path) -> None:
    number = re.search(r"关系 (\d+)：4 .* 取代 3 ", said("show", "3"))
    assert number
    assert "已确认" in said("confirm", number[1], "--by", "林老师")
    assert "已被取代" in row(said("list"), 3)
    assert "已确认（林老师）" in said("relations", "--all")
    said("reject", number[1], "--by", "林老师")
    assert "取代" not in row(said("list"), 3)


def test_only_what_waits_for_a_person_is_listed(store: Path) -> None:
    assert "标题推断" in said("relations")
    for number in re.findall(r"^[│┃]\s*(\d+)\s", said("relations"), re.MULTILINE):
        said("confirm", number, "--by", "林老师")
    assert "标题推断" not in said("relations")


def test_a_document_is_retired_and_restored(store: Path) -> None:
    said("retire", "2", "--until", "2026-06-30", "--reason", "市里已有新办法")
    assert "已过期" in row(said("list"), 2)
    assert "市里已有新办法" in said("show", "2")
    said("restore", "2")
    assert "现行" in row(said("list"), 2)


@pytest.mark.parametrize("arguments", [["show", "99"], ["confirm", "99"], ["retire", "99", "--until", "2026-06-30", "--reason", "有新办法"]])
def test_a_number_that_is_not_there_is_named(store: Path, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code != 0
    assert "没有编号为 99" in str(result.exception) + result.output
