"""Programmes that the state has set up for graduates, and whether somebody asks if one goes on."""

from __future__ import annotations

import re

PROGRAMME = re.compile("科研助理|三支一扶|西部计划|特岗|选调|大学生?村官|基层服务|就业见习|城乡社区专项")
"""Whether it goes on stands in the state's papers, who takes people on now in the postings."""
_GOES_ON = re.compile("招不招|还招|还会招|扩招|停招|不招了|会不会(?:再)?(?:加|扩|招|取消)|规模|还(?:有没有|搞不搞|办不办|开不开)|取消了?(?:吗|没)")


def programme_that_may_end(folded: str) -> str | None:
    """The programme of which a question asks whether it goes on (科研助理岗还招不招); `folded` as `core.text.folding.fold` gives it."""
    named = PROGRAMME.search(folded)
    return named.group() if named and _GOES_ON.search(folded) else None
