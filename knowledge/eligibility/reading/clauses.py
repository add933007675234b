"""A message in clauses: what each states, whose circumstances it speaks of, and what it only asks, supposes or guesses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.text.folding import fold

_ENDS = re.compile(r"([,。;!?\n…~]+|(?<![A-Za-z0-9]) | (?![A-Za-z0-9])|(?=但是|但(?!愿)|不过(?!期)|可是|然后|而且|另外))")
_OTHERS = re.compile(
    "(?:我的?|咱)?(?:同学|室友|舍友|朋友|闺蜜|哥们|师[兄姐弟妹]|学[长姐弟妹](?!制)|表[兄弟姐妹哥]|堂[兄弟姐妹哥]|"
    "弟弟?|妹妹?|哥哥?|姐姐?|男朋友|女朋友|男友|女友|对象|老公|老婆|同事|邻居|隔壁)"
    "|^(?:他|她|他们|她们|别人|人家|有人|有些人|网上|听说)"
)
_FAMILY = re.compile("爸|妈|父亲|母亲|父母|家长|爷爷|奶奶|外公|外婆|姥")
_SELF = re.compile("我|本人|俺|咱|自己|家里|家庭情况|自家")
_ON_BEHALF = re.compile(
    "(?:帮|替|代|给)(?:我)?(?:的)?(?:同学|室友|朋友|孩子|儿子|女儿|弟弟?|妹妹?|哥哥?|姐姐?|表[弟妹哥姐]|学生|"
    "侄[子女]|外甥|亲戚)?.{0,4}(?:问|咨询|打听|看看?)|(?:我|咱)?家?(?:孩子|儿子|女儿|娃)"
)
_HYPOTHESIS = re.compile("^(?:如果|假如|假设|要是|万一|倘若|若是|若|比如|例如|譬如|像是)|的话$|的话[,，]")
_HEDGE = re.compile("好像|可能|大概|也许|或许|似乎|貌似|应该(?:是|算|有)|估计|不确定|不太确定|不知道|不清楚|说不定|没准|记不清|忘了|听说")
_ASKS = re.compile(
    "[吗么嘛呢]$|[不没否]$|能不能|可不可以|可否|能否|是否|是不是|够不够|符不符合|算不算|有没有(?:资格|机会|"
    "戏|我的份)|行不行|要不要|会不会|还是不是|属不属于|咋|怎么|怎样|多少|什么(?![^,。]*(?:都|也|困难))|哪|"
    "如何|呀$|吧$"
)
_ABLE = re.compile(
    "能不能|可不可以|可否|能否|是否|够不够|符不符合|符合|算不算|能(?!力)|可以|够(?!用)|有资格|有没有(?:资格|"
    "机会|戏)|行不行|行不|要不要|会不会|还有(?!没)|报(?:得|不)了|领(?:得|不)到|(?<!打)算(?!了)|贷得|批给|落(?:得|"
    "不)了|影响|怎么|怎样|咋|多少|什么|哪|如何"
)
_RULE = re.compile("才(?:能|可以|行|给|算)|必须|一定要|非得|需要|是不是(?:得|要)|要求|条件是|(?:只|仅)(?:限|面向|给|招)")


@dataclass(frozen=True)
class Clause:
    """A clause of a folded message.

    `asked_at`: where the question about ability or manner begins (能…吗, 怎么…); None where there is none.
    `guessed_at`: where a hedge (好像, 可能) stands.
    """

    text: str
    asks: bool
    asked_at: int | None
    speaks_of: str
    """`self`, `family` or `other`."""
    names_self: bool
    supposed: bool
    guessed_at: int | None
    rule: bool
    """It asks after the rule itself (低保才能领吗): nobody's circumstances are stated."""


def clauses(text: str) -> list[Clause]:
    """The clauses of a message. Whose circumstances a clause speaks of carries over to those that name nobody."""
    folded = _unpunctuated(fold(text))
    on_behalf = bool(_ON_BEHALF.search(folded))
    found: list[Clause] = []
    subject = "self"
    for piece, end in _pieces(folded):
        subject = "self" if on_behalf else _subject(piece, subject)
        asks = "?" in end or bool(_ASKS.search(piece))
        able = _ABLE.search(piece) if asks else None
        hedge = _HEDGE.search(piece)
        family = subject == "self" and bool(_FAMILY.search(piece))
        found.append(
            Clause(
                piece,
                asks,
                able.start() if able else None,
                "family" if family else subject,
                bool(_SELF.search(piece)),
                bool(_HYPOTHESIS.search(piece)),
                hedge.start() if hedge else None,
                asks and bool(_RULE.search(piece)),
            )
        )
    return found


def _unpunctuated(folded: str) -> str:
    """Commas for the full-width marks that folding keeps."""
    return re.sub("[，：]", ",", folded)


def _pieces(folded: str) -> list[tuple[str, str]]:
    parts = _ENDS.split(folded)
    texts, ends = parts[0::2], [*parts[1::2], ""]
    return [(piece.strip(), end) for piece, end in zip(texts, ends, strict=True) if piece.strip()]


def _subject(piece: str, before: str) -> str:
    """Whose circumstances: a clause that begins with another person is about them, until one names the speaker."""
    other = _OTHERS.search(piece)
    own = re.search(
        "我(?!的?(?:同学|室友|舍友|朋友|闺蜜|哥们|师[兄姐弟妹]|学[长姐弟妹]|表|堂|弟|妹|哥|姐|男|女|对象|老公|老婆|同事|邻居))|本人|俺", piece
    )
    if other and (own is None or other.start() < own.start()):
        return "other"
    return "self" if own else before
