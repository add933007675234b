"""A school's own entries over the built-in ones: replaced, added, retired, checked, followed; a broken file harms nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.settings import Settings
from knowledge.pack.overrides import load_overrides, stamp
from knowledge.pack.schema import load_entries
from knowledge.service import Knowledge, open_knowledge

TODAY = date(2026, 12, 1)
REPLACED = "probation_training-01"
Put = Callable[..., Path]


def record(**changes: Any) -> dict[str, Any]:
    """A school's entry as it would stand in a file, with changes; None takes a field out."""
    sound: dict[str, Any] = {
        "id": "archive-90",
        "topic": "archive",
        "title": "本校毕业生档案在哪里取",
        "questions": ["示范学院的档案室在哪里", "学校档案室几点开门"],
        "answer": "在图书馆三楼档案室，工作日上午办理，带身份证。",
        "decides": "示范学院档案室",
        "region": "长沙",
        "basis": [{"law": "示范学院毕业生档案管理办法", "date": "2026-03-01"}],
        "status": "in_force",
        "confidence": "B",
        "checked_on": "2026-09-01",
        "warnings": ["寒暑假的时间请向档案室核对。"],
        "school": "示范学院",
    }
    return {name: value for name, value in (sound | changes).items() if value is not None}


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write a file of the school's folder."""

    def to_file(*records: dict[str, Any], name: str = "own.yaml", content: bytes | None = None) -> Path:
        path = tmp_path / "pack" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if content is not None else yaml.safe_dump(list(records), allow_unicode=True).encode())
        return path

    return to_file


def test_without_a_folder_nothing_is_overridden(tmp_path: Path) -> None:
    overrides = load_overrides(tmp_path, TODAY)
    assert overrides.applied_to(load_entries()) == load_entries()
    assert overrides.problems == ()
    assert stamp(tmp_path) == ()


def test_an_entry_of_the_same_id_replaces_in_place_a_new_one_is_added_another_retired(tmp_path: Path, put: Put) -> None:
    built_in = load_entries()
    last = built_in[-1].id
    replacing = record(id=REPLACED, topic="probation_training", questions=["示范学院组织见习吗"])
    put(replacing, record(), {"id": last, "retired": True})

    overrides = load_overrides(tmp_path, TODAY)
    entries = overrides.applied_to(built_in)

    assert overrides.problems == ()
    assert dict(overrides.origins) == {REPLACED: "own.yaml", "archive-90": "own.yaml", last: "own.yaml"}
    assert [entry.id for entry in entries] == [*(entry.id for entry in built_in[:-1]), "archive-90"]
    assert {entry.id for entry in entries if entry.school} == {REPLACED, "archive-90"}


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"school": None}, "own.yaml archive-90：school 缺少"),
        ({"answer": None}, "own.yaml archive-90：answer 缺少"),
        ({"colour": "red"}, "own.yaml archive-90：colour 没有这个字段"),
        ({"status": "maybe"}, "own.yaml archive-90：status 只能是"),
        ({"title": "短"}, "own.yaml archive-90：title 太短，至少 4 个字"),
        ({"checked_on": "昨天"}, "own.yaml archive-90：checked_on 日期应写成"),
        ({"checked_on": "2027-01-01"}, "own.yaml archive-90：日期在今天之后"),
        ({"id": "archive"}, "own.yaml archive：id 写法不对"),
        ({"topic": "food", "id": "food-01"}, "own.yaml food-01：没有这个主题"),
        ({"region": "月球"}, "own.yaml archive-90：没有这个地区"),
        ({"questions": []}, "own.yaml archive-90：问法应有"),
        ({"questions": "在哪"}, "own.yaml archive-90：questions 应是列表"),
        ({"basis": []}, "own.yaml archive-90：没有依据"),
        ({"id": REPLACED, "retired": True}, f"own.yaml {REPLACED}：retired 没有这个字段"),
    ],
)
def test_a_fault_is_named_by_file_entry_and_field(tmp_path: Path, put: Put, changes: dict[str, Any], named: str) -> None:
    put(record(**changes))
    overrides = load_overrides(tmp_path, TODAY)
    assert any(named in problem for problem in overrides.problems), overrides.problems
    assert overrides.applied_to(load_entries()) == load_entries()


@pytest.mark.parametrize(
    "content",
    [
        b"- id: [",
        b"\xff\xfe\x00",
        b"just words",
        b"- 1\n- 2",
        b"- id: x\n  checked_on: 2026-02-31",
        b"!!python/object/apply:os.system ['true']",
        b"[" * 20000,
    ],
    ids=["yaml", "bytes", "words", "numbers", "date", "python", "depth"],
)
def test_a_file_that_cannot_be_read_is_left_out_alone(tmp_path: Path, put: Put, content: bytes) -> None:
    put(name="broken.yaml", content=content)
    put(record(), name="sound.yaml")
    overrides = load_overrides(tmp_path, TODAY)
    assert [entry.id for entry in overrides.entries] == ["archive-90"]
    assert overrides.problems
    assert all(problem.startswith("broken.yaml") for problem in overrides.problems)


def test_a_file_of_more_than_a_megabyte_is_left_out(tmp_path: Path, put: Put) -> None:
    put(name="large.yaml", content=b"#" * (1024 * 1024 + 1))
    assert "超过 1 MB" in load_overrides(tmp_path, TODAY).problems[0]


def test_an_id_in_two_files_is_taken_from_the_first(tmp_path: Path, put: Put) -> None:
    put(record(answer="在行政楼一楼档案室办理。"), name="a.yaml")
    put(record(), name="b.yaml")
    overrides = load_overrides(tmp_path, TODAY)
    assert [entry.answer for entry in overrides.entries] == ["在行政楼一楼档案室办理。"]
    assert overrides.problems == ("b.yaml archive-90：编号已写在 a.yaml 里",)


# In the running knowledge


@pytest.fixture
def knowledge(tmp_path: Path, sessions: sessionmaker[Session]) -> Knowledge:
    return open_knowledge(Settings(home=tmp_path), sessions, Clock(TODAY))


def test_a_school_entry_answers_from_the_next_question_on_and_goes_with_its_file(knowledge: Knowledge, put: Put) -> None:
    question = "示范学院的档案室在哪里"
    assert "图书馆三楼" not in knowledge.answer(question).text

    path = put(record(region="全国"))
    answer = knowledge.answer(question)
    assert answer.text.startswith("本校补充（示范学院，2026-09-01）：")
    assert "图书馆三楼" in answer.text
    assert (answer.outcome, answer.reason) == ("refused", "not_official")

    put(record(region="全国", answer="搬到了行政楼一楼，工作日办理。"))
    assert "行政楼一楼" in knowledge.answer(question).text

    path.unlink()
    assert "行政楼一楼" not in knowledge.answer(question).text


def test_a_replaced_entry_is_answered_as_the_school_writes_it_and_a_retired_one_no_more(knowledge: Knowledge, put: Put) -> None:
    entry = next(entry for entry in load_entries() if entry.id == REPLACED)
    question = entry.questions[0]
    assert entry.answer in knowledge.answer(question).text

    put(
        record(
            id=REPLACED,
            topic="probation_training",
            region="全国",
            title=entry.title,
            questions=[*entry.questions],
            answer="本校统一由就业处组织报名。",
        )
    )
    assert "就业处组织报名" in knowledge.answer(question).text

    put({"id": REPLACED, "retired": True})
    assert entry.answer not in knowledge.answer(question).text


def test_a_file_broken_while_running_leaves_the_built_in_answers(knowledge: Knowledge, put: Put) -> None:
    entry = next(entry for entry in load_entries() if entry.id == REPLACED)
    put(name="own.yaml", content=b"- id: [")
    assert entry.answer in knowledge.answer(entry.questions[0]).text
    assert knowledge.ready()


def test_a_school_that_retires_everything_still_gets_answers(knowledge: Knowledge, put: Put) -> None:
    put(*({"id": entry.id, "retired": True} for entry in load_entries()))
    assert knowledge.answer("试用期最长可以约定几个月").text
