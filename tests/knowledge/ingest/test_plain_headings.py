"""Papers without numbers: bare names and questions are headings, and the first line names the paper."""

from __future__ import annotations

from knowledge.ingest.parsing import ParsedDocument, parse_document
from knowledge.ingest.reading import decode

PROGRAMMES = """云岭市就业补贴一览

租房补贴
政策内容：毕业两年以内在本市就业并租房的毕业生，每月补贴600元，最长24个月。
申请渠道：云岭市人才服务中心

面试路费补贴
政策内容：来本市参加面试的毕业生，凭车票领取补贴200元，一年一次。
申请渠道：各区人才服务窗口
"""

QUESTIONS = """青禾学院就业问答
问：三方协议在哪里领？
答：到就业指导中心领取，每人一份，领取时带学生证。
问：协议丢了怎么办？
答：到就业指导中心补办，需要用人单位出具证明。
"""


def parsed(text: str) -> ParsedDocument:
    return parse_document(decode("paper.txt", text.encode()))


def clauses(text: str) -> dict[str, str]:
    document = parsed(text)
    return {clause.headings[-1]: document.text[clause.start : clause.end] for clause in document.clauses if clause.headings}


def test_each_programme_is_a_clause_under_its_name() -> None:
    found = clauses(PROGRAMMES)

    assert list(found) == ["租房补贴", "面试路费补贴"]
    assert "600元" in found["租房补贴"]
    assert "200元" not in found["租房补贴"]


def test_question_and_answer_stay_together() -> None:
    found = clauses(QUESTIONS)

    assert len(found) == 2
    assert "学生证" in found["问:三方协议在哪里领?"]
    assert "用人单位" in found["问:协议丢了怎么办?"]


def test_the_first_line_names_the_paper() -> None:
    assert parsed(PROGRAMMES).title == "云岭市就业补贴一览"
    assert parsed(QUESTIONS).title == "青禾学院就业问答"


def test_one_short_line_is_no_habit() -> None:
    text = "各位同学要在月底以前把登记表交给辅导员，逾期不再受理。\n\n特别提醒\n表格要本人签名，并且附上身份证的复印件，缺一样都会退回。\n"

    assert clauses(text) == {}


def test_numbered_papers_keep_to_their_numbers() -> None:
    numbered = "一、对象\n毕业生都可以申请，没有户籍的限制，在读学生不行。\n\n二、标准\n每人每月补贴五百元，发到本人的社保卡里面。\n\n"
    plain = "特别提醒\n表格要本人签名并附上身份证的复印件，缺一样都会退回。\n\n另外说明\n解释权在市人才中心，电话在本市网站上可以查到。\n"

    assert set(clauses(numbered + plain)) == {"对象", "标准"}
