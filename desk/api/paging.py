"""Lists a page at a time: `{"items": […], "total": n}`, asked for by `page` and `page_size`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel

LARGEST_PAGE = 100
LARGEST_ID = 2**31 - 1
"""What the integer columns of PostgreSQL hold; a larger number in a path is nobody's."""
_LAST_PAGE = 100_000

Item = TypeVar("Item")


class Page(BaseModel, Generic[Item]):
    """One page and how many there are in all."""

    items: list[Item]
    total: int


@dataclass(frozen=True)
class Paging:
    """Which page is asked for, counted from 1."""

    page: int
    page_size: int

    @property
    def offset(self) -> int:
        """How many rows come before."""
        return (self.page - 1) * self.page_size


async def _paging(page: Annotated[int, Query(ge=1, le=_LAST_PAGE)] = 1, page_size: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 20) -> Paging:
    return Paging(page, page_size)


WithPaging = Annotated[Paging, Depends(_paging)]
