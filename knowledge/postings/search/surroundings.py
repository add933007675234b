"""Which cities lie around a city (长沙 → 株洲, 湘潭 …), from a small table."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

import yaml


def around(cities: Iterable[str]) -> tuple[str, ...]:
    """The cities around these, themselves left out; empty for cities that the table does not know."""
    asked = tuple(cities)
    near = (other for city in asked for other in _neighbours().get(city, ()))
    return tuple(dict.fromkeys(other for other in near if other not in asked))


@lru_cache(maxsize=1)
def _neighbours() -> dict[str, tuple[str, ...]]:
    lines = yaml.safe_load(resources.files(__package__).joinpath("surroundings.yaml").read_text(encoding="utf-8"))
    neighbours: dict[str, dict[str, None]] = {}
    for cluster in lines:
        for city in cluster:
            neighbours.setdefault(city, {}).update(dict.fromkeys(other for other in cluster if other != city))
    return {city: tuple(others) for city, others in neighbours.items()}
