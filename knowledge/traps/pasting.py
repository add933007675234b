"""Telling what was pasted to be looked at from what is asked: requests for a check, and texts that have an advertisement's shape."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.traps.assess import holds_clear_trap
from knowledge.traps.plain import plain

_LEAST_PASTED = 8
"""Characters behind a request that make something to assess."""
_LONG = 40
"""Characters from which what comes after the request for a text is taken for that text."""
_LEAST_ADVERTISED = 16
_LEAST_FEATURES = 3

_DOUBT = r"靠谱|靠不靠谱|真假|真的|可信|能信|正规|骗|诈|陷阱|有没有(?:坑|问题|风险)|是不是(?:坑|套路)"
_LOOK = r"看看|看下|看一下|瞧瞧|鉴定|鉴别|辨别|分析|判断|核实|评估|把把关|查一?下"
_OBJECT = r"招聘|招工|岗位|工作|职位|公司|单位|企业|offer|通知|信息|广告|兼职|聊天|截图|合同|这个|这条|这家|这段|下面|以下"
_ASKED = rf"(?:{_DOUBT}|(?:{_LOOK})[^:：\n，,。]{{0,8}}(?:{_OBJECT})|(?:{_OBJECT})[^:：\n，,。]{{0,8}}(?:{_LOOK}))"
_REQUEST = re.compile(rf"^[^:：\n]{{0,30}}?{_ASKED}[^:：\n]{{0,16}}[:：\n]\s*", re.IGNORECASE)
_REQUEST_COMMA = re.compile(rf"^[^，,。:：\n]{{0,6}}(?:帮|请|麻烦|求)[^，,。:：\n]{{0,16}}?{_ASKED}[^，,。:：\n]{{0,10}}[，,。]\s*", re.IGNORECASE)
_REQUEST_AT_END = re.compile(
    rf"[，,。；;！!？?\s]+[^，,。；;！!？?\n]{{0,12}}(?:{_DOUBT}|{_LOOK}|能去|敢去|能不能去|要不要去|合法|正常)[^，,。；;！!\n]{{0,10}}[？?。！!吗么不啊呢吧]*\s*$"
)
_ASKS_FOR_WORK = re.compile(
    r"我(?:想|要|希望|打算)(?:找|应聘|去|做|看)|想找|有没有[^，。]{0,20}(?:岗|工作|职位|招聘|兼职|实习)|帮我(?:找|搜|推荐|查)[^，。:：]{0,16}(?:岗|工作|职位|招聘)|"
    r"(?:哪些|什么)[^，。]{0,8}(?:岗|工作|招聘会|单位)|推荐(?:几|一些|点)|求(?:推荐|职)|推荐[吗么？?]*$|^(?:找|搜)"
)
_FEATURES = (
    r"招聘|诚聘|急聘|急招|招募|招人|招收|诚招|招\d*名|热招|直招|招工|高薪招|招[一-鿿]{2,8}[，,：:]",
    r"岗位(?:职责|要求|名称)?[:：]|职位|职责|负责|任职|要求[:：]",
    r"月薪|底薪|薪资|日薪|时薪|年薪|工资|日结|月入|日赚|提成|佣金|\d+[-–~至]\d+(?:元|k|/)|\dk(?![a-z])|元/[月天时]|/单|一单",
    r"五险|六险|社保|双休|单休|包吃|包住|食宿|宿舍|餐补|公积金|带薪|奖金",
    r"学历|大专|本科|经验|年龄|岁|专业不限|男女不限|无(?:需|要求|门槛)|身高|形象",
    r"联系(?:人|方式|电话)|加(?:微信|qq|我|v)|微信|投递|简历|扫码|报名|私(?:聊|我|信)|咨询|hr|地址|地点[:：]",
    r"录用|入职|上岗|面试|报到|试用期|转正|试岗|培训",
    r"兼职|全职|实习|长期|急|名额|应届|校招|offer|代办|代签|收购|出租",
    r"收费|费用|押金|保证金|贷款|分期|垫付|返现|定金",
)


@dataclass(frozen=True)
class Pasted:
    """What a message holds to be assessed. `surely`: it is to be assessed whatever the message is taken for elsewhere."""

    text: str
    surely: bool


def pasted(message: str) -> Pasted | None:
    """What was pasted into a message, None where it is a question, a wish or a word of its own."""
    behind = _behind_request(message)
    if behind is not None:
        return Pasted(behind, surely=True)
    if not looks_like_advertisement(message):
        return Pasted(message, surely=False) if len(message) >= _LONG else None
    return Pasted(message, surely=holds_clear_trap(message))


def looks_like_advertisement(text: str) -> bool:
    """Whether a text has the shape of an advertisement or an offer, as opposed to a wish for one."""
    seen = plain(text[:1_000]).text
    if len(seen) < _LEAST_ADVERTISED or _ASKS_FOR_WORK.search(seen):
        return False
    return sum(bool(re.search(feature, seen)) for feature in _FEATURES) >= _LEAST_FEATURES


def without_request(message: str) -> str:
    """The message without the words that ask for a check, as far as they stand apart from what is to be checked."""
    behind = _behind_request(message)
    return message if behind is None else behind


def _behind_request(message: str) -> str | None:
    for request in (_REQUEST, _REQUEST_COMMA):
        match = request.match(message)
        if match and len(message) - match.end() >= _LEAST_PASTED:
            return message[match.end() :].strip()
    match = _REQUEST_AT_END.search(message)
    if match and match.start() >= _LEAST_ADVERTISED and looks_like_advertisement(message[: match.start()]):
        return message[: match.start()].strip()
    return None
