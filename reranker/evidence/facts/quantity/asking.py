"""Tell whether a requirement asks for a quantity that it names: by "at least" and the like, or because the kind is always asked for.

Works on text that is `plain`.
"""

import re
from dataclasses import replace

from reranker.evidence.facts.degrees import names_degree
from reranker.evidence.facts.quantity.amounts import Amount
from reranker.evidence.facts.quantity.led import are_pupils, is_member, speaks_of_team
from reranker.evidence.facts.quantity.quantities import Named, Quantity

_ALWAYS_ASKED = frozenset(
    {"money", "height", "qps", "dau", "mau", "users", "bytes", "papers", "typing", "words", "covers", "rate", "customers", "cases"}
)
"""Named in a requirement, these are asked for; what else is counted stands in many lines ("on a 28-bed ward") and is asked for only with
"at least", 以上 or the like."""
_AT_MOST = re.compile(
    r"(?:不超过|至多|最多|不高于|(?<!不)少于"
    r"|\bat most|\bup to|(?<!no )(?<!not )\bless than|(?<!no )(?<!not )\bfewer than|\bunder|\bno more than)[^\d]{0,6}$"
)
_OR_LESS = re.compile(r"[^\d，,]{0,6}(?:以内|以下|之内|or less|or fewer)")
_NO_PERCENT = re.compile(
    r"出差|差旅|薪|奖|提成|公积金|折|股|比例为"
    r"|travel|remote|on-?site|office|salary|bonus|discount|equity|pension|\bfte\b|capacity|workload"
    r"|full[- ]?time|part[- ]?time|of (?:the |your )?time"
)
"""Shares that a job offers or takes, none that somebody has reached."""
_HAVING_DONE = re.compile(
    r"过(?!程|滤|敏|户|期|载)|经验|经历|\bexperience|\b(?:handled|ran|run|led|managed|processed|held|owned|taught|carried)\b|^(?:"
    r"(?!, )[^，。;；]){0,40}$"
)
"""What a candidate is to have done, or a line of nothing else: "Payroll of 1,000 employees"."""
_COMPARES = re.compile(
    r"(?:不少于|不低于|至少|不下于|不下|超过|超|大于|高于|达到|满|>|≥|\bover|\bpast|\bnorth of|\bbeyond|\bat least"
    r"|\bmin(?:imum)?\.?(?: of)?|\bmore than|\babove|\bexceed\w*|\bin excess of|\bno less than"
    r"|\bno fewer than|\bnot less than|\bupwards? of)\s?(?:[a-z$£€¥]{0,4}\s?)?$"
)
_COMPARED = re.compile(
    r"[^\d，,。;；]{0,10}?(?:以上|起(?!草)|级|规模)|\s?\+|[^\d,;]{0,24}?(?:\+|\bor (?:more|above|over|larger|higher"
    r"|better|greater|bigger)|\band (?:above|over|up)|\bplus\b|\bminimum)"
)
_PLUS = re.compile(r"\+|以上|(?<=[万亿千百])级")


def as_asked(text: str, named: Named) -> Quantity | None:
    """The quantity if the requirement asks for it. People who are not to be led are heads: guests, recruits, an audience."""
    quantity, (left, right) = named.quantity, named.clause
    if named.amount is None:  # a class of honours beside its degree is the degree's
        return None if quantity.kind == "honours" and (names_degree(text) or "degree" in text) else quantity
    is_compared = bool(_COMPARES.search(text[left : named.start])) or _is_raised(text, named.amount, right)
    is_done = _HAVING_DONE.search(text) is not None
    if quantity.kind == "people":
        if are_pupils(text[left:right]):
            return replace(quantity, kind="students")
        if speaks_of_team(text[left:right], named.start - left, named.end - left, is_compared):
            return quantity
        is_member_of = is_member(text[left:right], named.start - left, named.end - left)
        return replace(quantity, kind="heads") if is_compared and not is_member_of else None
    if quantity.kind == "percent":
        is_compared = is_compared or is_most(text, named) or not text[left : named.start].strip()  # "98% inventory accuracy"
        return quantity if is_compared and quantity.words and not _NO_PERCENT.search(text, left, right) else None
    if quantity.kind == "count":
        return quantity if quantity.of and is_compared and quantity.amount > 1 else None  # "at least one public cloud"
    is_sized = quantity.kind == "rows" and named.amount.is_scaled
    return (
        quantity
        if quantity.kind in _ALWAYS_ASKED or is_sized or is_compared or (is_done and quantity.kind != "hires") or quantity.period
        else None
    )


def is_most(text: str, named: Named) -> bool:
    return bool(_AT_MOST.search(text, max(0, named.start - 40), named.start) or _OR_LESS.match(text, named.end))


def _is_raised(text: str, amount: Amount, right: int) -> bool:
    return _PLUS.search(text, amount.start, amount.end) is not None or _COMPARED.match(text, amount.end, right) is not None
