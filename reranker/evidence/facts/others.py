"""Tell whether what a text mentions is somebody else's: a relative's, a client's, sold, taught, checked or arranged for others.

Works on `folded` text.
"""

import re

from reranker.evidence.facts.claim_words import before, behind, bodies, others_behind, owners

_OTHERS_BEFORE = re.compile(
    r"(?<![\d.])\d{1,4}\s?(?:余|多)?[名位人个](?:全部|全|都|均)?(?:持有?|具备|有|取得|考取|通过)?\s?$"
    r"|(?<![\d.])\d{1,4}\s?(?:余|多)?[名位个][^\s，。、；的了]{1,6}(?:全部|全员|全|都|均|皆)(?:持有?|具备|有|取得|考取|通过)?\s?$"
    r"|[多几数各两三][名位个]\s?$|(?:众多|一众|若干)[名位个]?\s?$"
    r"|(?<![\d./])(?<!of )\b(?:\d{1,3}|two|three|four|five|six|several) $"
    r"|\bby (?:an? |the )?$|[帮给替](?!厨|工|排水|料|药)[^，。、]{0,4}$",
    re.IGNORECASE,
)
_SOLD = re.compile(
    r"(?:卖|主推|推销|销售|讲授|主讲|推广|招生)(?:[^，。；;、\n]{0,12}、){0,6}[^，。；;、\n]{0,6}$"
    r"|\b(?:answer|handl|process|took|made|arrang|manag|maintain|kept|typ|clean|cook|drove|deliver|work|fil|wrote)"
    r"[a-z]{0,3}\s[\w ]{0,24}\bfor (?:[a-z]+ )?$"
    r"|(?:安排|组织|协助|督促|带|陪|帮|为|给)[^，。；;\n]{0,10}(?:员工|学员|工人|同事|新人|客户|学生|阿姨|司机)[^，。；;\n]{0,10}、[^，。；;、\n]{0,4}$"
    r"|\b(?:book|set|organi[sz]|coordinat|schedul|cater|host)[a-z]{0,4}\s(?!in\b|and\b|onto\b)[a-z][\w ]{2,24}\bfor (?:[a-z]+ )?$"
    r"|\b(?:sold|selling|marketed|marketing|promoted|promoting|taught|teaching)\s(?:[\w &-]{1,24}, ){0,6}(?:[\w &-]{1,24} and )?$",
    re.IGNORECASE,
)
"""A verb in front of a list: 主推二建、消防、健康管理师."""
_FOR_OTHERS = re.compile(
    r"[^,，.;；\n]{0,24}?\bfor (?:the |our |all |new )?(?:public|customers?|clients?|members?|residents?|applicants?|employees?|staff"
    r"|others|drivers?|students?|crew|volunteers?|visitors?|contractors?|workers?|operatives?|colleagues?|teams?)\b",
    re.IGNORECASE,
)
"""People whom a paper was made out, renewed or checked for: "renewed licences for the public"."""
DUTY = re.compile(
    r"(?:证书?|证照)?的?(?:年审|年检|复审|换证|归档|存档|管理|办理|更新|登记|核查|核对|台账|收集|发放|报审|培训|借用|保管|复印)(?!过|合格|通过|已)"
)
_ON_DUTY = re.compile(r"(?:负责|经办|经手|管理|办理|组织|安排|统计|跟进|登记|保管)(?!人)[^，。]{0,16}$")
"""Papers of others as a task: 负责公司员工特种作业证的年审."""
_DID = re.compile(
    r"\b(?:[a-z]{3,12}ed|issue|renew|process|check|arrange|keep|kept|ran|run|sell|issuing|renewing|processing|arranging)\b", re.IGNORECASE
)
_PEOPLE = (
    r"(?:applicants?|candidates?|staff|employees?|nurses|workers?|contractors?|colleagues|drivers|students|members|operatives|volunteers|starters|joiners"
    r"|temps|teachers|engineers|hires|carers|trainees|crew|team|personnel)"
)
_CHECKS = re.compile(
    r"\b(?:check|verif|review|inspect|screen|vet|validat|audit|monitor|track|collect|record|fil|log|chas|maintain|manag|administ|process|renew|issu)"
    r"(?:y|e|s|es|ed|ies|ied|ing|ying|ting|ted|ering|ered)?\s(?P<object>[^.;\n]{0,80})$",
    re.IGNORECASE,
)
_OF_PEOPLE = re.compile(
    rf"[^.;\n]{{0,100}}?\b(?:of|for|from|by)\s(?:(?:all|every|each|our|the|new|agency|bank|other|any|about)\s|[a-z]+\s|\d+\s){{0,3}}{_PEOPLE}\b",
    re.IGNORECASE,
)
_PEOPLES = re.compile(rf"\b{_PEOPLE}(?:['’]s?|s['’])?\s", re.IGNORECASE)
"""Papers of others that are checked: "I check the ALS certificates of every applicant", "reviewed applicants' registrations"."""
_ENROLLED = re.compile(
    r"(?:报读|报名|已报|修读|就读|在读|在上|\benrolled (?:in|on)|\bstudying|\bsigned up for|\bcurrently (?:on|taking|doing))"
    r"[^，,。;；]{0,16}$",
    re.IGNORECASE,
)
_ALL_OF_THEM = re.compile(r"\ball $", re.IGNORECASE)


def is_others(sentence: str, ahead: str, words: str, behind_it: str, rest: str) -> bool:
    """Return whether the `words` of a mention are somebody else's: by the `sentence` up to it, what stands `ahead` of it in its clause and
    `behind_it` up to the next mention, and the `rest` of its sentence.
    """
    own = max((mark.end() for mark in owners("self").finditer(sentence)), default=-1)
    subjects = (*owners("subject").finditer(sentence), *bodies().finditer(sentence))
    return (
        any(mark.start() >= own for mark in subjects)
        or any(said.search(ahead) for said in (before("others"), _OTHERS_BEFORE))
        or _SOLD.search(sentence) is not None
        or _is_checked(sentence, rest)
        or (DUTY.match(behind_it) is not None and _ON_DUTY.search(sentence) is not None)
        or (_FOR_OTHERS.match(behind_it) is not None and _DID.search(ahead) is not None)
        or (others_behind().match(behind_it) is not None and not (_ENROLLED.search(ahead) or behind("failed").search(behind_it)))
        or (words.isupper() and _ALL_OF_THEM.search(ahead) is not None)
    )


def _is_checked(sentence: str, rest: str) -> bool:
    checks = _CHECKS.search(sentence)
    return checks is not None and (_PEOPLES.search(checks["object"]) is not None or _OF_PEOPLE.match(rest) is not None)
