"""What a text says that it replaces: 同时废止《…》, 《…》不再执行, 代替《…》, lists of repealed papers.

A part of a paper that goes (《…》第三条同时废止) does not end the paper, and a paper that is only the legal basis is not replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from core.text.folding import fold
from knowledge.ingest.metadata import DOC_NO

MOST_QUOTED = 200

_TITLE = r"《(?P<title>(?:[^《》]|《[^《》]*》)+)》"
_NUMBER = DOC_NO.pattern.replace(r"\s?", "")
_NAMED = re.compile(rf"{_TITLE}(?:\((?:[^()]{{0,30}}?[,、])?(?P<no>{_NUMBER})[^()]{{0,20}}\))?|(?<![\u4e00-\u9fff(])原?(?P<bare>{_NUMBER})(?:文件?)?")
_ENDS = re.compile(
    "(?:同时|即行|予以|相应|一并|随之|均|全部|自行|现|宣布|决定)(?:予以|宣布)?(?:废止|失效|作废)|(?:同时|即行|一并)?(?:停止|不再|终止)(?:执行|实施|施行|适用|有效)|废止$"
)
_LISTS = re.compile("(?:废止|失效)[^。]{0,24}(?:下列|如下|以下|目录|清单)|(?:下列|以下)[^。]{0,40}(?:废止|失效)|(?:废止|失效)[^。]{0,20}:$")
_ENDS_LIST = re.compile("修改|修正|继续有效|予以保留|附件2|附件二")
_REPLACES = re.compile("(?:代替|取代|替代)(?:了)?(?:原|原来的|旧)?(?=《)")
_REPLACED = re.compile("(?:由|被)本[\u4e00-\u9fff]{1,6}(?:代替|取代|替代)")
_BASIS = re.compile("(?:根据|依据|按照|依照|遵照|贯彻|落实|配合|结合|参照|符合|违反|经由?)[^,。;《》]{0,12}$")
_ONLY_A_PART = re.compile(r"^(?:的|中的?|里的?)?(?:第[一二三四五六七八九十百零\d]+[条款项章]|[^,。;、《]{0,4}(?:部分|有关|相关)|中)")
_A_LIST_ITSELF = re.compile("(?:废止|失效)[^《]{0,30}(?:决定|通知|公告|目录|清单)|宣布失效")


@dataclass(frozen=True)
class Named:
    """A paper as another one names it; `quote` is the sentence."""

    kind: Literal["supersedes", "repeals"]
    title: str | None
    doc_no: str | None
    quote: str


def find_replaced(title: str, clauses: Sequence[str]) -> list[Named]:
    """The papers that a document with this title and these clauses replaces or repeals, each once."""
    is_list = bool(_A_LIST_ITSELF.search(fold(title)))
    found: dict[tuple[str | None, str | None], Named] = {}
    listing = False
    for sentence in _sentences(clauses):
        if is_list or _LISTS.search(sentence):
            listing = (listing or bool(_LISTS.search(sentence))) and not (_ENDS_LIST.search(sentence) and not _ENDS.search(sentence))
        for named in _in_sentence(sentence, listing and (is_list or sentence.endswith(":") or "《" in sentence)):
            found.setdefault((named.title, named.doc_no), named)
        listing = listing and (is_list or not sentence.endswith("。"))
    own = fold(title).replace(" ", "")
    return [named for named in found.values() if named.doc_no or named.title != own]


def _in_sentence(sentence: str, listing: bool) -> Iterator[Named]:
    end = max(_ENDS.finditer(sentence), key=re.Match.end, default=None)
    replaces = _REPLACES.search(sentence)
    for match in _NAMED.finditer(sentence):
        if _BASIS.search(sentence[: match.start()]) or _ONLY_A_PART.match(sentence[match.end() :]):
            continue
        gone = end is not None and match.end() <= end.end()
        given_up = replaces is not None and match.start() >= replaces.start()
        by_this = bool(_REPLACED.search(sentence[match.end() : match.end() + 20]))
        if gone or listing or given_up or by_this:
            kind: Literal["supersedes", "repeals"] = "repeals" if listing or (end and re.search("宣布|决定", end.group())) else "supersedes"
            yield Named(kind, match["title"], _tidy(match["no"] or match["bare"]), sentence[:MOST_QUOTED])


def _sentences(clauses: Sequence[str]) -> Iterator[str]:
    for clause in clauses:
        for sentence in re.split(r"(?<=[。;])|(?<=:)(?=\s*\n)|\n\s*\n", fold(clause)):
            joined = re.sub(r"\s+", "", sentence)
            if joined:
                yield joined


def _tidy(number: str | None) -> str | None:
    return re.sub(r"[\[(【]", "〔", re.sub(r"[\])】]", "〕", number)).replace("第", "") if number else None
