"""Copies with words swapped are told from papers of the same kind, also among some thousands."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from knowledge.ingest.duplicates import HASHES, LIKELY, NEARLY_THE_SAME, Sketches, common_share, differing_numbers, runs_of, sketch
from tests.knowledge import papers

SWAPPED = (
    papers.HARBOUR.replace("为帮助毕业生尽早找到合适的工作", "为了让毕业生早日实现就业")
    .replace("每月举办招聘会，全年不少于12场", "逐月组织招聘会，全年不低于12场")
    .replace("逾期不再受理", "过期不予受理")
    .replace("完成审核并张榜公布结果", "审核完毕并公示结果")
)


def test_a_copy_with_swapped_words_stays_alike_and_another_paper_does_not() -> None:
    assert common_share(runs_of(papers.HARBOUR), runs_of(SWAPPED)) > NEARLY_THE_SAME
    assert common_share(runs_of(papers.HARBOUR), runs_of(papers.STATUTE)) < LIKELY / 2


def test_script_blanks_and_punctuation_make_no_difference() -> None:
    assert common_share(runs_of("毕业生，档案 转递（办理）"), runs_of("畢業生檔案\n轉遞辦理。")) == 1.0


def test_a_short_text_has_no_sketch() -> None:
    assert sketch(runs_of("毕业生档案转递办理")) is None
    assert len(sketch(runs_of(papers.HARBOUR)) or b"") == 4 * HASHES


def test_the_copy_is_found_among_thousands() -> None:
    generator = random.Random(7)
    letters = [chr(code) for code in range(0x4E00, 0x4E00 + 400)]
    others = [(number, sketch(runs_of("".join(generator.choices(letters, k=300))))) for number in range(2, 3000)]
    known = Sketches()
    known.add([(number, kept) for number, kept in others if kept])
    known.add([(3000, sketch(runs_of(papers.HARBOUR)) or b"")])
    assert known.like(sketch(runs_of(SWAPPED)) or b"") == [3000]
    assert known.last == 3000
    assert Sketches().like(sketch(runs_of(SWAPPED)) or b"") == []


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x4FFF), max_size=200))
def test_a_text_is_wholly_like_itself(text: str) -> None:
    runs = runs_of(text)
    assert common_share(runs, runs) == (1.0 if len(runs) else 0.0)


def test_numbers_that_a_copy_changed_are_told() -> None:
    original = [("一", "参会毕业生凭学生证领取交通补助，每人80元，当场发放。"), ("二", "招聘会于2026年3月14日举行，上午九点入场。")]
    copy = [("一", "参会毕业生凭学生证领取交通补贴，每人180元，现场发放。"), ("二", "招聘会于2026年3月14日召开，上午九点入场。")]
    assert differing_numbers(original, copy) == [{"clause": "一", "copy_clause": "一", "original": ["80元"], "copy": ["180元"]}]
    assert differing_numbers(original, original) == []
    assert differing_numbers([], copy) == []
