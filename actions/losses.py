"""Whether a message says that money, documents or accounts are already gone, as opposed to being asked for."""

from __future__ import annotations

import re
from enum import StrEnum

from core.text.folding import fold


class Loss(StrEnum):
    """What is gone."""

    MONEY = "money"
    FEE = "fee"
    LOAN = "loan"
    DOCUMENTS = "documents"
    ACCOUNT = "account"


_DOCUMENT = r"(?:身份证|毕业证|学位证|护照|证件|户口本|银行卡)"
_FEE = r"(?:押金|定金|保证金|服装费|培训费|中介费|报名费|体检费|内推费|手续费|学费|费用)"
_NUMBER = r"(?:\d[\d,.]*|[一二三四五六七八九十百千万几两]+)"
_US = r"(?:我们|我|俺)"
_NEAR = r"[^,。!?;\n]"
_NOT_FEARED = r"(?<![会怕想防免心别不])"
_NO_QUESTION = r"(?!.{0,3}(?:吗|么|没有|会怎|怎么办理))"
_UNIT = r"(?:块|元|百|千|万|多)"
_NOT_ASKED = r"(?<![让要叫求给被])"

_PATTERNS: tuple[tuple[Loss, str], ...] = (
    (Loss.LOAN, rf"(?:贷款?|分期|培训贷){_NEAR}{{0,6}}(?:签了|办了|下来了|批了|放款了)"),
    (Loss.LOAN, rf"(?:签了|办了|贷了|已经(?:签|办|贷)){_NEAR}{{0,10}}(?:贷|分期)"),
    (Loss.DOCUMENTS, rf"{_DOCUMENT}{_NEAR}{{0,6}}被{_NEAR}{{0,6}}(?:扣|收走|收了|拿走|没收)"),
    (Loss.DOCUMENTS, rf"{_DOCUMENT}{_NEAR}{{0,8}}(?:不还|不给还|不肯还|要不回)"),
    (Loss.DOCUMENTS, rf"把{_NEAR}{{0,3}}{_DOCUMENT}{_NEAR}{{0,4}}(?:收走|扣下|扣|拿走|收)了{_NO_QUESTION}"),
    (Loss.DOCUMENTS, rf"不(?:给|肯|愿){_NEAR}{{0,2}}{_DOCUMENT}还"),
    (Loss.DOCUMENTS, rf"(?:扣|收走|押|拿走)了?{_US}的?{_NEAR}{{0,4}}{_DOCUMENT}{_NO_QUESTION}"),
    (Loss.ACCOUNT, rf"(?:银行卡|电话卡|手机卡|账户){_NEAR}{{0,8}}(?:借出去|给出去|借给|卖了|租给|涉案|被冻结)"),
    (Loss.MONEY, rf"{_NOT_FEARED}被(?:骗|坑)(?:了|走|去|过?钱|{_NUMBER})"),
    (Loss.MONEY, rf"(?:骗|坑)(?:走)?了?{_US}{_NEAR}{{0,4}}(?:钱|{_NUMBER}(?:块|元|百|千|万|多))"),
    (Loss.MONEY, rf"(?:钱|款|{_NUMBER}(?:块|元|百|千|万)?){_NEAR}{{0,3}}(?:转|打|汇)(?:过去|出去|给{_NEAR}{{1,4}})了"),
    (Loss.MONEY, rf"(?:已经|刚刚?|我|都)(?:转|打|汇|充|垫)(?:过去|出去|进去)?了(?:钱|{_NUMBER}){_NO_QUESTION}"),
    (Loss.FEE, rf"(?:收|拿|扣|要)了{_US}{_NUMBER}(?:块|元|百|千|万|多|$)"),
    (Loss.FEE, rf"(?:已经|刚刚?|昨天|今天|前天|上周|我|都)(?:交|付)(?:过|完)?了{_NEAR}{{0,6}}(?:{_FEE}|钱|{_NUMBER})"),
    (Loss.FEE, rf"{_FEE}{_NEAR}{{0,3}}(?:已经|都|我)(?:交|付)(?:过|完)?了?{_NO_QUESTION}"),
    (Loss.FEE, rf"(?:{_FEE}|交的钱){_NEAR}{{0,4}}(?:不退|不肯退|不给退|要不回|退不回|拿不回)"),
    (Loss.LOAN, rf"借了{_NUMBER}{_NEAR}{{0,8}}(?:{_FEE}|培训)"),
    (Loss.DOCUMENTS, rf"{_NOT_ASKED}把{_NEAR}{{0,2}}{_DOCUMENT}[^。!?;\n]{{0,14}}(?:不还|不肯还|不给还|不给我)"),
    (Loss.DOCUMENTS, rf"{_DOCUMENT}{_NEAR}{{0,4}}(?:押|扣)在{_NEAR}{{1,6}}(?:怎么拿|咋拿|怎么要|咋要|拿不|要不回)"),
    (Loss.MONEY, rf"(?:刷|充|投|垫|转|打)(?:进去)?了{_NUMBER}{_UNIT}?{_NEAR}{{0,4}}进去了?"),
    (Loss.MONEY, rf"{_NOT_ASKED}{_US}{_NEAR}{{0,6}}转给{_NEAR}{{1,8}}{_NUMBER}{_UNIT}"),
    (Loss.MONEY, r"(?:提不出来|提不了现|取不出来)了?(?!怎么样)"),
    (Loss.MONEY, rf"(?:卡里|卡上|账户|余额|支付宝里?|微信里?){_NEAR}{{0,4}}(?:少了|被转走|被划走){_NEAR}{{0,2}}(?:钱|{_NUMBER})"),
    (Loss.FEE, rf"{_NOT_ASKED}{_US}(?:交|付)(?:过|了){_NEAR}{{0,6}}(?:{_FEE}|钱|{_NUMBER}{_UNIT})"),
    (Loss.FEE, rf"[替帮]{_US}(?:给|交|付|打|转)了{_NUMBER}{_UNIT}"),
)
_WORST_FIRST = (Loss.LOAN, Loss.DOCUMENTS, Loss.ACCOUNT, Loss.MONEY, Loss.FEE)
_COMPILED = tuple((loss, re.compile(pattern)) for loss, pattern in sorted(_PATTERNS, key=lambda one: _WORST_FIRST.index(one[0])))


def loss_in(words: str) -> Loss | None:
    """What the message says is gone, the worst first; None where it only asks or warns."""
    folded = fold(words)
    return next((loss for loss, pattern in _COMPILED if pattern.search(folded)), None)
