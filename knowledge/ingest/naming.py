"""What the name of a file says where its text says nothing: a title, a date, that it is an attachment of another file."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePosixPath

from core.text.folding import fold

_DATED = re.compile(r"[(（\[_ -]?((?:19|20)\d{2})[-.年_]?(\d{2})[-.月_]?(\d{2})日?[)）\]]?$")
_COLLECTION = re.compile(r"^[\u4e00-\u9fff]{2,6}__")
_ATTACHMENT = re.compile(r"^[\s\d.、_-]*((?:附件|附录|附表)\s*[一二三四五六七八九十\d]{0,3})(?!\d)[\s:：.、_-]*")
_COPY = re.compile(r"[\s_-]*(?:[(（]\d{1,2}[)）]|副本|终稿|定稿|最终版|修改版?|扫描件)$")
_NO_TITLE = re.compile(r"^(?:新建|无标题|未命名|扫描|图片|截图|屏幕截图|文档|工作簿|下载|通知正文|正文|附件)")
_TITLE_KIND = re.compile(
    r"(?:通知|意见|方案|办法|公告|通告|决定|规定|条例|细则|措施|规划|指南|计划|法|解释|批复|公报|倡议书|明细|清单|目录|标准|表)$"
)


def title_in_name(name: str, only_titles: bool = False) -> str | None:
    """The title that a file's name gives (`社会法__退役军人保障法(2020-11-11).md`: 退役军人保障法).

    With `only_titles` the name must end like the title of a paper (…通知, …办法).
    """
    stem = _COLLECTION.sub("", fold(PurePosixPath(name).stem))
    stem = _ATTACHMENT.sub("", _COPY.sub("", _DATED.sub("", stem))).strip(" _-—《》")
    if len(re.findall(r"[\u3400-\u9fff]", stem)) < 4 or _NO_TITLE.match(stem):
        return None
    return None if only_titles and not _TITLE_KIND.search(stem) else stem


def date_in_name(name: str) -> date | None:
    """The full date at the end of a file's name."""
    match = _DATED.search(PurePosixPath(name).stem.strip())
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def attachment_in_name(name: str) -> str | None:
    """`附件1` for `附件1：补贴标准.xlsx`; None for a file that is not named as an attachment."""
    match = _ATTACHMENT.match(fold(PurePosixPath(name).stem))
    return match[1].replace(" ", "") if match else None
