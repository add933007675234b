"""A browser and its pages, for all tests of the chat page and the console."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.desk_pages import ACTION_TIMEOUT, Counsellor, add_staff, sign_in
from tests.browser.pages import CHROMIUM, PHONE
from tests.knowledge.truth_papers import EXPIRED_QUESTION, TRUTH_PAPERS
from tests.system.running import Conversation, RunningSystem

PATIENCE_MILLISECONDS = 30_000
"""How long a page may take for what is expected of it: only a test that fails waits so long, and a busy machine is no failure."""

expect.set_options(timeout=PATIENCE_MILLISECONDS)


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
    context = browser.new_context(viewport=size, locale="zh-CN", has_touch=size == PHONE, reduced_motion="reduce")
    context.set_default_timeout(ACTION_TIMEOUT)
    context.on("request", lambda seen: requested.append(seen.url))
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, zhiwen_url: str) -> Page:
    page = context.new_page()
    page.goto(zhiwen_url)
    expect(page.get_by_text("你好，我是职问")).to_be_visible()
    return page


@pytest.fixture(scope="session")
def staffed(zhiwen: RunningSystem) -> RunningSystem:
    """The running system with people at its desk."""
    add_staff(zhiwen, "wang", "王老师")
    add_staff(zhiwen, "li", "李老师")
    add_staff(zhiwen, "admin", "系统管理员", "administrator", "")
    return zhiwen


@pytest.fixture
def wang(browser: Browser, staffed: RunningSystem) -> Iterator[Counsellor]:
    context, counsellor = sign_in(browser, staffed.url, "wang")
    yield counsellor
    context.close()


@pytest.fixture
def li(browser: Browser, staffed: RunningSystem) -> Iterator[Counsellor]:
    context, counsellor = sign_in(browser, staffed.url, "li")
    yield counsellor
    context.close()


@pytest.fixture(scope="session")
def truthful(zhiwen: RunningSystem, tmp_path_factory: pytest.TempPathFactory) -> RunningSystem:
    """The running system once it knows the papers at odds with one another."""
    folder = tmp_path_factory.mktemp("papers")
    for name, text in TRUTH_PAPERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    taken = zhiwen.command("ingest", str(folder))
    assert taken.returncode == 0, taken.stdout + taken.stderr
    assert zhiwen.wait_for(lambda: _knows_them(zhiwen), 60)
    return zhiwen


def _knows_them(zhiwen: RunningSystem) -> bool:
    conversation = Conversation(zhiwen)
    [first, *_] = conversation.say(EXPIRED_QUESTION)
    conversation.close()
    return bool(first["kind"] == "policy_answer" and first["payload"]["outcome"] == "answered")
