"""Tell facts about a job and its company, place, hours, pay, whom to call, from what it asks for: 上班地址：狮山路1号, Salary: 12-18K."""

import re

from preprocess.lexicon.characters import simplified
from reranker.evidence.clause_kinds import kinds

_LABELLED = re.compile(
    r"(?:(?:公司|企业|单位|部门|团队|门店|项目|工作|上班|办公|面试|报到|报名|集合|详细|具体|招聘|用人|岗位|职位|职务"
    r"|所在|所属|联系|职能|发布|截止|有效|乘车|交通|投递|应聘)?"
    r"(?:名称|地址|地点|地区|区域|城市|时间|时段|日期|部门|人数|规模|性质|行业|类别|类型|编号|电话|邮箱|路线|方式|流程|网址|官网)"
    r"|公司|企业|单位|部门|团队|职位|岗位|薪[资酬水]|[月年日时底]薪|工资|待遇|班次|班制|作息|工时|休息"
    r"|联系人|手机|电话|微信|QQ|汇报对象|汇报关系|直属上级|试用期|合同期限?|交通)"
    r"(?:范围|区间|介绍|简介|信息|安排|情况|水平|结构|待遇|号码?)?(?:\s?[（(][^()（）\n]{0,12}[）)])?\s?[:：]"
    r"|(?:title|company|team|location|address|venue|employment|salary|pay|compensation|department|job[_ ]type|reports to|date|posted"
    r"|start date|closing date|working hours|hours|shift pattern|contract|interview"
    r"|contact|e-?mail|phone|website|industry|reference)\b[^:：\n]{0,8}[:：]",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"(?:公司|工作|上班|办公|面试|报到)?(?:地址|地点)(?:为|在|是|位于)"
    r"|(?:[^，,。；;:：\d]{1,10}(?:省|市|区|县|镇|乡|街道)){1,3}[^，,。；;:：\d]{1,12}(?:路|街|大道|巷|弄|道)\s?\d{1,5}(?:-\d{1,4})?\s?[号弄]"
    r"|(?:(?:上午|早上|早|每天|周[一二三四五六日天]\s?[至到\-—~]\s?周[一二三四五六日天])\s?)?\d{1,2}[:：]\d{2}\s?"
    r"[-—–~～至到]{1,2}\s?(?:下午|晚上|次日)?\s?\d{1,2}[:：]\d{2}"
)
"""Says a place or hours without a label before it."""


_MAY_DEMAND = re.compile(r"(?:工作|上班)(?:时间|时段|地点|地址)|班次|班制|工时|作息|hours|location|shift pattern", re.IGNORECASE)
"""Labels before which a demand is one: "工作时间：能接受夜班"."""


def is_fact(line: str) -> bool:
    """Return whether a line, without its bullet, tells a fact about the job and demands nothing; see `demands_by_label`."""
    plain = simplified(line)
    if _LABELLED.match(plain):
        return not demands_by_label(line)
    return _STATED.match(plain) is not None and "demand" not in kinds(plain)


def demands_by_label(line: str) -> bool:
    """Return whether a line demands something behind the label of a fact: "工作时间：能接受夜班"."""
    plain = simplified(line)
    label = _LABELLED.match(plain)
    return label is not None and _MAY_DEMAND.match(plain) is not None and "demand" in kinds(plain[label.end() :])
