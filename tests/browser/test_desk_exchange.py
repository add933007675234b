"""Two counsellors and a graduate: request, claim, live exchange, hand back, satisfaction, in real browsers against the whole running system."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk_pages import DESK_DESKTOP, LIVE_TIMEOUT, PASSWORD, Counsellor, heard, registered, sign_in, tell
from tests.browser.pages import ANSWER_TIMEOUT, PHONE, ask, bot_rows, findings, wide
from tests.system.running import RunningSystem

pytestmark = pytest.mark.browser

QUESTION = "三方协议丢了想请老师帮忙补办"


def test_a_request_is_claimed_answered_live_handed_back_and_rated(page: Page, wang: Counsellor, li: Counsellor) -> None:
    number = registered(page, QUESTION)

    # Both see it arrive without a reload; one of the two takes it.
    for counsellor in (wang, li):
        row = counsellor.page.locator(f'.row[href*="{number}"]')
        expect(row).to_be_visible(timeout=LIVE_TIMEOUT)
        row.click()
        expect(counsellor.page.locator(".brief")).to_contain_text("三方协议")
    expect(wang.page.get_by_text("李老师也在看")).to_be_visible(timeout=LIVE_TIMEOUT)
    assert findings(wang.page) == []
    wang.claim()
    expect(li.page.get_by_text(re.compile("王老师正在处理"))).to_be_visible(timeout=LIVE_TIMEOUT)
    expect(li.page.get_by_role("button", name="接这条咨询")).to_have_count(0)
    expect(heard(page, "王老师已经接入")).to_be_visible(timeout=LIVE_TIMEOUT)

    # What either says is seen by the other at once, and the bot stays silent.
    wang.say("协议可以补办，请问单位同意补签吗？")
    expect(heard(page, "协议可以补办")).to_be_visible(timeout=LIVE_TIMEOUT)
    spoken = bot_rows(page).count()
    tell(page, "单位说可以补签")
    expect(wang.entries.filter(has_text="单位说可以补签")).to_be_visible(timeout=LIVE_TIMEOUT)
    expect(wang.entries.filter(has_text="单位说可以补签")).to_have_attribute("data-role", "user")
    wang.say("那请带身份证到就业处领表。")
    expect(heard(page, "那请带身份证到就业处领表")).to_be_visible(timeout=LIVE_TIMEOUT)
    assert bot_rows(page).count() == spoken

    # A note is for colleagues only.
    wang.page.get_by_text("内部备注", exact=True).first.click()
    wang.composer.fill("已经和学院确认过")
    wang.page.get_by_role("button", name="保存备注").click()
    expect(wang.page.locator(".item-note")).to_contain_text("已经和学院确认过", timeout=LIVE_TIMEOUT)
    expect(li.page.locator(".item-note")).to_contain_text("已经和学院确认过", timeout=LIVE_TIMEOUT)
    expect(page.get_by_text("已经和学院确认过")).to_have_count(0)

    # Handed back, the bot answers again.
    wang.page.get_by_role("button", name="交还职问").click()
    wang.page.get_by_role("button", name="确定").click()
    expect(heard(page, "交还给我了")).to_be_visible(timeout=LIVE_TIMEOUT)
    expect(ask(page, "访企拓岗文号多少").get_by_role("button", name=re.compile("^依据 1"))).to_be_visible()

    # Resolved, the graduate is asked once, and the desk sees the answer.
    wang.page.get_by_role("button", name="办结").first.click()
    wang.page.locator(".ant-modal").get_by_role("button", name="办结").click()
    expect(page.get_by_text(re.compile("处理你满意吗"))).to_be_visible(timeout=LIVE_TIMEOUT)
    page.get_by_role("button", name="满意", exact=True).click()
    expect(heard(page, "谢谢你的评价")).to_be_visible(timeout=ANSWER_TIMEOUT)
    expect(wang.page.locator(".aside")).to_contain_text("满意", timeout=ANSWER_TIMEOUT)

    assert findings(wang.page) == []
    assert wang.complaints == [] == li.complaints
    own = urlsplit(page.url).netloc
    assert {urlsplit(url).netloc for url in wang.requested if not url.startswith("data:")} == {own}


def test_what_was_typed_is_there_after_a_reload_and_when_the_session_has_ended(page: Page, wang: Counsellor) -> None:
    number = registered(page, "档案派遣弄错了要找老师")
    wang.page.locator(f'.row[href*="{number}"]').click()
    wang.claim()
    wang.composer.fill("我先查一下你的档案去向，")
    wang.page.reload()
    expect(wang.composer).to_have_value("我先查一下你的档案去向，")

    wang.page.context.clear_cookies()
    wang.composer.press("Control+Enter")
    expect(wang.page.get_by_label("用户名")).to_be_visible(timeout=LIVE_TIMEOUT)
    wang.page.get_by_label("用户名").fill("wang")
    wang.page.get_by_label("密码").fill(PASSWORD)
    wang.page.get_by_role("button", name="登录").click()
    expect(wang.composer).to_have_value("我先查一下你的档案去向，", timeout=LIVE_TIMEOUT)
    wang.composer.press("Control+Enter")
    expect(heard(page, "我先查一下你的档案去向")).to_be_visible(timeout=LIVE_TIMEOUT)


def test_on_a_phone_the_list_leads_to_the_conversation_and_back(page: Page, browser: Browser, staffed: RunningSystem) -> None:
    number = registered(page, "户口迁移证找不到了请老师帮忙")
    context, li = sign_in(browser, staffed.url, "li", PHONE)
    row = li.page.locator(f'.row[href*="{number}"]')
    expect(row).to_be_visible(timeout=LIVE_TIMEOUT)
    assert row.bounding_box()["height"] >= 44  # type: ignore[index]
    assert findings(li.page) == []
    row.click()
    expect(li.page.locator(".brief")).to_be_visible()
    expect(li.rows).to_have_count(0)
    expect(li.page.get_by_role("button", name="接这条咨询")).to_be_in_viewport()
    content, window = wide(li.page)
    assert content <= window
    assert findings(li.page) == []
    li.page.get_by_role("button", name="返回列表").click()
    expect(row).to_be_visible()
    context.close()


def test_the_keyboard_does_what_the_help_says(page: Page, wang: Counsellor) -> None:
    number = registered(page, "就业协议网签出错想找老师")
    expect(wang.page.locator(f'.row[href*="{number}"]')).to_be_visible(timeout=LIVE_TIMEOUT)
    wang.page.keyboard.press("?")
    expect(wang.page.get_by_role("dialog")).to_contain_text("下一条 / 上一条")
    wang.page.keyboard.press("Escape")
    expect(wang.page.get_by_role("dialog")).to_have_count(0)
    wang.page.keyboard.press("/")
    wang.page.keyboard.type(number)
    expect(wang.rows).to_have_count(1, timeout=LIVE_TIMEOUT)
    wang.page.keyboard.press("Escape")
    wang.page.keyboard.press("j")
    expect(wang.page.locator(".ticket-head h1")).to_be_visible()
    wang.page.keyboard.press("c")
    expect(wang.page.get_by_role("button", name="交还职问")).to_be_visible(timeout=LIVE_TIMEOUT)
    wang.page.keyboard.press("r")
    expect(wang.composer).to_be_focused()


PAGES = [
    "tickets",
    "graduates",
    "graduates?tab=due",
    "knowledge",
    "documents",
    "documents/upload",
    "documents/1",
    "search-test",
    "upkeep",
    "surveys",
    "trainings",
    "reports",
    "canned",
    "staff",
    "audit",
    "deliveries",
    "settings",
    "postings",
    "fairs",
    "employers",
    "announcements",
]


@pytest.mark.parametrize("size", [DESK_DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_page_is_accessible_within_its_policy_and_no_wider_than_the_window(
    browser: Browser, staffed: RunningSystem, size: dict[str, int]
) -> None:
    context, admin = sign_in(browser, staffed.url, "admin", size)
    for path in PAGES:
        admin.page.goto(f"{staffed.url}/desk/{path}")
        admin.page.wait_for_load_state("load")
        expect(admin.page.locator("#main")).to_be_visible(timeout=LIVE_TIMEOUT)
        expect(admin.page.locator("#main .ant-spin-spinning"), path).to_have_count(0, timeout=LIVE_TIMEOUT)
        assert findings(admin.page) == [], path
        content, window = wide(admin.page)
        assert content <= window, path
    assert admin.complaints == []
    context.close()
