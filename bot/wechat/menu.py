"""An account's menu and welcome, as a YAML file says them, checked by WeChat's own limits before anything is pushed.

Limits: three buttons with five entries each, names of 16 and 60 bytes, a key of 128, an address of 1,024
(WeChat official account documentation, 自定义菜单 `menu/create`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from bot.wechat import menu_texts as texts
from bot.wechat.cutting import MOST_BYTES

MOST_BUTTONS = 3
MOST_ENTRIES = 5
NAME_BYTES = 16
ENTRY_NAME_BYTES = 60
SAY_BYTES = 128
URL_BYTES = 1_024


class MenuRefused(Exception):
    """The file cannot be used as it is; the message is one Chinese line that says where and why."""


class Entry(BaseModel):
    """What a tap does: say something in the graduate's place, or open a page."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: str
    say: str | None = None
    url: str | None = None

    def body(self) -> dict[str, Any]:
        """The entry as `menu/create` takes it."""
        if self.url is not None:
            return {"type": "view", "name": self.name, "url": self.url}
        return {"type": "click", "name": self.name, "key": self.say}


class Button(Entry):
    """A button of the bar: an entry by itself, or a list of entries."""

    items: list[Entry] | None = None

    def body(self) -> dict[str, Any]:
        """The button as `menu/create` takes it."""
        if self.items is not None:
            return {"name": self.name, "sub_button": [entry.body() for entry in self.items]}
        return super().body()


class Menu(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid", strict=True)

    welcome: str | None = None
    """What a new follower reads first; None leaves what was set before."""
    menu: list[Button]

    @model_validator(mode="after")
    def _within_limits(self) -> Menu:
        wrong = next(_wrong(self), None)
        if wrong:
            raise ValueError(wrong)
        return self

    def body(self) -> dict[str, Any]:
        """The menu as `menu/create` takes it."""
        return {"button": [button.body() for button in self.menu]}

    @property
    def entries(self) -> int:
        """How many things can be tapped."""
        return sum(len(button.items) if button.items else 1 for button in self.menu)


def read_menu(file: Path) -> Menu:
    """The menu in a file. Raises MenuRefused."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise MenuRefused(texts.NOT_UTF8) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise MenuRefused(texts.NOT_YAML.format(line=mark.line + 1) if mark else texts.NOT_YAML_AT_ALL) from error
    if not isinstance(content, dict):
        raise MenuRefused(texts.NO_MENU)
    try:
        return Menu.model_validate(content)
    except ValidationError as error:
        raise MenuRefused(_told(error)) from error


def _wrong(menu: Menu) -> Iterator[str]:
    if menu.welcome is not None and not menu.welcome.strip():
        yield texts.EMPTY.format(where="welcome")
    if menu.welcome and len(menu.welcome.strip().encode()) > MOST_BYTES:
        yield texts.TOO_LONG.format(where="welcome", most=MOST_BYTES, is_now=len(menu.welcome.strip().encode()))
    if not 1 <= len(menu.menu) <= MOST_BUTTONS:
        yield texts.COUNT.format(where="menu", most=MOST_BUTTONS, is_now=len(menu.menu))
    for number, button in enumerate(menu.menu, 1):
        where = texts.BUTTON.format(number=number)
        yield from _wrong_name(button.name, where, NAME_BYTES)
        if button.items is None:
            yield from _wrong_action(button, where)
            continue
        if button.say is not None or button.url is not None:
            yield texts.ONE_ACTION.format(where=where)
        if not 1 <= len(button.items) <= MOST_ENTRIES:
            yield texts.COUNT.format(where=f"{where} items", most=MOST_ENTRIES, is_now=len(button.items))
        for place, entry in enumerate(button.items, 1):
            below = texts.ENTRY.format(button=number, number=place)
            yield from _wrong_name(entry.name, below, ENTRY_NAME_BYTES)
            yield from _wrong_action(entry, below)


def _wrong_name(name: str, where: str, most: int) -> Iterator[str]:
    if not name.strip():
        yield texts.EMPTY.format(where=f"{where} name")
    if len(name.encode()) > most:
        yield texts.TOO_LONG.format(where=f"{where} name“{name}”", most=most, is_now=len(name.encode()))


def _wrong_action(entry: Entry, where: str) -> Iterator[str]:
    if (entry.say is None) == (entry.url is None):
        yield texts.ONE_ACTION.format(where=where)
    if entry.say is not None and not entry.say.strip():
        yield texts.EMPTY.format(where=f"{where} say")
    if entry.say is not None and entry.say.strip().startswith("/"):
        yield texts.COMMAND.format(where=where)
    if entry.say is not None and len(entry.say.encode()) > SAY_BYTES:
        yield texts.TOO_LONG.format(where=f"{where} say", most=SAY_BYTES, is_now=len(entry.say.encode()))
    if entry.url is not None and not _is_web_address(entry.url):
        yield texts.NO_ADDRESS.format(where=where)
    if entry.url is not None and len(entry.url.encode()) > URL_BYTES:
        yield texts.TOO_LONG.format(where=f"{where} url", most=URL_BYTES, is_now=len(entry.url.encode()))


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(character.isspace() for character in address)


def _told(error: ValidationError) -> str:
    first = error.errors()[0]
    if first["type"] == "value_error":
        return str(first["ctx"]["error"])
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in first["loc"])
    return texts.SHAPES.get(first["type"], texts.WRONG_SHAPE).format(where=where)
