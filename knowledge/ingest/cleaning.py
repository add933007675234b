"""What on a page is the document, and what the page that reposted it put around it.

A reposted notice stands between a news preface, hotlines and navigation before, and a footer, related news and
advertisements after. The document begins at its own title (the last line of the form 关于……的通知 before the
addressees or the first number) and ends with its signature and date, or with the 印发 line below them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.text.folding import fold
from knowledge.ingest.lines import ADDRESSEES, PRINTED_LINE, Level, Line

_KINDS = "通知|意见|方案|办法|公告|通告|函|决定|规定|条例|细则|措施|举措|规划|纲要|指南|要点|计划|法|解释|批复|公报|倡议书"
_TITLE = re.compile(rf"^[^。；!?！？]{{2,110}}(?:{_KINDS})(?:[(（][^()（）]{{1,20}}[)）])?$")
_ABOUT = re.compile("关于|印发|实施|促进|办法|条例|法$|规定$|通知$|公告$|通告$|指南$|细则$")
_FULL_TEXT = re.compile(r"(?:通知|意见|方案|公告|文件)?全文(?:如下|附后)?[:：]?$")
_DATE_LINE = re.compile(r"^(?:[^\d]{0,40})?(?:19|20)\d{2} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日$")
_AFTER_SIGNATURE = re.compile(r"^[(（]?(?:此件|联系人|联系方式|联系电话|附件|抄送|信息公开|公开方式|公开属性)|印发|办公室$|办公厅$|电子邮箱|邮箱")
_FOOTER = re.compile(
    r"更多好文|关注公众号|版权|责任编辑|编辑[:：]|来源[:：]|上一篇|下一篇|相关(?:推荐|阅读|新闻|链接)|返回顶部|扫一扫|"
    r"打印本页|关闭窗口|分享到|微信客服|QQ客服|网站地图|ICP备|点击人次|浏览次数|字号[:：]|咨询热线|客服"
)
_POSTED_ON = re.compile(r"^(?:(?:日期|时间)[:：] ?)?(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?: \d{1,2}:\d{2}(?::\d{2})?)?$")
_HOTLINE = re.compile(r"^(?:400-?\d{3}-?\d{4}|\d{3,4}-\d{7,8})$")


@dataclass(frozen=True)
class Page:
    """A page cut into the document's own lines and what was removed around it (kept for the record, never searched)."""

    document: list[Line]
    removed: list[Line]
    title_lines: list[Line]
    posted: Line | None


def find_document(lines: list[Line]) -> Page:
    """Cut the page; where neither title nor signature can be told, only unmistakable furniture is removed."""
    posted = next((line for line in lines[:5] if is_posting_info(line)), None)
    title = _find_title(lines)
    start = title[0] if title else _first_content(lines)
    end = _find_end(lines, start)
    kept = [line for line in lines[start:end] if line is not posted and not _is_furniture(line)]
    own = set(kept)
    removed = [line for line in lines if line not in own and line is not posted]
    titles = lines[title[0] : title[1]] if title else []
    return Page([line for line in kept if line not in titles], removed, titles, posted)


def is_posting_info(line: Line) -> bool:
    """Whether a line is what a page says of its posting: the day, how often it was read."""
    if _POSTED_ON.match(line.folded):
        return True
    return bool(re.search(r"点击人次|浏览次数|发布时间|发布日期", line.folded)) and bool(re.search(r"\d{4}", line.text))


def _is_furniture(line: Line) -> bool:
    if line.row:
        return False
    folded = line.folded
    return bool(_HOTLINE.match(folded)) or (len(folded) < 40 and bool(_FOOTER.search(folded)))


def _find_title(lines: list[Line]) -> tuple[int, int] | None:
    """The span of lines that is the title. After 全文如下 the next title counts; else the last one before the text begins."""
    opening = next((i + 1 for i, line in enumerate(lines[:80]) if _FULL_TEXT.search(line.folded)), 0)
    candidates: list[tuple[int, int]] = []
    for index in range(opening, min(len(lines), opening + 40)):
        line = lines[index]
        if line.marker and line.marker.level in (Level.PART, Level.ARTICLE, Level.CHAPTER, Level.ITEM, Level.SUBPART):
            break
        if candidates and (ADDRESSEES.match(line.folded) or len(line.folded) > 160):
            break
        if line.row:
            break
        span = _title_at(lines, index)
        if span and not (candidates and _is_rest_of(lines, candidates[-1], span)):
            candidates.append(span)
    return candidates[-1] if candidates else _marked_title(lines)


def _marked_title(lines: list[Line]) -> tuple[int, int] | None:
    """The headings of the first rank at the start, where the file has them nowhere else and no line reads like a title."""
    first = [index for index, line in enumerate(lines) if line.rank == 1 and not line.row]
    together = bool(first) and first == list(range(first[0], first[0] + len(first)))
    return (first[0], first[-1] + 1) if together and first[0] < 15 and len(first) <= 3 and not lines[first[0]].marker else None


def _is_rest_of(lines: list[Line], whole: tuple[int, int], span: tuple[int, int]) -> bool:
    """Whether a span is but the rest of a title that was broken: it lies within it and has lost its 关于."""
    return whole[0] < span[0] < whole[1] and "关于" in _joined(lines, whole) and "关于" not in _joined(lines, span)


def _joined(lines: list[Line], span: tuple[int, int]) -> str:
    return "".join(line.folded for line in lines[slice(*span)])


def _title_at(lines: list[Line], index: int) -> tuple[int, int] | None:
    """A title on one line, or broken over up to three lines that no blank line parts."""
    joined = ""
    for end in range(index, min(index + 3, len(lines))):
        if end > index and (lines[end].blank_before or lines[end].row):
            return None
        joined += fold(lines[end].text)
        if _TITLE.match(joined) and _ABOUT.search(joined):
            return index, end + 1
        if lines[end].ends_sentence or len(joined) > 110:
            return None
    return None


def _first_content(lines: list[Line]) -> int:
    return next((i for i, line in enumerate(lines) if not _is_furniture(line) and not is_posting_info(line)), 0)


def _find_end(lines: list[Line], start: int) -> int:
    """One past the last line of the document: behind its signature date and what belongs there, else at the first footer."""
    for index in range(start + 1, len(lines)):
        if index < start + 3 or not is_signature(lines, index):
            continue
        end = index + 1
        for follow in range(end, min(len(lines), end + 12)):
            folded = lines[follow].folded
            if PRINTED_LINE.search(folded) or (_AFTER_SIGNATURE.search(folded) and not _FOOTER.search(folded)):
                end = follow + 1
            elif _FOOTER.search(folded) or len(folded) > 30:
                break
        return end
    return _find_footer(lines, start + 1)


def _find_footer(lines: list[Line], start: int) -> int:
    for index in range(start, len(lines)):
        line = lines[index]
        if not line.row and len(line.folded) < 60 and _FOOTER.search(line.folded) and not is_posting_info(line):
            return index
    return len(lines)


def without_footer(lines: list[Line]) -> list[Line]:
    """The lines of an attachment without what the page prints below it."""
    return lines[: _find_footer(lines, 0)]


_AGENCY = re.compile(r"(?:部|厅|局|委|办|办公室|办公厅|综合司|领导小组|委员会|政府|大学|学院|国务院|法院|检察院|协会|中心|处)$")


def is_signature(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is the date that a document is signed with."""
    return not lines[index].row and bool(_DATE_LINE.match(lines[index].folded)) and _looks_signed(lines, index)


def _looks_signed(lines: Sequence[Line], index: int) -> bool:
    """A date stands as a signature when an agency stands before it, on the line or on one of the two above."""
    own = re.sub(r"(?:19|20)\d{2} ?年.*$", "", lines[index].folded).strip()
    above = [lines[i].folded for i in range(max(0, index - 2), index)]
    return any(_AGENCY.search(text) for text in [own, *above] if text and len(text) < 60)
