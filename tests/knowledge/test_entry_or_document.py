"""Which is told, a clause on file or a built-in entry; and the articles that an entry rests on, quoted where they are on file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot import migrate
from core.clock import Clock
from core.database import create_database_engine, session_factory
from core.settings import Settings
from knowledge.service import Knowledge, open_knowledge
from tests.knowledge.conftest import TODAY

LABOUR = """中华人民共和国劳动合同法

2007年6月29日第十届全国人民代表大会常务委员会第二十八次会议通过

第十九条 劳动合同期限三个月以上不满一年的，试用期不得超过一个月；三年以上固定期限的劳动合同，试用期不得超过六个月。
第二十一条 在试用期中，除本法另有规定外，用人单位不得解除劳动合同。
第二十二条 用人单位为劳动者提供专项培训费用的，可以与该劳动者订立协议，约定服务期。
"""
RECORDS = """中华人民共和国档案法

1987年9月5日第六届全国人民代表大会常务委员会第二十二次会议通过

第八条 国家加强档案相关专业人才培养，支持高等院校、职业学校设立档案学等相关专业。
第二十一条 鉴定档案保存价值的原则、保管期限的标准以及销毁档案的程序和办法，由国家档案主管部门制定。禁止擅自销毁档案。
"""
SCHOOL = """清河大学关于毕业生就业协议书管理的通知
各学院：
一、遗失补办
三方协议弄丢的，毕业生凭签约单位同意补办的函到就业指导中心申请，五个工作日内补发一份。
二、领取
每名毕业生只领取一份就业协议书。
清河大学
2026年10月8日
"""


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    """A knowledge that holds two laws and a school's notice."""
    folder = tmp_path_factory.mktemp("papers")
    engine = create_database_engine(f"sqlite:///{folder / 'zhiwen.db'}")
    migrate.upgrade(engine)
    knowledge = open_knowledge(Settings(home=folder), session_factory(engine), Clock(TODAY))
    for name, text in (("labour.txt", LABOUR), ("records.txt", RECORDS), ("school.txt", SCHOOL)):
        (folder / name).write_text(text, encoding="utf-8")
        assert knowledge.importer().take(folder / name).result == "new"
    yield knowledge
    engine.dispose()


def test_an_article_of_another_law_gives_way_to_the_entry(knowledge: Knowledge) -> None:
    answer = knowledge.answer("毕业后档案放哪里")
    assert (answer.outcome, answer.reason) == ("refused", "not_official")
    assert "公共就业和人才服务机构" in answer.text
    assert "档案学" not in answer.text


def test_the_articles_that_an_entry_rests_on_are_quoted_when_they_are_on_file(knowledge: Knowledge) -> None:
    answer = knowledge.answer("公司培训过我，离职要赔多少培训费")
    assert answer.reason == "not_official"
    assert answer.citations[0].clause == "第二十二条"
    assert "约定服务期" in answer.citations[0].quote
    assert "原文" in answer.text


def test_an_article_that_the_entry_rests_on_answers_itself(knowledge: Knowledge) -> None:
    answer = knowledge.answer("三年期劳动合同的试用期最长几个月")
    assert (answer.citations[0].title, answer.citations[0].clause) == ("中华人民共和国劳动合同法", "第十九条")


def test_a_schools_own_paper_goes_before_what_is_known_in_general(knowledge: Knowledge) -> None:
    answer = knowledge.answer("三方协议弄丢了怎么补办")
    assert answer.outcome == "answered"
    assert "五个工作日" in answer.text


def test_a_single_page_is_never_told_as_settled_even_where_a_law_on_file_says_something_near(knowledge: Knowledge) -> None:
    answer = knowledge.answer("没档案能考公务员吗")
    assert answer.text.startswith("需核实")
    assert "转人工" in answer.text
