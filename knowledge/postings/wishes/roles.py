"""Which occupations are wished for, and what was asked for that is none (宇航员): that must stand in the posting."""

from __future__ import annotations

import re

from knowledge.postings.fields.roles import Mention, accepted, mentions, names_several, roles, spoken_alone
from knowledge.postings.wishes.fillers import bare
from knowledge.postings.wishes.remaining import Conditions, Remaining

_TAIL = re.compile(
    "(?:工程师|专员|助理|人员|经理|主管)?(?:类|方向|方面|相关|这块|之类|行业)?(?:的)?(?:岗位?|职位|工作|职缺|活儿?|空缺|单位|公司|厂子?)?(?:的)?"
)
_NO_LETTERS = re.compile("[^\\u4e00-\\u9fffa-z0-9]+")
_LONGEST_KEY_WORD = 8
_KEY_WORD = re.compile("[\u4e00-\u9fff]{2,5}")
_JOINED = re.compile("(?:或者?|和|及|跟|与|还有|以及|、|/|,)*")
_OCCUPATION = (
    "[\u4e00-\u9fff]{1,6}(?:员|师|教练|主播|模特|演员|选手|匠|官|警|司令|队长|船长|舰长|机长|院士|大使|道士|和尚|法医|特工|"
    "侦探|管家|保镖|裁判|太空人|经纪人|合伙人|制片人)"
)
_ASKED_FOR = re.compile(
    rf"(?:招不?招|招聘|招|应聘|想?当|想?做|想?干|找(?:个|一个|份)?|有没有|有冇|有|哪里?有|求)?(?:一个|个|份|"
    rf"名)?(?P<one>{_OCCUPATION})(?=(?:的|这种|这类|这样的|之类的?|那种|一类的?)?(?:岗位?|职位|工作|招聘|招人|活儿?|吗|么|没|啊|呢|不|$|\s|[,，。？?!！]))"
)
_BEFORE_POSTING = re.compile("(?P<one>[\u4e00-\u9fff]{2,6}?)(?:类|方面|相关)?(?:的)?(?:岗位|岗|职位|招聘)")
_QUALIFIER = re.compile(
    "(?P<one>英语|日语|韩语|法语|德语|俄语|西班牙语|语文|数学|物理|化学|生物|历史|地理|政治|体育|音乐|美术|舞蹈|钢琴|书法|信息技术|科学)(?=\x00)"
)


def read_roles(remaining: Remaining) -> Conditions:
    """The occupations wished for, with those that a wish for them accepts; `words` for what is asked for and is none of ours."""
    found = _wished(remaining)
    names = tuple(dict.fromkeys(name for mention in found for name in (mention.roles if names_several(mention) else _narrowest(mention.roles))))
    words = tuple(dict.fromkeys([*_qualifiers(remaining, found), *([] if names else _strangers(remaining))]))
    for mention in found:
        tail = _TAIL.match(remaining.text, mention.end)
        remaining.blank(mention.start, tail.end() if tail else mention.end)
    conditions: Conditions = {"roles": accepted(names)} if names else {}
    return conditions | ({"words": words} if words else {})


def _narrowest(names: tuple[str, ...]) -> tuple[str, ...]:
    """Without the general ones of which a narrower one is named as well (小学语文老师)."""
    general = {name for name in names if any(other in roles()[name].takes and name not in roles()[other].takes for other in names)}
    return tuple(name for name in names if name not in general)


def _wished(remaining: Remaining) -> list[Mention]:
    """The mentions that count: a short form only where nothing else is named, or where it stands in a list with it."""
    found = mentions(remaining.text)
    full = [mention for mention in found if not spoken_alone(mention)]
    if not full or len(full) == len(found):
        return found
    kept: list[Mention] = []
    for mention in found:
        others = [other for other in found if other is not mention]
        if mention in full or any(_in_one_list(remaining.text, mention, other) for other in others):
            kept.append(mention)
    return kept


def _in_one_list(text: str, one: Mention, other: Mention) -> bool:
    first, second = sorted((one, other), key=lambda mention: mention.start)
    between = text[first.end : second.start]
    return bool(between.strip()) and _JOINED.fullmatch(between.strip()) is not None


def read_key_words(remaining: Remaining) -> tuple[str, ...]:
    """Of a message that is a row of key words, those that nobody could read (城投 国企 福州): they must stand in the posting."""
    chunks = [(match.start(), match.end()) for match in re.finditer(r"\S+", remaining.whole)]
    if len(chunks) < 2 or max(end - start for start, end in chunks) > _LONGEST_KEY_WORD:
        return ()
    words = []
    for start, end in chunks:
        chunk = remaining.text[start:end]
        if chunk == remaining.whole[start:end] and _KEY_WORD.fullmatch(chunk) and bare(chunk) == chunk:
            words.append(chunk)
            remaining.blank(start, end)
    return tuple(words)


def _qualifiers(remaining: Remaining, found: list[Mention]) -> list[str]:
    """What stands right before an occupation and narrows it (日语翻译, 钢琴老师)."""
    words = []
    for mention in found:
        before = _QUALIFIER.search(remaining.text[max(0, mention.start - 5) : mention.start] + "\x00")
        if before:
            words.append(before["one"])
            remaining.blank(mention.start - len(before["one"]), mention.start)
    return words


def _strangers(remaining: Remaining) -> list[str]:
    """An occupation that none of ours is, in a message that names no other."""
    for pattern in (_ASKED_FOR, _BEFORE_POSTING):
        for match in pattern.finditer(remaining.text):
            name = bare(match["one"])
            if len(name) >= 2:
                remaining.blank(match.start(), match.end())
                return [name]
    return []
