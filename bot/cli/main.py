"""Puts the commands together and turns every misuse into one Chinese line and exit status 2."""

from __future__ import annotations

import sys
from typing import Any

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError

from bot.cli.console import UserError, complain
from bot.cli.loading import Described, group_of
from bot.cli.settings_texts import explained
from core.settings import SettingInvalid

_MISUSE = "命令用法不对：{message}。输入 zhiwen --help 查看所有命令。"


COMMANDS = {
    "serve": Described("bot.cli.serve:serve", "准备好数据库、知识和模型，启动全部服务；Ctrl-C 停止。"),
    "train": Described("bot.cli.train:train", "训练 Rasa 模型；训练数据没有变化时什么也不做。"),
    "ask": Described("bot.cli.ask:ask", "在终端里提一个问题。"),
    "backup": Described("bot.cli.backup:backup", "备份数据库和不能重建的文件；服务不用停。"),
    "restore": Described("bot.cli.backup:restore", "恢复到一个空的地方（SQLite 或 PostgreSQL 都可以）；已有数据的地方不会动。"),
    "doctor": Described("bot.cli.doctor:doctor", "逐项检查环境、端口、数据库、模型、知识索引和页面，并说明怎样修复。"),
    "ingest": Described("bot.cli.ingest:ingest", "把政策文件收进知识库；服务不用重启，同一份文件再导入不会重复。"),
    "embed": Described("bot.cli.embed:embed", "补算条款的向量；随时可以中断，下次接着算，服务不用停。"),
    "gaps": Described("bot.cli.gaps:list_gaps", "列出毕业生问了、知识库答不上来的问题，意思相近的归在一起，问得最多的在前。"),
    "search": Described("bot.cli.search:search", "在知识库里查找，用的就是回答时的检索。"),
    "evaluate": Described("bot.cli.evaluate:evaluate", "用问题集检查现在的知识库答得怎样。"),
    "knowledge": Described("bot.cli.archive:knowledge", "把整个知识库存成一个文件，或者从这样的文件取回。"),
    "pack": Described("bot.cli.pack:pack", "内置知识和本校的补充。"),
    "documents": Described("bot.cli.documents:documents", "知识库里的文件：列表、现状、取代关系。"),
    "employers": Described("bot.cli.employers:employers", "用人单位台账：单位、走访、需求。"),
    "events": Described("bot.cli.events:events", "招聘会、双选会、宣讲会的日历。"),
    "announcements": Described("bot.cli.announcements:announcements", "对话里的通知和求职预警。"),
    "postings": Described("bot.cli.postings:postings", "岗位：导入、来源。"),
    "roster": Described("bot.cli.roster:roster", "毕业生帮扶台账：导入名册、导出台账。"),
    "demo": Described("bot.cli.demo:demo", "演示数据：虚构的老师、毕业生、求助、台账和岗位，都标明“示例”。"),
    "staff": Described("bot.cli.staff:staff", "工作台账号。"),
    "wechat": Described("bot.cli.wechat:wechat", "微信公众号：菜单和欢迎语。"),
}
"""In the order in which they are listed; a test holds their words against the commands' own."""


class _CommandLine(typer.Typer):
    """A Typer whose mistakes are told in one line."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        try:
            code = super().__call__(*args, **{**kwargs, "standalone_mode": False})
        except UserError as error:
            complain(str(error))
            sys.exit(error.status)
        except typer.TyperException as error:
            complain(_MISUSE.format(message=_one_line(error)))
            sys.exit(2)
        except (ValidationError, SettingInvalid, SettingsError) as error:
            complain(explained(error))
            sys.exit(2)
        except (typer.Abort, KeyboardInterrupt):
            sys.exit(130)
        sys.exit(code if isinstance(code, int) else 0)


app = _CommandLine(
    name="zhiwen",
    cls=group_of(COMMANDS),
    help="职问：高校毕业生就业问答助手。",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _top() -> None:
    """Without a callback Typer would take a single command for the whole program."""


def _one_line(error: Exception) -> str:
    words = getattr(error, "format_message", lambda: str(error))()
    return " ".join(str(words).split()).rstrip(".") or "缺少命令"
