"""Languages: tests and levels on the scale of CEFR; what a job asks for, what a resume states, and whether it suffices.

The words, tests and equivalents are in language/languages.toml. What was failed, is in preparation or belongs to others is no level.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import NamedTuple

from reranker.evidence.facts.claims import claims
from reranker.evidence.facts.contract import Fact, FactAnswer, Verdict
from reranker.evidence.facts.language.levels import NamedLanguage, find_named, find_unnamed, level_unsaid
from reranker.evidence.facts.language.tests import TestMention, each_part_asked, find_tests
from reranker.evidence.facts.language.words import TABLE, stays
from reranker.evidence.facts.mentions import Standing, folded, is_waived, wanted_clauses

MAX_FACTS = 200
"""Nobody states more; whoever repeats the words takes no more time than that."""
_ORDER = (Verdict.NOT_SAID, Verdict.NOT_MET, Verdict.PARTLY, Verdict.MET)
_ANY = ("", "any")
"""Languages of facts that are about none in particular."""
_MIDDLE = 3
"""From this level (B1) on, two levels below the demand are a partial answer: CET-4 for English as a working language."""

_ALTERNATIVES = re.compile(r"或|/|任一|之一|\bor\b|one of", re.IGNORECASE)
_LISTED = re.compile(r"\s?[,，、]\s?")
_SKILLS = re.compile(
    r"听说读写|口语.{0,4}书面|读写.{0,4}口语|spoken (?:and|&) written|written (?:and|&) spoken|speech and writing"
    r"|read(?:ing)?, writ(?:e|ing),? (?:and|&) speak",
    re.IGNORECASE,
)
_NO_OTHER = re.compile(
    r"\benglish only\b|\bonly english\b|\bno (?:foreign|other|second) languages?\b|\bmonolingual\b|外语[:：\s]{0,2}(?:无|零)"
    r"|无外语|不会(?:任何)?外语|不会任何",
    re.IGNORECASE,
)
_NOT_IT = re.compile(
    r"\bI (?:never|do not|don't|can't|cannot|didn't)[^.\n]{0,20}\bit\b|(?:本人|我(?:自己)?)不(?:会|懂)|基本不会", re.IGNORECASE
)
_KNOWS_NONE = re.compile(r"[^，。；;\n]{0,6}?(?:不会|听不懂|看不懂|不懂|讲不来|说不来|不谙|零基础)")


@dataclass(frozen=True)
class Language:
    """A language and its `level` (A1 = 1 … C2 = 6), by a test (its kind, its rank among its own, its score) or by words (`kind` "").

    `lowest`: of the parts of the test; `weakest`: of the levels said of reading, writing and speaking. `language` "": none but those named.
    """

    language: str
    level: int
    standing: Standing = Standing.HAS
    kind: str = ""
    rank: int = 0
    score: float | None = None
    lowest: float | None = None
    weakest: int | None = None


@dataclass(frozen=True)
class LanguageDemand:
    """The languages that a job asks for, all of them; of each one option suffices. `skills`: reading, writing and speaking."""

    languages: tuple[tuple[Language, ...], ...]
    skills: bool = False


class _Mention(NamedTuple):
    start: int
    end: int
    value: Language
    certainty: float


def asked(requirement: str) -> LanguageDemand | None:
    """Return the languages that a requirement asks for; None where it names none or says that none is needed."""
    text = wanted_clauses(requirement).replace("|", ":")
    mentions = [mention for mention in _mentions(text, in_job=True) if not is_waived(text, mention.start, mention.end)]
    by_language: dict[str, list[_Mention]] = {}
    for mention in mentions:
        by_language.setdefault(mention.value.language, []).append(mention)
    groups: list[list[Language]] = []
    last: _Mention | None = None
    is_list_of_any = _ALTERNATIVES.search(text) is not None
    for found in by_language.values():
        by_test = [mention.value for mention in found if mention.value.kind]
        options = [replace(option, lowest=each_part_asked(text)) for option in by_test] or [mention.value for mention in found]
        join = text[last.end : found[0].start] if last and last.end <= found[0].start else ""
        is_alternative = _ALTERNATIVES.search(join) is not None or (_LISTED.fullmatch(join) and is_list_of_any)
        if groups and is_alternative:
            groups[-1] += options
        else:
            groups.append(options)
        last = found[0]
    return LanguageDemand(tuple(map(tuple, groups)), _SKILLS.search(text) is not None) if groups else None


def stated(text: str) -> tuple[Fact[Language], ...]:
    """Return the languages that a resume states, those that it denies or plans with their `standing`; others' are left out."""
    return tuple(
        Fact(value, start, end, certainty)
        for start, end, value, certainty in _mentions(folded(text).replace("|", ":"), in_job=False)
        if value.standing is not Standing.OTHERS
    )


def answer(demand: LanguageDemand, facts: Sequence[Fact[Language]]) -> FactAnswer[Language]:
    """Return how far the facts meet the demand: of several groups the share that is there, of alternatives the best."""
    answers = sorted(
        (_answer(options, demand.skills, facts) for options in demand.languages), key=lambda found: _ORDER.index(found.verdict)
    )
    worst, best = answers[0], answers[-1]
    if best.verdict is worst.verdict:
        return best
    return FactAnswer(min(Verdict.PARTLY, best.verdict, key=_ORDER.index), best.fact)


def _answer(options: Sequence[Language], skills: bool, facts: Sequence[Fact[Language]]) -> FactAnswer[Language]:
    asked_for = {option.language for option in options}
    grades = [
        (max(_ORDER.index(_grade(option, skills, fact.value)) for option in options), fact.certainty, fact.value.level, -place)
        for place, fact in enumerate(facts)
        if fact.value.language in asked_for or fact.value.language in _ANY
    ]
    grade, _, _, place = max(grades, default=(0, 0, 0, 0))
    return FactAnswer(_ORDER[grade], facts[-place] if grade else None)


def _grade(option: Language, skills: bool, value: Language) -> Verdict:
    if value.language == "any":
        near = value.level >= option.level - 1 and value.standing in (Standing.HAS, Standing.PREPARING)
        return Verdict.PARTLY if near else Verdict.NOT_SAID
    if value.language not in (option.language, ""):
        return Verdict.NOT_SAID
    if value.standing is Standing.PREPARING and value.kind == option.kind != "":
        return Verdict.PARTLY if value.rank >= option.rank else Verdict.NOT_MET
    if value.standing in (Standing.PLANNED, Standing.PREPARING):
        return Verdict.NOT_SAID
    if value.standing not in (Standing.HAS, Standing.EXPIRED):
        return Verdict.NOT_MET
    verdict = _grade_test(option, value) if option.kind and option.kind == value.kind else _grade_level(option.level, value.level)
    is_uneven = skills and value.weakest is not None and value.weakest < option.level
    return Verdict.PARTLY if verdict is Verdict.MET and (is_uneven or value.standing is Standing.EXPIRED) else verdict


def _grade_level(asked_level: int, level: int) -> Verdict:
    if level >= asked_level:
        return Verdict.MET
    missing = asked_level - level
    return Verdict.PARTLY if missing == 1 or (missing == 2 and level >= _MIDDLE) else Verdict.NOT_MET


def _grade_test(option: Language, value: Language) -> Verdict:
    """Within one test the rank and the score decide: a rank, or a few points, below is a partial answer."""
    row = next(row for row in TABLE["tests"] if row["kind"] == option.kind and row.get("rank", 0) == option.rank)
    if value.rank != option.rank:
        return Verdict.MET if value.rank > option.rank else Verdict.PARTLY if value.rank == option.rank - 1 else Verdict.NOT_MET
    least = option.score or (row["scores"][0][0] if "scores" in row else 0)
    if value.score is None:
        return Verdict.MET if option.score is None or "near" not in row else Verdict.PARTLY
    if value.score >= least:
        return Verdict.PARTLY if option.lowest and value.lowest and value.lowest < option.lowest else Verdict.MET
    return Verdict.PARTLY if least - value.score <= row.get("near", 0) else Verdict.NOT_MET


def _mentions(text: str, in_job: bool) -> list[_Mention]:
    """Tests first; a name with a level, a use or a degree only where no test stands on it."""
    tests = find_tests(text)
    named = [name for name in find_named(text, in_job) if not any(test.start < name.end and name.start < test.end for test in tests)]
    unnamed = [] if in_job or tests else find_unnamed(text)
    found: list[TestMention | NamedLanguage] = sorted([*tests, *named, *unnamed], key=lambda mention: (mention.start, mention.end))[
        :MAX_FACTS
    ]
    states = claims(text, [(mention.start, mention.end) for mention in found], date.max)
    mentions = []
    for mention, claim in zip(found, states, strict=True):
        state = Standing.PREPARING if claim.is_part else claim.standing
        if state is Standing.OTHERS and not in_job and _NOT_IT.search(text, mention.end, mention.end + 80):
            state = Standing.DENIED
        if state is Standing.HAS and _KNOWS_NONE.match(text, mention.end):
            state = Standing.DENIED
        if isinstance(mention, TestMention):
            mentions.append(_of_test(mention, state))
        elif value := _of_name(text, mention, state, in_job):
            mentions.append(value)
    return sorted([*mentions, *([] if in_job else _of_stays(text))], key=lambda mention: mention.start)


def _of_test(test: TestMention, state: Standing) -> _Mention:
    if test.is_failed and state is Standing.HAS:
        state = Standing.DENIED
    value = Language(test.language, test.level, state, test.row["kind"], test.row.get("rank", 0), test.score, test.lowest)
    return _Mention(test.start, test.end, value, 1.0)


def _of_name(text: str, named: NamedLanguage, state: Standing, in_job: bool) -> _Mention | None:
    level, certainty = named.level, named.certainty
    if level is None:
        level, certainty = level_unsaid(text, named, state is Standing.HAS, in_job)
    if level is None:
        return None
    if state is Standing.PREPARING and named.level is not None and named.language != "any":
        state = Standing.HAS  # "B1，还在学": the level is there
    return _Mention(named.start, named.end, Language(named.language, level, state, weakest=named.weakest), certainty)


def _of_stays(text: str) -> list[_Mention]:
    """Years in a country of the language; and where the text says that there is no other language than those named."""
    level = TABLE["abroad"]["level"]
    found = [(*match.span(), language) for language, stay in stays().items() for match in islice(stay.finditer(text), MAX_FACTS)]
    states = [claims(text, [(start, end)], date.max)[0].standing for start, end, _ in found]
    mentions = [
        _Mention(start, end, Language(language, level), 0.7)
        for (start, end, language), state in zip(found, states, strict=True)
        if state is Standing.HAS
    ]
    none = _NO_OTHER.search(text)
    return [*mentions, _Mention(*none.span(), Language("", 1, Standing.DENIED), 0.5)] if none else mentions
