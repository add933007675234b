"""Fields that a source has no column for, where the description names them outright: 工作地点：长沙市岳麓区, 学历要求：本科及以上."""

from __future__ import annotations

import re

_LABELS = {
    "city": "工作地点|工作城市|工作地|工作地址|上班地点|工作区域",
    "salary": "薪资待遇|薪资范围|薪酬待遇|工资待遇|薪资|薪酬|月薪|工资|薪水",
    "education": "学历要求|最低学历|学历",
    "majors": "专业要求|所需专业|需求专业|招聘专业|专业",
    "headcount": "招聘人数|需求人数|计划人数|招聘名额|人数",
    "deadline": "报名截止时间|报名截止日期|投递截止时间|投递截止日期|截止日期|截止时间|网申截止|报名截止|投递截止|有效期至|招聘截止时间",
    "cohort": "招聘对象|面向对象|届别要求|届别|面向届别|招聘届别",
}
_FORM = r"(?:^|[\s,，。;；、】\]）)])[【\[]?(?:{labels})[】\]]?\s*[:：]\s*([^\n。;；]{{1,60}})"
_PATTERNS = {field: re.compile(_FORM.format(labels=labels)) for field, labels in _LABELS.items()}
LABELLED = tuple(_LABELS)
_ANY_LABEL = re.compile(rf"[\s,，、]+[【\[]?(?:{'|'.join(_LABELS.values())}|岗位职责|任职要求|福利待遇|联系人|联系电话)[】\]]?\s*[:：].*")


def labelled(description: str, field: str) -> str:
    """What stands behind the field's label, up to the next label or the end of the sentence; empty where there is none.

    >>> labelled("学历要求：本科及以上，工作地点：长沙", "education")
    '本科及以上'
    """
    match = _PATTERNS[field].search(description)
    return _ANY_LABEL.sub("", match[1]).strip(" ,，、") if match else ""
