"""`zhiwen demo` as it is typed."""

from __future__ import annotations

import pytest

from tests.bot.typed import Command

_command = Command("demo")


@pytest.fixture
def backend() -> str:
    return "sqlite"


def test_it_is_loaded_once_and_removed(command_store: str) -> None:
    said = _command.said("load")
    assert "6 份台账、3 件求助、6 个岗位" in said and "密码" in said
    assert "已经载入" in _command.refusal("load")
    assert "已删除示例数据" in _command.said("remove")
    assert "没有示例数据" in _command.said("remove")
