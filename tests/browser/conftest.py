"""A browser and its pages, for all tests of the chat page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.pages import CHROMIUM, PHONE


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def requested() -> list[str]:
    """The address of every request that the page makes."""
    return []


@pytest.fixture
def context(browser: Browser, requested: list[str], request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    size = getattr(request, "param", PHONE)
    context = browser.new_context(viewport=size, locale="zh-CN", has_touch=size == PHONE)
    context.on("request", lambda seen: requested.append(seen.url))
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, zhiwen_url: str) -> Page:
    page = context.new_page()
    page.goto(zhiwen_url)
    expect(page.get_by_text("你好，我是职问")).to_be_visible()
    return page
