"""`zhiwen staff`: the accounts of the counsellors' desk, from the first administrator on."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from bot.cli.console import UserError, output
from bot.cli.store import opened
from core.clock import Clock
from desk.audit import Audit
from desk.errors import StaffRefused
from desk.staff import texts
from desk.staff.directory import StaffDirectory
from desk.staff.models import Role, Staff
from desk.staff.policy import Actor, system_actor
from desk.staff.second_factor import SecondFactor
from desk.staff.signing_in import SigningIn

staff = typer.Typer(help="工作台账号。", no_args_is_help=True)

_Name = Annotated[str, typer.Argument(help="登录名", show_default=False)]
_FromInput = Annotated[bool, typer.Option("--stdin", help="从标准输入读密码，供脚本使用")]
_NOT_THE_SAME = "两次输入的密码不一样，没有保存"
_NO_SUCH = "没有叫“{name}”的账号；运行 zhiwen staff list 查看"


@staff.command("add")
def add(
    name: _Name,
    role: Annotated[Role, typer.Option(help="角色：" + "，".join(f"{role.value} {words}" for role, words in texts.ROLES.items()))] = Role.COUNSELLOR,
    college: Annotated[str, typer.Option(help="学院；就业指导老师只看得到本学院的学生")] = "",
    display_name: Annotated[str, typer.Option("--display-name", help="显示给同事和毕业生的名字，如 王老师")] = "",
    from_input: _FromInput = False,
    no_password: Annotated[bool, typer.Option("--no-password", help="不设密码，只能用单点登录")] = False,
) -> None:
    """新建账号；密码在提示后输入，不会出现在命令行里。"""
    with _accounts() as (accounts, actor):
        password = None if no_password else _password(from_input)
        row = accounts.staff.add(actor, name, role, password=password, college=college or None, display_name=display_name or None)
    output().print(f"已新建账号 {escape(row.name)}（{texts.ROLES[row.role]}{'，' + escape(row.college) if row.college else ''}）")


@staff.command("list")
def list_all() -> None:
    """列出所有账号。"""
    with _accounts() as (accounts, _):
        rows = accounts.staff.all()
    if not rows:
        output().print("还没有账号；运行 zhiwen staff add 登录名 --role administrator 新建第一个")
        return
    table = Table("登录名", "显示名", "角色", "学院", "状态", "两步验证")
    for row in rows:
        state, second = "在用" if row.active else "已停用", "已打开" if row.totp_confirmed_at else ""
        table.add_row(escape(row.name), escape(row.display_name), texts.ROLES[row.role], escape(row.college or ""), state, second)
    output().print(table)


@staff.command("password")
def password(name: _Name, from_input: _FromInput = False) -> None:
    """重设密码，同时解除锁定、结束这个账号的所有登录。"""
    with _accounts() as (accounts, actor):
        row = _find(accounts, name)
        accounts.staff.set_password(actor, row.id, _password(from_input))
        accounts.signing_in.unlock(row.name)
    output().print(f"{escape(row.name)} 的密码已重设")


@staff.command("disable")
def disable(name: _Name) -> None:
    """停用账号，马上结束它的所有登录；记录保留。"""
    _set_active(name, False)
    output().print(f"{escape(name)} 已停用")


@staff.command("enable")
def enable(name: _Name) -> None:
    """重新启用账号。"""
    _set_active(name, True)
    output().print(f"{escape(name)} 已启用")


def _set_active(name: str, active: bool) -> None:
    with _accounts() as (accounts, actor):
        accounts.staff.change(actor, _find(accounts, name).id, {"active": active})


@dataclass(frozen=True)
class _Accounts:
    """What the commands need of the desk; all of it would take seconds to import."""

    staff: StaffDirectory
    signing_in: SigningIn


@contextmanager
def _accounts() -> Iterator[tuple[_Accounts, Actor]]:
    with opened() as (settings, sessions):
        wall = Clock()
        audit = Audit(sessions, wall)
        signing_in = SigningIn(sessions, audit, SecondFactor(sessions, audit, wall), settings.signing_secret, wall)
        try:
            yield _Accounts(StaffDirectory(sessions, audit, wall), signing_in), system_actor(f"命令行 {getpass.getuser()}")
        except StaffRefused as error:
            raise UserError(str(error)) from error


def _find(accounts: _Accounts, name: str) -> Staff:
    row = accounts.staff.find(name)
    if row is None:
        raise UserError(_NO_SUCH.format(name=name))
    return row


def _password(from_input: bool) -> str:
    """The new password: a line of standard input, or asked for twice without showing it."""
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("密码：")
    if getpass.getpass("再输一次：") != first:
        raise UserError(_NOT_THE_SAME)
    return first
