"""Cut a line beside the dates of a job into stretches, and clean one of signs, brackets and remarks. Knows no titles and employers."""

import re

from preprocess.lexicon.characters import CJK, LIST_MARKS

_SPLIT = re.compile(
    rf"\s{{2,}}|\t|(?<=[{CJK}]) (?=[{CJK}])|,(?!\s?(?:Ltd|Inc|LLC|LLP|Limited|Corp|GmbH|S\.A)\b)\s?|\s?[|｜/／•●▪;；，、。]\s?"
    rf"|\s[-–—－~·]\s?|(?<=[a-z]{{2}})\.\s(?=[A-Z])|(?<=[{CJK}])[·\-–—－](?=[{CJK}A-Z])|\s(?:at|@)\s|(?<=[{CJK}]) ?@ ?"
)
_SIGNS = f" \t#{LIST_MARKS}:：|｜,，;；~-–—－"
ASIDE = re.compile(r"[(（【\[][^()（）【】\[\]]{0,40}[)）】\]]")
_REMARK = re.compile(
    r"\s[(（][^()（）]{0,40}(?:,|\b(?:remote|hybrid|contract|part[- ]time|full[- ]time)\b)[^()（）]{0,40}[)）]", re.IGNORECASE
)
"""Medina Pay (fintech, remote)."""
_LEFT_OVER = re.compile(r"\s?[(（]\s*(?:from|since|until|till|to|as of|自|从|于|至|截至|起)?\s*(?:起|至今)?\s*[)）]", re.IGNORECASE)
"""A bracket whose date was taken out: Senior Staff Nurse (from 2023)."""
_REASON = re.compile(
    r"[(（](?:因|原?公司|部门|项目|工厂|门店)[^()（）]{0,8}(?:解散|倒闭|裁员|搬迁|撤销|合并|关闭|结束|停业|重组)[^()（）]{0,8}[)）]"
)
"""Why somebody left: 前端负责人（公司解散）."""
DURATION = re.compile(r"(?:\d{1,4}\s?(?:年|个?月|years?|yrs?|months?|mos?)[\s零]*)+", re.IGNORECASE)


def split(part: str) -> list[str]:
    """Return the stretches between signs that do not stand in brackets."""
    asides = [aside.span() for aside in ASIDE.finditer(part)]
    cuts = [cut.span() for cut in _SPLIT.finditer(part) if not any(start <= cut.start() < end for start, end in asides)]
    edges = [0, *(edge for cut in cuts for edge in cut), len(part)]
    return [part[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]


def tidied(line: str) -> str:
    """Return the line without the signs around it, and without brackets that have lost their other half: 会计助理（实习）stays whole."""
    line = line.rpartition("→")[2].strip(_SIGNS)
    while line and (line[0] in "）)】]" or line[-1] in "（(【["):
        line = line.strip("）)】]").strip(_SIGNS) if line[0] in "）)】]" else line[:-1].strip(_SIGNS)
    first, last = line[:1], line[-1:]
    if first in tuple("（(【[") and line[1:].find("（") < 0 and line[1:].find("(") < 0 and last in tuple("）)】]"):
        return line[1:-1].strip(_SIGNS)
    if sum(line.count(sign) for sign in "（(") != sum(line.count(sign) for sign in "）)"):
        return line.strip("()（）").strip(_SIGNS)
    return line


def clean(text: str) -> str:
    """Return a stretch without durations, empty brackets and remarks in brackets."""
    without_duration = DURATION.sub("", text) if DURATION.search(text) else text
    without_duration = _REASON.sub("", _REMARK.sub("", without_duration))
    return tidied(" ".join(_LEFT_OVER.sub("", without_duration).split()))
