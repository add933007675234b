"""What a request is about, by the words in it: coarse enough to say who answers for it, and to be counted."""

from __future__ import annotations

from core.text.folding import fold
from desk.models import Reason

OTHER = "其他"
_BY_REASON = {
    Reason.CRISIS: "安全求助",
    Reason.URGENT: "安全求助",
    Reason.COMPLAINT: "投诉",
    Reason.DATA_DELETION: "个人信息",
    Reason.DATA_EXPORT: "个人信息",
    Reason.FOLLOW_UP: "求职招聘",
}
_WORDS = {
    "协议合同": ("三方", "协议", "违约", "解约", "劳动合同", "试用期", "网签", "毁约"),
    "档案户口": ("档案", "户口", "落户", "报到证", "派遣", "迁移", "党组织关系", "集体户"),
    "补贴社保": ("补贴", "补助", "社保", "安家费", "生活费", "保险", "公积金", "资助", "减免"),
    "创业": ("创业", "开公司", "孵化", "担保贷款", "个体户"),
    "升学考试": ("考研", "考公", "公务员", "事业单位", "编制", "专升本", "留学", "选调", "教师资格"),
    "基层参军": ("西部计划", "三支一扶", "特岗", "参军", "入伍", "征兵", "基层", "志愿服务"),
    "去向登记": ("去向", "登记", "就业证明", "灵活就业", "暂不就业", "学信网", "毕业证"),
    "求职招聘": ("招聘", "岗位", "面试", "简历", "实习", "双选会", "宣讲会", "offer", "录用", "工资", "内推", "见习"),
    "受骗维权": ("被骗", "押金", "培训贷", "传销", "扣押", "拖欠", "欠薪", "仲裁"),
}
CATEGORIES = (*_WORDS, *dict.fromkeys(_BY_REASON.values()), OTHER)


def category_of(topic: str, summary: str, reason: Reason) -> str:
    """The category of a request; the topic counts before the summary, and what has a queue or an alarm of its own goes by that."""
    if reason in _BY_REASON and reason is not Reason.FOLLOW_UP:
        return _BY_REASON[reason]
    for text in (fold(topic), fold(summary)):
        counts = {category: sum(word in text for word in words) for category, words in _WORDS.items()}
        best = max(counts, key=lambda category: counts[category])
        if counts[best]:
            return best
    return _BY_REASON.get(reason, OTHER)
