"""The widget on pages of other origins whose policy is `default-src 'none'` and the documented additions, against the whole system."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.pages import ANSWER_TIMEOUT, DESKTOP, PHONE, all_findings, findings
from tests.browser.test_chat_page import ANSWERED
from tests.browser.widget.host_pages import HostPages
from tests.browser.widget.pages import LOAD_TIMEOUT, answers, ask_in, breaches, composer_of, launcher, opened, widget
from tests.system.running import RunningSystem

pytestmark = pytest.mark.browser

BOTH_SIZES = pytest.mark.parametrize("context", [PHONE, DESKTOP], ids=["phone", "desktop"], indirect=True)
ON_DESKTOP = pytest.mark.parametrize("context", [DESKTOP], ids=["desktop"], indirect=True)
SESSIONS = "Object.keys(localStorage).filter((name) => name.startsWith('zhiwen.session')).map((name) => localStorage.getItem(name))"
TOKEN = f"JSON.parse(({SESSIONS})[0]).token"
QUIET = {"greeting": "off"}
_BOXES = """frame => ['.launch', '.frame', '.page-header', '.composer', '[data-kind=welcome] .Bubble', '.send', '.header-button'].map((selector) => {
    const root = frame.getRootNode();
    const style = getComputedStyle(root.querySelector(selector));
    const { x, y, width, height } = root.querySelector(selector).getBoundingClientRect();
    return [selector, x, y, width, height, style.color, style.backgroundColor, style.fontSize, style.fontFamily, style.letterSpacing];
})"""


@BOTH_SIZES
def test_check_22_under_a_strict_policy_it_answers_and_asks_nobody_else(
    host_page: Page, school: HostPages, zhiwen: RunningSystem, requested: list[str], complaints: list[str]
) -> None:
    frame = opened(host_page, school.add("/", QUIET))
    answer = ask_in(frame, ANSWERED)
    citation = answer.get_by_role("button", name=re.compile("^依据 1"))
    citation.click()
    expect(answer.locator(".citation-body blockquote").first).to_be_visible()
    answer.get_by_role("button", name="有帮助").click()
    expect(answer.get_by_text("谢谢，已记录")).to_be_visible()

    assert breaches(complaints) == []
    own = {urlsplit(school.url).netloc, urlsplit(zhiwen.url).netloc}
    assert {urlsplit(url).netloc for url in requested if not url.startswith("data:")} <= own
    token = host_page.evaluate(TOKEN)
    assert token
    assert not [url for url in requested if token in url]
    expect(frame.get_by_role("log")).to_have_attribute("aria-live", "polite")
    assert [finding for finding in all_findings(host_page) if "zhiwen" in finding or "Message" in finding] == []
    assert findings(host_page) == []


@BOTH_SIZES
def test_the_pages_own_styles_do_not_reach_it(host_page: Page, school: HostPages, complaints: list[str]) -> None:
    plain = opened(host_page, school.add("/plain", QUIET)).evaluate(_BOXES)
    hostile = opened(host_page, school.add("/hostile", QUIET, hostile=True)).evaluate(_BOXES)

    assert host_page.locator("h1").evaluate("element => getComputedStyle(element).letterSpacing") == "9px"
    assert hostile == plain
    assert breaches(complaints) == []


def test_a_browser_that_constructs_no_sheets_gets_the_same_look(host_page: Page, school: HostPages, complaints: list[str]) -> None:
    new = opened(host_page, school.add("/", QUIET)).evaluate(_BOXES)
    host_page.add_init_script("delete ShadowRoot.prototype.adoptedStyleSheets; delete CSSStyleSheet.prototype.replaceSync")
    frame = opened(host_page, school.add("/old", QUIET, old_browsers=True))

    expect(frame.locator("link")).to_have_count(0)
    expect(widget(host_page).locator("link")).to_have_count(1)
    assert frame.evaluate(_BOXES) == new
    assert breaches(complaints) == []


def test_it_fills_a_phone_and_nothing_of_the_page_can_be_reached_behind_it(host_page: Page, school: HostPages) -> None:
    frame = opened(host_page, school.add("/", QUIET))

    assert frame.bounding_box() == {"x": 0, "y": 0, "width": PHONE["width"], "height": PHONE["height"]}
    expect(frame).to_have_attribute("aria-modal", "true")
    assert frame.evaluate("element => element.getRootNode().activeElement === element")  # the keyboard of a phone stays down
    seen = set()
    for _ in range(30):
        host_page.keyboard.press("Tab")
        inside = frame.evaluate("frame => frame.contains(frame.getRootNode().activeElement)")
        assert inside
        seen.add(frame.evaluate("frame => frame.getRootNode().activeElement.className"))
    assert len(seen) > 4
    assert host_page.evaluate("document.documentElement.style.overflow") == "hidden"
    host_page.keyboard.press("Escape")
    expect(frame).to_be_hidden()
    expect(launcher(host_page)).to_be_focused()
    assert host_page.evaluate("document.documentElement.style.overflow") == ""


@ON_DESKTOP
def test_everything_works_from_the_keyboard_and_the_page_hears_no_keys(host_page: Page, school: HostPages) -> None:
    host_page.goto(school.add("/", QUIET))
    expect(launcher(host_page)).to_be_visible(timeout=LOAD_TIMEOUT)
    host_page.evaluate("window.heard = []; document.addEventListener('keydown', (event) => window.heard.push(event.key))")
    host_page.keyboard.press("Tab")
    expect(launcher(host_page)).to_be_focused()
    expect(launcher(host_page)).to_have_attribute("aria-expanded", "false")
    host_page.keyboard.press("Enter")
    frame = widget(host_page).locator(".frame")
    expect(composer_of(frame)).to_be_focused(timeout=LOAD_TIMEOUT)
    expect(launcher(host_page)).to_have_attribute("aria-expanded", "true")
    host_page.keyboard.type("/s")
    assert "s" not in host_page.evaluate("window.heard")

    frame.get_by_role("button", name=re.compile("求职日历|日历")).first.press("Enter")
    sheet = frame.get_by_role("dialog")
    expect(sheet).to_be_visible()
    host_page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(frame).to_be_visible()
    host_page.keyboard.press("Escape")
    expect(frame).to_be_hidden()
    expect(launcher(host_page)).to_be_focused()
    host_page.keyboard.press("Enter")
    expect(composer_of(frame)).to_have_value("/s")


@BOTH_SIZES
def test_what_was_said_offline_is_kept_and_delivered_once(host_page: Page, context: BrowserContext, school: HostPages) -> None:
    frame = opened(host_page, school.add("/", QUIET))
    context.set_offline(True)
    expect(frame.get_by_text("网络已断开。消息会保留")).to_be_visible()
    composer_of(frame).fill(ANSWERED)
    composer_of(frame).press("Enter")
    expect(frame.get_by_role("button", name=re.compile("未送达.*点此重试"))).to_be_visible()
    context.set_offline(False)
    expect(frame.get_by_role("button", name=re.compile("^依据 1"))).to_be_visible(timeout=ANSWER_TIMEOUT)
    expect(frame.locator(".Message.right")).to_have_count(1)


def test_a_reload_brings_the_conversation_back_and_what_came_meanwhile_is_marked(host_page: Page, school: HostPages) -> None:
    address = school.add("/", QUIET)
    frame = opened(host_page, address)
    ask_in(frame, ANSWERED)
    composer_of(frame).fill("三方协议是什么")
    composer_of(frame).press("Enter")
    host_page.keyboard.press("Escape")
    expect(widget(host_page).locator(".badge")).to_have_text(re.compile("[1-9]"), timeout=ANSWER_TIMEOUT)
    expect(launcher(host_page)).to_have_attribute("aria-label", re.compile("有 [1-9] 条新消息"))

    host_page.reload()
    expect(widget(host_page).locator(".badge")).to_be_visible(timeout=LOAD_TIMEOUT)
    launcher(host_page).click()
    expect(frame.locator(".Message.right .bubble-text").first).to_have_text(ANSWERED)
    expect(answers(frame)).to_have_count(2)
    expect(widget(host_page).locator(".badge")).to_be_hidden()
    host_page.reload()
    expect(launcher(host_page)).to_be_visible(timeout=LOAD_TIMEOUT)
    launcher(host_page).click()
    expect(answers(frame)).to_have_count(2)


@ON_DESKTOP
def test_two_schools_on_one_page_do_not_mix(host_page: Page, school: HostPages, complaints: list[str]) -> None:
    address = school.add("/two", {**QUIET, "college": "甲学院"}, {**QUIET, "school": "乙学院", "position": "left", "color": "#8a1c1c"})
    first = opened(host_page, address, "甲学院")
    ask_in(first, ANSWERED)
    launcher(host_page, "乙学院").click()
    second = widget(host_page, "乙学院").locator(".frame")
    expect(second.locator('[data-kind="welcome"]')).to_be_visible(timeout=LOAD_TIMEOUT)
    ask_in(second, "三方协议是什么")

    expect(first.locator(".Message.right .bubble-text")).to_have_text([ANSWERED])
    expect(second.locator(".Message.right .bubble-text")).to_have_text(["三方协议是什么"])
    assert len(set(host_page.evaluate(SESSIONS))) == 2
    assert first.evaluate("one => getComputedStyle(one).right") == second.evaluate("one => getComputedStyle(one).left")
    assert breaches(complaints) == []
    assert findings(host_page) == []
    host_page.reload()
    for college, said in (("甲学院", ANSWERED), ("乙学院", "三方协议是什么")):
        launcher(host_page, college).click()
        expect(widget(host_page, college).locator(".Message.right .bubble-text")).to_have_text([said], timeout=LOAD_TIMEOUT)


def test_the_same_line_twice_is_one_widget(host_page: Page, school: HostPages) -> None:
    host_page.goto(school.add("/twice", QUIET, QUIET))
    expect(launcher(host_page)).to_be_visible(timeout=LOAD_TIMEOUT)
    host_page.wait_for_load_state("networkidle")
    expect(widget(host_page)).to_have_count(1)


def test_check_22_a_page_that_is_not_named_gets_nothing(host_page: Page, stranger: HostPages, zhiwen: RunningSystem, requested: list[str]) -> None:
    with host_page.expect_event("requestfailed", lambda one: one.url == f"{zhiwen.url}/api/chat/duty", timeout=LOAD_TIMEOUT):
        host_page.goto(stranger.add("/", QUIET))

    expect(host_page.locator("[data-zhiwen-widget]")).to_have_count(0)
    asked = {urlsplit(url).path for url in requested if url.startswith(zhiwen.url)}
    assert asked == {"/widget.js", "/api/chat/duty"}
    chat = (zhiwen.url + "/api/chat/sessions", {"method": "POST"})
    assert host_page.evaluate("([url, init]) => fetch(url, init).then(() => 'read', () => 'refused')", list(chat)) == "refused"
    assert host_page.evaluate("url => import(url).then(() => 'read', () => 'refused')", zhiwen.url + _chat_module(zhiwen)) == "refused"


def test_check_22_one_school_cannot_read_with_the_token_of_another(
    host_page: Page, context: BrowserContext, school: HostPages, other_school: HostPages, zhiwen: RunningSystem
) -> None:
    ask_in(opened(host_page, school.add("/", QUIET)), ANSWERED)
    token = host_page.evaluate(TOKEN)
    page = context.new_page()
    opened(page, other_school.add("/", QUIET))
    read = """([url, token]) => fetch(url, { headers: { Authorization: `Bearer ${token}` } }).then((answer) => answer.status)"""
    messages = f"{zhiwen.url}/api/chat/messages?after=0"

    assert host_page.evaluate(read, [messages, token]) == 200
    assert page.evaluate(read, [messages, token]) == 401
    assert page.evaluate("Object.values(localStorage).join()").find(token) == -1


def test_it_greets_once_and_not_at_all_where_that_is_turned_off(host_page: Page, school: HostPages) -> None:
    greets = {"greeting": "毕业手续有问题？问我。", "greeting-delay": "0"}
    host_page.goto(school.add("/greets", greets))
    said = host_page.get_by_role("button", name="毕业手续有问题？问我。")
    expect(said).to_be_visible(timeout=LOAD_TIMEOUT)
    assert findings(host_page) == []
    host_page.get_by_role("button", name="关闭提示").click()
    expect(said).to_have_count(0)
    host_page.reload()
    expect(launcher(host_page)).to_be_visible(timeout=LOAD_TIMEOUT)
    host_page.wait_for_timeout(500)
    expect(said).to_have_count(0)

    host_page.evaluate("localStorage.clear()")
    host_page.goto(school.add("/quiet", {"greeting": "off", "greeting-delay": "0"}))
    expect(launcher(host_page)).to_be_visible(timeout=LOAD_TIMEOUT)
    host_page.wait_for_timeout(500)
    expect(widget(host_page).locator(".greeting")).to_have_count(0)


@pytest.mark.parametrize("attributes", [{"theme": "dark"}, {"theme": "dark", "color": "#0a2a6b"}, {"theme": "light", "color": "#ffe600"}])
def test_every_theme_can_be_read(host_page: Page, school: HostPages, attributes: dict[str, str]) -> None:
    frame = opened(host_page, school.add("/theme", {**QUIET, **attributes}))
    ask_in(frame, ANSWERED).get_by_role("button", name=re.compile("^依据 1")).click()
    ask_in(frame, "公司扣了我身份证和毕业证不让走")
    dark = attributes["theme"] == "dark"
    shade = frame.locator(".ChatApp").evaluate("one => Number(getComputedStyle(one).backgroundColor.match(/[0-9]+/)[0])")
    assert (shade < 60) is dark
    assert findings(host_page) == []
    frame.get_by_role("button", name="紧急电话").click()
    assert findings(host_page) == []


def test_the_interface_may_be_in_traditional_script_and_answers_stay_as_they_come(host_page: Page, school: HostPages) -> None:
    frame = opened(host_page, school.add("/hant", {**QUIET, "lang": "zh-Hant"}))
    expect(launcher(host_page)).to_have_attribute("aria-label", re.compile("問職問"))
    expect(frame.get_by_text("就業政策與求職助手")).to_be_visible()
    field = frame.get_by_role("textbox", name="輸入你的問題")
    field.fill("访企拓岗文號多少")
    field.press("Enter")
    expect(frame.locator('[data-outcome="answered"] .bubble-text')).to_contain_text("关于开展", timeout=ANSWER_TIMEOUT)
    expect(widget(host_page).locator("section.zw-root")).to_have_attribute("lang", "zh-Hant")


def test_a_picture_is_sent_from_the_widget(host_page: Page, school: HostPages, complaints: list[str]) -> None:
    frame = opened(host_page, school.add("/", QUIET))
    picture = host_page.screenshot()
    frame.locator('input[type="file"]').set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": picture})
    expect(frame.locator(".picture-thumb")).to_be_visible()
    frame.get_by_role("button", name="发送").click()
    expect(frame.locator(".sent-picture")).to_be_visible(timeout=ANSWER_TIMEOUT)
    expect(answers(frame).first).to_be_visible(timeout=60_000)
    assert breaches(complaints) == []


def test_the_example_page_carries_it(context: BrowserContext, zhiwen: RunningSystem) -> None:
    page = context.new_page()
    page.goto(f"{zhiwen.url}/embed-example")
    expect(page.locator("#snippet")).to_contain_text(f'src="{zhiwen.url}/widget.js"')
    frame = opened(page, f"{zhiwen.url}/embed-example")
    assert ask_in(frame, ANSWERED)
    assert all_findings(page) == []


def _chat_module(zhiwen: RunningSystem) -> str:
    [name] = re.findall(r"hans-[\w-]+\.js", httpx.get(f"{zhiwen.url}/widget.js", trust_env=False).text)
    return f"/widget/{name}"
