"""What the tests of the chat page do with it: ask, look, measure."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

CHROMIUM = "/usr/bin/chromium"
AXE = Path(__file__).parents[2] / "web" / "chat" / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
ANSWER_TIMEOUT = 30_000


def composer(page: Page) -> Locator:
    return page.get_by_role("textbox", name="输入你的问题")


def bot_rows(page: Page) -> Locator:
    return page.locator('.MessageList > .Message[data-speaker="职问"]:not([data-kind="welcome"])')


def ask(page: Page, text: str) -> Locator:
    """Says `text` and returns the row that answers it."""
    before = bot_rows(page).count()
    composer(page).fill(text)
    composer(page).press("Enter")
    answer = bot_rows(page).nth(before)
    expect(answer).to_be_visible(timeout=ANSWER_TIMEOUT)
    return answer


def wide(page: Page) -> tuple[int, int]:
    """The width of the content and of the window."""
    content, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return int(content), int(window)


def findings(page: Page) -> list[str]:
    """What axe calls serious or critical."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run(document).then((result) => result.violations)")
    return [
        f"{violation['id']}: {node['html'][:200]}"
        for violation in violations
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
