"""Which documents may answer for a place: its own and those of the places above it, never another's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.database import Base, create_database_engine, session_factory
from core.settings import Settings
from knowledge.builtin import BuiltIn
from knowledge.search.encoder import Encoder, Vectors, default_encoder
from knowledge.service import Knowledge, open_knowledge
from tests.knowledge.conftest import TODAY

PROVINCE = """浙江省人力资源和社会保障厅关于发放高校毕业生租房补贴的通知
浙人社发〔2026〕3号
各市人力资源和社会保障局：
现将高校毕业生租房补贴有关事项通知如下。
一、补贴标准
毕业两年以内、在本省就业的高校毕业生可以申请租房补贴，标准为每人每月300元，最长十二个月。
二、申请方式
毕业生通过省就业服务平台提交租房合同和社会保险缴费记录。
浙江省人力资源和社会保障厅
2026年2月10日
"""
CITY = """杭州市人力资源和社会保障局关于提高高校毕业生租房补贴的通知
杭人社发〔2026〕8号
各区人力资源和社会保障局：
现将提高高校毕业生租房补贴有关事项通知如下。
一、补贴标准
在杭州就业的高校毕业生租房补贴标准为每人每月500元，最长二十四个月。
二、发放时间
租房补贴每季度末发放一次。
杭州市人力资源和社会保障局
2026年4月2日
"""
OTHER = """四川省人力资源和社会保障厅关于高校毕业生实习补助的通知
川人社发〔2026〕6号
各市人力资源和社会保障局：
现将高校毕业生实习补助有关事项通知如下。
一、补助标准
在企业实习的高校毕业生实习补助标准为每人每月900元，最长六个月。
四川省人力资源和社会保障厅
2026年3月5日
"""
SCHOOL = """宁波示范学院关于办理毕业生离校手续的通知
各二级学院：
现将离校手续办理有关事项通知如下。
一、办理时间
离校手续于2026年6月20日至6月25日在大学生事务中心办理。
宁波示范学院学生工作部
2026年5月6日
"""
NATION = """教育部关于开设毕业生就业指导课程的通知
教学〔2026〕2号
各省、自治区、直辖市教育厅（教委）：
现将就业指导课程有关事项通知如下。
一、课程学时
就业指导课程列为必修课，每名毕业生不少于38学时。
教育部
2026年1月12日
"""
Opened = Callable[..., Knowledge]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Opens a knowledge with just the papers named."""
    home, engines = tmp_path_factory.mktemp("home"), []

    def with_papers(*papers: str, encoder: Encoder | None = None) -> Knowledge:
        folder = tmp_path_factory.mktemp("papers")
        engine = create_database_engine(f"sqlite:///{folder / 'zhiwen.db'}")
        engines.append(engine)
        Base.metadata.create_all(engine)
        sessions: sessionmaker[Session] = session_factory(engine)
        knowledge = open_knowledge(Settings(home=home), sessions, Clock(TODAY))
        if encoder is not None:
            built_in = BuiltIn(home, default_encoder(), Clock(TODAY))
            knowledge = Knowledge(sessions, Clock(TODAY), default_encoder(), built_in, home, encoder)
        for number, text in enumerate(papers):
            path: Path = folder / f"{number}.txt"
            path.write_text(text, encoding="utf-8")
            assert knowledge.importer().take(path).result == "new"
        return knowledge

    yield with_papers
    for engine in engines:
        engine.dispose()


@pytest.fixture(scope="module")
def everything(opened: Opened) -> Knowledge:
    return opened(PROVINCE, CITY, OTHER, SCHOOL)


def test_a_city_is_answered_with_its_own_rule_and_its_provinces(everything: Knowledge) -> None:
    answer = everything.answer("杭州高校毕业生租房补贴标准每月多少钱")
    assert answer.outcome == "answered"
    assert any("500元" in citation.quote for citation in answer.citations)
    assert {citation.region for citation in answer.citations} == {"杭州", "浙江"}


def test_a_sibling_city_is_answered_with_the_provinces_rule(everything: Knowledge) -> None:
    answer = everything.answer("宁波高校毕业生租房补贴标准每月多少钱")
    assert answer.outcome == "answered"
    assert {citation.region for citation in answer.citations} == {"浙江"}
    assert "500元" not in answer.text


def test_a_county_is_answered_with_the_rule_of_its_city(everything: Knowledge) -> None:
    answer = everything.answer("杭州市西湖区高校毕业生租房补贴标准每月多少钱")
    assert answer.outcome == "answered"
    assert {citation.region for citation in answer.citations} == {"杭州", "浙江"}


def test_a_city_without_a_paper_is_answered_with_the_provinces(opened: Opened) -> None:
    answer = opened(PROVINCE, OTHER).answer("杭州高校毕业生租房补贴标准每月多少钱")
    assert answer.outcome == "answered"
    assert answer.citations[0].region == "浙江"
    assert "region_only" in answer.warnings


def test_a_province_with_one_citys_paper_alone_is_told_so(opened: Opened) -> None:
    answer = opened(CITY, OTHER).answer("浙江省高校毕业生租房补贴标准每月多少钱")
    assert (answer.outcome, answer.reason) == ("refused", "wrong_region")
    assert "只适用于杭州" in answer.text
    assert "没有浙江统一的规定" in answer.text


@pytest.mark.parametrize("place", ["成都", "江苏", "南京市鼓楼区", "四川"])
def test_another_places_rule_never_answers(opened: Opened, place: str) -> None:
    answer = opened(PROVINCE, CITY).answer(f"{place}高校毕业生租房补贴标准每月多少钱")
    assert (answer.outcome, answer.reason) == ("refused", "wrong_region")
    assert place[:2] in answer.text


def test_a_schools_own_notice_answers_in_its_city(everything: Knowledge) -> None:
    for question in ("宁波示范学院离校手续什么时候办理", "离校手续什么时候办理", "宁波离校手续什么时候办理"):
        answer = everything.answer(question)
        assert answer.outcome == "answered", question
        assert answer.citations[0].region == "宁波示范学院"
        assert "宁波示范学院" in answer.text


def test_a_schools_own_notice_does_not_answer_elsewhere(everything: Knowledge) -> None:
    answer = everything.answer("杭州离校手续什么时候办理")
    assert answer.outcome == "refused"


# With the place known from the conversation


class _Characters:
    """Another encoder than that of the built-in knowledge, with vectors of another length: which characters a text has."""

    name, dimensions, answering = "characters", 64, True

    def __init__(self) -> None:
        self.questions: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = np.full((len(texts), self.dimensions), 0.01, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[[ord(character) % self.dimensions for character in text]] += 1
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    def encode_question(self, text: str) -> Vectors:
        self.questions.append(text)
        row: Vectors = self.encode([text])[0]
        return row

    def remembered(self, text: str) -> None:
        return None


def test_a_known_place_is_searched_for_with_the_documents_own_encoder(opened: Opened) -> None:
    characters = _Characters()
    knowledge = opened(PROVINCE, CITY, OTHER, encoder=characters)
    question = "高校毕业生实习补助标准每月多少钱"
    knowledge.answer(question, place="杭州")
    assert characters.questions == [question] * 2, "once without the place, and again since another place's clause came first"


def test_a_known_place_does_not_draw_its_own_papers_before_the_nations_rule(opened: Opened) -> None:
    knowledge = opened(PROVINCE, CITY, NATION)
    question = "就业指导课程是必修课吗，要上多少学时"
    for place in ("杭州", "成都", None):
        answer = knowledge.answer(question, place=place)
        assert answer.outcome == "answered", place
        assert "38学时" in answer.citations[0].quote


def test_a_known_place_keeps_other_places_out(opened: Opened) -> None:
    knowledge = opened(PROVINCE, CITY)
    question = "高校毕业生租房补贴标准每月多少钱"
    assert knowledge.answer(question, place="杭州").outcome == "answered"
    elsewhere = knowledge.answer(question, place="成都")
    assert (elsewhere.outcome, elsewhere.reason) == ("refused", "wrong_region")
    assert knowledge.answer("浙江" + question, place="成都").outcome == "answered"


def test_a_place_alone_asks_for_the_nations_rule_there_and_says_what_is_missing(opened: Opened) -> None:
    answer = opened(NATION).answer("那成都呢", previous="就业指导课程要上多少学时")
    assert answer.outcome == "answered"
    assert "38学时" in answer.citations[0].quote
    assert "没有收录成都自己的文件" in answer.text
    assert (answer.place, "成都" in answer.question) == ("成都", True)


def test_without_a_place_a_local_answer_depends_on_it_and_a_national_one_does_not(everything: Knowledge, opened: Opened) -> None:
    local = everything.answer("高校毕业生租房补贴标准每月多少钱")
    assert local.depends_on_place
    assert "浙江" in local.places
    assert not opened(NATION).answer("就业指导课程要上多少学时").depends_on_place


# The benefit that is named


@pytest.mark.parametrize("question", ["实习补助标准每月多少钱", "毕业生实习一个月能发多少补助"])
def test_another_benefit_of_the_place_is_no_answer(everything: Knowledge, question: str) -> None:
    answer = everything.answer(question, place="杭州")

    assert answer.outcome == "refused"
    assert "300元" not in answer.text.split("出处")[0]


def test_a_benefit_that_only_another_place_has_is_told_as_its(opened: Opened) -> None:
    answer = opened(PROVINCE, OTHER).answer("杭州高校毕业生实习补助标准每月多少钱")

    assert (answer.outcome, answer.reason) == ("refused", "wrong_region")
    assert "四川" in answer.text


def test_the_benefit_that_is_named_leads_before_one_worded_alike(opened: Opened) -> None:
    answer = opened(PROVINCE, PROVINCE.replace("租房", "面试路费").replace("3号", "4号").replace("300元", "280元")).answer(
        "浙江的面试交通补助给多少钱"
    )

    assert answer.outcome == "answered"
    assert "280元" in answer.citations[0].quote


def test_a_benefit_in_other_words_is_the_same(everything: Knowledge) -> None:
    assert everything.answer("杭州毕业生租金补助每月多少钱").outcome == "answered"
