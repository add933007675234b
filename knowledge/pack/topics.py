"""The closed lists that entries refer to: topics, and the regions a rule can hold for."""

from __future__ import annotations

from typing import Final

from knowledge.language.places import NATION, PROVINCE_OF

NATIONWIDE: Final = NATION

REGIONS: Final = frozenset((NATIONWIDE, *PROVINCE_OF))
"""The nation, its provinces and its cities: a rule of one city is not told as its province's."""

TOPICS: Final[dict[str, str]] = {
    "agreement_sign": "就业协议：签订、填写、保管",
    "agreement_breach": "违约、解约、违约金",
    "destination_register": "去向登记与网签",
    "registration_card": "报到证（已取消）",
    "archive": "档案存放、查询、转递",
    "hukou": "户口迁移与落户",
    "fresh_status": "应届生身份与择业期",
    "job_seek_subsidy": "求职补贴",
    "flex_social_subsidy": "灵活就业与社保补贴",
    "probation_training": "就业见习",
    "startup": "创业支持与担保贷款",
    "local_subsidy": "地方补贴与租房",
    "sanzhi": "三支一扶",
    "west_plan": "西部计划与志愿服务",
    "teacher_post": "特岗与教师资格",
    "civil_service": "公务员、选调与事业单位",
    "military": "参军入伍与退役",
    "grassroots_tuition": "基层就业与学费补偿",
    "further_study": "学位与升学",
    "research_assistant": "科研助理",
    "abroad_returnee": "出国与留学回国",
    "labour_contract": "劳动合同与试用期",
    "pay_insurance": "薪资、五险一金、加班",
    "internship": "实习与兼职",
    "quit_dispute": "离职、辞退、欠薪、仲裁",
    "recruit_fraud": "招聘诈骗与黑中介",
    "discrimination": "就业歧视",
    "resume": "简历",
    "interview": "面试笔试",
    "job_channel": "求职渠道",
    "career_choice": "择业选择",
    "stress": "心理压力",
    "key_group": "失业登记与困难帮扶",
    "party_league": "党团组织关系",
    "graduation_status": "毕业、结业、学历",
}
"""The slug that opens an entry's id, and what the topic is called to the graduate."""
