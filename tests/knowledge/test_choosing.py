"""What stands beside a built-in entry: a clause on file that comes near the question, quoted and named for what it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.settings import Settings
from knowledge.service import Knowledge, open_knowledge
from tests.knowledge.conftest import TODAY, Write

RULES = """云岭工程职业学院三方协议管理办法
云岭职院学〔2026〕6号
各学院：
为管好三方协议，制定本办法。
一、领取
凭学生证到大学生活动中心领取，每人一套三份。
二、遗失
三方协议丢了的，先在校园网登遗失声明，满七天以后到活动中心补办，补办以一次为限。
三、毁约
毁约要交回原协议，并附上用人单位的书面同意。
云岭工程职业学院
2026年9月1日
"""


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def knowledge(sessions: sessionmaker[Session], write: Write, tmp_path: Path) -> Iterator[Knowledge]:
    knowledge = open_knowledge(Settings(home=tmp_path / "home"), sessions, Clock(TODAY))
    assert knowledge.importer().take(write(RULES, "rules.txt")).result == "new"
    yield knowledge


def test_a_schools_own_rule_is_quoted_first_whether_it_answers_or_an_entry_does(knowledge: Knowledge) -> None:
    answer = knowledge.answer("三方协议丢了怎么办")

    assert "登遗失声明" in answer.citations[0].quote
    assert "登遗失声明" in answer.text
    if answer.reason == "not_official":
        assert "相近" in answer.text
        assert "region_only" in answer.warnings


def test_what_has_nothing_to_do_with_the_question_is_not_shown_beside_an_entry(knowledge: Knowledge) -> None:
    answer = knowledge.answer("试用期最长可以约定多久")

    assert answer.reason == "not_official"
    assert answer.citations == ()


def test_a_title_is_no_answer_unless_the_paper_itself_is_asked_about(knowledge: Knowledge) -> None:
    rule, paper = knowledge.answer("云岭工程职业学院三方协议毁约要交什么"), knowledge.answer("云岭工程职业学院三方协议管理办法是几号文")

    assert "书面同意" in rule.citations[0].quote
    assert "〔2026〕6号" in paper.citations[0].quote
