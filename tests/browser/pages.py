"""What the tests of the chat page do with it: ask, look, measure."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

CHROMIUM = "/usr/bin/chromium"
AXE = Path(__file__).parents[2] / "web" / "chat" / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
ANSWER_TIMEOUT = 60_000
_AT_REST = """() => Promise.all(
    document.getAnimations()
        .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
        .map((one) => one.finished.catch(() => null))
)"""


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
    return [f"{rule}: {html}" for rule, impact, html in _violations(page) if impact in ("serious", "critical")]


def all_findings(page: Page) -> list[str]:
    """Whatever axe finds, minor or not."""
    return [f"{rule} ({impact}): {html}" for rule, impact, html in _violations(page)]


def _violations(page: Page) -> list[tuple[str, str, str]]:
    """Rule, impact and the element, for each violation that axe sees."""
    page.evaluate(_AT_REST)  # a colour on its way from disabled to enabled has the contrast of neither
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run(document).then((result) => result.violations)")
    return [(violation["id"], violation["impact"], node["html"][:200]) for violation in violations for node in violation["nodes"]]
