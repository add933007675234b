"""Traps on the chat page: the card, and pictures of an advertisement chosen, pasted, refused and tried again."""

from __future__ import annotations

import base64
import os
import re
from pathlib import Path

import pylopdf_fonts_zh_cn as fonts
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.pages import ANSWER_TIMEOUT, DESKTOP, PHONE, all_findings, ask, bot_rows, wide

pytestmark = pytest.mark.browser

EACH_SIZE = pytest.mark.parametrize("context", [PHONE, DESKTOP], ids=["phone", "desktop"], indirect=True)
ADVERTISEMENT = "急招文员，月入过万，无需经验，入职需交 600 元押金，名额有限，加微信详聊"
READING_TIMEOUT = 90_000
"""Recognising a picture for the first time loads the models."""


@pytest.fixture(scope="module")
def screenshot(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real picture of an advertisement, drawn by the browser itself, with type that needs none of the machine's."""
    path = tmp_path_factory.mktemp("pictures") / "advertisement.png"
    type_face = base64.b64encode(fonts.sans_path().read_bytes()).decode()
    page = browser.new_page(viewport={"width": 420, "height": 300})
    page.set_content(
        f"<style>@font-face {{font-family: own; src: url(data:font/otf;base64,{type_face})}}</style>"
        f'<body style="margin:24px;font:26px/1.7 own">{ADVERTISEMENT}</body>'
    )
    page.evaluate("document.fonts.ready")
    page.screenshot(path=path)
    page.close()
    return path


@EACH_SIZE
def test_a_trap_is_told_by_level_phrases_steps_and_numbers(page: Page) -> None:
    row = ask(page, f"帮我看看这个靠谱吗：{ADVERTISEMENT}")
    card = row.locator(".card.risk")
    expect(card.locator(".risk-level")).to_contain_text("高风险")
    expect(card.locator(".risk-phrase").first).to_contain_text("押金")
    expect(card.get_by_role("heading", name="现在这样做")).to_be_visible()
    for number in ("110", "12333"):
        expect(card.locator(f'a[href="tel:{number}"]')).to_be_visible()
    content, window = wide(page)
    assert content <= window
    assert all_findings(page) == []


def test_a_screenshot_is_read_and_judged(page: Page, screenshot: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="发图片").click()
    chooser.value.set_files(screenshot)
    expect(page.get_by_role("img", name="待发送的图片")).to_be_visible()
    expect(page.get_by_text("请先遮住")).to_be_visible()
    assert all_findings(page) == []
    page.get_by_role("button", name="发送", exact=True).click()
    expect(page.locator(".Message.right").get_by_role("img", name="你发的图片")).to_be_visible()
    expect(page.locator(".card.risk .risk-phrase").first).to_contain_text("押金", timeout=READING_TIMEOUT)
    expect(page.locator(".Message.right")).to_have_count(1)
    expect(page.locator(".Message.right").get_by_role("img", name="你发的图片")).to_be_visible()
    assert all_findings(page) == []
    page.reload()
    expect(page.locator(".Message.right summary")).to_have_text("图里的文字")


def test_a_picture_that_did_not_get_through_is_sent_again(page: Page, context: BrowserContext, screenshot: Path) -> None:
    page.locator('input[type="file"]').set_input_files(screenshot)
    expect(page.get_by_role("img", name="待发送的图片")).to_be_visible()
    context.set_offline(True)
    page.get_by_role("button", name="发送", exact=True).click()
    expect(page.get_by_role("button", name=re.compile("未送达.*点此重试"))).to_be_visible(timeout=ANSWER_TIMEOUT)
    expect(page.locator(".Message.right").get_by_role("img", name="你发的图片")).to_be_visible()
    context.set_offline(False)
    expect(page.locator(".card.risk .risk-phrase").first).to_contain_text("押金", timeout=READING_TIMEOUT)
    expect(page.locator(".Message.right")).to_have_count(1)


def test_a_picture_is_pasted_and_taken_back(page: Page, screenshot: Path) -> None:
    page.evaluate(
        """(encoded) => {
          const bytes = Uint8Array.from(atob(encoded), (sign) => sign.charCodeAt(0));
          const clipboardData = new DataTransfer();
          clipboardData.items.add(new File([bytes], 'shot.png', {type: 'image/png'}));
          document.querySelector('.composer textarea').dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}));
        }""",
        base64.b64encode(screenshot.read_bytes()).decode(),
    )
    expect(page.get_by_role("img", name="待发送的图片")).to_be_visible()
    page.get_by_role("button", name="不发这张图片").click()
    expect(page.get_by_role("img", name="待发送的图片")).to_have_count(0)
    expect(page.get_by_role("button", name="发送", exact=True)).to_be_disabled()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cv.pdf", b"%PDF-1.7", "不是图片"),
        ("broken.png", b"\x89PNG\r\n\x1a\n and nothing more", "打不开"),
        ("huge.png", b"", "超过 8 MB"),
    ],
    ids=["no picture", "broken", "too large"],
)
def test_what_cannot_be_sent_is_refused_kindly(page: Page, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    chosen = tmp_path / name
    chosen.write_bytes(content)
    if not content:
        os.truncate(chosen, 41 * 1024 * 1024)
    page.locator('input[type="file"]').set_input_files(chosen)
    expect(page.locator(".picture-tray")).to_contain_text(said)
    expect(page.get_by_role("button", name="发送", exact=True)).to_be_disabled()
    assert bot_rows(page).count() == 0
