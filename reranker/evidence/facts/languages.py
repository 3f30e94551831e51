"""Compare languages by tests and levels on the scale of CEFR: what a job asks for, what a resume states, and whether it suffices.

The words, tests and equivalents are in language/languages.toml. What was failed, is in preparation or belongs to others is no level.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import NamedTuple

from reranker.evidence.facts.claims import claims
from reranker.evidence.facts.contract import Fact, FactAnswer
from reranker.evidence.facts.language.comparison import ANY, CERTIFICATE, Language, LanguageDemand, compare
from reranker.evidence.facts.language.levels import NamedLanguage, find_named, find_unnamed, level_unsaid
from reranker.evidence.facts.language.skills import levels_in, skills_named
from reranker.evidence.facts.language.tests import TestMention, each_part_asked, find_tests
from reranker.evidence.facts.language.words import TABLE, certificates, names, stays
from reranker.evidence.facts.mentions import Standing, clause_around, folded, is_waived, wanted_clauses

MAX_FACTS = 200
"""Nobody states more; whoever repeats the words takes no more time than that."""

_ALTERNATIVES = re.compile(r"或|/|任一|之一|\bor\b|one of", re.IGNORECASE)
_ALL_OF_THEM = re.compile(r"双语|三语|\bbilingual\b|\bboth\b", re.IGNORECASE)
_AND = re.compile(r"同时|以及|另|\bplus\b|\band\b(?!/or)", re.IGNORECASE)
_LISTED = re.compile(r"\s?[,，、]\s?")
_NO_OTHER = re.compile(
    r"\benglish only\b|\bonly english\b|\bno (?:foreign|other|second) languages?\b|\bno languages? other than"
    r"|(?:n't|never|not) (?:stud|learn)\w{1,4} (?:any |a )?(?:foreign|other|second) languages?\b|\bmonolingual\b"
    r"|\bonly (?:spoken )?language\b|\bforeign languages?[:\s-]{1,3}(?:none|nil|no)\b"
    r"|外语(?:水平|能力|语种|等级|情况)?[:：\s]{0,2}(?:无|零|不会)|无外语|不会(?:任何)?外语|不会任何",
    re.IGNORECASE,
)
_OWN_CLAUSE = re.compile(
    r"[^\n]{0,50}?[,，;；。.]\s?(?:but |while |whereas |and )?"
    r"(?P<own>(?:(?-i:I)\b|my own|myself|(?:目前|现在)?(?:基本|完全)不会"
    r"|(?:本人|我(?:自己)?)(?!太太|爱人|妻|丈|先生|老|父|母|爸|妈|女|儿|们))[^,，;；。\n]{0,50})",
    re.IGNORECASE,
)
_NOT_IT = re.compile(
    r"\b(?:never|do not|don't|can't|cannot|didn't)\b[^.\n]{0,20}\bit\b|(?:don't|do not|can't|cannot|didn't)$"
    r"|^(?:本人|我(?:自己)?)不(?:会|懂)|(?:基本|完全)不会",
    re.IGNORECASE,
)
_EXCEPT = re.compile(r"(?:\b(?:other than|besides|except|apart from)\s|除了?)$", re.IGNORECASE)
_NEXT_LEVEL = re.compile(r"[^，,;；\n]{0,30}(?P<next>[，,;；])\s?(?:[ABC][12]|N[1-5])(?![A-Za-z0-9])")
_SCHOOL_SUBJECTS = re.compile(
    r"\bEnglish(?: Language)?(?:\s?[,&/]\s?|,? and )Math|\bMath(?:s|ematics)?(?:\s?[,&/]\s?|,? and )English", re.IGNORECASE
)
_BOTH_SCRIPTS = re.compile(r"[两二]文三语")
_STUDYING = re.compile(
    r"(?:自学|在学|正学|学习|刷|攻|准备|(?:今年|明年|下半年|下个?月|年底|即将|准备|打算|计划|要|想)[^，。；\n]{0,6}[考冲报])\s?$"
)
_KNOWS_NONE = re.compile(
    r"\s?[:(–-]\s?(?:no knowledge|none|nil|zero|not at all)\b|[^，。；;\n]{0,6}?(?:不会|听不懂|看不懂|不懂|讲不来|说不来|不谙|零基础)"
)


class _Mention(NamedTuple):
    start: int
    end: int
    value: Language
    certainty: float


def asked(requirement: str) -> LanguageDemand | None:
    """Return the languages that a requirement asks for; None where it names none or says that none is needed."""
    text, mentions = "", []
    for text in (wanted_clauses(requirement), folded(requirement)):
        text = text.replace("|", ":")
        mentions = [mention for mention in _mentions(text, in_job=True) if not is_waived(text, mention.start, mention.end)]
        mentions = [mention for mention in mentions if not _is_school_subject(text, mention)]
        mentions = [mention for mention in mentions if not _EXCEPT.search(text, max(0, mention.start - 20), mention.start)]
        if mentions:
            break
    by_language: dict[str, list[_Mention]] = {}
    for mention in mentions:
        by_language.setdefault(mention.value.language, []).append(mention)
    groups: list[list[Language]] = []
    last: _Mention | None = None
    is_of_all = _ALL_OF_THEM.search(text) is not None
    is_list_of_any = _ALTERNATIVES.search(text) is not None
    for of_language in by_language.values():
        by_test = [mention.value for mention in of_language if mention.value.is_test]
        options = [replace(option, lowest=each_part_asked(text)) for option in by_test] or [mention.value for mention in of_language]
        join = text[last.end : of_language[0].start] if last and last.end <= of_language[0].start else ""
        is_either = _ALTERNATIVES.search(join) is not None or (_LISTED.fullmatch(join) and is_list_of_any)
        if groups and is_either and not is_of_all and not _AND.search(join):
            groups[-1] += options
        else:
            groups.append(options)
        last = of_language[0]
    languages = {option.language for group in groups for option in group}
    if languages - TABLE["foreign"].keys() - {"english", "mandarin"}:  # "French or Arabic (a second language is a must)"
        groups = [group for group in groups if group[0].language not in TABLE["foreign"]]
    return LanguageDemand(tuple(map(tuple, groups)), skills_named(text)) if groups else None


def _is_school_subject(text: str, mention: _Mention) -> bool:
    """Return whether a language stands beside mathematics: "GCSEs in English and Maths"."""
    return any(subjects.start() <= mention.start < subjects.end() for subjects in _SCHOOL_SUBJECTS.finditer(text))


def stated(text: str) -> tuple[Fact[Language], ...]:
    """Return the languages that a resume states, those that it denies or plans with their `standing`; others' are left out."""
    return tuple(
        Fact(value, start, end, certainty)
        for start, end, value, certainty in _mentions(folded(text).replace("|", ":"), in_job=False)
        if value.standing is not Standing.OTHERS
    )


def answer(demand: LanguageDemand, facts: Sequence[Fact[Language]]) -> FactAnswer[Language]:
    """Return how far the facts meet the demand: of several groups the share that is there, of alternatives the best."""
    return compare(demand, facts)


def _mentions(text: str, in_job: bool) -> list[_Mention]:
    """Tests first; a name with a level, a use or a degree only where no test stands on it."""
    tests = find_tests(text)
    named = [name for name in find_named(text, in_job) if not any(test.start < name.end and name.start < test.end for test in tests)]
    unnamed = [] if in_job or tests else find_unnamed(text)
    in_order: list[TestMention | NamedLanguage] = sorted([*tests, *named, *unnamed], key=lambda mention: (mention.start, mention.end))[
        :MAX_FACTS
    ]
    deeds = [mention.deed if isinstance(mention, NamedLanguage) else None for mention in in_order]
    spans = [(mention.start if deed is None else deed, mention.end) for mention, deed in zip(in_order, deeds, strict=True)]
    states = claims(text, spans, date.max)
    mentions = []
    for mention, claim in zip(in_order, states, strict=True):
        state = Standing.PREPARING if claim.is_part else claim.standing
        if state is Standing.OTHERS and not in_job and (own := _of_owner(text, mention)):
            mentions.append(own)
        if isinstance(mention, TestMention):
            if state is Standing.HAS and _STUDYING.search(text, max(0, mention.start - 12), mention.start):
                state = Standing.PREPARING
            elif state is Standing.DENIED and mention.score is not None and not mention.is_failed:
                state = Standing.HAS  # the score tells how far it was missed
        if state is Standing.HAS and _KNOWS_NONE.match(text, mention.end):
            state = Standing.DENIED
        if state is Standing.DENIED and _EXCEPT.search(text, max(0, mention.start - 20), mention.start):
            state = Standing.HAS
        if state in (Standing.PREPARING, Standing.PLANNED) and (clause := _of_its_own(text, mention)):
            state = claims(clause, [(mention.start, mention.end)], date.max)[0].standing
        if isinstance(mention, TestMention):
            mentions.append(_of_test(mention, state))
        elif value := _of_name(text, mention, state, in_job):
            mentions.append(value)
    mentions += _of_both_scripts(text)
    return sorted([*mentions, *([] if in_job else _of_stays(text))], key=lambda mention: mention.start)


def _of_both_scripts(text: str) -> list[_Mention]:
    """Hong Kong's 两文三语: to write Chinese and English, and to speak Cantonese, Mandarin and English."""
    match = _BOTH_SCRIPTS.search(text)
    if match is None:
        return []
    level = min(levels_in(text[slice(*clause_around(text, *match.span()))]), default=4)
    return [_Mention(*match.span(), Language(language, level), 0.9) for language in ("english", "cantonese", "mandarin")]


def _of_its_own(text: str, mention: TestMention | NamedLanguage) -> str | None:
    """The text up to what is said of something else: "IELTS 7.0，硕士在读", "DELF A2, B1 scheduled for June"."""
    if isinstance(mention, TestMention) and mention.score is not None:
        return text[: clause_around(text, mention.start, mention.end)[1]]
    other = _NEXT_LEVEL.match(text, mention.end)
    return text[: other.start("next")] if other else None


def _of_test(test: TestMention, state: Standing) -> _Mention:
    if test.is_failed and state is Standing.HAS:
        state = Standing.DENIED
    value = Language(test.language, test.level, state, test.row["kind"], test.row.get("rank", 0), test.score, test.lowest)
    return _Mention(test.start, test.end, value, 1.0)


def _of_owner(text: str, mention: TestMention | NamedLanguage) -> _Mention | None:
    """Return what the owner says of himself behind somebody else's language: "my wife is German, I only know a few words"."""
    clause = _OWN_CLAUSE.match(text, mention.end)
    if clause is None or any(names().find(text, *clause.span("own"))):
        return None
    if _NOT_IT.search(clause["own"]):
        return _Mention(*clause.span("own"), Language(mention.language, 1, Standing.DENIED), 1.0)
    levels = levels_in(clause["own"])
    return _Mention(*clause.span("own"), Language(mention.language, min(levels)), 1.0) if levels else None


def _of_name(text: str, named: NamedLanguage, state: Standing, in_job: bool) -> _Mention | None:
    level, certainty = named.level, named.certainty
    if level is None:
        level, certainty = level_unsaid(text, named, state is Standing.HAS, in_job)
    if level is None:
        return None
    kind = CERTIFICATE if certificates().key_of(text[named.start : named.end]) else ""
    if state is Standing.PREPARING and named.level is not None and not kind and named.language != ANY:
        state = Standing.HAS  # "B1，还在学": the level is there
    return _Mention(named.start, named.end, Language(named.language, level, state, kind, skills=named.skills), certainty)


def _of_stays(text: str) -> list[_Mention]:
    """Years in a country of the language; and where the text says that there is no other language than those named."""
    level = TABLE["abroad"]["level"]
    spans = [(*match.span(), language) for language, stay in stays().items() for match in islice(stay.finditer(text), MAX_FACTS)]
    states = [claims(text, [(start, end)], date.max)[0].standing for start, end, _ in spans]
    mentions = [
        _Mention(start, end, Language(language, level), 0.7)
        for (start, end, language), state in zip(spans, states, strict=True)
        if state is Standing.HAS
    ]
    none = _NO_OTHER.search(text)
    return [*mentions, _Mention(*none.span(), Language("", 1, Standing.DENIED), 0.5)] if none else mentions
