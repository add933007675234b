"""`python -m bot.openapi FILE`: the API's description as it is served, for the console's types; nothing is started for it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bot.app import create_app
from core.settings import Settings


def main(target: str) -> None:
    """Write the OpenAPI document to `target` as JSON."""
    document = create_app(Settings()).openapi()
    Path(target).write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
