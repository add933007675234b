"""What the job should offer: 双休, 不加班, 包住, 包吃, 户口, 远程, 实习, 编制."""

from __future__ import annotations

import re

from knowledge.postings.wishes.remaining import Conditions, Remaining

_OVERTIME = re.compile("(?:最好)?(?:不用|不要|不想|不|没有?|少|不怎么|拒绝|别)(?:要)?(?:天天|经常|老|总)?加班(?:的)?|加班少(?:的)?")
_TRUE: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "weekends_off",
        re.compile(
            "(?:周末|必须|要|能|有|最好|周六日)?双休(?:日)?(?:的)?|周末(?:都|能|要|可以)?(?:双休|休息|不上班|放假|"
            "休)(?:[两二2]天)?(?:的)?|周六日(?:都|能)?(?:休息|不上班|休)|休(?:息)?周末"
            "|(?:每|一)(?:个)?(?:周|星期|礼拜)(?:能|要|可以|得|都)?(?:休(?:息)?(?:两|2|二)天|(?:只)?(?:上|干|工作)(?:五|5)天班?)(?:的)?"
            "|(?:(?:周|星期|礼拜)[六日天]|周六日|周六周日)(?:都)?不(?:用|想|要|加|需要)*(?:上班|加班|班)(?:的)?|"
            "不(?:想|用|要|愿意|接受)?(?:上|干)(?:六|6)天(?:班)?(?:的)?|[五5]天[八8]小时|[五5]天工作制?|周休[二两2](?:日|天)|做五休二|上五休二|(?<!\\d)9[56]5(?!\\d)|朝九晚[五六](?:双休|周末休息?)?|周末休"
        ),
    ),
    ("meals", re.compile("(?:包|管)吃(?!住|包住|管住)|(?:包|管)(?:三|两|一日三|午|晚|工作)?(?:餐|饭)|餐补|饭补")),
    (
        "housing",
        re.compile(
            "(?:包|管|提供|解决|有|能|带|给|可)(?:免费|员工|职工)?(?:住宿|住处|住的地方|住(?![院建房]))|住宿|(?:免费|员工|"
            "职工|带|有|提供)*宿舍(?:的)?|有地方住"
        ),
    ),
    ("hukou", re.compile("(?:能|可以?|可|帮忙?|解决|协助|办理|提供|有|给|带|上|包)*(?:的)?\\s*(?:户口|落户|户籍|入户)(?:的|指标)?")),
    (
        "remote",
        re.compile(
            "(?:可以?|能|全程|支持|接受)*(?:远程|居家|在家|线上)(?:办公|上班|工作|办|做|干活|干|兼职)?(?:的)?|remote|wfh|不(?:用|需要|想|要)*(?:打卡)?(?:坐班|去公司|到公司|到岗|通勤)(?:上班)?(?:的)?|"
            "(?:可以?|能|全程)*宅家(?:办公|上班|工作|干|做)?(?:的)?|网上办公(?:的)?"
        ),
    ),
    (
        "tenured",
        re.compile(
            "(?:带|有|给|进|入|要|解决|是)*(?:事业|行政|正式)?编制(?:内)?(?:的)?|带编(?:的)?|"
            "有编(?![辑程导剧排号制])(?:的)?|事业编|在编(?:的)?|入编|编内"
        ),
    ),
    (
        "internship",
        re.compile(
            "(?:寒假|暑假|暑期|日常|短期|长期|假期|寒暑假)?实习(?!经历|经验|证明|期间?|鉴定|报告|过|材料|协议|手册)(?:生|"
            "岗位|岗|机会|工作)?(?:的)?|intern(?:ship)?s?"
        ),
    ),
)
_BOARD_AND_LODGING = re.compile("(?:包|管|提供|解决)?(?:吃住|食宿|吃包住|吃管住)|(?:包|管)吃(?:包|管)?住|(?:包|管)吃、?(?:包|管)住")
_REGULAR = re.compile("(?:只要|只看|要|找|想找|全要)?(?:正式(?:岗位?|工作?|的|员工|职位)|全职(?:岗位|工作|的)?)|不是实习(?:的)?")


def read_traits(remaining: Remaining) -> Conditions:
    """Everything of the kind that a message asks for."""
    conditions: Conditions = {}
    if remaining.takes(_REGULAR):
        conditions["internship"] = False
    if remaining.takes(_BOARD_AND_LODGING):
        conditions |= {"meals": True, "housing": True}
    if remaining.takes(_OVERTIME):
        conditions["no_overtime"] = True
    for name, pattern in _TRUE:
        if remaining.takes(pattern):
            conditions.setdefault(name, True)
    return conditions
