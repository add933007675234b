"""The tokenizer of the pipeline: folded words of the domain dictionary, with offsets into the text as it was sent."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Optional, Text

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.language_resources import language_fingerprint
from core.text.folding import FoldedText, fold_with_offsets
from core.text.segmentation import words

_UNBROKEN = re.compile(r"\S+")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class FoldingTokenizer(Tokenizer):
    """Splits a text into the words of the domain dictionary; a token's text is folded, its span is as printed."""

    @staticmethod
    def supported_languages() -> Optional[List[Text]]:
        """Chinese only."""
        return ["zh"]

    @staticmethod
    def required_packages() -> List[Text]:
        """Distributions whose version is part of the fingerprint."""
        return ["jieba", "opencc"]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Rasa's own options for intent names; the text has none."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_"}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FoldingTokenizer:
        """A tokenizer; it keeps nothing in the model."""
        return cls(config)

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """Changes with the domain dictionary and with the code that folds and segments."""
        return language_fingerprint()

    def tokenize(self, message: Message, attribute: Text) -> List[Token]:
        """The tokens of one attribute of the message, blanks left out."""
        text: str = message.get(attribute)
        tokens: List[Token] = []
        for stretch in _UNBROKEN.finditer(text):
            tokens.extend(_tokens(fold_with_offsets(stretch.group()), stretch.start()))
        return tokens


def _tokens(folded: FoldedText, shift: int) -> List[Token]:
    """The words of a stretch without blanks that begins at `shift` of the message."""
    tokens: List[Token] = []
    start = 0
    for word in words(folded.text):
        start = folded.text.index(word, start)
        end = start + len(word)
        first, last = folded.offsets[start], folded.offsets[end - 1]
        tokens.append(Token(word, shift + first, shift + last + 1))
        start = end
    return tokens
