"""Replace personal facts inside sentences by neutral words: phone, mail, identity card, age, birth, gender and its pronouns."""

import re
from collections import Counter
from collections.abc import Callable

from preprocess.blind.contact import DATE, IDENTITY, MAIL, PHONE, is_identity_number
from preprocess.lexicon.characters import CJK, has_cjk

Words = tuple[str, str]
"""A replacement in Chinese and in English text."""

CONTACT: Words = ("【联系方式】", "[contact]")
_IDENTITY: Words = ("【证件号】", "[ID number]")
_AGE: Words = ("【年龄】", "[age]")
_BIRTH: Words = ("【出生信息】", "[birth]")
_NOTHING: Words = ("", "")

_PERSON = (
    r"(?=(?:[a-z-]{2,15} ){0,2}"
    r"(?:engineer|developer|candidate|graduate|student|designer|analyst|manager|architect|programmer|scientist|professional|accountant)\b)"
)
_TRADE = (
    rf"(?=[{CJK}A-Za-z ]{{0,8}}?(?:程序员|工程师|设计师|经理|开发者|开发人员|架构师|会计|教师|毕业生|硕士|博士|本科生)|[生性](?![{CJK}]))"
)

# The group `keep` stays, before the replacement.
_RULES: tuple[tuple[str, re.Pattern[str], Words], ...] = (
    ("contact", re.compile(MAIL), CONTACT),
    ("identity", IDENTITY, _IDENTITY),
    ("contact", re.compile(PHONE, re.IGNORECASE), CONTACT),
    ("contact", re.compile(r"(?P<keep>微信(?:号)?[：:]? ?)(?=[\w-]*[\d_])[A-Za-z][\w-]{5,19}(?![\w-])", re.ASCII), CONTACT),
    ("contact", re.compile(r"(?P<keep>QQ(?:号)?[：:]? ?)[1-9]\d{4,10}(?![\w-])", re.ASCII), CONTACT),
    ("age", re.compile(r"(?P<keep>(?:今年|现年|本人) ?)\d{2} ?周?岁"), _AGE),
    ("age", re.compile(r"(?P<keep>\b(?:I am|I'm|I’m|aged|age of) )\d{2}(?! ?(?:%|\w))(?! years (?:of exp|in))"), _AGE),
    ("age", re.compile(r"(?P<keep>\b(?:I am|I'm|I’m|is) )\d{2} years (?:old|of age)\b"), _AGE),
    ("age", re.compile(rf"(?i:\ban? )\d{{2}}[ -]years?[ -]old {_PERSON}"), ("a ", "a ")),
    ("age", re.compile(rf"(?<!\d)(?:[5-9]0|[6-9]5|00|05)后{_TRADE}"), _NOTHING),
    ("birth", re.compile(rf"(?P<keep>(?:出生于|生于) ?)(?:{DATE})"), _BIRTH),
    ("birth", re.compile(rf"(?<!\d)(?:{DATE}) ?出生(?:于[{CJK}]{{2,12}})?"), _BIRTH),
    ("birth", re.compile(rf"(?i:(?P<keep>\bborn (?:in|on) )(?:{DATE})(?: in [A-Z]\w+)?)"), _BIRTH),
    ("gender", re.compile(rf"(?P<keep>(?:一[名位个]|我是|作为)) ?[男女]性?{_TRADE}"), _NOTHING),
    ("gender", re.compile(rf"(?P<keep>(?i:\ban? ))(?:fe)?male {_PERSON}"), _NOTHING),
    ("gender", re.compile(r" ?[（(](?:she|he|they)/(?:her|him|them)(?:/\w{2,6})?[)）]", re.IGNORECASE), _NOTHING),
)

_OF_BOTH = r"(?:s?he|hers?|his|him|himself|herself)"
_PRONOUN = re.compile(
    rf"(?<![\w./@'’-])(?P<pair>(?i:{_OF_BOTH}) ?(?:/|or|and) ?{_OF_BOTH}\b)"
    r"|(?<![\w./@<'’-])(?:(?P<subject>[Hh]e|[Ss]he)(?P<is>['’]s)?|(?P<self>[Hh]imself|[Hh]erself)|[Hh]is|[Hh]ers?|[Hh]im)"
    r"(?![\w@/(=>-]|\.\w|['’]| ?=)"
)
_HER = re.compile("她(?!经济|力量|时代|世纪|影响力|社区|生活|健康|说|[》”」』])")


def is_chinese(text: str) -> bool:
    """Return whether a line counts as Chinese: it has a Chinese character."""
    return has_cjk(text)


def replace_facts(line: str, words_at: Callable[[Words], str], counts: Counter[str]) -> str:
    """Return the line with neutral words; `words_at` chooses the language. Adds what was replaced to `counts` by kind."""
    if re.search(r"[@\d]|微信|QQ|[男女]|male|/", line):
        for kind, pattern, words in _RULES:
            line = pattern.sub(lambda match, kind=kind, words=words: _replaced(match, kind, words_at(words), counts), line)
    line = _PRONOUN.sub(lambda match: _neutral(match, counts), line)
    line, others = _HER.subn("他", line)
    counts["gender"] += others
    return line


def _replaced(match: re.Match[str], kind: str, word: str, counts: Counter[str]) -> str:
    if match.re.pattern == IDENTITY.pattern and not is_identity_number(match[0]):
        return match[0]
    counts[kind] += 1
    return (match.groupdict().get("keep") or "") + word


def _neutral(match: re.Match[str], counts: Counter[str]) -> str:
    """Return one form for him, his, her and hers: which one "her" is cannot be told for sure, and both genders must read alike."""
    if match["pair"]:
        return match[0]
    counts["gender"] += 1
    word = "they" if match["subject"] else "themselves" if match["self"] else "their"
    return (word.capitalize() if match[0][0].isupper() else word) + (" are" if match["is"] else "")
