"""Entities from lookup tables, found in the folded text and reported with their span in the text as it was sent."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Optional, Text

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.regex_entity_extractor import RegexEntityExtractor
from rasa.shared.nlu.constants import (
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.language_resources import language_fingerprint
from core.text.folding import fold_with_offsets


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class FoldedLookupExtractor(RegexEntityExtractor):
    """Rasa's lookup tables over folded text, so that 長沙 is found by 长沙; of overlapping finds the longest stays."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """As Rasa's, but without word boundaries: Chinese has none."""
        return {**RegexEntityExtractor.get_default_config(), "use_word_boundaries": False}

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """Changes with the folding."""
        return language_fingerprint()

    def _extract_entities(self, message: Message) -> List[Dict[Text, Any]]:
        """The entities of a message; `value` is folded, `start` and `end` count in the message's own text."""
        folded = fold_with_offsets(message.get(TEXT) or "")
        flags = 0 if self.case_sensitive else re.IGNORECASE
        found = [
            (match.start(), match.end(), pattern["name"])
            for pattern in self.patterns
            for match in re.finditer(pattern["pattern"], folded.text, flags=flags)
            if match.end() > match.start()
        ]
        return [
            {
                ENTITY_ATTRIBUTE_TYPE: name,
                ENTITY_ATTRIBUTE_START: folded.offsets[start],
                ENTITY_ATTRIBUTE_END: folded.offsets[end - 1] + 1,
                ENTITY_ATTRIBUTE_VALUE: folded.text[start:end],
            }
            for start, end, name in _longest_without_overlap(found)
        ]


def _longest_without_overlap(found: List[tuple[int, int, str]]) -> List[tuple[int, int, str]]:
    """The spans in reading order; where two overlap, the longer one."""
    kept: List[tuple[int, int, str]] = []
    for start, end, name in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= other_start or start >= other_end for other_start, other_end, _ in kept):
            kept.append((start, end, name))
    return sorted(kept)
