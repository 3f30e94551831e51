"""Classify the clauses of a line of a job description by their words: a demand, a waiver ("学历不限"), an offer, or unknown.

The words stand in clause_kinds.toml; here is only how they are read. asks.py learned how far these kinds are to be believed.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from preprocess.lexicon.characters import simplified

_GAP = r"[^,;]{0,40}?"
_NUMBER = r"[£$€¥]?\d[\d.]{0,8}"
_CLAUSE = re.compile(r"[,;!?)。\[\]]|(?<![a-z0-9])\(|\.(?=\s|$)|\s[-–—]\s(?![$£€]?\d)|\b(?:but|however|although|though|yet)\b|但")
_WHEN = re.compile(
    r"(?:每(?:日|天|周|月|季度?|年)(?:\d{1,2}[日号])?(?:[上下]?旬|前|初|末|底|早|晚)?|按[时月期周]|及时|定期|不定期"
    r"|日常|月[初末底]前?"
    r"|年[初末底]前?|季末前?|随时|准时)"
)
"""Words for the time before the verb of a duty: 每月10日前完成工资核算."""
_DUTY = re.compile(
    r"(?:you will|you'll|you would|you'd) (?:also |then |mainly |regularly |be expected to )?"
    r"(?!get|report to|receiv|have (?:access|the|a|an|your)|join|enjoy|benefit|find|earn|love|never|not|be\b|become|gain|start"
    r"|always have)[a-z]"
)
_OUR_PEOPLE = re.compile(
    r"(?:our|the) (?:team of )?(?:\d[\d,]* )?(?:[a-z-]{2,14} )?(?:[a-z]{2,12}(?:[vylrtk]ers|tors|ists|ians|eons|yers|ants|men)"
    r"|chefs?|nurses|clinicians|vets|pilots|staff"
    r"|crew|doctors|engineers|drivers|teachers) "
    r"(?!must|should|need|will need|has to|have to|are expected|and\b|or\b|to\b|with\b|in\b|of\b|on\b|at\b|for\b|from\b|who\b)[a-z]"
)
"""People of the company and what they do or are: "Our 300 lawyers speak 22 languages"."""
_OF_COMPANY = re.compile(
    r"(?:我[司们院校厂店所]|本[院校厂店所司]|公司|集团|厂里|厂区|店里|门店|园区|院里|校区|老板|团队[里中]|车间里?|食堂|宿舍"
    r"|(?:主任|总监|店长|厂长|主厨|师傅)[^,;]{0,4}(?=每|亲自|带教))"
    r"[^,;的]{0,6}(?:有|共|为|是|位于|遍布|设|配|现有|成立|覆盖|拥有|均|都|由|每[周月天])(?!$)"
    r"|(?:干|做|入职|工作)满[^,;]{1,6}(?:报销|补贴|可|享|奖励|给|有)|每天管|管[吃住]|管[^,;]{0,4}[饭餐]"
    r"|we (?!need|requir|want|expect|are looking|are seeking|seek|ask|would|'d|prefer|look|hope|value|encourag"
    r"|welcome|consider|are open)[a-z]"
    r"|(?:part of|join) an? (?!team of|busy|small|large|growing|dynamic|rota)[a-z -]{0,24}(?:with|that|which)\b"
    r"|your (?:manager|mentor|team|trainer) (?:has|have|is)\b"
    r"|the (?:practice|company|school|hotel|firm|clinic|shop|nursery|business"
    r"|charity|group|restaurant) (?:has|was|is|employs|serves|runs)\b"
)
"""Openings that tell of the company, not of the candidate: 园区有班车, "we cater 300 weddings a year"."""
_CANDIDATE = re.compile(r"优先|需|须|要求|必|者佳|加分|应聘|候选|您|你|能力|\b(?:you|candidates?|applicants?|must|should|ideally)\b")
_LETTER = re.compile(r"\w")


def kinds(line: str) -> list[str]:
    """Return what each clause of a line is: "demand", "waiver", "offer" or "unknown"."""
    return [_kind(clause) for clause in _clauses(line)]


def demands(clause_kinds: Sequence[str]) -> bool:
    """Return whether clauses of these kinds make a demand together.

    A clause that is neither a demand nor known to be none asks where it stands first or behind a waiver ("不要求学历，Python"), and
    goes on with the list where it stands behind an offer ("免费午餐、健身房，下午茶").
    """
    offers = None
    for kind in clause_kinds:
        if kind == "demand" or (kind == "unknown" and not offers):
            return True
        if kind != "unknown":
            offers = kind == "offer"
    return offers is None


def _clauses(line: str) -> list[str]:
    text = simplified(line).lower().replace("’", "'").replace("n't", " not").replace("cannot", "can not")
    text = text.translate(str.maketrans("，；：（）！？【】", ",;:()!?[]"))
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    return [clause for part in _CLAUSE.split(text) if _LETTER.search(clause := part.strip(" \t-*•·:。"))]


def _kind(clause: str) -> str:
    """Return what a clause is: "demand", "waiver", "offer" or "unknown"."""
    words = _words()
    if _is_waived(clause):
        return "waiver"
    for group in ("welcome", "self"):
        if words["no_demand", group].search(clause) and not words["no_demand", "unless"].search(clause):
            return "offer"
    if words["offers", "amount_of_pay"].search(clause) or _OUR_PEOPLE.match(clause):
        return "offer"
    if _OF_COMPANY.match(clause) and not _CANDIDATE.search(clause):
        return "offer"
    if _DUTY.match(clause) or words["offers", "cues"].search(clause) or _begins_with_verb(clause):
        return "demand"
    groups = ("perks", "pay", "equality", "visa", "contact", "company")
    if any(words["offers", group].search(clause) for group in groups):
        return "offer"
    return "demand" if words["offers", "amount_asked"].search(clause) else "unknown"


def _is_waived(clause: str) -> bool:
    words = _words()
    if words["waived", "unless"].search(clause) or _begins_with_verb(clause):
        return False
    for group in ("ahead", "behind"):
        waiver = words["waived", group].search(clause)
        if waiver and not words["waived", "known"].search(clause, 0, waiver.start()):
            return True
    return False


def _begins_with_verb(clause: str) -> bool:
    when = _WHEN.match(clause)
    verb = _words()["offers", "verbs"].match(clause, when.end() if when else 0)
    return verb is not None and not (verb[0][-1].isascii() and clause[verb.end() : verb.end() + 1].isalpha())


@cache
def _words() -> dict[tuple[str, str], re.Pattern[str]]:
    table = tomllib.loads(Path(__file__).with_name("clause_kinds.toml").read_text("utf-8"))
    slots = table.pop("slots")
    return {
        (section, group): re.compile("|".join(_pattern(phrase, slots) for phrase in phrases))
        for section, groups in table.items()
        for group, phrases in groups.items()
    }


def _pattern(phrase: str, slots: dict[str, Sequence[str]]) -> str:
    """A phrase of the table as a pattern."""
    pattern = "".join(_part(part, slots) for part in re.findall(r"\{\w+\}|…|#|\^|\$|[^{…#^$]+", phrase))
    begins_with_letter = re.match(r"[a-z0-9]", phrase) or (phrase[0] == "{" and re.match(r"[a-z]", slots[phrase[1 : phrase.index("}")]][0]))
    return rf"(?<![a-z0-9]){pattern}" if begins_with_letter else pattern


def _part(part: str, slots: dict[str, Sequence[str]]) -> str:
    if part[0] == "{":
        return f"(?:{'|'.join(re.escape(word) for word in slots[part[1:-1]])})"
    return {"…": _GAP, "#": _NUMBER, "^": "^", "$": "$"}.get(part) or re.escape(part)
