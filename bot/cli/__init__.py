"""The command line `zhiwen`; every command is a module of its own."""

from bot.cli.main import app

__all__ = ["app"]
