"""Tell the profession that a title is of: 中级工程师 is no 中级会计师, although both are of the middle grade (中级职称)."""

from reranker.evidence.facts.credentials.certificate import Certificate
from reranker.evidence.facts.credentials.phrases import phrase

_PROFESSIONS = {
    "accounting": ("会计", "财会"),
    "audit": ("审计",),
    "statistics": ("统计",),
    "economics": ("经济",),
    "engineering": ("工程", "高工", "建筑", "机械", "电气"),
    "agronomy": ("农艺", "畜牧", "兽医"),
    "library": ("馆员", "图书", "档案", "文博"),
    "publishing": ("编辑", "编审", "记者"),
    "teaching": ("教师",),
    "lecturing": ("讲师", "教授", "助教"),
    "laboratory": ("实验",),
    "medicine": ("医师", "主治"),
    "nursing": ("护师", "护士", "护理"),
    "pharmacy": ("药师", "药剂"),
    "law": ("律师", "法律"),
    "translation": ("翻译",),
    "crafts": ("美术", "工美"),
}
_OF_PAIR = {pair: profession for profession, pairs in _PROFESSIONS.items() for pair in pairs}


def are_of_other_trades(item: Certificate, value: Certificate) -> bool:
    """Return whether both name a profession, and none that is the same; a title whose profession nobody says may be of any."""
    asked, stated = _professions(item), _professions(value)
    return bool(asked and stated) and asked.isdisjoint(stated)


def _professions(certificate: Certificate) -> frozenset[str]:
    """Return the professions that the words around a title name, else those of its name."""
    named = frozenset(_OF_PAIR[token] for token in certificate.phrase.tokens if token in _OF_PAIR)
    return named or frozenset(_OF_PAIR[token] for token in phrase(certificate.name).tokens if token in _OF_PAIR)
