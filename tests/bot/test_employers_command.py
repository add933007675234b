"""`zhiwen employers` as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bot.typed import Command

CODE = "91350100M000100Y43"
_command = Command("employers")
run, said, refusal = _command.run, _command.said, _command.refusal


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture(autouse=True)
def store(command_store: str, tmp_path: Path) -> None:
    path = tmp_path / "单位.csv"
    path.write_text(f"单位名称,城市,统一社会信用代码\n示例甲公司,长沙,{CODE}\n示例乙公司,武汉,\n示例丙公司,,12\n", encoding="utf-8")
    result = run("import", str(path))
    assert result.exit_code == 0
    assert "第 4 行 示例丙公司" in result.output
    assert "新增 2，更新 0，未变 0，未收 1" in result.output


def test_what_is_exported_comes_in_again_without_a_change(tmp_path: Path) -> None:
    out = tmp_path / "出.csv"
    said("export", str(out))
    assert "新增 0，更新 0，未变 2，未收 0" in said("import", str(out))
    again = tmp_path / "再出.csv"
    said("export", str(again))
    assert again.read_bytes() == out.read_bytes()
    assert "已经存在" in refusal("export", str(out))
    said("export", str(out), "--force")


def test_visits_are_counted_for_a_period(tmp_path: Path) -> None:
    said("visit", "甲公司", "--visitor", "张校长", "--on", "2026-11-03", "--level", "校正职", "--posts", "5", "--by", "王老师")
    said("visit", "示例乙公司", "--visitor", "张校长", "--on", "2026-11-04", "--level", "校正职", "--known", "--by", "王老师")
    said("visit", CODE, "--visitor", "钱院长", "--level", "院系", "--college", "信息学院")

    printed = said("report", "--from", "2026-11-01", "--to", "2026-11-30", "--principal", "2")
    assert "书记、校长走访用人单位：2 / 2（已达到）" in printed
    assert "校领导班子新开拓用人单位：1 / 100（未达到）" in printed
    assert "口径：" in printed
    report = json.loads(said("report", "--json"))
    assert (report["start"], report["end"], report["employers"], report["posts"]) == ("2026-01-01", "2026-12-01", 2, 5)
    visits = tmp_path / "走访.csv"
    said("export", str(visits), "--part", "visits")
    assert "未变 3" in said("import", str(visits))


def test_a_need_is_followed_to_the_candidates() -> None:
    said("need", "甲公司", "--post", "会计", "--headcount", "3", "--majors", "财会类", "--until", "2027-03-01")
    said("candidate", "1", "2027-A-14", "已推荐")
    said("candidate", "1", "2027-A-14", "已签约", "--note", "三方已寄出")
    listed = said("needs")
    assert "会计" in listed
    assert "2027-A-14 已签约" in listed
    (need,) = json.loads(said("needs", "--json"))
    assert (need["signed"], need["candidates"][0]["history"]) == (1, ["recommended"])


def test_what_was_checked_of_an_employer_is_kept_beside_what_the_system_sees() -> None:
    assert "统一社会信用代码：没有问题" in said("check", "甲公司")
    assert "统一社会信用代码：未知" in said("check", "乙公司")
    said("check", "乙公司", "--what", "地址", "--outcome", "存疑", "--note", "门牌对不上", "--by", "王老师")
    assert "地址：存疑，门牌对不上（王老师 2026-12-01）" in said("check", "乙公司")


def test_the_list_shows_what_is_known_of_each() -> None:
    assert CODE in said("list", "甲")
    assert "没有符合的单位" in said("list", "丁")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("visit", "公司", "--visitor", "张校长"), "不止一家"),
        (("visit", "没有的", "--visitor", "张校长"), "没有“没有的”"),
        (("visit", "甲公司", "--visitor", "张校长", "--level", "班长"), "没有“班长”"),
        (("visit", "甲公司", "--visitor", "张校长", "--on", "昨天"), "“昨天”"),
        (("check", "甲公司", "--what", "人品"), "“人品”"),
        (("check", "甲公司", "--what", "地址", "--outcome", "好"), "“好”"),
        (("candidate", "9", "A1", "已推荐"), "没有编号为 9 的需求"),
        (("candidate", "9", "A1", "失踪"), "没有“失踪”"),
        (("link", "9", "1"), "没有编号为 9 的需求"),
        (("export", "x.csv", "--part", "全部"), "没有“全部”"),
        (("import", "没有.csv"), "没有这个文件"),
        (("report", "--from", "2026-12-01", "--to", "2026-11-01"), "开始日期晚于"),
    ],
)
def test_misuse_is_one_chinese_line_and_status_2(arguments: tuple[str, ...], words: str) -> None:
    assert words in refusal(*arguments)
