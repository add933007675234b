"""Puts the commands together and turns every misuse into one Chinese line and exit status 2."""

from __future__ import annotations

import sys
from typing import Any

import typer
from pydantic import ValidationError

from bot.cli import archive, ask, doctor, documents, embed, evaluate, gaps, ingest, pack, search, serve, train
from bot.cli.console import UserError, complain

_MISUSE = "命令用法不对：{message}。输入 zhiwen --help 查看所有命令。"
_SETTING = "设置 {name} 的值不对：{value!r}。请检查环境变量或 .env。"


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
        except ValidationError as error:
            first = error.errors()[0]
            complain(_SETTING.format(name=".".join(str(part) for part in first["loc"]), value=first["input"]))
            sys.exit(2)
        except (typer.Abort, KeyboardInterrupt):
            sys.exit(130)
        sys.exit(code if isinstance(code, int) else 0)


app = _CommandLine(
    name="zhiwen",
    help="职问：高校毕业生就业问答助手。",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("serve")(serve.serve)
app.command("train")(train.train)
app.command("ask")(ask.ask)
app.command("doctor")(doctor.doctor)
app.command("ingest")(ingest.ingest)
app.add_typer(archive.knowledge, name="knowledge")
app.command("embed")(embed.embed)
app.command("gaps")(gaps.list_gaps)
app.command("search")(search.search)
app.command("evaluate")(evaluate.evaluate)
app.add_typer(pack.pack, name="pack")
app.add_typer(documents.documents, name="documents")


@app.callback()
def _top() -> None:
    """Without a callback Typer would take a single command for the whole program."""


def _one_line(error: Exception) -> str:
    words = getattr(error, "format_message", lambda: str(error))()
    return " ".join(str(words).split()).rstrip(".") or "缺少命令"
