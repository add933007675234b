"""Lookup tables find folded text, the longest wins, spans point into the text as sent."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.lookup_extractor import FoldedLookupExtractor


@pytest.fixture
def extractor(storage: Any, context: Any, training_data: Any) -> Any:
    extractor = FoldedLookupExtractor.create(FoldedLookupExtractor.get_default_config(), storage, Resource("lookup"), context)
    extractor.train(training_data)
    return extractor


def _found(extractor: Any, text: str) -> list[tuple[str, str, str]]:
    entities = extractor.process([Message.build(text=text)])[0].get("entities")
    return [(e["entity"], e["value"], text[e["start"] : e["end"]]) for e in entities]


def test_traditional_script_is_found_and_its_span_is_as_sent(extractor: Any) -> None:
    assert _found(extractor, "長沙 的三方協議") == [("city", "长沙", "長沙"), ("topic", "三方协议", "三方協議")]


def test_of_overlapping_finds_the_longest_stays(extractor: Any) -> None:
    assert _found(extractor, "大学生志愿服务西部计划") == [("programme", "大学生志愿服务西部计划", "大学生志愿服务西部计划")]


def test_a_text_without_any_has_no_entities(extractor: Any) -> None:
    assert _found(extractor, "谢谢") == []


def test_a_trained_extractor_is_found_again(extractor: Any, storage: Any, context: Any) -> None:
    loaded = FoldedLookupExtractor.load(FoldedLookupExtractor.get_default_config(), storage, Resource("lookup"), context)
    assert _found(loaded, "福建省有补贴吗") == [("province", "福建省", "福建省")]
