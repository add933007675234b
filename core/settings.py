"""All settings of the project, read from the environment and `.env` (docs: README, "Settings")."""

from __future__ import annotations

import os
import secrets
from datetime import date
from functools import cached_property
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One object a process; build it with `Settings()` and pass it on."""

    model_config = SettingsConfigDict(env_prefix="ZHIWEN_", env_file=".env", env_file_encoding="utf-8", extra="ignore", populate_by_name=True)

    home: Path = Field(default=Path("var"), validation_alias="ZHIWEN_HOME")
    host: str = Field(default="127.0.0.1", validation_alias="ZHIWEN_HOST")
    port: int = Field(default=8000, ge=0, le=65535, validation_alias="ZHIWEN_PORT")
    action_port: int = Field(default=5055, ge=0, le=65535, validation_alias="ZHIWEN_ACTION_PORT")
    rasa_url: str = Field(default="http://127.0.0.1:5005", validation_alias="ZHIWEN_RASA_URL")
    database: str | None = Field(default=None, validation_alias="DATABASE_URL")
    redis_url: str | None = Field(default=None, validation_alias="REDIS_URL")
    today: date | None = Field(default=None, validation_alias="ZHIWEN_TODAY")
    embeddings_url: str | None = Field(default=None, validation_alias="ZHIWEN_EMBEDDINGS_URL")
    embeddings_model: str = Field(default="text-embedding", min_length=1, max_length=200, validation_alias="ZHIWEN_EMBEDDINGS_MODEL")
    embeddings_key: str | None = Field(default=None, validation_alias="ZHIWEN_EMBEDDINGS_KEY")
    secret: str | None = Field(default=None, validation_alias="ZHIWEN_SECRET")

    @property
    def database_url(self) -> str:
        """The SQLAlchemy URL in force: `DATABASE_URL`, or SQLite in the home folder."""
        if self.database:
            return self.database
        self.home.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{self.home / 'zhiwen.db'}"

    @cached_property
    def signing_secret(self) -> str:
        """`ZHIWEN_SECRET`, or one made on first use and kept, readable by its owner alone, in the home folder."""
        if self.secret:
            return self.secret
        path = self.home / "secret"
        if not path.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            try:
                with open(path, "x", encoding="ascii", opener=_owner_only) as file:
                    file.write(secrets.token_urlsafe(48))
            except FileExistsError:
                pass  # another process made it first: read theirs
        return path.read_text(encoding="ascii").strip()


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
