"""`zhiwen demo`: made-up data for a demonstration, loaded and removed again."""

from __future__ import annotations

import typer

from bot.cli.console import UserError, output
from bot.cli.store import opened
from bot.demo.loading import AlreadyLoaded, load
from bot.demo.removing import remove
from core.clock import Clock

demo = typer.Typer(help="演示数据：虚构的老师、毕业生、求助、台账和岗位，都标明“示例”。", no_args_is_help=True)

_LOADED = "已载入示例数据：{graduates} 份台账、{requests} 件求助、{postings} 个岗位"
_ACCOUNTS = "登录账号 {accounts}，密码 {password}（只显示这一次）"
_ALREADY = "示例数据已经载入；要重新载入，请先运行 zhiwen demo remove"
_REMOVED = "已删除示例数据，共 {count} 行"
_NONE = "没有示例数据"


@demo.command("load")
def load_demo() -> None:
    """载入演示数据；毕业生也会看到标着“示例”的岗位和通知，演示完请删除。"""
    with opened() as (settings, sessions):
        try:
            loaded = load(sessions, Clock(settings.today), settings.signing_secret)
        except AlreadyLoaded as error:
            raise UserError(_ALREADY) from error
    output().print(_LOADED.format(graduates=loaded.graduates, requests=loaded.requests, postings=loaded.postings), soft_wrap=True)
    output().print(_ACCOUNTS.format(accounts="、".join(loaded.accounts), password=loaded.password), markup=False, soft_wrap=True)


@demo.command("remove")
def remove_demo() -> None:
    """删除演示数据，以及演示时产生的一切，不留痕迹。"""
    with opened() as (_, sessions):
        count = remove(sessions)
    output().print(_REMOVED.format(count=count) if count else _NONE)
