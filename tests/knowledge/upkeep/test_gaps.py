"""Refused questions come together by meaning."""

from __future__ import annotations

from datetime import UTC, datetime

from knowledge.models import AskedQuestion
from knowledge.search.encoder import Encoder
from knowledge.upkeep.gaps import gaps


def asked(*texts: str, reason: str = "no_source") -> list[AskedQuestion]:
    return [
        AskedQuestion(asked_at=datetime(2026, 11, day + 1, tzinfo=UTC), text=text, outcome="refused", reason=reason, warnings=[], documents=[])
        for day, text in enumerate(texts)
    ]


def test_wordings_of_one_question_are_one_gap_and_the_largest_comes_first(encoder: Encoder) -> None:
    questions = asked(
        "食堂几点开门",
        "青禾市租房补贴怎么申请",
        "青禾市的租房补贴要怎么申请啊",
        "怎么申请青禾市租房补贴",
        "毕业典礼是哪天",
    )

    found = gaps(questions, encoder)

    assert found[0].count == 3
    assert "租房补贴" in found[0].question
    assert all("租房补贴" in wording for wording in found[0].wordings)
    assert sorted(gap.count for gap in found) == [1, 1, 3]
    assert found[0].last_asked == questions[3].asked_at


def test_the_reasons_are_counted(encoder: Encoder) -> None:
    questions = [*asked("租房补贴怎么申请"), *asked("租房补贴怎么申请", "租房补贴如何申请", reason="wrong_region")]

    (gap,) = gaps(questions, encoder)

    assert gap.reasons == {"wrong_region": 2, "no_source": 1}


def test_nothing_asked_is_no_gap(encoder: Encoder) -> None:
    assert gaps([], encoder) == []
