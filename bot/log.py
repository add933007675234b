"""Logging: JSON lines in the home folder, readable lines on the console, numbers of people masked in both."""

from __future__ import annotations

import logging
import logging.handlers
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog

from core.text.masking import mask

MAX_LOG_BYTES = 10 * 1024 * 1024
KEPT_LOGS = 5
_FRAMES = 6
QUIET = ("httpx", "httpcore", "rasa_sdk", "alembic", "sqlalchemy", "jieba", "asyncio", "multipart")
"""Loggers that say nothing below a warning; httpx would write down addresses, and WeChat wants its token in them."""


def configure(folder: Path, *, level: int = logging.INFO, console: bool = True) -> None:
    """Send every log of the process to `folder`/app.jsonl and, if wanted, to the console. Call it once, first."""
    folder.mkdir(parents=True, exist_ok=True)
    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_words,
        _mask_texts,
    ]
    to_file = logging.handlers.RotatingFileHandler(folder / "app.jsonl", maxBytes=MAX_LOG_BYTES, backupCount=KEPT_LOGS, encoding="utf-8")
    render_json = structlog.processors.JSONRenderer(ensure_ascii=False)
    to_file.setFormatter(_formatter(shared, render_json))
    handlers: list[logging.Handler] = [to_file]
    if console:
        to_console = logging.StreamHandler(sys.stderr)
        to_console.setFormatter(_formatter(shared, structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())))
        handlers.append(to_console)
    logging.basicConfig(level=level, handlers=handlers, force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def where(error: BaseException) -> list[str]:
    """Files, lines and functions of an error, innermost last; never its words, which may quote the graduate."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]


def _formatter(shared: list[structlog.types.Processor], *last: structlog.types.Processor) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )


def _without_words(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    info = event.pop("exc_info", None)
    if isinstance(info, tuple):
        info = info[1]
    error = info if isinstance(info, BaseException) else sys.exc_info()[1] if info else None
    if error is not None:
        event["error"], event["where"] = type(error).__qualname__, where(error)
    return event


def _mask_texts(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str) and key not in ("timestamp", "level", "logger", "conversation"):
            event[key] = mask(value)
    return event
