"""Two views of one conversation become one."""

from __future__ import annotations

import pytest

from desk.transcripts import merged


def entries(said: str) -> list[dict[str, str]]:
    """Entries from words such as "u你好 b在": a letter for who, then what."""
    roles = {"u": "user", "b": "bot"}
    return [{"role": roles[word[0]], "text": word[1:], "at": "2026-12-01T02:00:00+00:00"} for word in said.split()]


@pytest.mark.parametrize(
    ("before", "later", "together"),
    [
        pytest.param("", "u你好", "u你好", id="nothing yet"),
        pytest.param("u你好", "", "u你好", id="nothing more"),
        pytest.param("u你好 b在", "u你好 b在 u转人工", "u你好 b在 u转人工", id="it went on"),
        pytest.param("u你好 u不想活了 b请打", "u你好 u转人工", "u你好 u不想活了 b请打 u转人工", id="one side saw less"),
        pytest.param("u你好 u转人工", "u你好 u骂人 b冷静 u转人工", "u你好 u骂人 b冷静 u转人工", id="the other saw more"),
        pytest.param("u转人工", "u转人工 b好 u转人工", "u转人工 b好 u转人工", id="the same words twice"),
        pytest.param("u甲 u乙 u丙", "u丙 u丁", "u甲 u乙 u丙 u丁", id="a later window"),
    ],
)
def test_nothing_is_lost_and_nothing_doubled(before: str, later: str, together: str) -> None:
    assert merged(entries(before), entries(later)) == entries(together)


def test_the_words_stand_as_the_ticket_first_had_them() -> None:
    first = [{"role": "user", "text": "你好", "at": "2026-12-01T10:00:00+08:00"}]
    again = [{"role": "user", "text": "你好", "at": "2026-11-22T02:00:01+00:00"}]

    assert merged(first, again) == first


def test_a_ticket_keeps_a_bounded_conversation() -> None:
    ticket = entries(" ".join(f"u{n}" for n in range(150)))

    kept = merged(ticket, entries(" ".join(f"b{n}" for n in range(150))))

    assert len(kept) == 200 and kept[-1]["text"] == "149"
