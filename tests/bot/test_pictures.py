"""Pictures in the chat: what is written in them is answered as if typed; the picture itself is not kept."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from PIL import Image

from bot.channels.pictures import MAX_PICTURE_BYTES
from core.settings import Settings
from tests.bot.conftest import Talk
from tests.bot.servers import RasaStandIn
from tests.bot.test_limits import assert_said_in_chinese
from tests.knowledge.formats.pdfs import Style, make_pdf
from tests.knowledge.formats.scans import pages_of
from tests.waiting import PATIENCE

QUESTION = "三方协议丢了怎么补办"
BLANK = Image.new("RGB", (400, 300), "white")


@cache
def picture_of(*lines: str) -> Image.Image:
    drawn = pages_of(make_pdf(lines[0], lines[1:], Style(page_numbers=False)))[0]
    return drawn.crop((0, 0, drawn.width, drawn.height // 3))


def encoded(picture: Image.Image, format_: str = "PNG") -> bytes:
    out = io.BytesIO()
    picture.save(out, format_)
    return out.getvalue()


def send(talk: Talk, picture: bytes, client_id: str | None = None) -> httpx.Response:
    params = {"client_id": client_id or str(uuid4())}
    return talk.client.post(f"{talk.base}/api/chat/pictures", params=params, content=picture, headers=talk.headers, timeout=PATIENCE)


def replies_to(talk: Talk, picture: bytes, client_id: str | None = None) -> list[dict]:
    """What is on record in reply, however long the reading took."""
    response = send(talk, picture, client_id)
    assert response.status_code == 200, response.text
    if all(message["seq"] for message in response.json()["messages"]):
        return response.json()["messages"]
    seen = []
    for message in talk.events():
        seen.append(message)
        if message["role"] == "bot" and (len([m for m in seen if m["role"] == "bot"]) == 2 or "没能认出来" in message["text"]):
            break
    return [message for message in seen if message["role"] == "bot"]


@pytest.mark.slow
@pytest.mark.parametrize("format_", ["PNG", "JPEG", "WEBP"])
def test_the_text_of_a_picture_is_shown_back_and_answered_like_a_typed_message(talk: Talk, rasa: RasaStandIn, format_: str) -> None:
    read, answer = replies_to(talk, encoded(picture_of(QUESTION), format_))

    assert rasa.texts == [QUESTION]
    assert QUESTION in read["text"] and "没有保存" in read["text"]
    assert answer["text"] == f"答：{QUESTION}"
    assert talk.history()[0]["payload"] == {"picture": True}


@pytest.mark.slow
def test_a_picture_of_an_advertisement_is_checked_for_traps(talk: Talk, rasa: RasaStandIn) -> None:
    replies_to(talk, encoded(picture_of("诚聘前台，月薪五千，五险一金", "大专以上，双休，有意者投递简历")))

    assert rasa.texts[0].startswith("/report_scam_or_check{") and "诚聘前台" in rasa.texts[0]


@pytest.mark.slow
def test_an_identity_number_in_a_picture_reaches_neither_rasa_nor_the_record(talk: Talk, rasa: RasaStandIn) -> None:
    replies_to(talk, encoded(picture_of("我叫张三，身份证号110101199003074477，档案在哪")))

    assert "110101199003074477" not in "".join([*rasa.texts, *(message["text"] for message in talk.history())])


@pytest.mark.slow
def test_danger_told_in_a_picture_reaches_a_person_at_once(talk: Talk) -> None:
    handoff, read = replies_to(talk, encoded(picture_of("我被骗到缅甸，护照被收走了，救救我")))

    assert (handoff["kind"], handoff["payload"]["priority"]) == ("handoff", "urgent")
    assert "缅甸" in read["text"]


@pytest.mark.slow
def test_a_repeated_picture_is_read_and_answered_once(talk: Talk, rasa: RasaStandIn) -> None:
    first = replies_to(talk, encoded(picture_of(QUESTION)), "one")
    second = send(talk, encoded(BLANK), "one").json()["messages"]

    assert [message["id"] for message in first] == [message["id"] for message in second]
    assert len(rasa.heard) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "picture", [encoded(BLANK), encoded(picture_of(QUESTION))[:900], b"\x89PNG\r\n" + b"\x00" * 500], ids=["blank", "cut off", "no picture"]
)
def test_a_picture_without_legible_text_is_met_with_a_kind_word(talk: Talk, rasa: RasaStandIn, picture: bytes) -> None:
    (reply,) = replies_to(talk, picture)

    assert reply["kind"] == "text" and "打出来发给我" in reply["text"]
    assert rasa.heard == []


@pytest.mark.slow
def test_whoever_waits_for_a_picture_is_told_that_it_is_being_read_not_that_something_fails(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.pictures.REPLY_SECONDS", 0.0)

    [notice] = send(talk, encoded(picture_of(QUESTION))).json()["messages"]

    assert (notice["kind"], notice["payload"], notice["seq"]) == ("notice", {"code": "reading_picture"}, 0)
    assert "图片收到了" in notice["text"]


@pytest.mark.slow
def test_nothing_of_the_picture_stays_on_disk(talk: Talk, settings: Settings) -> None:
    picture = encoded(picture_of(QUESTION))
    replies_to(talk, picture)

    kept = [path.read_bytes() for path in settings.home.rglob("*") if path.is_file()]
    assert not any(picture[200:260] in content for content in kept)


def test_what_is_no_picture_or_none_that_may_be_sent_is_refused_in_chinese(talk: Talk, base: str, client: httpx.Client) -> None:
    assert_said_in_chinese(send(talk, b""), 422)
    assert_said_in_chinese(send(talk, encoded(BLANK), "a b"), 422)
    assert_said_in_chinese(client.post(f"{base}/api/chat/pictures", content=encoded(BLANK), headers=talk.headers), 422)
    assert_said_in_chinese(send(talk, b"%PDF-1.7 not a picture"), 415)
    assert_said_in_chinese(send(talk, b"\xff\xd8\xff" + b"x" * MAX_PICTURE_BYTES), 413)
    assert_said_in_chinese(client.post(f"{base}/api/chat/pictures", params={"client_id": "a"}, content=encoded(BLANK)), 401)


@pytest.mark.slow
def test_one_conversation_cannot_fill_the_queue(talk: Talk, begin: Callable[[], Talk], app: FastAPI) -> None:
    pictures = app.state.parts.pictures
    for number in range(2):
        pictures._turns[talk.session_id, f"n{number}"] = None
    try:
        assert_said_in_chinese(send(talk, encoded(BLANK)), 429)
        assert replies_to(begin(), encoded(BLANK))
    finally:
        pictures._turns.clear()
