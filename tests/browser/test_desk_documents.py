"""The knowledge pages in a real browser: a document is looked at, published, answered from, replaced and retired."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.desk_pages import DESK_DESKTOP, LIVE_TIMEOUT, Counsellor, add_staff, sign_in
from tests.browser.pages import ANSWER_TIMEOUT, ask, findings, wide
from tests.system.running import RunningSystem

pytestmark = pytest.mark.browser

READ_TIMEOUT = 60_000
"""How long a file may take to be read on a busy machine."""
MEGABYTE = 1024 * 1024
OLD = """星湖示例大学关于求职材料盖章办理的通知
星湖就字〔2026〕7号
各学院：
一、盖章地点
求职材料盖章在星湖示例大学明理楼二楼的就业服务厅办理。
二、盖章时间
求职材料盖章每周三下午受理，材料齐全的当场办结。
星湖示例大学就业指导中心
2026年3月2日
"""
NEW = OLD.replace("7号", "29号").replace("明理楼二楼", "致远楼五楼").replace("3月2日", "11月3日")
QUESTION = "星湖示例大学求职材料盖章在哪里办理"


@pytest.fixture
def keeper(browser: Browser, zhiwen: RunningSystem) -> Iterator[Counsellor]:
    add_staff(zhiwen, "keeper", "管理知识的老师", "reviewer", "")
    context, counsellor = sign_in(browser, zhiwen.url, "keeper", DESK_DESKTOP, "documents")
    yield counsellor
    context.close()


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def give(page: Page, file: Path) -> None:
    """Choose a file on the page for uploads."""
    page.locator("input[type=file]").set_input_files(str(file))


def publish(page: Page, file: Path) -> Locator:
    """Look at a file and publish it; the part that says what became of it."""
    give(page, file)
    expect(page.locator(".clause").first).to_be_visible(timeout=READ_TIMEOUT)
    return confirm_publishing(page)


def confirm_publishing(page: Page) -> Locator:
    """Press the button; where something is left to look at, it asks again, and is told twice at once."""
    page.locator(".publish-bar").get_by_role("button", name="发布").click()
    confirm = page.locator(".ant-popconfirm").get_by_role("button", name="发布")
    done = page.get_by_role("heading", name="已发布")
    expect(confirm.or_(done).first).to_be_visible(timeout=READ_TIMEOUT)
    if not done.is_visible():
        confirm.dblclick()
    expect(done).to_be_visible(timeout=READ_TIMEOUT)
    return page.locator(".rows li")


def basis_of(page: Page) -> Locator:
    """The bot's answer to the question."""
    return ask(page, QUESTION)


def answer_says(page: Page, words: str) -> None:
    """The bot's answer comes to say so (a pattern): the index follows what was published within a question or two."""
    for _ in range(4):
        answer = basis_of(page)
        if re.search(words, answer.inner_text()):
            break
    expect(answer).to_contain_text(re.compile(words))


def test_a_document_is_published_answered_from_replaced_and_retired(page: Page, keeper: Counsellor, zhiwen: RunningSystem, tmp_path: Path) -> None:
    desk = keeper.page
    desk.get_by_role("link", name="上传文件").click()
    give(desk, written(tmp_path, "盖章.txt", OLD))
    expect(desk.locator(".clause").filter(has_text="明理楼二楼")).to_be_visible(timeout=READ_TIMEOUT)
    assert findings(desk) == []
    assert "明理楼" not in basis_of(page).inner_text()

    # What was read wrongly is set right before it counts, and published: the bot answers from it.
    desk.get_by_role("button", name="改正信息").click()
    desk.get_by_label("适用地区").fill("湖南省")
    desk.locator(".ant-drawer").get_by_role("button", name="保存").click()
    expect(desk.locator(".facts")).to_contain_text("湖南", timeout=READ_TIMEOUT)
    confirm_publishing(desk)
    answer_says(page, "明理楼二楼")
    answer = basis_of(page)
    answer.get_by_role("button", name=re.compile("^依据 1")).click()
    expect(answer).to_contain_text("星湖就字〔2026〕7号", timeout=ANSWER_TIMEOUT)

    # A newer one takes its place.
    desk.get_by_role("link", name="查看这份文件").click()
    old = desk.url
    desk.get_by_role("button", name="由新文件取代").click()
    desk.get_by_text("上传新文件来取代").click()
    taken = publish(desk, written(tmp_path, "盖章新.txt", NEW))
    expect(taken).to_have_count(1)
    answer_says(page, "致远楼五楼")
    desk.goto(old)
    expect(desk.locator(".facts .mark").first).to_have_text("已被取代", timeout=LIVE_TIMEOUT)

    # Retired, the newer one is not cited as in force any more.
    desk.locator(".facts").get_by_text("被《").wait_for()
    desk.goto(f"{zhiwen.url}/desk/documents")
    desk.locator(".document-link").filter(has_text="29号").click()
    desk.get_by_role("button", name="停用").click()
    desk.get_by_label("最后有效的一天").fill("2026-11-20")
    desk.get_by_label("最后有效的一天").press("Enter")
    desk.get_by_label("原因（学生问到时会看到）").fill("就业服务厅已搬走")
    desk.locator(".ant-modal").get_by_role("button", name="停用").dblclick()
    expect(desk.locator(".facts .mark").first).to_have_text("已过期", timeout=LIVE_TIMEOUT)
    answer_says(page, "已过期|不再适用|已搬走")

    desk.goto(f"{zhiwen.url}/desk/search-test")
    desk.get_by_label("学生会怎么问").fill(QUESTION)
    desk.get_by_label("学生会怎么问").press("Enter")
    expect(desk.locator(".found > li").first).to_contain_text(re.compile("已过期|已被取代"), timeout=READ_TIMEOUT)
    assert findings(desk) == []
    desk.get_by_role("button", name="记入知识缺口").click()
    expect(desk.get_by_role("button", name="已记入知识缺口")).to_be_disabled(timeout=LIVE_TIMEOUT)
    desk.goto(f"{zhiwen.url}/desk/upkeep")
    row = desk.get_by_role("row").filter(has_text=QUESTION).first
    expect(row).to_be_visible(timeout=READ_TIMEOUT)
    row.get_by_role("button", name="写成条目").click()
    expect(desk.locator(".ant-drawer").get_by_label("学生会怎么问", exact=True)).to_have_value(QUESTION)
    assert keeper.complaints == []


def test_a_file_that_cannot_be_taken_says_why_and_what_to_do(keeper: Counsellor, zhiwen: RunningSystem, tmp_path: Path) -> None:
    desk = keeper.page
    desk.goto(f"{zhiwen.url}/desk/documents/upload")
    for name, content, told in (
        ("空.txt", b"", "空的"),
        ("太大.pdf", b"%PDF-1.7" + b"0" * (33 * MEGABYTE), "拆分"),
        ("程序.pdf", b"MZ\x90\x00" + b"\x00" * 4096, "不能导入"),
        ("旧格式.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "另存为"),
    ):
        give(desk, written(tmp_path, name, content))
        expect(desk.locator("#main").get_by_role("alert").filter(has_text=told)).to_be_visible(timeout=READ_TIMEOUT)
        expect(desk.locator(".publish-bar")).to_have_count(0)
    assert findings(desk) == []
    content, window = wide(desk)
    assert content <= window


def test_whoever_may_not_keep_documents_sees_no_way_to(browser: Browser, zhiwen: RunningSystem) -> None:
    add_staff(zhiwen, "reader", "只看的老师", "read_only", "")
    context, reader = sign_in(browser, zhiwen.url, "reader", DESK_DESKTOP, "documents")
    reader.page.locator(".document-link").first.click()
    expect(reader.page.locator(".clause").first).to_be_visible(timeout=READ_TIMEOUT)
    for name in ("停用", "改正信息", "由新文件取代", "上传文件"):
        expect(reader.page.get_by_role("button", name=name)).to_have_count(0)
    context.close()
