"""`zhiwen doctor`: what is wrong, and how to mend it."""

from __future__ import annotations

from rich.markup import escape

from bot.cli.console import UserError, output
from bot.supervisor.checks import run_checks
from core.settings import Settings


def doctor() -> None:
    """逐项检查环境、端口、数据库、模型、知识索引和页面，并说明怎样修复。"""
    console = output()
    findings = run_checks(Settings())
    for finding in findings:
        mark = "[green]✓[/green]" if finding.ok else "[red]✗[/red]"
        console.print(f"{mark} {finding.name}：{escape(finding.detail)}")
        if not finding.ok:
            console.print(f"  修复：{escape(finding.mend)}")
    wrong = sum(not finding.ok for finding in findings)
    if wrong:
        raise UserError(f"发现 {wrong} 个问题，请按上面的提示处理", status=1)
    console.print("一切正常")
