"""The pattern half of the screen: which kind of danger or bound a text shows beyond doubt."""

from __future__ import annotations

import re
from pathlib import Path

from bot.safety.lexicon import PATTERNS, Idioms, Lexicon
from bot.safety.plain import line_form, plain_forms

_ASKS_WHETHER_SOUND = re.compile(
    r"靠谱(?:吗|么|不|嘛)|靠不靠谱|可信(?:吗|么|不)|能信|可以信|是不是(?:骗|套路|传销|坑|诈骗|陷阱|忽悠|黑)|骗人(?:的)?(?:吗|么|吧)|真的?假的?|是真的(?:吗|么)|"
    r"正规(?:吗|么|不)|能(?:去|签|给|干|做|交|办|租|借|押)(?:吗|么|不)|(?:安全|正常|合法|合规|合理)(?:吗|么|不)|帮(?:我|忙)?(?:看|查|瞧)(?:看|下|一下|一看)|"
    r"有(?:没有)?(?:风险|坑|问题)(?:吗|么)|会不会(?:是)?(?:骗|坑|被骗|有风险)|(?:还|都)?没(?:有)?(?:签|交钱|转|给|办|去|答应|发)(?=$|[，。,?？])|要不要(?:去|签|交|给)|该不该"
)
_PASTED_FOR_A_CHECK = re.compile(r"^.{0,4}(?:帮|请|麻烦).{0,12}(?:靠谱|真假|可信|正规|骗|看看|看下|查).{0,6}[:：]")
_ALREADY_SUFFERED = re.compile(
    r"被(?:骗|关|锁|困|打|扣|摸|侵|偷拍|冻结|威胁|勒索|灌)|不(?:让|给|放|准)(?:我|我们)?(?:走|离开|出|回)|救(?:命|我)|报(?:了)?警|求救|失联|拉黑|不退|不还|跑(?:路|了)|威胁|逼我|"
    r"(?:已经|刚|昨[天晚]|前天|上周|上个?月|今天|我|爸|妈|都)[^，。]{0,6}(?:签|交|转|付|给|办|贷|刷|汇|充|押|投)(?:了|完|过去|出去)|(?:扣|收走|拿走|没收|压)(?:了)?(?:我|我们|着我)|冻结"
)
_SUFFERED_IN_PASTED = re.compile(
    r"(?:我|我们|人)(?:们)?(?:现在)?(?:已经)?被(?:关|锁|困|打|扣)|不(?:让|放)(?:我|我们)走|救命|求救|报警|我(?:已经|都)[^，。]{0,4}(?:签|交|转|付|办|贷)(?:了|完)|被骗(?:了|走)"
)
_GENERAL_QUESTION = re.compile(
    r"(?:可以|可不可以|能不能|能否|是否|有权|有没有权|合法|违法|犯法|合规|允许|规定|认定|特征|标准|定义|是什么|什么是|叫什么|什么叫|哪些|哪几|怎么识别|怎么区分|"
    r"怎么判|流程|条件|由谁|时效|举报电话|怎么投诉|向谁|what is|is it legal|怎么预防|如何防)"
)
_SOMEONE = re.compile(
    r"我|俺|咱|室友|同学|朋友|儿子|女儿|孩子|弟|妹|哥|姐|爸|妈|男友|女友|他|她|老乡|同事|(?<![a-z])(?:i|i'm|im|my|me|us|we|he|she|they)(?![a-z])"
)
_WISHES_OTHERS_HARM = re.compile(
    r"(?:你|你们|他们|她们|学校|老师|系统|机器人|客服|领导|公司|全家|狗东西)[^。！？，,]{0,6}(?:去死|该死|死了算了|怎么不(?:去)?死|不得好死|不如死)|^(?:去死|死开)(?:吧|啦|啊)?[!！。]*$"
)


class Rules:
    """All lexicons, built once."""

    def __init__(self, folder: Path = PATTERNS) -> None:
        self._idioms = Idioms(folder / "idioms.txt")
        self._crisis = Lexicon(folder / "crisis.txt")
        self._urgent = Lexicon(folder / "urgent.txt")
        self._bounds = Lexicon(folder / "bounds.txt")

    def forms(self, text: str) -> list[str]:
        """The plain forms without idioms: what patterns and classifier look at; the last is the plainest."""
        return [self._idioms.remove(form) for form in plain_forms(text)]

    def crisis(self, forms: list[str]) -> str | None:
        """The kind of danger to life, if a pattern shows one. Whatever is worse, in progress, is told first."""
        for form in forms:
            names = self._crisis.names(_WISHES_OTHERS_HARM.sub("○", form))
            if names:
                return "self_harm_in_progress" if "self_harm_in_progress" in names else names[-1]
        return None

    def urgent(self, forms: list[str]) -> str | None:
        """The kind of danger to body, freedom, papers or money, if a pattern shows one that has come about."""
        if not may_be_danger(forms[0]):
            return None
        return next((name for form in forms if (name := self._urgent.first(form))), None)

    def bound(self, text: str, forms: list[str]) -> str | None:
        """The verdict of the first bound that the text oversteps."""
        return next((name for form in [line_form(text), *forms] if (name := self._bounds.first(form))), None)


def may_be_danger(form: str) -> bool:
    """Whether the text can tell of harm that has come about, rather than ask what the rule is or whether an offer is sound."""
    if _PASTED_FOR_A_CHECK.search(form):
        return bool(_SUFFERED_IN_PASTED.search(form))
    if _ASKS_WHETHER_SOUND.search(form):
        return bool(_ALREADY_SUFFERED.search(form))
    return bool(_SOMEONE.search(form)) or not _GENERAL_QUESTION.search(form)
