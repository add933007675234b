"""The chat page in a real browser, against the whole running system (`zhiwen_url`, see conftest.py)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.pages import ANSWER_TIMEOUT, DESKTOP, PHONE, ask, composer, findings, wide

pytestmark = pytest.mark.browser

ANSWERED = "访企拓岗文号多少"
REFUSED = "上海应届生落户需要多少分"
URGENT = "公司扣了我身份证和毕业证不让走"


@pytest.mark.parametrize("context", [PHONE, DESKTOP], ids=["phone", "desktop"], indirect=True)
def test_answer_refusal_and_urgent_help(page: Page, requested: list[str], zhiwen_url: str) -> None:
    answered = ask(page, ANSWERED)
    expect(answered.locator('[data-outcome="answered"] .bubble-text')).to_contain_text(re.compile("2022.*3"))
    citation = answered.get_by_role("button", name=re.compile("^依据 1"))
    expect(citation).to_have_attribute("aria-expanded", "false")
    citation.click()
    expect(citation).to_have_attribute("aria-expanded", "true")
    quote = answered.locator(".citation-body").first.locator("blockquote")
    expect(quote).to_be_visible()
    expect(quote).not_to_be_empty()

    refused = ask(page, REFUSED)
    expect(refused.locator('[data-outcome="refused"] .bubble-label')).to_be_visible()
    expect(refused.get_by_role("button", name=re.compile("人工|老师")).first).to_be_visible()

    urgent = ask(page, URGENT)
    card = urgent.locator(".handoff-urgent")
    expect(card).to_contain_text("编号")
    for number in ("110", "120", "12356"):
        expect(card.locator(f'a[href="tel:{number}"]')).to_be_visible()

    assert findings(page) == []
    content, window = wide(page)
    assert content <= window
    own = urlsplit(zhiwen_url).netloc
    assert {urlsplit(url).netloc for url in requested if not url.startswith("data:")} == {own}


def test_everything_works_from_the_keyboard(page: Page) -> None:
    composer(page).focus()
    page.keyboard.type("第一行")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("第二行")
    expect(composer(page)).to_have_value("第一行\n第二行")
    composer(page).fill(ANSWERED)
    page.keyboard.press("Enter")
    expect(composer(page)).to_have_value("")
    expect(composer(page)).to_be_focused()
    citation = page.get_by_role("button", name=re.compile("^依据 1"))
    expect(citation).to_be_visible(timeout=ANSWER_TIMEOUT)

    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if citation.evaluate("element => element === document.activeElement"):
            break
    expect(citation).to_be_focused()
    assert citation.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator(".citation-body blockquote").first).to_be_visible()
    page.keyboard.press("Space")
    expect(page.locator(".citation-body blockquote").first).to_be_hidden()


def test_emergency_numbers_are_two_taps_away_and_escape_closes_them(page: Page) -> None:
    toggle = page.get_by_role("button", name="紧急电话")
    toggle.press("Enter")
    for number in ("110", "120", "12356"):
        expect(page.locator(f'header a[href="tel:{number}"]')).to_be_visible()
    assert findings(page) == []
    page.keyboard.press("Escape")
    expect(toggle).to_be_focused()
    expect(page.locator('header a[href="tel:110"]')).to_be_hidden()


def test_a_teacher_is_one_tap_away(page: Page) -> None:
    page.get_by_role("button", name="找老师", exact=True).click()
    expect(page.locator(".handoff").first).to_contain_text("编号", timeout=ANSWER_TIMEOUT)


def test_an_input_method_may_use_enter(page: Page) -> None:
    composer(page).fill("dang an")
    for init in ("isComposing: true", "keyCode: 229"):
        composer(page).evaluate(f"element => element.dispatchEvent(new KeyboardEvent('keydown', {{key: 'Enter', bubbles: true, {init}}}))")
    expect(composer(page)).to_have_value("dang an")
    expect(page.locator(".Message.right")).to_have_count(0)


def test_a_huge_paste_is_cut_visibly(page: Page) -> None:
    composer(page).focus()
    page.evaluate("document.execCommand('insertText', false, '字'.repeat(30000))")
    expect(page.get_by_text("只保留了前 2000 字，后面 28000 字没有放进来")).to_be_visible()
    assert len(composer(page).input_value()) == 2000
    expect(page.get_by_text("2000/2000")).to_be_visible()


def test_markup_is_shown_as_text(page: Page) -> None:
    markup = "<img src=x onerror=\"document.title='被改了'\"> <b>粗</b> 三方协议是什么"
    composer(page).fill(markup)
    composer(page).press("Enter")
    expect(page.locator(".Message.right .bubble-text").last).to_have_text(markup)
    expect(page.get_by_text("这类指令我不会执行")).to_be_visible(timeout=ANSWER_TIMEOUT)
    assert page.locator(".MessageList img, .MessageList b").count() == 0
    expect(page).to_have_title("职问")


def test_history_comes_back_after_a_reload(page: Page) -> None:
    ask(page, ANSWERED)
    rows = page.locator(".MessageList > .Message").count()
    page.reload()
    expect(page.locator(".Message.right .bubble-text")).to_have_text(ANSWERED)
    expect(page.get_by_role("button", name=re.compile("^依据 1"))).to_be_visible()
    expect(page.locator(".MessageList > .Message")).to_have_count(rows)


def test_what_was_said_offline_is_kept_and_delivered_once(page: Page, context: BrowserContext) -> None:
    context.set_offline(True)
    expect(page.get_by_text("网络已断开。消息会保留")).to_be_visible()
    composer(page).fill(ANSWERED)
    composer(page).press("Enter")
    expect(page.get_by_role("button", name=re.compile("未送达.*点此重试"))).to_be_visible()
    context.set_offline(False)
    expect(page.get_by_role("button", name=re.compile("^依据 1"))).to_be_visible(timeout=ANSWER_TIMEOUT)
    expect(page.locator(".Message.right")).to_have_count(1)
    expect(page.get_by_text("未送达")).to_have_count(0)


def test_a_session_that_is_no_longer_accepted_is_replaced_visibly(page: Page) -> None:
    ask(page, ANSWERED)
    page.evaluate(
        """() => {
          const session = JSON.parse(localStorage.getItem('zhiwen.session'));
          localStorage.setItem('zhiwen.session', JSON.stringify({...session, token: 'not-a-token'}));
        }"""
    )
    page.reload()
    expect(page.get_by_text("上一次会话已过期，已为你开始新的会话")).to_be_visible()
    expect(ask(page, ANSWERED)).to_be_visible()


def test_a_thumb_is_thanked_and_a_thumb_down_may_be_explained(page: Page) -> None:
    answer = ask(page, ANSWERED)
    answer.get_by_role("button", name="没帮助").click()
    reason = answer.get_by_role("textbox", name=re.compile("哪里不对"))
    expect(reason).to_be_focused()
    reason.fill("没有写日期")
    answer.get_by_role("button", name="提交").click()
    expect(answer.get_by_text("已记录，我们会改进")).to_be_visible()


def test_the_token_stays_in_the_header(page: Page, requested: list[str]) -> None:
    ask(page, ANSWERED)
    token = page.evaluate("JSON.parse(localStorage.getItem('zhiwen.session')).token")
    assert token
    assert not [url for url in requested if token in url]


@pytest.mark.parametrize("size", [{"width": 320, "height": 568}, {"width": 640, "height": 400}], ids=["narrow", "zoomed"])
def test_nothing_is_lost_in_a_small_window(page: Page, size: dict[str, int]) -> None:
    ask(page, ANSWERED).get_by_role("button", name=re.compile("^依据 1")).click()
    page.set_viewport_size(size)  # type: ignore[arg-type]
    content, window = wide(page)
    assert content <= window
    expect(composer(page)).to_be_in_viewport()
    expect(page.get_by_role("button", name="发送")).to_be_in_viewport()
    expect(page.get_by_role("button", name="找老师", exact=True)).to_be_in_viewport()
