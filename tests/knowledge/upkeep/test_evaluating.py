"""Sets of questions: what can be judged is judged, what cannot be read is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.answers.model import Answer, Citation
from knowledge.errors import SetInvalid
from knowledge.upkeep.evaluating import Row, evaluate, read_set, shares


class Scripted:
    """Answers from a script and remembers what it was asked."""

    def __init__(self, **answers: Answer) -> None:
        self._answers = answers
        self.asked: list[tuple[str, str | None]] = []

    def answer(self, text: str, previous: str | None = None) -> Answer:
        self.asked.append((text, previous))
        return self._answers.get(text, Answer("refused", "no_source", "没有"))


def cited(*quotes: str, warnings: tuple[str, ...] = ()) -> Answer:
    citations = tuple(Citation("1", "通知", None, None, None, None, "in_force", "一", quote, "a.txt") for quote in quotes)
    return Answer("answered", None, "答", warnings, citations)


def judge(answers: dict[str, Answer], *rows: Row) -> list[dict[str, bool]]:
    return [result.measures for result in evaluate(Scripted(**answers), rows)]


def written(tmp_path: Path, *records: Any) -> Path:
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8")
    return path


def test_the_first_citation_and_the_first_three_are_told_apart() -> None:
    answers = {"甲": cited("每人1500元"), "乙": cited("别的", "每人 1500 元"), "丙": cited("别的", "别的", "别的", "每人1500元")}
    rows = [Row(name, "answer_with_citation", ("1500元",)) for name in "甲乙丙"]

    assert judge(answers, *rows) == [
        {"cited_first": True, "cited_in_three": True},
        {"cited_first": False, "cited_in_three": True},
        {"cited_first": False, "cited_in_three": False},
    ]


def test_all_cells_of_a_table_must_stand_in_one_quote() -> None:
    row = Row("甲", "answer_with_citation", ("本科", "1000元"))

    assert judge({"甲": cited("学历：本科", "标准：1000元")}, row)[0]["cited_in_three"] is False
    assert judge({"甲": cited("学历：本科；标准：1000元")}, row)[0]["cited_first"] is True


def test_script_and_blanks_do_not_matter() -> None:
    assert judge({"甲": cited("發放補 貼")}, Row("甲", "answer_with_citation", ("发放补贴",)))[0]["cited_first"]


def test_a_refusal_is_right_whatever_is_shown_nearby_and_its_reason_counts() -> None:
    answers = {"甲": Answer("refused", "wrong_region", "没有"), "乙": cited("硬答")}

    assert judge(answers, Row("甲", "refuse_wrong_region"), Row("乙", "refuse_no_source")) == [
        {"refused": True, "reason_named": True},
        {"refused": False},
    ]


def test_damage_must_be_said() -> None:
    answers = {"甲": cited("每人1500元", warnings=("damaged",)), "乙": cited("每人1500元")}
    rows = [Row(name, "answer_with_damage_warning", ("1500元",)) for name in "甲乙"]

    assert [measures["warned_of_damage"] for measures in judge(answers, *rows)] == [True, False]


def test_a_follow_up_is_asked_after_its_context() -> None:
    scripted = Scripted()

    list(evaluate(scripted, [Row("那今年呢", "answer_with_citation", ("x",), ("去年补贴多少",))]))

    assert scripted.asked == [("去年补贴多少", None), ("那今年呢", "去年补贴多少")]


def test_shares_leave_out_what_applies_to_nothing() -> None:
    results = list(evaluate(Scripted(), [Row("甲", "refuse_no_source"), Row("乙", "answer_with_citation", ("x",))]))

    assert shares(results) == {"cited_first": (0, 1), "cited_in_three": (0, 1), "refused": (1, 1)}


def test_rows_of_other_kinds_are_left_out(tmp_path: Path) -> None:
    path = written(
        tmp_path, {"question": "你好", "expected": "chitchat_reply"}, {"question": "甲", "expected": "answer_with_citation", "gold_span": "学历 | 元"}
    )

    assert read_set(path) == [Row("甲", "answer_with_citation", ("学历", "元"))]


@pytest.mark.parametrize(
    ("records", "words"),
    [
        (['{"question": "甲", "expected"'], "第 1 行"),
        ([{"question": "甲", "expected": "refuse"}, {"question": 3, "expected": "refuse"}], "第 2 行"),
        ([["甲"]], "第 1 行"),
        ([{"question": "你好", "expected": "chitchat_reply"}], "没有可评测的问题"),
        ([""], "没有可评测的问题"),
    ],
)
def test_a_set_that_cannot_be_read_is_named(tmp_path: Path, records: list[Any], words: str) -> None:
    with pytest.raises(SetInvalid, match=words):
        read_set(written(tmp_path, *records))


def test_a_set_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetInvalid, match="读不到"):
        read_set(tmp_path / "none.jsonl")
