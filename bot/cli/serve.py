"""`zhiwen serve`."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError

from bot.cli.console import UserError, output
from bot.supervisor import serve as supervisor
from bot.supervisor.training import TrainingFailed
from core.settings import Settings


def serve() -> None:
    """准备好数据库、知识和模型，启动全部服务；Ctrl-C 停止。"""
    try:
        supervisor.serve(Settings(), output())
    except (supervisor.CannotServe, TrainingFailed) as error:
        raise UserError(str(error), status=1) from error
    except SQLAlchemyError as error:
        raise UserError(f"数据库打不开（{type(error).__name__}）：请检查 DATABASE_URL 和磁盘空间", status=1) from error
