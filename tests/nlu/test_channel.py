"""The channel takes the sentence vector that comes with a message, and does without it when there is none."""

from __future__ import annotations

import asyncio
import base64
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from bot.nlu import features
from bot.nlu.channel import VectorRestInput
from bot.nlu.features import Question, QuestionFeatures
from bot.nlu.tracker_store import RecentConversationsStore

VECTOR = np.linspace(-1, 1, features.DIMENSIONS, dtype="<f4")


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "_given", type(features._given)())


def _request(**body: Any) -> Any:
    return SimpleNamespace(json=body)


def _encoded(vector: Any) -> str:
    return base64.b64encode(vector.tobytes()).decode()


def test_the_vector_sent_along_stands_for_the_folded_text() -> None:
    message = VectorRestInput()._extract_message(_request(sender="one", message="三方協議怎麼簽", vector=_encoded(VECTOR)))
    assert message == "三方協議怎麼簽"
    np.testing.assert_array_equal(features._encode([Question("三方协议怎么签", ("三方协议",))]), VECTOR.reshape(1, -1))


def test_a_message_without_a_vector_is_encoded_here() -> None:
    assert VectorRestInput()._extract_message(_request(sender="one", message="你好")) == "你好"
    assert features._encode([Question("你好", ("你好",))]).shape == (1, features.DIMENSIONS)


def test_a_vector_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="512"):
        VectorRestInput()._extract_message(_request(sender="one", message="你好", vector=_encoded(VECTOR[:7])))


def test_it_answers_where_rest_does() -> None:
    assert VectorRestInput.name() == "rest"


def test_only_so_many_vectors_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "_GIVEN", 2)
    for text in ("一", "二", "三"):
        features.take_vector(text, VECTOR)
    assert list(features._given) == ["二", "三"]


def test_a_single_question_has_the_row_that_many_have() -> None:
    questions = [Question(text, tuple(text)) for text in ("补贴多少钱", "档案转到哪里", "补贴怎么申请")]
    rows = QuestionFeatures()
    fitted = rows.fit_transform(questions)
    np.testing.assert_allclose(rows.transform(questions).toarray(), fitted.toarray(), atol=1e-6)
    np.testing.assert_allclose(rows.transform(questions[:1]).toarray(), fitted.toarray()[:1], atol=1e-6)


def test_check_23_a_conversation_is_forgotten_by_the_route_for_it() -> None:
    forgotten: list[str] = []

    class Store(RecentConversationsStore):
        def __init__(self) -> None:
            """Without a database."""

        async def erase(self, sender_id: str) -> None:
            forgotten.append(sender_id)

    async def nobody(_: Any) -> None: ...

    routes = VectorRestInput().blueprint(nobody)._future_routes
    [route] = [route for route in routes if route.uri == "/conversations/<conversation_id>"]
    agent = SimpleNamespace(tracker_store=SimpleNamespace(_tracker_store=Store()))
    response = asyncio.run(route.handler(SimpleNamespace(app=SimpleNamespace(ctx=SimpleNamespace(agent=agent))), "abc"))

    assert (set(route.methods), response.status, forgotten) == ({"DELETE"}, 204, ["abc"])
