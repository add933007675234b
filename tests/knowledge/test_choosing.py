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


PLAN, OFFICES = (
    f"""关于做好2027届毕业生就业工作的通知
教育厅〔2026〕{number}号
各高校：
现就有关事项通知如下。
一、基层项目
{text}
二、其他
各校要把工作做细，做好统计。
某省教育厅
2026年10月8日
"""
    for number, text in ((1, "继续实施“三支一扶”计划，名额比上年增加两成，向乡村医疗倾斜。"), (2, "各校要宣传“三支一扶”计划，做好动员和服务。"))
)


def test_whether_a_programme_goes_on_is_told_with_the_paper_that_names_it_however_many_do(knowledge: Knowledge, write: Write) -> None:
    for name, text in (("plan.txt", PLAN), ("offices.txt", OFFICES)):
        assert knowledge.importer().take(write(text, name)).result == "new"

    answer = knowledge.answer("三支一扶还招不招，名额会不会加")

    assert any("三支一扶" in citation.quote for citation in answer.citations)


def test_a_paper_of_another_programme_is_no_answer(knowledge: Knowledge, write: Write) -> None:
    assert knowledge.importer().take(write(PLAN, "plan.txt")).result == "new"

    assert knowledge.answer("西部计划还招不招，名额会不会加").outcome == "refused"
