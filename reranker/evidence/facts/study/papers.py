"""Find proofs that a job asks for beside a degree: its recognition (留服认证, "credential evaluation"), both Chinese certificates."""

import re

_RECOGNITION = re.compile(
    r"留服|留学服务中心|学历认证|学位认证|教育部认证|中留服|学信网|已认证|认证完成"
    r"|\b(?:WES|ECE|NACES)\b|credential evaluation|evaluat(?:ion|ed)|equivalency|\bNARIC\b|\bENIC\b|\bECCTIS\b",
    re.IGNORECASE,
)
_BOTH = re.compile(r"双证|(?:学历|毕业)证?书?[、,，和及与/]?\s?学位证?书?\s?(?:证|双|齐|均|都)|毕业证[、,，和及与/]?学位证|两证")
_NOT_YET = re.compile(
    r"办理|申请中|未|尚|待|没|无|进行|中$|\bpending\b|\bin progress\b|\bnot\b|\bapplied\b|\bawaiting\b|\bunder\b", re.IGNORECASE
)
_PROOFS = {"recognition": _RECOGNITION, "both_certificates": _BOTH}
_REACH = 12


def papers_asked(text: str) -> frozenset[str]:
    """Return the proofs that a requirement names; those that it only mentions as an equivalent are none."""
    return frozenset(proof for proof, words in _PROOFS.items() if words.search(text))


def papers_stated(text: str) -> frozenset[str]:
    """Return the proofs that an entry says are there."""
    return frozenset(proof for proof, words in _PROOFS.items() for match in words.finditer(text) if _is_there(text, match))


def _is_there(text: str, match: re.Match[str]) -> bool:
    after = re.split(r"[；;。\n]", text[match.end() : match.end() + _REACH])[0]
    before = re.split(r"[，,；;。\n]", text[max(0, match.start() - _REACH) : match.start()])[-1]
    return not (_NOT_YET.search(after) or re.search(r"未|没|无|待|办理|申请|\bnot?\b", before))
