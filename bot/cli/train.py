"""`zhiwen train`."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.console import UserError, output
from bot.supervisor.serve import ready_model
from bot.supervisor.training import TrainingFailed
from core.settings import Settings


def train(
    force: Annotated[bool, typer.Option("--force", help="数据没有变化也重新训练")] = False,
) -> None:
    """训练 Rasa 模型；训练数据没有变化时什么也不做。"""
    try:
        ready_model(Settings(), output(), force=force)
    except TrainingFailed as error:
        raise UserError(str(error), status=1) from error
