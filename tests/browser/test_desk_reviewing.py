"""The console alone: job fairs are reviewed, and a care file is erased; on a desktop and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.app_alone import AppAlone
from tests.browser.desk_pages import COLLEGE, LIVE_TIMEOUT, add_staff, sign_in
from tests.browser.pages import PHONE, findings, wide

pytestmark = pytest.mark.browser

TABLE = """名称,城市,地点,开始时间,结束时间,面向对象,主办单位,说明
示例大学冬季双选会,长沙,示例大学体育馆,2026-12-05 09:00,2026-12-05 16:00,2027届毕业生,示例大学就业指导中心,请带简历
人才交流招聘会,长沙,会展中心,2026-12-06 09:00,,毕业生,示例会展公司,入场费每人50元，现场办理
制造业专场招聘会,长沙,会展中心,2026-12-07 09:00,,限男性,示例会展公司,
"""
ROSTER = f"学号,姓名,学院\nQ2027001,示例同学甲,{COLLEGE}\nQ2027002,示例同学乙,{COLLEGE}\nQ2027003,示例同学丙,{COLLEGE}\n"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppAlone]:
    """The app with three fairs of a source that nobody trusts, and a roster of three."""
    app = AppAlone(Path(tmp_path_factory.mktemp("home")))
    files = tmp_path_factory.mktemp("files")
    (files / "fairs.csv").write_text(TABLE, encoding="utf-8")
    (files / "roster.csv").write_text(ROSTER, encoding="utf-8")
    for command in (
        ("events", "import", str(files / "fairs.csv"), "--source", "某公众号", "--untrusted"),
        ("roster", "import", str(files / "roster.csv")),
    ):
        taken = app.command(*command)
        assert taken.returncode == 0, taken.stdout + taken.stderr
    add_staff(app, "shen", "审核老师", "reviewer", "")
    add_staff(app, "zhu", "主管老师", "supervisor", "")
    add_staff(app, "wang", "王老师")
    try:
        app.start()
        yield app
    finally:
        app.stop()


def in_the_calendar(app: AppAlone) -> str:
    """What graduates subscribe to."""
    return httpx.get(f"{app.url}/api/events.ics", trust_env=False).text.replace("\r\n ", "")


def opened(page: Page, name: str) -> None:
    page.locator(".review-list a").filter(has_text=name).click()
    expect(page.get_by_role("article", name=name)).to_be_visible(timeout=LIVE_TIMEOUT)


def test_a_fair_that_waits_is_read_and_passed_and_withdrawn_again(browser: Browser, app: AppAlone) -> None:
    context, reviewer = sign_in(browser, app.url, "shen", path="fairs")
    page = reviewer.page
    expect(page.locator(".review-list a")).to_have_count(3, timeout=LIVE_TIMEOUT)
    assert "SUMMARY" not in in_the_calendar(app)

    opened(page, "人才交流招聘会")
    expect(page.locator(".review-fields mark")).to_have_text("入场费每人50元")
    expect(page.locator(".review-decisions")).to_contain_text("还没有设为可信")
    assert findings(page) == []
    page.keyboard.press("x")
    save = page.get_by_role("dialog").get_by_role("button", name="驳回")
    expect(save).to_be_disabled()
    page.get_by_role("dialog").get_by_role("button", name="向学生收费").click()
    save.click()
    expect(page.get_by_text("已驳回").first).to_be_visible(timeout=LIVE_TIMEOUT)
    expect(page.locator(".review-list a")).to_have_count(2, timeout=LIVE_TIMEOUT)

    page.get_by_role("button", name="没问题的一起通过").click()
    expect(page.get_by_role("dialog")).to_contain_text("示例大学冬季双选会")
    assert findings(page) == []
    page.get_by_role("button", name="通过 1 场").click()
    expect(page.get_by_text("已通过 1 场")).to_be_visible(timeout=LIVE_TIMEOUT)
    assert in_the_calendar(app).count("SUMMARY") == 1

    page.goto(f"{app.url}/desk/fairs?standing=published&words=双选")
    opened(page, "示例大学冬季双选会")
    expect(page.locator(".review-decisions")).to_contain_text("审核老师：已发布")
    page.get_by_role("button", name="撤下").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("主办方取消了")
    page.get_by_role("dialog").get_by_role("button", name="撤下").click()
    expect(page.get_by_text("已撤下，学生看不到了")).to_be_visible(timeout=LIVE_TIMEOUT)
    assert "SUMMARY" not in in_the_calendar(app)
    assert reviewer.complaints == []
    context.close()


def test_on_a_phone_one_fair_is_read_at_a_time(browser: Browser, app: AppAlone) -> None:
    context, reviewer = sign_in(browser, app.url, "shen", PHONE, path="fairs?standing=held")
    opened(reviewer.page, "制造业专场招聘会")
    expect(reviewer.page.get_by_role("button", name="通过", exact=True)).to_be_in_viewport(timeout=LIVE_TIMEOUT)
    expect(reviewer.page.locator(".review-findings")).to_contain_text("性别限制")
    expect(reviewer.page.locator(".review-list")).to_have_count(0)
    content, window = wide(reviewer.page)
    assert content <= window
    assert findings(reviewer.page) == []
    reviewer.page.get_by_role("button", name="返回列表").click()
    expect(reviewer.page.locator(".review-list a").first).to_be_visible()
    context.close()


def test_whoever_only_reads_decides_nothing(browser: Browser, app: AppAlone) -> None:
    context, counsellor = sign_in(browser, app.url, "wang", path="fairs?standing=held")
    opened(counsellor.page, "制造业专场招聘会")
    expect(counsellor.page.get_by_role("button", name="通过", exact=True)).to_have_count(0)
    context.close()


@pytest.mark.parametrize(("size", "name"), [(None, "示例同学甲"), (PHONE, "示例同学乙")], ids=["desktop", "phone"])
def test_a_supervisor_erases_a_file_by_its_name_and_reason(browser: Browser, app: AppAlone, size: dict[str, int] | None, name: str) -> None:
    context, supervisor = sign_in(browser, app.url, "zhu", size, path="graduates")
    page = supervisor.page
    page.get_by_role("link", name=name).first.click()
    page.get_by_role("button", name="删除这份档案").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"要删除的是：{name}，{COLLEGE}")
    confirm = dialog.get_by_role("button", name="删除", exact=True)
    dialog.get_by_text("本人要求删除").click()
    expect(confirm).to_be_disabled()
    dialog.get_by_role("textbox").fill("别人")
    expect(confirm).to_be_disabled()
    dialog.get_by_role("textbox").fill(name)
    assert findings(page) == []
    content, window = wide(page)
    assert content <= window
    confirm.click()
    done = page.get_by_role("dialog", name=f"{name} 的档案已删除")
    expect(done).to_contain_text("没有关联的对话", timeout=LIVE_TIMEOUT)
    done.get_by_role("button").last.click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("link", name=name)).to_have_count(0)
    assert supervisor.complaints == []
    context.close()


def test_a_counsellor_has_no_way_to_erase_a_file(browser: Browser, app: AppAlone) -> None:
    context, counsellor = sign_in(browser, app.url, "wang", path="graduates/3")
    expect(counsellor.page.locator("#main h1")).to_be_visible(timeout=LIVE_TIMEOUT)
    expect(counsellor.page.get_by_role("button", name="删除这份档案")).to_have_count(0)
    context.close()
