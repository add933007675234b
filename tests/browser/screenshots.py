"""The pictures of the counsellors' guide: python -m tests.browser.screenshots [FOLDER]

Made of `zhiwen demo load` in a home of its own, so that nobody but the demonstration's invented people is seen, and of one paper
of the demonstration's school. Needs what `make test` sets up: the console built, and Chromium.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.app_alone import AppAlone
from tests.browser.pages import ANSWER_TIMEOUT, CHROMIUM, PHONE
from tests.system.running import ROOT

FOLDER = ROOT / "docs" / "images" / "desk"
DESKTOP = {"width": 1280, "height": 800}
COLOURS = 96
SEARCH_TIMEOUT = 120_000
"""The first search of an app may wait for its index."""
SETTLE_MS = 900
"""Until what moves has come to rest: drawers, charts, the line of words that passes."""

COUNSELLOR, SUPERVISOR = "demo-counsellor", "demo-supervisor"
WAITING, TAKEN = "SL-001", "SL-002"
PAPER = """示例学院关于毕业生户口和档案办理的通知
示院就〔2026〕7号
各学院：
为方便毕业生离校，现将户口和档案的办理通知如下。
一、毕业后户口和档案怎么办
毕业生户口和档案可以分开办理。档案由学校就业指导中心在毕业后两个月内寄出，户口迁移由本人到保卫处户籍科办理。
二、办理时间
户口迁移每周二、周四上午办理，请带身份证和毕业证书。
示例学院
2026年10月12日
"""


def main(folder: Path = FOLDER) -> None:
    """Make all pictures anew."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        system = AppAlone(Path(home))
        password = _prepared(system)
        try:
            system.start()
            for name, size, who, shown in PICTURES:
                with _console(browser, system, size, who, password) as page:
                    shown(page)
                    _keep(page, folder / f"{name}.png")
        finally:
            system.stop()
            browser.close()


def _prepared(system: AppAlone) -> str:
    """Load the demonstration and its school's paper; the password of its people."""
    loaded = system.command("demo", "load")
    found = re.search(r"密码 (\S+?)（", loaded.stdout)
    assert found, loaded.stdout + loaded.stderr
    paper = system.home / "paper.txt"
    paper.write_text(PAPER, encoding="utf-8")
    taken = system.command("ingest", str(paper))
    assert taken.returncode == 0, taken.stdout + taken.stderr
    return found[1]


@contextmanager
def _console(browser: Browser, system: AppAlone, size: dict[str, int], who: str | None, password: str) -> Iterator[Page]:
    """The console with `who` signed in, or its way in."""
    context = browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai", has_touch=size == PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{system.url}/desk/")
    name = page.get_by_label("用户名")
    expect(name).to_be_visible(timeout=ANSWER_TIMEOUT)
    if who:
        name.fill(who)
        page.get_by_label("密码").fill(password)
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("button", name=re.compile("接待状态"))).to_be_visible(timeout=ANSWER_TIMEOUT)
    yield page
    context.close()


def _keep(page: Page, path: Path) -> None:
    """A picture in few colours: a page is flat, and the pictures lie in the repository."""
    page.wait_for_timeout(SETTLE_MS)
    picture = Image.open(BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def _at(path: str) -> Callable[[Page], None]:
    """The page of this address, once it has been read."""

    def shown(page: Page) -> None:
        page.goto(f"{page.url.split('/desk/')[0]}/desk/{path}")
        expect(page.locator("#main")).to_be_visible(timeout=ANSWER_TIMEOUT)
        expect(page.locator("#main .ant-spin-spinning")).to_have_count(0, timeout=ANSWER_TIMEOUT)

    return shown


def _sign_in(page: Page) -> None:
    expect(page.get_by_role("button", name="登录")).to_be_visible()


def _suggestion(page: Page) -> None:
    _at(f"tickets/{TAKEN}?view=mine")(page)
    page.get_by_role("button", name="建议回复").click()
    expect(page.get_by_role("button", name="采用").first).to_be_visible(timeout=SEARCH_TIMEOUT)


def _more(page: Page) -> None:
    _at(f"tickets/{TAKEN}?view=mine")(page)
    page.get_by_role("button", name="更多操作").click()
    expect(page.get_by_role("menuitem", name="转给同事")).to_be_visible()


def _note(page: Page) -> None:
    _at(f"tickets/{TAKEN}?view=mine")(page)
    page.get_by_text("内部备注", exact=True).first.click()
    page.locator(".reply textarea").fill("已和保卫处户籍科确认，周四上午可以办。")


def _draft(page: Page) -> None:
    _more(page)
    page.get_by_role("menuitem", name="写入知识库").click()
    expect(page.get_by_label("学生会怎么问")).to_be_visible(timeout=ANSWER_TIMEOUT)


def _file(page: Page) -> None:
    _at("graduates")(page)
    page.get_by_role("link", name="示例·林小满").click()
    expect(page.get_by_text("一人一策").first).to_be_visible(timeout=ANSWER_TIMEOUT)


def _fair(page: Page) -> None:
    _at("fairs")(page)
    page.locator(".review-list a").filter(has_text="人才交流招聘会").click()
    expect(page.get_by_role("article")).to_be_visible(timeout=ANSWER_TIMEOUT)


def _searched(page: Page) -> None:
    _at("search-test")(page)
    page.get_by_role("searchbox").or_(page.locator("#main input[type=text]")).first.fill("毕业后户口和档案怎么办")
    page.keyboard.press("Enter")
    expect(page.locator("#main").get_by_text("户口和档案可以分开办理").first).to_be_visible(timeout=SEARCH_TIMEOUT)


def _survey(page: Page) -> None:
    _at("surveys")(page)
    page.locator("#main").get_by_role("button", name="结果").first.click()
    expect(page.get_by_role("dialog")).to_be_visible(timeout=ANSWER_TIMEOUT)


def _erase(page: Page) -> None:
    _file(page)
    page.get_by_role("button", name="删除这份档案").click()
    expect(page.get_by_role("dialog")).to_be_visible()


PICTURES: tuple[tuple[str, dict[str, int], str | None, Callable[[Page], None]], ...] = (
    ("sign-in", DESKTOP, None, _sign_in),
    ("inbox", DESKTOP, COUNSELLOR, _at(f"tickets/{WAITING}")),
    ("suggestion", DESKTOP, COUNSELLOR, _suggestion),
    ("note", DESKTOP, COUNSELLOR, _note),
    ("more", DESKTOP, COUNSELLOR, _more),
    ("draft", DESKTOP, COUNSELLOR, _draft),
    ("graduates", DESKTOP, COUNSELLOR, _at("graduates")),
    ("file", DESKTOP, COUNSELLOR, _file),
    ("overdue", DESKTOP, COUNSELLOR, _at("graduates?tab=due")),
    ("fairs", DESKTOP, SUPERVISOR, _fair),
    ("document", DESKTOP, SUPERVISOR, _at("documents/1")),
    ("search-test", DESKTOP, SUPERVISOR, _searched),
    ("survey", DESKTOP, SUPERVISOR, _survey),
    ("erase", DESKTOP, SUPERVISOR, _erase),
    ("reports", DESKTOP, SUPERVISOR, _at("reports")),
    ("settings", DESKTOP, COUNSELLOR, _at("settings")),
    ("phone-list", PHONE, COUNSELLOR, _at("tickets?view=mine")),
    ("phone-ticket", PHONE, COUNSELLOR, _at(f"tickets/{TAKEN}?view=mine")),
)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
