"""The pictures of docs/widget.md: python -m tests.browser.widget.screenshots [FOLDER]

Made of a whole system in a home of its own, with one paper of an invented school. Needs what `make test` sets up.
"""

from __future__ import annotations

import re
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.pages import CHROMIUM, DESKTOP, PHONE
from tests.browser.screenshots import COLOURS, PAPER, SETTLE_MS
from tests.browser.widget.pages import LOAD_TIMEOUT, ask_in, launcher, opened
from tests.system.running import ROOT, RunningSystem

FOLDER = ROOT / "docs" / "images" / "widget"
QUESTION = "毕业生户口和档案可以分开办理吗"


def main(folder: Path = FOLDER) -> None:
    """Make all pictures anew."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        system = RunningSystem(Path(home))
        (system.home / "models").symlink_to(ROOT / "var" / "models")
        paper = system.home / "示例学院通知.txt"
        paper.write_text(PAPER, encoding="utf-8")
        try:
            system.start()
            taken = system.command("ingest", str(paper))
            assert taken.returncode == 0, taken.stdout + taken.stderr
            take(browser, system.url, folder)
        finally:
            system.stop()
            browser.close()


def take(browser: Browser, url: str, folder: Path) -> None:
    """The pictures of a running system."""
    for name, size, scheme in (("phone", PHONE, "light"), ("desktop", DESKTOP, "light"), ("dark", PHONE, "dark")):
        context = browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai", color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{url}/embed-example")
        expect(launcher(page)).to_be_visible(timeout=LOAD_TIMEOUT)
        expect(page.locator(".greeting-text")).to_be_visible(timeout=LOAD_TIMEOUT)
        _keep(page, folder / f"{name}-closed.png")
        frame = opened(page, f"{url}/embed-example")
        ask_in(frame, QUESTION).get_by_role("button", name=re.compile("^依据 1")).click()
        _keep(page, folder / f"{name}-open.png")
        context.close()


def _keep(page: Page, path: Path) -> None:
    page.wait_for_timeout(SETTLE_MS)
    picture = Image.open(BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
