"""The classifier learns, reports a full ranking, survives being stored, and names a wrong setting."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.engine.storage.resource import Resource
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.intent_classifier import LinearIntentClassifier

_EXAMPLES = {
    "ask_policy": ["三方协议丢了怎么补", "户口怎么迁", "档案放在哪里", "求职创业补贴怎么领"],
    "search_jobs": ["长沙有会计岗吗", "帮我找前端的工作", "想找双休的岗位", "有没有招护士的"],
    "greet": ["你好", "您好呀", "在吗", "早上好"],
}


@pytest.fixture
def trained(tokenizer: Any, storage: Any, context: Any) -> Any:
    messages = [Message.build(text=text, intent=intent) for intent, texts in _EXAMPLES.items() for text in texts]
    data = tokenizer.process_training_data(TrainingData(messages))
    classifier = LinearIntentClassifier.create(LinearIntentClassifier.get_default_config(), storage, Resource("intents"), context)
    classifier.train(data)
    return classifier


def _parse(classifier: Any, tokenizer: Any, text: str) -> Message:
    message: Message = classifier.process(tokenizer.process([Message.build(text=text)]))[0]
    return message


@pytest.mark.parametrize(
    ("text", "intent"),
    [("戶口怎麼遷移", "ask_policy"), ("想找會計的崗位", "search_jobs"), ("你好啊", "greet")],
)
def test_a_new_wording_finds_its_intent(trained: Any, tokenizer: Any, text: str, intent: str) -> None:
    assert _parse(trained, tokenizer, text).get("intent")["name"] == intent


def test_the_ranking_holds_probabilities_in_order(trained: Any, tokenizer: Any) -> None:
    message = _parse(trained, tokenizer, "长沙的会计岗")
    confidences = [entry["confidence"] for entry in message.get("intent_ranking")]
    assert message.get("intent") == message.get("intent_ranking")[0]
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1.0)


def test_an_empty_text_is_no_error(trained: Any, tokenizer: Any) -> None:
    assert _parse(trained, tokenizer, "").get("intent")["name"] in _EXAMPLES


def test_a_stored_classifier_says_the_same(trained: Any, tokenizer: Any, storage: Any, context: Any) -> None:
    loaded = LinearIntentClassifier.load(LinearIntentClassifier.get_default_config(), storage, Resource("intents"), context)
    text = "有前端的工作吗"
    assert _parse(loaded, tokenizer, text).get("intent") == _parse(trained, tokenizer, text).get("intent")


def test_a_wrong_setting_is_named(storage: Any, context: Any) -> None:
    with pytest.raises(InvalidConfigException, match="'C'"):
        LinearIntentClassifier.create({"C": 0, "max_iter": 1, "ranking_length": 1}, storage, Resource("i"), context)
