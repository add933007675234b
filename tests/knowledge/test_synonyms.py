"""Synonyms: the shipped ones, a school's own beside them, followed while the assistant runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import SynonymsInvalid
from knowledge.search.synonyms import LOCAL_FILE, MAX_BYTES, Synonyms, follow_local, read_groups, read_local, shipped_groups, synonyms_in


@pytest.fixture(autouse=True)
def shipped_again(tmp_path: Path) -> Iterator[None]:
    yield
    follow_local(tmp_path / "nowhere")


def write(home: Path, text: str, second: int) -> None:
    path = home / LOCAL_FILE
    path.write_text(text, encoding="utf-8")
    os.utime(path, (second, second))


def test_a_word_stands_for_the_others_of_all_its_groups() -> None:
    synonyms = Synonyms.of([["补贴", "补助"], ["补贴", "津贴"]])

    assert synonyms.within("见习补贴") == {"补贴": ("津贴", "补助")}
    assert synonyms.within("补助") == {"补助": ("补贴",)}


def test_the_longest_word_counts() -> None:
    assert Synonyms.of([["就业办", "就业中心"], ["就业", "工作"]]).within("去就业办") == {"就业办": ("就业中心",)}


def test_no_groups_are_no_synonyms() -> None:
    assert Synonyms.of([]).within("补贴") == {}


def test_a_schools_words_come_beside_the_shipped_ones_from_the_next_question_on(tmp_path: Path) -> None:
    follow_local(tmp_path)
    assert "小青" not in synonyms_in("找小青")

    write(tmp_path, "小青 就业指导中心  # 本校公众号的名字\n", 1)
    follow_local(tmp_path)
    assert synonyms_in("找小青") == {"小青": ("就业指导中心",)}
    assert shipped_groups()[0][0] in Synonyms.of(shipped_groups()).others

    (tmp_path / LOCAL_FILE).unlink()
    follow_local(tmp_path)
    assert "小青" not in synonyms_in("找小青")


def test_a_broken_file_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path, "小青 就业指导中心", 1)
    follow_local(tmp_path)
    write(tmp_path, "小青", 2)
    follow_local(tmp_path)

    assert synonyms_in("找小青") == {"小青": ("就业指导中心",)}


@pytest.mark.parametrize(("text", "words"), [("补贴 补助\n孤单\n", "第 2 行"), ("补贴 " + "长" * 21, "第 1 行")])
def test_a_line_that_is_no_group_is_named(text: str, words: str) -> None:
    with pytest.raises(SynonymsInvalid, match=words):
        read_groups("synonyms.txt", text)


@pytest.mark.parametrize("content", ["补贴 补助".encode("gb18030"), b"a b\n" * (MAX_BYTES // 4 + 1)], ids=["not UTF-8", "too large"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / LOCAL_FILE
    path.write_bytes(content)

    with pytest.raises(SynonymsInvalid, match=LOCAL_FILE):
        read_local(path)


def test_no_file_is_no_error(tmp_path: Path) -> None:
    assert read_local(tmp_path / LOCAL_FILE) == []


@given(st.text(max_size=200))
def test_any_text_is_groups_or_a_clear_error(text: str) -> None:
    try:
        groups = read_groups("synonyms.txt", text)
    except SynonymsInvalid as error:
        assert "synonyms.txt 第" in str(error)
    else:
        assert all(len(group) >= 2 for group in groups)
