"""`zhiwen wechat menu` as it is typed, against WeChat's servers."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.wechat.menu import Menu, MenuRefused, read_menu
from tests.bot.servers import RasaStandIn
from tests.bot.typed import Command
from tests.wechat.conftest import Serve
from tests.wechat.stand_in.program import Wechat

pytestmark = pytest.mark.real_time

SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "wechat-menu.yaml"
_command = Command("wechat", "menu")
run, said, refusal = _command.run, _command.said, _command.refusal


@pytest.fixture
def account_set(command_store: str, wechat: Wechat, monkeypatch: pytest.MonkeyPatch) -> Wechat:
    settings = {
        "WECHAT_APP_ID": "wx0123456789abcdef",
        "WECHAT_TOKEN": "stand-in-token",
        "WECHAT_APP_SECRET": wechat.record.service.secret,
        "WECHAT_API_BASE": wechat.url,
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return wechat


def written(folder: Path, text: str) -> Path:
    path = folder / "菜单.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_sample_is_within_every_limit() -> None:
    assert "可以用（3 个按钮，10 项，有欢迎语）" in said("check", SAMPLE)


def test_what_is_pushed_is_what_the_file_says(account_set: Wechat) -> None:
    printed = said("push", SAMPLE)

    assert "已推送到公众号 main" in printed
    assert "欢迎语已更新" in printed
    buttons = account_set.record.service.menu["button"]
    assert [button["name"] for button in buttons] == ["查政策", "找工作", "更多"]
    assert buttons[0]["sub_button"][0] == {"type": "click", "name": "三方协议", "key": "三方协议和劳动合同有什么区别"}
    assert buttons[1]["sub_button"][2] == {"type": "view", "name": "国家24365平台", "url": "https://www.ncss.cn/"}


def test_pushing_again_replaces_the_welcome_and_a_file_without_one_keeps_it(account_set: Wechat, tmp_path: Path) -> None:
    said("push", SAMPLE)
    said("push", written(tmp_path, "welcome: 新的欢迎语\nmenu: [{name: 问, say: 你好}]"))
    assert "欢迎语没有变" in said("push", written(tmp_path, "menu: [{name: 问, say: 你好}]"))


def test_a_new_follower_reads_the_welcome_and_a_tap_says_what_the_file_says(account_set: Wechat, serve: Serve, rasa: RasaStandIn) -> None:
    said("push", SAMPLE)
    key = account_set.record.service.menu["button"][0]["sub_button"][0]["key"]

    with serve():
        welcome = account_set.does("o1", "subscribe").text or ""
        tapped = account_set.does("o1", "CLICK", EventKey=key)

    assert welcome.startswith("你好，我是职问")
    assert tapped.text == f"答：{key}"
    assert rasa.texts == [key]


def test_a_refusal_of_wechats_changes_nothing_and_says_why(account_set: Wechat) -> None:
    account_set.record.service.permitted = False

    error = run("push", SAMPLE).exception

    assert "没有自定义菜单的权限" in str(error)
    assert "--welcome-only" in str(error)
    assert "欢迎语已更新" in said("push", SAMPLE, "--welcome-only")


def test_without_an_account_or_its_secret_the_setting_is_named(command_store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WECHAT_APP_ID", raising=False)
    assert "WECHAT_APP_ID" in refusal("push", SAMPLE)
    monkeypatch.setenv("WECHAT_APP_ID", "wx1")
    monkeypatch.setenv("WECHAT_TOKEN", "a-token-of-ours")
    assert "AppSecret" in refusal("push", SAMPLE)
    assert "已设置的有：main" in refusal("push", SAMPLE, "--account", "other")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("menu: []", "menu 要有 1 到 3 个，现在 0 个"),
        ("menu: [{name: a, say: a}, {name: b, say: b}, {name: c, say: c}, {name: d, say: d}]", "menu 要有 1 到 3 个，现在 4 个"),
        ("menu: [{name: 一二三四五六, say: a}]", "第 1 个按钮 name“一二三四五六” 最多 16 字节，现在 18 字节"),
        ("menu: [{name: a, items: []}]", "第 1 个按钮 items 要有 1 到 5 个，现在 0 个"),
        ("menu: [{name: a, items: [{name: b}]}]", "第 1 个按钮的第 1 项要有 say、url、items 里的一个"),
        ("menu: [{name: a, items: [{name: b, say: c}], say: d}]", "第 1 个按钮要有"),
        ("menu: [{name: a, say: " + "问" * 43 + "}]", "say 最多 128 字节，现在 129 字节"),
        ("menu: [{name: a, say: /restart}]", "不能以“/”开头"),
        ("menu: [{name: a, url: 'javascript:alert(1)'}]", "不是 http 或 https 网址"),
        ("menu: [{name: a, url: 'http://[::1'}]", "不是 http 或 https 网址"),
        ("menu: [{name: 1, say: a}]", "menu.1.name 应是文字，数字请加引号"),
        ("menu: [{name: a, say: b, key: c}]", "不认识 menu.1.key"),
        ("menu: [{name: ' ', say: b}]", "name 是空的"),
        ("welcome: 你好", "缺少 menu"),
        ("welcome: ' '\nmenu: [{name: a, say: b}]", "welcome 是空的"),
        ("welcome: " + "好" * 700 + "\nmenu: [{name: a, say: b}]", "welcome 最多 2048 字节，现在 2100 字节"),
        ("menu: 查政策", "menu 应是列表"),
        ("- menu", "没有 menu"),
        ("menu: [{name: a\nsay", "行不是正确的 YAML"),
        ("", "没有 menu"),
    ],
)
def test_a_wrong_file_is_refused_in_one_line_that_says_where(tmp_path: Path, text: str, why: str) -> None:
    told = refusal("check", written(tmp_path, text))

    assert told.startswith("菜单.yaml：")
    assert why in told


def test_a_file_that_is_no_text_and_one_that_is_not_there_are_refused(tmp_path: Path) -> None:
    binary = tmp_path / "菜单.yaml"
    binary.write_bytes(b"\xff\xfe\x00menu")
    assert "不是 UTF-8" in refusal("check", binary)
    assert "没有这个文件" in refusal("check", tmp_path / "没有.yaml")


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=70),
    lambda below: (
        st.lists(below, max_size=6) | st.dictionaries(st.sampled_from(["name", "say", "url", "items", "menu", "welcome", "x"]), below, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["menu", "welcome", "x"]), _ANYTHING, max_size=3))
def test_whatever_a_file_holds_it_is_a_menu_within_the_limits_or_refused_in_words(tmp_path_factory: pytest.TempPathFactory, content: object) -> None:
    path = tmp_path_factory.mktemp("menu") / "菜单.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    try:
        menu = read_menu(path)
    except MenuRefused as refused:
        assert str(refused)
        assert "\n" not in str(refused)
    else:
        assert isinstance(menu, Menu)
        assert 1 <= len(menu.body()["button"]) <= 3
