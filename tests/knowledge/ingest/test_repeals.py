"""What a paper says that it replaces, in sentences of our own; and titles told apart from their years."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.ingest.repeals import find_replaced
from knowledge.ingest.titles import bare, series, spellings, title_years

Found = list[tuple[str, str | None, str | None]]


def replaced(*clauses: str, title: str = "星海省见习管理办法") -> Found:
    return [(named.kind, named.title, named.doc_no) for named in find_replaced(title, clauses)]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("本办法自2024年5月1日起施行。《星海省见习暂行办法》同时废止。", [("supersedes", "星海省见习暂行办法", None)]),
        (
            "原《见习补贴发放办法》（星人社发〔2019〕7号）自本办法施行之日起停止执行。",
            [("supersedes", "见习补贴发放办法", "星人社发〔2019〕7号")],
        ),
        (
            "《甲办法》（星教〔2018〕3号）、《乙办法》（星教〔2019〕4号）同时废止。",
            [("supersedes", "甲办法", "星教〔2018〕3号"), ("supersedes", "乙办法", "星教〔2019〕4号")],
        ),
        ("原星教〔2017〕21号文件同时废止。", [("supersedes", None, "星教〔2017〕21号")]),
        ("本办法代替《见习工作规程》。", [("supersedes", "见习工作规程", None)]),
        ("《见习工作规程》由本办法代替。", [("supersedes", "见习工作规程", None)]),
        ("《见习津贴标准》不再执行。", [("supersedes", "见习津贴标准", None)]),
        ("2011年3月2日省政府发布的《星海省见习规定》即行废止。", [("supersedes", "星海省见习规定", None)]),
        ("《轉發〈見習辦法〉的通知》同時廢止。", [("supersedes", "转发〈见习办法〉的通知", None)]),
    ],
)
def test_a_paper_that_goes_is_named(sentence: str, found: Found) -> None:
    assert replaced("第一条 为了规范见习，制定本办法。", sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "根据《星海省就业条例》，原有规定同时废止。",
        "《星海省就业条例》第三条同时废止。",
        "《星海省就业条例》中有关见习期限的规定停止执行。",
        "与《星海省就业条例》不一致的，以本办法为准。",
        "毕业生可以按照《星海省就业条例》申请补贴。",
        "协议书作废的，应当重新签订《就业协议书》。",
    ],
)
def test_a_legal_basis_or_a_part_of_a_paper_ends_no_paper(sentence: str) -> None:
    assert replaced(sentence) == []


def test_a_list_of_repealed_papers_repeals_each_and_spares_what_stays() -> None:
    found = replaced(
        "经清理，决定宣布失效下列文件：",
        "1. 《星海省招聘会管理办法》（星教〔2012〕8号）",
        "2. 《星海省档案转递细则》（星教〔2013〕9号）",
        "以下文件继续有效：",
        "1. 《星海省见习办法》（星教〔2020〕2号）",
        title="星海省教育厅关于宣布失效一批文件的通知",
    )
    assert found == [("repeals", "星海省招聘会管理办法", "星教〔2012〕8号"), ("repeals", "星海省档案转递细则", "星教〔2013〕9号")]


@given(st.text(alphabet="《》〈〉（）同时废止代替下列文件：。；〔2019〕7号星教", max_size=80))
def test_no_sentence_breaks_the_reading(sentence: str) -> None:
    assert isinstance(find_replaced(sentence, [sentence]), list)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("星海省教育厅关于做好2024届毕业生就业工作的通知", "星海省教育厅关于做好2025届毕业生就业工作的通知"),
        ("关于开展第三届星海省职业规划大赛的通知", "关于开展第四届星海省职业规划大赛的通知"),
        ("中华人民共和国学徒法", "学徒法"),
        ("星海省学徒条例（2013年修订）", "星海省学徒条例"),
    ],
)
def test_papers_of_one_series_share_their_title_without_the_year(one: str, other: str) -> None:
    assert series(one, ["星海省教育厅"], None) == series(other, ["星海省教育厅"], None) is not None


def test_papers_of_different_issuers_are_no_series() -> None:
    assert series("2024届毕业生就业服务安排", ["甲大学"], None) != series("2025届毕业生就业服务安排", ["乙大学"], None)
    assert series("2024届毕业生就业服务安排", [], None) is None
    assert series(None, ["甲大学"], None) is None


def test_a_title_may_be_named_in_several_ways() -> None:
    names = spellings("星海省教育厅关于印发《见习管理办法》的通知")
    assert {"见习管理办法", "关于印发见习管理办法的通知"} <= set(names)
    assert bare("《中华人民共和国学徒法》") == "学徒法"
    assert title_years("关于2024—2025学年安排的通知（2026年修订）") == (2024, 2025)
