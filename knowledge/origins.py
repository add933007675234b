"""What a file is called as a source where nobody has named one: staff tell files apart by it, graduates need not read file names."""

from __future__ import annotations

IMPORTED = "学校导入"
_LONGEST = 100
_BRACKETS = "（）"


def unnamed_source(stem: str) -> str:
    """The source that the rows of a file belong to, by the file's name without its ending; at most 100 characters.

    >>> unnamed_source("postings_v3"), shown_source(unnamed_source("postings_v3")), shown_source("校就业网")
    ('学校导入（postings_v3）', '学校导入', '校就业网')
    """
    return f"{IMPORTED}{_BRACKETS[0]}{stem[: _LONGEST - len(IMPORTED) - len(_BRACKETS)]}{_BRACKETS[1]}"


def shown_source(source: str) -> str:
    """The source as graduates read it."""
    return IMPORTED if source.startswith(f"{IMPORTED}{_BRACKETS[0]}") and source.endswith(_BRACKETS[1]) else source
