"""The page, the API's description, and the headers around everything."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from bot.security import CONTENT_POLICY


@pytest.fixture
def backend() -> str:
    """These tests have nothing to do with the database: one kind is enough."""
    return "sqlite"


def test_without_a_built_page_the_visitor_is_told_how_to_build_it(base: str, client: httpx.Client) -> None:
    response = client.get(base)

    assert response.status_code == 503
    assert "make run" in response.text


def test_a_page_built_while_the_app_runs_is_served(base: str, client: httpx.Client, tmp_path: Path) -> None:
    client.get(base)
    (tmp_path / "page" / "assets").mkdir(parents=True)
    (tmp_path / "page" / "index.html").write_text("<p>职问</p>", encoding="utf-8")
    (tmp_path / "page" / "assets" / "a-1.js").write_text("1", encoding="utf-8")

    page, script = client.get(base), client.get(f"{base}/assets/a-1.js")

    assert "职问" in page.text
    assert page.headers["Cache-Control"] == "no-cache"
    assert "immutable" in script.headers["Cache-Control"]
    assert client.get(f"{base}/../app.py").status_code == 404


@pytest.mark.parametrize("path", ["/", "/api/chat/messages", "/healthz", "/nothing", "/api/openapi.json"])
def test_check_22_every_response_bears_the_security_headers(base: str, client: httpx.Client, path: str) -> None:
    headers = client.get(base + path).headers

    assert headers["Content-Security-Policy"] == CONTENT_POLICY
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "server" not in headers or headers["server"] == "uvicorn"


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null"])
def test_check_22_pages_of_other_origins_get_no_leave_to_read(base: str, client: httpx.Client, origin: str) -> None:
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    answers = [client.options(f"{base}/api/chat/messages", headers=asked), client.post(f"{base}/api/chat/sessions", headers={"Origin": origin})]

    for answer in answers:
        assert not [name for name in answer.headers if name.lower().startswith("access-control-")]
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answers[0].status_code >= 400


def test_the_api_describes_itself_and_has_no_page_that_loads_from_elsewhere(base: str, client: httpx.Client) -> None:
    paths = client.get(f"{base}/api/openapi.json").json()["paths"]

    assert {"/api/chat/sessions", "/api/chat/messages", "/api/chat/events", "/api/chat/feedback", "/healthz"} <= set(paths)
    assert client.get(f"{base}/docs").status_code == client.get(f"{base}/redoc").status_code == 404


def test_answers_of_the_api_are_never_cached(base: str, client: httpx.Client) -> None:
    assert client.get(f"{base}/healthz").headers["Cache-Control"] == "no-store"
