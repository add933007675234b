"""`zhiwen ask`: one question to the running service, by the way the page goes."""

from __future__ import annotations

import json
from typing import Annotated, Any
from uuid import uuid4

import httpx
import typer

from bot.cli.console import UserError, output
from core.settings import Settings

_PATIENCE = 15.0
_NOT_RUNNING = "职问没有在运行（{address}）：请先在另一个终端执行 make run 或 zhiwen serve"
_REFUSED = "职问没有回答：{detail}"


def ask(
    question: Annotated[str, typer.Argument(help="要问的问题", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="按接口的格式输出 JSON")] = False,
) -> None:
    """在终端里提一个问题。"""
    if not question.strip():
        raise UserError('问题是空的，例如：zhiwen ask "三方协议丢了怎么办"')
    settings = Settings()
    messages = _ask(f"http://{settings.host}:{settings.port}", question)
    if as_json:
        typer.echo(json.dumps({"messages": messages}, ensure_ascii=False, indent=2))
        return
    console = output()
    for message in messages:
        console.print(message["text"], markup=False)
        for option in (message["payload"] or {}).get("options", []):
            console.print(f"  · {option['title']}", markup=False)


def _ask(address: str, question: str) -> list[dict[str, Any]]:
    try:
        with httpx.Client(base_url=address, timeout=_PATIENCE, trust_env=False) as client:
            session = _checked(client.post("/api/chat/sessions"))
            body = {"text": question, "client_id": str(uuid4())}
            headers = {"Authorization": f"Bearer {session['token']}"}
            messages: list[dict[str, Any]] = _checked(client.post("/api/chat/messages", json=body, headers=headers))["messages"]
            return messages
    except (httpx.TransportError, json.JSONDecodeError) as error:
        raise UserError(_NOT_RUNNING.format(address=address)) from error


def _checked(response: httpx.Response) -> dict[str, Any]:
    body: dict[str, Any] = response.json()
    if response.is_error:
        raise UserError(_REFUSED.format(detail=body.get("detail", response.status_code)))
    return body
