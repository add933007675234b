"""Commands that are imported when they are called: all of them together take seconds to import, one of them or the list of them need not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group


@dataclass(frozen=True)
class Described:
    """A command before it is imported: where it is (`module:name`, a function or a Typer) and what the list of commands says of it."""

    place: str
    words: str


def group_of(commands: Mapping[str, Described]) -> type[TyperGroup]:
    """A group of these commands, by name. Its `commands` are only descriptions until `load` puts one in its place."""

    class Group(TyperGroup):
        def __init__(self, **attributes: Any) -> None:
            super().__init__(**attributes)
            self.commands.update({name: TyperCommand(name, help=each.words) for name, each in commands.items()})

        def load(self, name: str) -> None:
            """Import a command of the group."""
            self.commands[name] = _loaded(name, commands[name].place)

        def resolve_command(self, ctx: Any, args: list[str]) -> Any:
            if args[0] in commands:
                self.load(args[0])
            return super().resolve_command(ctx, args)

    return Group


def _loaded(name: str, place: str) -> Any:
    module, _, attribute = place.partition(":")
    found = getattr(import_module(module), attribute)
    around = typer.Typer(add_completion=False)
    if isinstance(found, typer.Typer):
        around.add_typer(found, name=name)
    else:
        around.command(name)(found)
    return get_group(around).commands[name]
