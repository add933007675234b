"""One row that holds several jobs: 岗位一…岗位二… in the description, or titles that each bring their own number (会计2人、出纳1人).

It is taken apart only where that is certain: headings counted from one with a job each, or a title cell that is such a list to its end.
What looks like several jobs otherwise is left whole for a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.text.numerals import whole_number
from knowledge.postings.fields.cleaning import clean
from knowledge.postings.fields.roles import roles_in
from knowledge.postings.gathered_cells import Cells

_COUNT = r"(?P<count>\d{1,3})\s*[人名位]"
_ITEM = re.compile(rf"(?P<title>[^\d、,，;；\n（）()]{{2,20}}?)\s*[（(]?\s*{_COUNT}\s*[)）]?")
_BETWEEN = re.compile(r"[、,，;；\n/]+")
_NUMBERED = re.compile(r"(?:岗位|职位)\s*[一二三四五六七八九十\d]")
_HEADING = re.compile(
    r"(?:^|(?<=[\n。；;]))\s*[【\[（(]?(?:招聘)?(?:岗位|职位)\s*(?P<number>[一二三四五六七八九十]|\d{1,2})\s*(?:[】\])）]\s*[:：]?|[:：、.．])\s*"
    r"(?:(?:岗位|职位)?名称[:：]\s*)?(?P<title>[^\n:：,，。;；（(\d]{0,24})"
)
_OWN_COUNT = re.compile(_COUNT)
_LIKE_A_JOB = re.compile(
    "(?:岗|岗位|员|师|经理|助理|主管|顾问|工程师|教师|讲师|医生|护士|会计|出纳|法务|行政|文秘|司机|保育|实习生|管培生|科员|干事|总监|代表)$"
)
_SHARED_END = re.compile(r"\n\s*(?:[一二三四五六七八九十]、\s*)?(?=(?:报名|应聘|联系|投递|简历|福利|薪酬|薪资|待遇|工作地[点址]|其他说明))")
_NEAR = 40
"""Characters behind a heading within which its number of people stands."""


@dataclass(frozen=True)
class Jobs:
    """The jobs of a row, one at least. `doubtful`: there seem to be more than could be told apart."""

    cells: tuple[Cells, ...]
    doubtful: bool = False


def jobs_in(cells: Cells) -> Jobs:
    """What a row's cells describe, each job with the cells that are its own or shared."""
    for found in (_by_title(cells), _by_headings(cells)):
        if found is not None:
            return found
    return Jobs((cells,))


def _by_title(cells: Cells) -> Jobs | None:
    """Titles with their numbers in one cell, or in two cells that list as many."""
    parts = [part.strip() for part in _BETWEEN.split(cells.text("title")) if part.strip()]
    if len(parts) < 2:
        return None
    items = [match for part in parts if (match := _ITEM.fullmatch(part))]
    if len(items) == len(parts):
        return Jobs(tuple(_with(cells, match["title"].strip(), match["count"]) for match in items))
    counts = [part.strip() for part in _BETWEEN.split(cells.text("headcount")) if part.strip()]
    if len(counts) == len(parts) and all(re.fullmatch(r"\d{1,3}\s*[人名位]?", count) for count in counts):
        return Jobs(tuple(_with(cells, title, count) for title, count in zip(parts, counts, strict=True)))
    return Jobs((cells,), doubtful=True) if len(items) >= 2 else None


def _by_headings(cells: Cells) -> Jobs | None:
    """岗位一, 岗位二 … at the beginnings of lines or sentences."""
    if len(_NUMBERED.findall(cells.text("description"))) < 2:
        return None  # nearly every row, so it is not cleaned twice
    text = clean(cells.text("description"))
    headings = list(_HEADING.finditer(text))
    if len(headings) < 2:
        return None
    if not _certain(headings):
        return Jobs((cells,), doubtful=True)
    last = _SHARED_END.search(text, headings[-1].end())
    end = last.start() if last else len(text)
    shared = (text[: headings[0].start()].strip(), text[end:].strip())
    bounds = [*(heading.start() for heading in headings), end]
    jobs = []
    for heading, start, stop in zip(headings, bounds, bounds[1:], strict=False):
        own = text[start:stop].strip()
        count = _OWN_COUNT.search(text, heading.end("title"), min(stop, heading.end() + _NEAR))
        description = "\n".join(filter(None, (shared[0], own, shared[1])))
        jobs.append(_with(cells, heading["title"].strip(), count["count"] if count else "", description))
    return Jobs(tuple(jobs))


def _certain(headings: Sequence[re.Match[str]]) -> bool:
    titles = [heading["title"].strip() for heading in headings]
    counted = [whole_number(heading["number"]) for heading in headings] == list(range(1, len(headings) + 1))
    return counted and len(set(titles)) == len(titles) and all(len(title) >= 2 and (_LIKE_A_JOB.search(title) or roles_in(title)) for title in titles)


def _with(cells: Cells, title: str, headcount: str, description: str | None = None) -> Cells:
    """The cells of one job: its own number or none, for the row's is that of all."""
    own = {"title": title, "headcount": headcount} | ({"description": description} if description is not None else {})
    return replace(cells, values={**cells.values, **own})
