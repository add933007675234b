"""Segmentation with the domain dictionary."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import segmentation
from core.text.segmentation import dictionary_fingerprint, tokenizer, words

PROJECT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("sentence", "term"),
    [
        ("三方协议丢了怎么办", "三方协议"),
        ("报名三支一扶要什么条件", "三支一扶"),
        ("五险一金从什么时候交", "五险一金"),
        ("择业期内算应届吗", "择业期"),
    ],
)
def test_terms_of_the_domain_stay_whole(sentence: str, term: str) -> None:
    assert term in words(sentence)


@given(st.text(max_size=60))
def test_words_hold_the_whole_text_but_its_blanks(text: str) -> None:
    assert "".join("".join(words(text)).split()) == "".join(text.split())


def test_the_shared_tokenizer_of_jieba_is_left_alone() -> None:
    assert tokenizer() is not segmentation.jieba.dt


def test_importing_it_warns_of_nothing_even_when_jieba_is_compiled_anew(tmp_path: Path) -> None:
    program = "import core.text.segmentation as s; assert s.words('三方协议怎么签')"
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path)}
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], env=environment, cwd=PROJECT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_fingerprint_is_that_of_the_dictionary() -> None:
    assert dictionary_fingerprint() == dictionary_fingerprint()
    assert len(dictionary_fingerprint()) == 64
