"""Check 22, the widget: which pages may use the chat, and that a token is good for the pages of one origin alone."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from bot.origins import OWN, asking_origin
from core.settings import Settings

SCHOOL, OTHER, STRANGER = "https://jy.school.example", "https://www.other.example:8443", "https://elsewhere.example"


@pytest.fixture
def backend() -> str:
    """The database has no part in this."""
    return "sqlite"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"widget_origins": (SCHOOL, OTHER)})


@pytest.fixture
def page_folder(tmp_path: Path) -> Path:
    """The built page, as far as it matters here."""
    (tmp_path / "page" / "widget").mkdir(parents=True)
    for name in ("index.html", "widget.js", "widget.css", "widget/chat-1.js", "embed-example.html"):
        (tmp_path / "page" / name).write_text("职问", encoding="utf-8")
    return tmp_path / "page"


def opened(client: httpx.Client, base: str, origin: str | None) -> dict[str, str]:
    response = client.post(f"{base}/api/chat/sessions", headers={"Origin": origin} if origin else {})
    assert response.status_code == 201, response.text
    return {"Authorization": f"Bearer {response.json()['token']}"}


def allowances(response: httpx.Response) -> list[str]:
    return [name for name in response.headers if name.lower().startswith("access-control-")]


@pytest.mark.parametrize("origin", [SCHOOL, OTHER])
def test_check_22_a_named_origin_may_ask_and_read_without_cookies(base: str, client: httpx.Client, origin: str) -> None:
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    preflight = client.options(f"{base}/api/chat/messages", headers=asked)
    answer = client.post(f"{base}/api/chat/sessions", headers={"Origin": origin})

    assert preflight.status_code == 200
    for response in (preflight, answer):
        assert response.headers["Access-Control-Allow-Origin"] == origin
        assert "Access-Control-Allow-Credentials" not in response.headers
        assert "Origin" in response.headers["Vary"]
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("origin", [STRANGER, "null", f"{SCHOOL}.evil.example", "http://jy.school.example", f"{SCHOOL}:444", "*"])
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_check_22_an_origin_that_is_not_named_gets_nothing(base: str, client: httpx.Client, origin: str, method: str) -> None:
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    refused = [client.request(method, f"{base}/api/chat/{path}", headers=asked) for path in ("sessions", "messages", "duty", "events", "requests")]

    assert {response.status_code for response in refused} == {403}
    assert [allowances(response) for response in refused] == [[]] * 5
    assert "没有获准" in refused[0].json()["detail"]


@pytest.mark.parametrize("path", ["/api/desk/session", "/api/openapi.json", "/healthz"])
def test_check_22_nothing_but_the_chat_is_open_to_a_named_origin(base: str, client: httpx.Client, path: str) -> None:
    answer = client.get(base + path, headers={"Origin": SCHOOL})

    assert allowances(answer) == []
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(("opener", "reader"), [(SCHOOL, OTHER), (OTHER, SCHOOL), (SCHOOL, None), (None, SCHOOL)])
@pytest.mark.parametrize("path", ["messages", "events", "my-data"])
def test_check_22_a_token_is_refused_from_another_origin(base: str, client: httpx.Client, opener: str, reader: str, path: str) -> None:
    bearer = opened(client, base, opener)

    taken = client.get(f"{base}/api/chat/{path}", headers=bearer | ({"Origin": reader} if reader else {}))

    assert taken.status_code == 401
    assert not taken.json()["detail"].isascii()


def test_check_22_a_token_speaks_from_the_origin_it_was_opened_from(base: str, client: httpx.Client) -> None:
    for origin in (SCHOOL, None):
        headers = opened(client, base, origin) | ({"Origin": origin} if origin else {})
        assert client.get(f"{base}/api/chat/messages", headers=headers).status_code == 200


def test_check_22_a_renewed_token_is_bound_as_the_old_one_was_and_names_the_same_conversation(base: str, client: httpx.Client) -> None:
    bearer = opened(client, base, SCHOOL)
    renewed = client.post(f"{base}/api/chat/sessions/renewal", headers=bearer | {"Origin": SCHOOL})
    fresh = {"Authorization": f"Bearer {renewed.json()['token']}"}

    assert renewed.status_code == 200
    assert client.post(f"{base}/api/chat/sessions/renewal", headers=bearer | {"Origin": OTHER}).status_code == 401
    assert client.post(f"{base}/api/chat/sessions/renewal", headers={"Origin": SCHOOL}).status_code == 401
    said = client.post(f"{base}/api/chat/messages", json={"text": "你好", "client_id": "1"}, headers=bearer | {"Origin": SCHOOL})
    read = client.get(f"{base}/api/chat/messages", headers=fresh | {"Origin": SCHOOL})
    assert said.json()["messages"][-1] in read.json()["messages"]
    assert client.get(f"{base}/api/chat/messages", headers=fresh).status_code == 401


def test_check_22_the_widgets_files_are_readable_by_named_origins_alone(base: str, client: httpx.Client, page_folder: Path) -> None:
    for path in ("/widget.js", "/widget.css", "/widget/chat-1.js"):
        named, stranger = (client.get(base + path, headers={"Origin": origin}) for origin in (SCHOOL, STRANGER))
        assert named.headers["Access-Control-Allow-Origin"] == SCHOOL
        assert allowances(stranger) == []
        for answer in (named, stranger, client.get(base + path)):
            assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
            assert "Origin" in answer.headers["Vary"]
    assert client.get(f"{base}/widget.js").headers["Cache-Control"] == "no-cache"
    assert "immutable" in client.get(f"{base}/widget/chat-1.js").headers["Cache-Control"]
    assert "职问" in client.get(f"{base}/embed-example").text


@pytest.mark.parametrize(
    ("headers", "origin"),
    [
        ({}, OWN),
        ({"origin": "https://zhiwen.example", "host": "zhiwen.example"}, OWN),
        ({"origin": "https://zhiwen.example", "host": "127.0.0.1:8000", "sec-fetch-site": "same-origin"}, OWN),
        ({"origin": "https://zhiwen.example", "host": "127.0.0.1:8000", "sec-fetch-site": "cross-site"}, "https://zhiwen.example"),
        ({"origin": "https://zhiwen.example:444", "host": "zhiwen.example"}, "https://zhiwen.example:444"),
        ({"origin": "null", "host": "zhiwen.example"}, "null"),
    ],
)
def test_our_own_pages_are_known_behind_a_proxy_too(headers: dict[str, str], origin: str) -> None:
    assert asking_origin(Headers(headers)) == origin


@pytest.mark.parametrize(
    ("listed", "origins"),
    [
        ("", ()),
        (SCHOOL, (SCHOOL,)),
        (f"{SCHOOL}, HTTPS://WWW.Other.example:8443/ http://10.0.0.5:80", (SCHOOL, OTHER, "http://10.0.0.5")),
    ],
)
def test_origins_are_listed_with_commas_or_blanks(monkeypatch: pytest.MonkeyPatch, listed: str, origins: tuple[str, ...]) -> None:
    monkeypatch.setenv("ZHIWEN_WIDGET_ORIGINS", listed)

    assert Settings(_env_file=None).widget_origins == origins


@pytest.mark.parametrize(
    "listed", ["*", "https://*.example", "null", "jy.school.example", f"{SCHOOL}/page", "https://a@b.example", "ftp://a.example", "https://a:x"]
)
def test_what_is_no_exact_origin_is_refused(monkeypatch: pytest.MonkeyPatch, listed: str) -> None:
    monkeypatch.setenv("ZHIWEN_WIDGET_ORIGINS", listed)

    with pytest.raises(ValueError, match=r"WIDGET_ORIGINS|Port"):
        Settings(_env_file=None)


@given(origin=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=60))
def test_whatever_an_origin_header_holds_it_is_never_taken_for_our_own(origin: str) -> None:
    try:
        found = asking_origin(Headers({"origin": origin, "host": "zhiwen.example"}))
    except ValueError:
        pytest.fail(f"{origin!r} is not read")
    assert found != OWN or origin.partition("//")[2].split("/")[0] == "zhiwen.example"
