"""`zhiwen embed`: compute the vectors that are missing; may be stopped and started again at any time."""

from __future__ import annotations

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy.orm import Session, sessionmaker

from bot.cli.console import UserError, output
from bot.cli.store import opened
from knowledge.embedding import embed_pending, progress
from knowledge.errors import EncoderUnavailable
from knowledge.search.encoder import Encoder
from knowledge.search.encoders import document_encoder

STOPPED = "{reason}。已算好的都已保存，稍后再执行 zhiwen embed 会接着算；这期间按字词检索"


def embed() -> None:
    """补算条款的向量；随时可以中断，下次接着算，服务不用停。"""
    with opened() as (settings, sessions):
        encoder = document_encoder(settings)
        try:
            show(sessions, encoder)
        except EncoderUnavailable as error:
            raise UserError(STOPPED.format(reason=error), status=1) from error
        state = progress(sessions, encoder.name)
        output().print(f"向量（{encoder.name}）：{state.done} / {state.total} 条")


def show(sessions: sessionmaker[Session], encoder: Encoder) -> None:
    """Compute what is missing under a progress bar. Raises EncoderUnavailable."""
    state = progress(sessions, encoder.name)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=output(), transient=True) as bar:
        task = bar.add_task("计算向量", total=state.total, completed=state.done)
        embed_pending(sessions, encoder, lambda clauses: bar.advance(task, clauses))
