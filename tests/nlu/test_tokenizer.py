"""The tokenizer folds, keeps the domain's terms whole and knows where each token was printed."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu import language_resources
from bot.nlu.intent_classifier import LinearIntentClassifier
from bot.nlu.tokenizer import FoldingTokenizer
from core.text import segmentation


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024届秋招什么时候开始", ["2024届", "秋招", "什么", "时候", "开始"]),
        ("擇業期內", ["择业期", "内"]),
        ("ｏｆｆｅｒ怎么选", ["offer", "怎么", "选"]),
        ("Google App 实习", ["Google", "App", "实习"]),
    ],
)
def test_tokens_are_folded_words(tokenizer: Any, text: str, expected: list[str]) -> None:
    assert [token.text for token in tokenizer.tokenize(Message.build(text=text), TEXT)] == expected


@pytest.mark.parametrize("text", ["戶口遷移　怎麼辦", "签 三方 要违约金吗", "學(xué)生😭档案", "  "])
def test_spans_lie_in_the_text_as_sent_and_in_order(tokenizer: Any, text: str) -> None:
    tokens = tokenizer.tokenize(Message.build(text=text), TEXT)
    ends = 0
    for token in tokens:
        assert ends <= token.start < token.end <= len(text)
        ends = token.end


@pytest.mark.parametrize("component", [FoldingTokenizer, LinearIntentClassifier])
def test_changing_only_the_dictionary_changes_the_fingerprint(component: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    before = component.fingerprint_addon({})
    other = tmp_path / "other.txt"
    other.write_text("三方协议 100000 n\n", encoding="utf-8")
    monkeypatch.setattr(segmentation, "DICTIONARY", other)
    assert component.fingerprint_addon({}) != before


def test_the_fingerprint_covers_the_modules_named() -> None:
    assert language_resources.language_fingerprint() != language_resources.language_fingerprint(segmentation)
