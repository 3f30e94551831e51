"""Recognise what no employer asks about: age, gender, marriage, children, pregnancy, origin, religion, health and looks.

Questions quote a job and a resume only through `without_private`, so that they ask for none of it, whatever a job demands.
"""

import re

from preprocess.lexicon.field_labels import label_pattern

_PRIVATE = re.compile(
    # age and gender; not of those whom the work is for: 6-12岁儿童, 女性用品, aged care
    r"年龄(?:要求|不限|限制|在|须|需|[^，。；]{0,4}(?:\d|以[下上内]))|[1-6]\d\s?周?岁(?!儿童|幼儿|学生|孩子|少年|学员|宝|的)|[5-9]0后|出生"
    r"|(?<![一-鿿])[男女](?![一-鿿])|限[男女]|仅限[男女]|[男女][性士生]?(?:优先|为佳|者优先|均可|不限)|[男女]性(?=$|[，,、；;。\s])|性别"
    r"|(?:^|[,;]\s?)(?:under|below)\s[1-6]\d(?=$|[,.;])|\bage[ds]?\s?(?:of|:|between|under|over|limit|\d)|\byears?[- ]old\b"
    r"|\byoung(?:er)?\b(?=,| and| candidate| team| person| people| man| woman)"
    r"|\b(?:male|female|men|women)\s(?:only|preferred|candidates?|applicants?)|\b(?:fe)?males?\b(?=$|[,.;])|\bgender\b"
    # marriage and children
    r"|[已未离]婚|[已未]结婚|婚育|婚否|婚姻[状情]|单身|[已未]育(?!种)|生育[计情状意]|[备已未]孕|怀孕(?!期)|[二三]胎|[有无]孩|没有孩子|[有无]子女|子女[情状]|配偶"
    r"|\bmarital|\b(?:un)?married\b|\bsingle (?:man|woman|status)\b"
    r"|\b(?:spouse|husband|wife)\b|\bnot pregnant\b|\bpregnancy (?:test|status)"
    r"|\b(?:no|without|have|having) (?:children|kids)\b|\b(?:children|kids) of your own\b"
    r"|\bchildcare arrangements\b|\b(?:family|maternity) plan"
    # origin and religion
    r"|籍贯|户籍|户口|本地人|外地人|[汉回藏满蒙壮苗]族|少数民族|民族\s?[:：不]|国籍|宗教|信教|教徒"
    r"|\bnationality\b|\bnational origin\b|\bethnicity\b|\bethnic origin\b|\bracial\b|\bnative[- ]born\b|\bplace of birth\b"
    r"|\blocals? only\b"
    r"|\breligions?\b|\breligious (?:belief|affiliation|faith)|\b(?:christian|muslim|jewish|hindu|buddhist)\b"
    # health and looks; 健康证 is a certificate
    r"|身体健康|健康状[况态]|无[^，。；]{0,8}(?:疾病|病史)|[无非]残疾|残疾证|乙肝|身高|体重|形象(?:好|佳|气质)|品貌|相貌|五官|容貌|视力[正良\d]"
    r"|\b(?:good|excellent|perfect) health\b|\bhealth (?:status|condition)\b|\bmedical history\b"
    r"|\b(?:no|without) (?:disabilit|illness|chronic)"
    r"|\bnot disabled\b|\bdisability status\b|\bsick leave\b|\bphysically fit\b|\b(?:height|weight)\s?(?::|of|above|over|at least|\d)"
    r"|\bgood[- ]looking\b|\battractive (?:appearance|looks)|\bappearance\b",
    re.IGNORECASE,
)
_LABELS = label_pattern("age", "birth", "gender", "origin", "family", "political", "body", "identity")
_LABELLED = re.compile(rf"{_LABELS}\s?[:：]", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[，,；;。|\n]\s*")


def is_private(text: str) -> bool:
    """Return whether a text speaks of what no employer asks about."""
    return _PRIVATE.search(text) is not None or _LABELLED.search(text) is not None


def without_private(text: str) -> str:
    """Return a text of the job or the resume without the clauses that are private; "" if nothing else is left."""
    if not is_private(text):
        return text.strip()
    kept, start = [], 0
    for end in [*(mark.end() for mark in _CLAUSE_END.finditer(text)), len(text)]:
        if not is_private(text[start:end]) and any(map(str.isalpha, text[start:end])):  # "女 | 1990.11" keeps no bare date
            kept.append(text[start:end])
        start = end
    return "".join(kept).strip(" ，,；;。|\n")
