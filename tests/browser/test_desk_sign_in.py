"""The two other ways in, in a real browser: with a second factor, and by the school's own sign-in, a real provider."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.app_alone import AppAlone
from tests.browser.desk_pages import DESK_DESKTOP, LIVE_TIMEOUT, PASSWORD, add_staff, sign_in
from tests.browser.pages import findings
from tests.desk.provider import provider_at
from tests.system.running import free_port

pytestmark = pytest.mark.browser

STEP_SECONDS = 30
NAME = "zhao.min"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppAlone]:
    app = AppAlone(Path(tmp_path_factory.mktemp("home")), provider_port=free_port())
    add_staff(app, "qian", "钱老师")
    made = app.command("staff", "add", NAME, "--role", "counsellor", "--display-name", "赵老师", "--no-password")
    assert made.returncode == 0, made.stdout + made.stderr
    try:
        app.start()
        yield app
    finally:
        app.stop()


@pytest.fixture
def way_in(browser: Browser, app: AppAlone) -> Iterator[Page]:
    """The sign-in page; whatever lies outside this machine is out of reach."""
    context = browser.new_context(viewport=DESK_DESKTOP, locale="zh-CN", reduced_motion="reduce")  # type: ignore[arg-type]
    context.route(lambda url: "127.0.0.1" not in url, lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{app.url}/desk/")
    yield page
    context.close()


def test_a_second_factor_is_turned_on_and_asked_for(browser: Browser, app: AppAlone) -> None:
    context, qian = sign_in(browser, app.url, "qian", path="settings")
    page = qian.page
    second = page.locator(".sheet").filter(has=page.get_by_role("heading", name="两步验证"))
    second.get_by_label("现在的密码").fill(PASSWORD)
    second.get_by_role("button", name="开启两步验证").click()
    expect(second.get_by_role("img", name="两步验证的二维码")).to_be_visible(timeout=LIVE_TIMEOUT)
    assert findings(page) == []
    factor = pyotp.TOTP(second.locator("code").inner_text())
    second.get_by_label("验证器上显示的 6 位数字").fill(factor.now())
    second.get_by_role("button", name="确认开启").click()
    expect(second.locator(".codes li").first).to_be_visible(timeout=LIVE_TIMEOUT)
    recovery = second.locator(".codes li").first.inner_text()

    page.get_by_role("button", name="退出登录").click()
    give_password(page, "qian")
    code = page.get_by_label("动态验证码")
    expect(code).to_be_visible(timeout=LIVE_TIMEOUT)
    expect(page.get_by_role("alert")).to_have_count(0)
    code.fill("000000")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_be_visible(timeout=LIVE_TIMEOUT)
    expect(code).to_have_value("")
    assert findings(page) == []
    code.fill(factor.at(int(time.time()) + STEP_SECONDS))  # the one of now was used up by turning it on
    page.get_by_role("button", name="登录").click()
    expect_signed_in(page)

    # The phone is lost: one of the codes that were written down.
    page.get_by_role("button", name="退出登录").click()
    give_password(page, "qian")
    code.fill(recovery)
    page.get_by_role("button", name="登录").click()
    expect_signed_in(page)
    context.close()


def test_the_school_s_sign_in_says_when_it_is_away_when_it_refuses_and_lets_its_own_in(way_in: Page, app: AppAlone) -> None:
    single = way_in.get_by_role("link", name="用学校统一身份认证登录")
    alert = way_in.get_by_role("alert")
    single.click()
    expect(alert).to_contain_text("暂时用不了，请用工作台的用户名和密码登录", timeout=LIVE_TIMEOUT)
    assert findings(way_in) == []

    users = [{"sub": "u-1", "preferred_username": NAME}, {"sub": "u-2", "preferred_username": "nobody.here"}]
    with provider_at(app.provider_port, *(part for user in users for part in ("--user-claims", json.dumps(user)))):
        single.click()
        way_in.get_by_role("button", name="Deny").click()
        expect(alert).to_contain_text("没有登录成功", timeout=LIVE_TIMEOUT)
        single.click()
        way_in.get_by_role("button", name="u-2").first.click()
        expect(alert).to_contain_text("请联系管理员", timeout=LIVE_TIMEOUT)

        single.click()
        way_in.get_by_role("button", name="u-1").first.click()
        expect_signed_in(way_in)
        expect(way_in.get_by_role("button", name=re.compile("接待状态"))).to_contain_text("赵老师")

    # The session is the desk's own: the provider may go.
    way_in.reload()
    expect_signed_in(way_in)


def give_password(page: Page, name: str) -> None:
    page.get_by_label("用户名").fill(name, timeout=LIVE_TIMEOUT)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def expect_signed_in(page: Page) -> None:
    expect(page.get_by_role("button", name=re.compile("接待状态"))).to_be_visible(timeout=LIVE_TIMEOUT)
