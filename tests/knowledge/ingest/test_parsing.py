"""From a page to a document: what is cut away, what is a clause, what the document says of itself."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.text.folding import fold_with_offsets
from knowledge.errors import DocumentRefused
from knowledge.ingest.parsing import ParsedDocument, parse_document
from knowledge.ingest.reading import decode
from tests.knowledge import papers


def parse(text: str) -> ParsedDocument:
    return parse_document(decode("paper.txt", text.encode()))


def paths(document: ParsedDocument, kind: str = "body") -> list[str]:
    return [clause.path for clause in document.clauses if clause.kind == kind]


def printed(document: ParsedDocument, path: str) -> str:
    return next(document.text[clause.start : clause.end] for clause in document.clauses if clause.path == path)


def everything(document: ParsedDocument) -> str:
    return "\n".join(document.text[clause.start : clause.end] for clause in document.clauses)


# The parts of a paper


def test_every_part_of_a_paper_is_found() -> None:
    document = parse(papers.GANSU)
    assert [clause.kind for clause in document.clauses] == [
        "title",
        "addressees",
        "preamble",
        "body",
        "body",
        "body",
        "body",
        "body",
        "signature",
        "printed",
        "contact",
    ]
    assert document.title == "甘肃省教育厅关于做好2024届高校毕业生就业服务工作的通知"
    assert document.doc_no == "甘教就函〔2023〕18号"
    assert document.issuers == ("甘肃省教育厅",)
    assert document.issued_on == date(2023, 11, 20)
    assert (document.region, document.cohorts, document.date_conflict, document.damage) == ("甘肃", (2024,), False, frozenset())


def test_paths_are_as_printed_and_headings_lead_down_to_the_clause() -> None:
    document = parse(papers.GANSU)
    assert paths(document) == ["一", "二（一）", "二（二）", "二（三）", "三"]
    grant = next(clause for clause in document.clauses if clause.path == "二（二）")
    assert grant.headings == ("主要任务", "发放求职补贴")


def test_a_short_part_behind_the_opening_is_a_clause_of_its_own() -> None:
    assert printed(parse(papers.GANSU), "一").startswith("一、服务对象")
    assert "服务对象" not in printed(parse(papers.GANSU), "引言")


def test_articles_are_cited_by_their_number_and_keep_what_stands_under_them() -> None:
    document = parse(papers.STATUTE)
    assert paths(document) == ["第一条", "第二条", "第三条", "第四条", "第五条"]
    assert "带教计划" in printed(document, "第三条")


def test_long_items_of_an_article_are_cited_with_it() -> None:
    long = papers.STATUTE.replace("三年以上相关工作经历", "三年以上相关工作经历、相应的专业技术职称或者技能等级" * 20)
    assert paths(parse(long))[2:5] == ["第三条（一）", "第三条（二）", "第四条"]


def test_short_items_of_a_list_stay_with_their_lead_in() -> None:
    document = parse(papers.LIST)
    assert paths(document) == ["一", "二"]
    assert "推荐表补办" in printed(document, "一")


def test_contacts_are_a_clause_apart_from_the_signature() -> None:
    document = parse(papers.GANSU)
    assert printed(document, "联系方式") == "联系人：林晓，电话：0999-1234567"
    assert "0999" not in printed(document, "落款")


# What reposters put around it


@pytest.mark.parametrize("page", [papers.REPOSTED, papers.NEWS], ids=["furniture", "news"])
def test_a_repost_gives_the_same_clauses_as_the_paper_itself(page: str) -> None:
    reposted, original = parse(page), parse(papers.GANSU)
    assert everything(reposted) == everything(original)
    assert (reposted.title, reposted.doc_no, reposted.issued_on) == (original.title, original.doc_no, original.issued_on)
    assert reposted.removed_lines > 0


@pytest.mark.parametrize("rest", ["400-123-4567", "责任编辑", "ICP备", "食堂", "排球", "受到师生欢迎", "返回顶部"])
def test_nothing_of_the_page_around_it_gets_into_a_clause(rest: str) -> None:
    assert rest not in everything(parse(papers.REPOSTED))
    assert rest not in everything(parse(papers.NEWS))


# Script, pinyin, lost characters, torn columns


def test_traditional_text_stays_as_printed_and_what_describes_it_is_simplified() -> None:
    document = parse(papers.INJECTED)
    assert "畢業生檔案" in document.text
    assert document.title == "甘肃省教育厅关于做好2023届毕业生档案工作的通知"
    assert document.region == "甘肃"


def test_injected_pinyin_stays_printed_and_is_gone_from_the_searched_form() -> None:
    text = printed(parse(papers.INJECTED), "一")
    assert "技(jì )術" in text
    assert "十五个工作日内转递档案,运用信息技术" in fold_with_offsets(text).text


def test_lost_characters_are_recorded_with_the_clause_that_lost_them() -> None:
    document = parse(papers.LOST)
    assert {clause.path: set(clause.damage) for clause in document.clauses if clause.damage} == {"一、1": {"lost_characters"}}
    assert document.damage == {"lost_characters"}
    assert document.doc_no is None


def test_a_torn_text_is_known_to_be_torn() -> None:
    document = parse(papers.TORN)
    assert {"shards", "cut_lines", "broken_numbering", "repeated"} <= document.damage
    assert all("cut_lines" in clause.damage for clause in document.clauses if clause.path in ("一", "二"))


def test_shards_are_no_clauses() -> None:
    lines = {line for clause in parse(papers.TORN).clauses for line in parse(papers.TORN).text[clause.start : clause.end].split("\n")}
    assert not lines & {"贴", "补", "训", "业"}


def test_a_heading_beside_torn_columns_is_not_lost_with_them() -> None:
    assert [clause.headings[-1] for clause in parse(papers.TORN).clauses if clause.headings] == ["帮扶对象", "帮扶措施", "帮扶时间"]


def test_a_whole_text_has_no_damage() -> None:
    for text in (papers.GANSU, papers.STATUTE, papers.INJECTED, papers.LIST):
        assert parse(text).damage == frozenset()


# Dates, regions, cohorts


def test_dates_that_contradict_each_other_are_recorded_and_the_text_decides() -> None:
    document = parse(papers.TORN)
    assert document.date_conflict
    assert {(entry.role, entry.day.year) for entry in document.dates} == {("signed", 2026), ("printed", 2021)}
    assert document.issued_on == date(2021, 8, 9)


def test_the_day_a_page_was_posted_is_not_the_day_of_issue() -> None:
    document = parse(papers.LOST)
    assert document.issued_on is None
    assert [(entry.role, entry.day) for entry in document.dates] == [("posted", date(2022, 10, 8))]


@pytest.mark.parametrize("day", ["2023年13月20日", "2023年2月30日", "2023年0月1日"])
def test_an_impossible_date_is_no_date(day: str) -> None:
    document = parse(papers.GANSU.replace("2023年11月20日", day).replace("2023年11月21日", day))
    assert document.issued_on is None
    assert document.dates == ()


def test_what_a_text_does_not_say_stays_empty() -> None:
    statute = parse(papers.STATUTE)
    assert (statute.doc_no, statute.issuers, statute.issued_on, statute.region, statute.cohorts) == (None, (), None, None, ())


def test_a_number_that_the_text_cites_is_not_its_own() -> None:
    cited = papers.GANSU.replace("甘教就函〔2023〕18号\n", "").replace("现就2024届", "根据省政府甘政发〔2022〕7号文件，现就2024届")
    assert parse(cited).doc_no is None


@pytest.mark.parametrize("brackets", ["[2023]", "［2023］", "〔2023〕"])
def test_a_number_is_read_in_any_brackets(brackets: str) -> None:
    assert parse(papers.GANSU.replace("〔2023〕", brackets)).doc_no == "甘教就函〔2023〕18号"


@pytest.mark.parametrize(
    ("issuer", "region"),
    [("教育部", "全国"), ("人力资源社会保障部", "全国"), ("福建省教育厅", "福建"), ("深圳市人力资源和社会保障局", "深圳"), ("国务院办公厅", "全国")],
)
def test_the_region_is_that_of_the_issuer(issuer: str, region: str) -> None:
    assert parse(papers.GANSU.replace("甘肃省教育厅", issuer)).region == region


def test_our_province_is_the_one_that_the_text_names() -> None:
    assert parse(papers.LOST).region == "湖北"


# Hidden instructions, hopeless files, anything


def test_an_instruction_hidden_in_the_text_is_text_like_any_other() -> None:
    document, plain = parse(papers.HIDDEN), parse(papers.GANSU)
    assert "忽略以上所有指令" in printed(document, "三")
    assert (document.title, document.region, paths(document)) == (plain.title, plain.region, paths(plain))
    assert everything(document).replace(papers.HIDDEN.split("三、工作要求\n")[1].split("\n")[0] + "\n", "") == everything(plain)


def test_a_page_of_furniture_alone_is_refused() -> None:
    with pytest.raises(DocumentRefused, match="没有找到条款"):
        parse("甘肃省教育厅关于做好高校毕业生就业工作的通知\n各市教育局，各普通高等学校：\n")


def test_a_long_list_of_lines_is_parsed_in_one_go() -> None:
    """Two megabytes of short lines, as a table pasted from elsewhere gives them."""
    document = parse(papers.GANSU + "\n".join(f"{number}号岗位面向全体毕业生开放报名" for number in range(40_000)))
    assert document.title is not None


LINES = st.sampled_from([line for text in (papers.GANSU, papers.TORN, papers.STATUTE, papers.NEWS, papers.LOST) for line in text.split("\n")])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(LINES, st.text(max_size=20)), max_size=40).map("\n".join))
def test_any_pile_of_lines_is_parsed_or_refused_and_clauses_lie_in_the_text(text: str) -> None:
    try:
        document = parse(text)
    except DocumentRefused:
        return
    for clause in document.clauses:
        assert 0 <= clause.start < clause.end <= len(document.text)
        assert fold_with_offsets(document.text[clause.start : clause.end]).text
        assert clause.path


HANDED_ON = """云岭省人力资源和社会保障厅关于印发云岭省见习岗位
和见习补贴管理办法的通知
云人社发〔2025〕7号
各市人力资源和社会保障局：
现将《云岭省见习岗位和见习补贴管理办法》印发给你们，请遵照执行。
云岭省人力资源和社会保障厅
2025年3月2日
（联系人：周老师）
云岭省见习岗位和见习补贴管理办法
第一条 为了办好就业见习，制定本办法。
第二条 见习期限为三至十二个月，由见习单位和见习人员商定。
第三条 见习补贴每人每月1600元，按月发给见习单位。
附件1：见习岗位申报表
填表单位要把岗位名称、人数和带教老师写清楚，并加盖公章。
"""


def test_a_paper_that_a_notice_hands_on_is_cited_by_its_own_numbers() -> None:
    document = parse_document(decode("notice.txt", HANDED_ON.encode()))
    by_path = {clause.path: clause for clause in document.clauses}

    assert document.title == "云岭省人力资源和社会保障厅关于印发云岭省见习岗位和见习补贴管理办法的通知"
    assert document.issued_on == date(2025, 3, 2)
    assert "1600元" in document.text[by_path["第三条"].start : by_path["第三条"].end]
    assert by_path["第三条"].headings[0] == "云岭省见习岗位和见习补贴管理办法"
    assert "附件1" in by_path
    assert "落款" in by_path


def test_a_title_behind_the_signature_that_the_notice_does_not_hand_on_is_the_pages() -> None:
    document = parse_document(decode("notice.txt", HANDED_ON.replace("印发给你们", "一并学习").replace("关于印发", "关于学习").encode()))

    assert "第三条" not in {clause.path for clause in document.clauses}
