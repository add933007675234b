"""The examples: enough of each intent, none under two, and annotations that fit the tokens."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.shared.nlu.constants import TEXT

from core.text.folding import fold

PROJECT = Path(__file__).resolve().parents[2]
_MINIMUM = {"ask_policy": 200, "search_jobs": 100, "out_of_scope": 100, "crisis": 60}
_MINIMUM_OF_OTHERS = 40


def _intents_of_the_domain() -> set[str]:
    return set(yaml.safe_load((PROJECT / "domain.yml").read_text(encoding="utf-8"))["intents"])


def test_every_intent_of_the_domain_has_its_examples(training_data: Any) -> None:
    counts = Counter(example.get("intent") for example in training_data.intent_examples)
    assert set(counts) == _intents_of_the_domain()
    assert {i: n for i, n in counts.items() if n < _MINIMUM.get(i, _MINIMUM_OF_OTHERS)} == {}


def test_no_text_stands_under_two_intents(training_data: Any) -> None:
    intents = defaultdict(set)
    for example in training_data.intent_examples:
        intents[fold(example.get(TEXT)).lower()].add(example.get("intent"))
    assert {text: found for text, found in intents.items() if len(found) > 1} == {}


def test_annotations_begin_and_end_with_tokens(training_data: Any, tokenizer: Any) -> None:
    misaligned = []
    for example in training_data.entity_examples:
        tokens = tokenizer.tokenize(example, TEXT)
        starts, ends = {token.start for token in tokens}, {token.end for token in tokens}
        for entity in example.get("entities"):
            if entity["start"] not in starts or entity["end"] not in ends:
                misaligned.append((example.get(TEXT), entity["value"]))
    assert training_data.entity_examples
    assert misaligned == []


def test_lookup_tables_stand_longest_first(training_data: Any) -> None:
    assert {table["name"] for table in training_data.lookup_tables} == {"city", "province", "programme", "topic"}
    for table in training_data.lookup_tables:
        lengths = [len(element) for element in table["elements"]]
        assert lengths == sorted(lengths, reverse=True), table["name"]
        assert len(set(table["elements"])) == len(table["elements"]), table["name"]


@pytest.mark.parametrize("entity", ["city", "province", "programme", "topic"])
def test_every_lookup_is_annotated_at_least_once(training_data: Any, entity: str) -> None:
    assert entity in training_data.entities
