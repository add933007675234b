"""The console's page: found below `/desk/`, under a policy that lets in what the page needs and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.app import create_app
from bot.console_page import NONCE_MARK, policy
from core.settings import Settings
from tests.bot.servers import served

PAGE = f'<meta property="csp-nonce" nonce="{NONCE_MARK}"><p>工作台</p>'


@pytest.fixture
def backend() -> str:
    """These tests have nothing to do with the database: one kind is enough."""
    return "sqlite"


@pytest.fixture
def console(settings: Settings, tmp_path: Path) -> Iterator[str]:
    """The address of an app with a console of one page and one asset."""
    folder = tmp_path / "console"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "assets" / "a-1.js").write_text("1;" * 2000, encoding="utf-8")
    with served(create_app(settings, page_folder=tmp_path / "page", console_folder=folder)) as address:
        yield address


@pytest.mark.parametrize("path", ["/desk/", "/desk/tickets/ZW261201-7KF3Q", "/desk/settings"])
def test_every_address_below_desk_is_the_one_page(console: str, client: httpx.Client, path: str) -> None:
    response = client.get(console + path)

    assert response.status_code == 200
    assert "工作台" in response.text
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Frame-Options"] == "DENY"


def test_each_response_has_a_nonce_of_its_own_in_page_and_policy(console: str, client: httpx.Client) -> None:
    nonces = []
    for _ in range(2):
        response = client.get(f"{console}/desk/")
        found = re.search(r'nonce="([\w-]{20,})"', response.text)
        assert found
        nonces.append(found[1])
        assert response.headers["Content-Security-Policy"] == policy(found[1])

    assert nonces[0] != nonces[1]


def test_the_policy_lets_in_no_inline_script_and_nothing_from_elsewhere() -> None:
    directives = dict(part.split(" ", 1) for part in policy("abc").split("; "))

    assert directives["script-src"] == "'self'"
    assert directives["style-src"] == "'self' 'nonce-abc'"
    assert directives["default-src"] == directives["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy("abc")
    assert not re.search(r"https?:|\*", policy("abc"))


def test_built_files_are_kept_for_ever_and_missing_ones_are_no_page(console: str, client: httpx.Client) -> None:
    assert "immutable" in client.get(f"{console}/desk/assets/a-1.js").headers["Cache-Control"]
    assert client.get(f"{console}/desk/assets/b-2.js").status_code == 404
    assert client.get(f"{console}/desk/assets/../index.html").text.startswith("<meta")


def test_built_files_travel_packed(console: str, client: httpx.Client) -> None:
    response = client.get(f"{console}/desk/assets/a-1.js", headers={"Accept-Encoding": "gzip"})

    assert response.headers["Content-Encoding"] == "gzip"
    assert int(response.headers["Content-Length"]) < 200
    assert response.text == "1;" * 2000


def test_the_address_without_its_slash_leads_there(console: str, client: httpx.Client) -> None:
    assert client.get(f"{console}/desk", follow_redirects=False).headers["Location"] == "/desk/"


def test_without_a_built_console_the_visitor_is_told_how_to_build_it(base: str, client: httpx.Client) -> None:
    response = client.get(f"{base}/desk/")

    assert response.status_code == 503
    assert "make run" in response.text
