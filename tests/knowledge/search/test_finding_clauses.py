"""What brings the right clause among the candidates: its list's opening, its article, its document's readers, the law's word for a plain one."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.ranking.rows import holds
from knowledge.indexing import open_library
from knowledge.ingest.importing import Importer
from knowledge.language.question import analyse
from knowledge.pack.schema import load_entries
from knowledge.search.encoder import Encoder
from knowledge.search.features import FEATURES, judge
from knowledge.search.lists import closings, spells_out
from knowledge.search.pack_search import PackHit
from knowledge.search.pointers import NOWHERE, Pointers, pointers_from
from knowledge.search.ranking import search
from tests.knowledge.conftest import Write

RULES = """# 某省职工办法

第一章 总则

第一条 为了保护职工，制定本办法。

第二条 职工有下列情形之一的，单位不得解除劳动合同：

（一）在本单位患病住院并且还在规定的医疗期里，已经由所在单位的人事部门向医院核实情况并且登记在册，期限还没有届满的；

（二）女职工正在孕期、产期或者哺乳期里，已经由所在单位的工会向本人核实情况并且登记在册，期限还没有届满不得改动的。

第三条 单位应当每月发放报酬，不得无故拖延。
"""
NOTICE = """关于做好毕业生帮扶工作的通知

各高校：

一、毕业生工作要做到人员底数清、就业需求清、帮扶举措清、求职进展清。

二、高校每月报一次毕业生情况。
"""


@pytest.fixture
def library(sessions: sessionmaker[Session], importer: Importer, encoder: Encoder, write: Write, tmp_path: Path):  # type: ignore[no-untyped-def]
    for name, text in (("rules.md", RULES), ("notice.txt", NOTICE)):
        assert importer.take(write(text, name)).result == "new"
    return open_library(tmp_path / "index", sessions, encoder)


def column(judged, name: str) -> dict[str, float]:  # type: ignore[no-untyped-def]
    place = FEATURES.index(name)
    return {entry.path: float(row[place]) for entry, row in zip(judged.entries, judged.values, strict=True)}


def test_an_item_is_found_by_the_words_of_its_lists_opening(library, encoder: Encoder) -> None:  # type: ignore[no-untyped-def]
    judged = judge(library, analyse("怀孕能不能解除劳动合同", 2026), encoder)
    headings = column(judged, "coverage_heading")
    assert headings["第二条（二）"] > headings["第三条"]


def test_an_article_that_a_built_in_entry_rests_on_is_marked(library, encoder: Encoder) -> None:  # type: ignore[no-untyped-def]
    pointers = Pointers({("某省职工办法", "第三条"): 0.8})
    basis = column(judge(library, analyse("多久发一次钱", 2026), encoder, pointers=pointers), "basis")
    assert basis["第三条"] == pytest.approx(0.8)
    assert basis["第一条"] == 0


def test_a_paper_for_graduates_is_known_by_its_clauses(library, encoder: Encoder) -> None:  # type: ignore[no-untyped-def]
    judged = judge(library, analyse("每月报什么", 2026), encoder)
    shares = {entry.document.title: entry.document.graduates for entry in judged.entries}
    assert max(shares.values()) > 0.4
    assert min(shares.values()) == 0


def test_a_short_name_finds_the_list_that_spells_it_out(library, encoder: Encoder) -> None:  # type: ignore[no-untyped-def]
    best = search(library, analyse("四清是哪四清", 2026), encoder).hits[0]
    assert best.entry.path == "一"
    assert best.features["abbreviation"] == 1


def test_a_number_of_what_is_counted_is_marked(library, encoder: Encoder) -> None:  # type: ignore[no-untyped-def]
    found = column(judge(library, analyse("每个月要报几次情况", 2026), encoder), "counted")
    assert (found["二"], found["一"]) == (1.0, 0.0)
    assert set(column(judge(library, analyse("要报什么情况", 2026), encoder), "counted").values()) == {0.0}


def test_a_plain_word_reaches_the_words_of_the_law(library, encoder: Encoder) -> None:  # type: ignore[no-untyped-def]
    found = column(judge(library, analyse("有身孕会被炒鱿鱼吗", 2026), encoder), "clause_synonyms")
    assert found["第二条（二）"] > found["第三条"]


def test_lists_are_known_by_the_character_their_items_end_in() -> None:
    assert closings("做到人员底数清、就业需求清、帮扶举措清") == ["清"]
    assert spells_out("三清是什么", "做到人员底数清、就业需求清、帮扶举措清")
    assert not spells_out("四清是什么", "做到人员底数清、就业需求清、帮扶举措清")


def test_only_entries_near_the_question_point_anywhere() -> None:
    entry = next(entry for entry in load_entries() if any(basis.article for basis in entry.basis))
    assert pointers_from([PackHit(entry, 0.1)]) == NOWHERE
    near = pointers_from([PackHit(entry, 0.7)])
    assert set(near.articles.values()) == {0.7}
    assert near.words


def test_a_question_of_ours_names_its_clause_by_law_and_article(library, encoder: Encoder) -> None:  # type: ignore[no-untyped-def]
    entries = judge(library, analyse("孕期", 2026), encoder).entries
    assert {entry.path for entry in entries if holds(entry, "某省职工办法 第二条")} >= {"第二条（一）", "第二条（二）"}
    assert not any(holds(entry, "别的办法 第二条") for entry in entries)
