"""Which clause comes first and what is shown beside it, asked of a knowledge that holds papers at odds with one another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bot import migrate
from core.clock import Clock
from core.database import create_database_engine, session_factory
from core.settings import Settings
from knowledge.answers import texts
from knowledge.answers.audience import for_others
from knowledge.answers.model import Answer
from knowledge.catalogue import raise_revision
from knowledge.models import DocumentRelation
from knowledge.relations import decide
from knowledge.service import Knowledge, open_knowledge, prepare
from tests.knowledge.conftest import TODAY
from tests.knowledge.truth_papers import CITY_QUESTION, CONFLICT_QUESTION, EXPIRED_QUESTION, REPLACED_QUESTION, SCHOOL_QUESTION, TRUTH_PAPERS

Open = Callable[[date], Knowledge]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, sessionmaker[Session]]]:
    home = tmp_path_factory.mktemp("truth")
    prepare(Settings(home=home))
    engine = create_database_engine(f"sqlite:///{home / 'zhiwen.db'}")
    migrate.upgrade(engine)
    sessions = session_factory(engine)
    importer = open_knowledge(Settings(home=home), sessions, Clock(TODAY)).importer()
    for name, text in TRUTH_PAPERS.items():
        (home / name).write_text(text, encoding="utf-8")
        assert importer.take(home / name).result == "new"
    yield home, sessions
    engine.dispose()


@pytest.fixture(scope="module")
def knowledge(store: tuple[Path, sessionmaker[Session]]) -> Knowledge:
    return open_knowledge(Settings(home=store[0]), store[1], Clock(TODAY))


def shown(answer: Answer) -> list[tuple[str, str]]:
    return [(citation.source, citation.status) for citation in answer.citations]


def test_the_newer_rule_comes_first_and_the_old_one_is_told_as_replaced(knowledge: Knowledge) -> None:
    answer = knowledge.answer(REPLACED_QUESTION)
    assert answer.outcome == "answered", answer.text
    assert shown(answer)[:2] == [("new_rule.txt", "in_force"), ("old_rule.txt", "superseded")]
    assert answer.text.index("2100元") < answer.text.index(texts.REPLACED_TOO) < answer.text.index("1300元")
    assert answer.compared is not None
    assert answer.compared.kind == "replaced"
    assert not set(answer.warnings) & {"superseded", "expired"}


def test_whoever_asks_for_the_old_rule_by_name_hears_first_that_it_is_replaced(knowledge: Knowledge) -> None:
    answer = knowledge.answer("甘肃省高校毕业生就业见习管理暂行办法规定每月生活补助多少钱")
    assert shown(answer)[:2] == [("old_rule.txt", "superseded"), ("new_rule.txt", "in_force")]
    assert "superseded" in answer.warnings
    assert answer.text.startswith("注意：下面这份文件已被《甘肃省高校毕业生就业见习管理办法》（甘人社规〔2024〕9号）取代")
    assert answer.notices == (answer.text.splitlines()[0],)
    assert answer.citations[0].replaced_by is not None
    assert answer.citations[0].replaced_by["certain"] is True


def test_before_the_newer_rule_took_effect_the_old_one_held(store: tuple[Path, sessionmaker[Session]]) -> None:
    answer = open_knowledge(Settings(home=store[0]), store[1], Clock(date(2024, 6, 30))).answer(REPLACED_QUESTION)
    assert shown(answer)[:2] == [("old_rule.txt", "trial"), ("new_rule.txt", "not_yet_in_force")]
    assert "自2024年7月1日起将由" in answer.text
    assert "superseded" not in answer.warnings


def test_a_city_s_rule_stands_above_its_province_s_and_both_are_told(knowledge: Knowledge) -> None:
    answer = knowledge.answer(CITY_QUESTION)
    assert [source for source, _ in shown(answer)][:2] == ["city.txt", "province.txt"]
    assert answer.text.index("1100元") < answer.text.index("湖南另有规定") < answer.text.index("600元")
    assert "conflict" not in answer.warnings
    assert answer.compared is not None
    assert answer.compared.kind == "wider"


def test_an_expired_rule_says_so_before_anything_else(knowledge: Knowledge) -> None:
    answer = knowledge.answer(EXPIRED_QUESTION)
    assert shown(answer)[0] == ("expired.txt", "expired")
    assert "expired" in answer.warnings
    assert answer.text.startswith("注意：下面这份文件的有效期到2025年8月31日为止")
    assert answer.citations[0].in_force_until == "2025-08-31"


def test_the_same_rule_was_in_force_on_its_last_day(store: tuple[Path, sessionmaker[Session]]) -> None:
    answer = open_knowledge(Settings(home=store[0]), store[1], Clock(date(2025, 8, 31))).answer(EXPIRED_QUESTION)
    assert shown(answer)[0] == ("expired.txt", "in_force")
    assert "expired" not in answer.warnings
    assert texts.HOLDS_UNTIL.format(until="2025年8月31日") in answer.text


def test_two_papers_that_disagree_are_both_told_the_newer_first(knowledge: Knowledge) -> None:
    answer = knowledge.answer(CONFLICT_QUESTION)
    assert [source for source, _ in shown(answer)][:2] == ["says_other.txt", "says_one.txt"]
    assert "conflict" in answer.warnings
    assert answer.text.startswith(texts.CONFLICT)
    assert "2026年4月20日" in answer.text
    assert answer.text.index("1500元") < answer.text.index("1000元")


def test_a_copy_is_not_cited_beside_its_original(knowledge: Knowledge) -> None:
    answer = knowledge.answer(CONFLICT_QUESTION)
    assert "repost.txt" not in [source for source, _ in shown(answer)]
    assert "1800元" not in answer.text


def test_where_only_the_copy_matches_it_says_that_it_is_one(store: tuple[Path, sessionmaker[Session]], knowledge: Knowledge) -> None:
    answer = knowledge.answer("陕西求职补贴是直接打卡发放吗")
    cited = next((citation for citation in answer.citations if citation.source == "repost.txt"), None)
    if cited is None:  # the original answers it as well
        assert "says_other.txt" in [source for source, _ in shown(answer)]
    else:
        assert cited.copy_of is not None
        assert texts.COPY in answer.text


@pytest.mark.parametrize(("asked", "fact"), [("云南本科生安家费多少钱", "9000元"), ("云南博士安家费多少钱", "60000元")])
def test_the_clause_for_the_group_that_asks_comes_first(knowledge: Knowledge, asked: str, fact: str) -> None:
    assert fact in knowledge.answer(asked).text.split(texts.SOURCE_HEAD)[0]


@pytest.mark.parametrize(
    ("question", "sentence", "groups"),
    [
        ("专科生能领多少", "对博士毕业生每人发放六万元。", "博士"),
        ("研究生能领多少", "对硕士毕业生每人发放两万元。", ""),
        ("本科生能领多少", "对本科、专科毕业生每人发放一千元。", ""),
        ("能领多少", "对博士毕业生每人发放六万元。", ""),
        ("残疾毕业生能领吗", "低保家庭毕业生可以申请。", "低保家庭"),
        ("外地户籍能申请吗", "本市户籍毕业生可以申请。", "本地户籍"),
        ("专科生能领多少", "各类毕业生，含博士，均可申请。", ""),
    ],
)
def test_whom_a_sentence_is_for(question: str, sentence: str, groups: str) -> None:
    assert for_others(question, sentence) == groups


def test_another_province_s_clause_is_not_shown(knowledge: Knowledge) -> None:
    for question in (CITY_QUESTION, CONFLICT_QUESTION, REPLACED_QUESTION, EXPIRED_QUESTION):
        assert len({citation.region for citation in knowledge.answer(question).citations} - {None, "全国", "长沙"}) == 1


def test_a_person_who_rejects_a_relation_makes_two_rules_of_it(store: tuple[Path, sessionmaker[Session]]) -> None:
    home, sessions = store
    with sessions.begin() as session:
        relation = session.scalars(select(DocumentRelation).where(DocumentRelation.kind == "supersedes")).one()
        decide(session, relation, "rejected", "林老师", Clock(TODAY).now())
        raise_revision(session)
    try:
        answer = open_knowledge(Settings(home=home), sessions, Clock(TODAY)).answer(REPLACED_QUESTION)
        assert "conflict" in answer.warnings
        assert answer.text.index("2100元") < answer.text.index("1300元")
    finally:
        with sessions.begin() as session:
            decide(session, session.get_one(DocumentRelation, relation.id), "confirmed", "林老师", Clock(TODAY).now())
            raise_revision(session)


def test_an_answer_begins_with_what_is_said_not_with_its_number_and_heading(knowledge: Knowledge) -> None:
    assert knowledge.answer("云南本科生安家费多少钱").text.startswith("来滇就业的本科毕业生")
    assert "第二条" not in knowledge.answer(EXPIRED_QUESTION).text.split(texts.SOURCE_HEAD)[0]


def test_only_topics_are_offered_as_further_questions(knowledge: Knowledge) -> None:
    for question in (REPLACED_QUESTION, EXPIRED_QUESTION, CONFLICT_QUESTION):
        assert not [suggestion for suggestion in knowledge.answer(question).suggestions if "本办法" in suggestion]


def test_the_paper_of_the_school_that_is_named_goes_before_those_of_provinces(knowledge: Knowledge) -> None:
    answer = knowledge.answer(SCHOOL_QUESTION)
    assert answer.outcome == "answered", answer.text
    assert shown(answer)[0] == ("school.txt", "in_force")
    assert "1350元" in answer.citations[0].quote
