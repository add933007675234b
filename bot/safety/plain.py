"""Plain forms: what a text says once its disguises are taken off."""

from __future__ import annotations

import re

from core.text.folding import fold

_CHINESE = "\u4e00-\u9fff"
_SPACED_OUT = re.compile(rf"(?<![{_CHINESE}])[{_CHINESE}](?:[\s.*·_\-~|/+^#@。,，、]{{1,3}}[{_CHINESE}](?![{_CHINESE}]))+")
_SPLIT_WORD = re.compile(rf"(?<=[{_CHINESE}])[\s.*·_\-~|/+^#@]{{1,3}}(?=[{_CHINESE}])")
_NOT_CHINESE = re.compile(rf"[^{_CHINESE}]")

_DISGUISES = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"紫砂(?!壶|杯|锅|陶|泥|工艺|艺术|厂|煲|茶|雕|制|非遗|行业|文化|设计|专业|器|店|工坊|街|类)", "自杀"),
        (r"自(?:鲨|沙|刹|煞|sha|s(?![a-z]))|(?<![a-z])zi ?sha(?![a-z])|(?<![a-z])zs(?=了|$|的念头|吧|，|。|！|!)|(?<=想)zs", "自杀"),
        (r"想(?:要|去)?(?:4|四(?=了|啊|$|，)|s(?![a-z0-9])|si(?![a-z0-9])|屎(?=了|$)|鼠|寺)"
         r"(?![0-9a-z]|[点月号天个级家种页年份下份]|线城)", "想死"),
        (r"去(?:4|鼠)(?=了|吧|算|$|[，。！])", "去死"),
        (r"不想(?:火|huo|h(?![a-z0-9]))(?=了|$|下去)", "不想活"),
        (r"割(?:wan|碗)", "割腕"),
        (r"跳(?:lou|l(?![a-z0-9])|喽|篓)", "跳楼"),
        (r"(?:yi|抑)[ ]?yu(?![a-z])|抑yu|玉玉(?=了|症|$|，|。|得)", "抑郁"),
        (r"(?:轻|清)\s?(?:sheng|笙)", "轻生"),
        (r"唔", "不"), (r"畀|俾", "给"), (r"系度|响度", "在"), (r"佢", "他"), (r"冇", "没"), (r"嘅", "的"), (r"呃咗", "骗了"),
        (r"咗", "了"), (r"搵", "找"), (r"点算", "怎么办"), (r"老细", "老板"), (r"咋个办|咋整|咋办|咋弄", "怎么办"), (r"啥子|啥", "什么"),
        (r"莫得", "没"), (r"勿(?=想|要)|弗(?=想|要)", "不"), (r"俺|阿拉", "我"), (r"屋头", "家里"),
    )
)


def plain_forms(text: str) -> list[str]:
    """The forms in which patterns are sought: the folded lower-case text, and that with split words joined, if they differ.

    Disguises (紫砂, 想4, zisha) and the commonest dialect words are written in plain Chinese.
    """
    folded = _undisguise(fold(text).lower())
    joined = _undisguise(_SPLIT_WORD.sub("", _SPACED_OUT.sub(_join, folded)))
    return [folded] if joined == folded else [folded, joined]


def line_form(text: str) -> str:
    """The lower-case text with its lines and brackets as typed: how an attempt on the assistant shows its structure."""
    return text.strip().lower()


def _join(match: re.Match[str]) -> str:
    return _NOT_CHINESE.sub("", match.group())


def _undisguise(text: str) -> str:
    for pattern, plain in _DISGUISES:
        text = pattern.sub(plain, text)
    return text
