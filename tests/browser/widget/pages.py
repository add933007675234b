"""What the tests do with a widget on a page."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import ANSWER_TIMEOUT

LOAD_TIMEOUT = 60_000


def widget(page: Page, college: str = "") -> Locator:
    """Everything of one widget, in its shadow."""
    return page.locator(f'[data-zhiwen-widget$="/{college}"]')


def launcher(page: Page, college: str = "") -> Locator:
    return widget(page, college).locator(".launch")


def opened(page: Page, address: str, college: str = "") -> Locator:
    """Goes to a page and opens the widget there; its frame."""
    page.goto(address)
    launcher(page, college).click(timeout=LOAD_TIMEOUT)
    frame = widget(page, college).locator(".frame")
    expect(frame.locator('[data-kind="welcome"]')).to_be_visible(timeout=LOAD_TIMEOUT)
    expect(frame.get_by_text("正在读取对话")).to_have_count(0, timeout=LOAD_TIMEOUT)
    return frame


def composer_of(frame: Locator) -> Locator:
    return frame.get_by_role("textbox", name="输入你的问题")


def answers(frame: Locator) -> Locator:
    return frame.locator('.MessageList > .Message[data-speaker="职问"]:not([data-kind="welcome"])')


def ask_in(frame: Locator, text: str) -> Locator:
    """Says `text` and returns the row that answers it."""
    before = answers(frame).count()
    composer_of(frame).fill(text)
    composer_of(frame).press("Enter")
    answer = answers(frame).nth(before)
    expect(answer).to_be_visible(timeout=ANSWER_TIMEOUT)
    return answer


def breaches(complaints: list[str]) -> list[str]:
    """Complaints about the page's content policy, which a widget may not cause."""
    return [said for said in complaints if re.search("Content.Security.Policy|violates", said)]
