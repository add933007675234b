"""`zhiwen wechat`: the menu and the welcome of an official account."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import UserError, existing, output
from bot.cli.store import opened
from bot.wechat import menu_texts as texts
from bot.wechat.api import TakenPerhaps, WechatApi, WechatFailed
from bot.wechat.menu import Menu, MenuRefused, read_menu
from bot.wechat.models import Welcome
from core.clock import Clock
from core.settings import Settings
from core.wechat_account import MAIN, WechatAccount

wechat = typer.Typer(help="微信公众号：菜单和欢迎语。", no_args_is_help=True)
menu = typer.Typer(help="公众号的菜单和欢迎语。", no_args_is_help=True)
wechat.add_typer(menu, name="menu")

_File = Annotated[Path, typer.Argument(help="菜单文件（YAML）", show_default=False)]


@menu.command("check")
def check(file: _File) -> None:
    """检查菜单文件，不推送。"""
    given = _read(file)
    welcome = texts.WITH_WELCOME if given.welcome else ""
    output().print(texts.FINE.format(file=file.name, buttons=len(given.menu), entries=given.entries, welcome=welcome), soft_wrap=True)


@menu.command("push")
def push(
    file: _File,
    account: Annotated[str, typer.Option(help="哪个公众号（设置里的名字）")] = MAIN,
    welcome_only: Annotated[bool, typer.Option("--welcome-only", help="只更新欢迎语，不动菜单（没有菜单权限的公众号用）")] = False,
) -> None:
    """把菜单推送到公众号，并更新欢迎语；可以重复推送。"""
    given = _read(file)
    if welcome_only and not given.welcome:
        raise UserError(texts.NO_WELCOME.format(file=file.name))
    chosen = _account(account)
    console = output()
    with opened() as (_, sessions):
        if not welcome_only:
            _create(chosen, given)
            console.print(texts.PUSHED.format(account=account, buttons=len(given.menu), entries=given.entries), soft_wrap=True)
        if given.welcome:
            with sessions.begin() as session:
                session.merge(Welcome(account=account, text=given.welcome.strip(), pushed_at=Clock().now()))
    console.print(texts.WELCOME_KEPT if given.welcome else texts.WELCOME_UNCHANGED, soft_wrap=True)


def _read(file: Path) -> Menu:
    try:
        return read_menu(existing(file))
    except MenuRefused as error:
        raise UserError(f"{file.name}：{error}") from error


def _account(name: str) -> WechatAccount:
    accounts = Settings().wechat
    if not accounts:
        raise UserError(texts.NONE_SET)
    if name not in accounts:
        raise UserError(texts.NO_ACCOUNT.format(account=name, known="、".join(accounts)))
    return accounts[name]


def _create(account: WechatAccount, given: Menu) -> None:
    """Put the menu in place. Raises UserError."""
    if not account.app_secret:
        raise UserError(texts.NO_SECRET.format(account=account.name))

    async def create() -> None:
        api = WechatApi(account)
        try:
            await api.create_menu(given.body())
        finally:
            await api.close()

    try:
        asyncio.run(create())
    except TakenPerhaps as error:
        raise UserError(texts.IN_DOUBT.format(reason=error), status=1) from error
    except WechatFailed as error:
        reason = str(error)
        said = texts.REFUSED if reason.startswith("errcode") else texts.NOT_REACHED
        raise UserError(said.format(reason=texts.REASONS.get(reason, reason)), status=1) from error
