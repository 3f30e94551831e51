"""Compare a demanded language with a stated one: by test where it is the same, else by level; each skill asked for counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from reranker.evidence.facts.contract import VERDICTS, Fact, FactAnswer, Verdict, answer_to_all, rank
from reranker.evidence.facts.language.words import TABLE
from reranker.evidence.facts.mentions import Standing

CERTIFICATE = "certificate"
"""The kind of certificates whose name says no level of its own: "Goethe", "DELF"."""
ANY = "any"
"""The language of a level that a resume states without a language: "B1 certificate in hand"."""
_CONCLUDED = 0.7
"""The certainty of a level by years abroad or by a degree in the language."""
_MIDDLE = 3
"""From this level (B1) on, two levels below the demand are a partial answer: CET-4 for English as a working language."""


@dataclass(frozen=True)
class Language:
    """A language and its `level` (A1 = 1 … C2 = 6), by a test (its kind, its rank among its own, its score) or by words (`kind` "").

    `lowest`: of the parts of the test; `skills`: the levels said of reading, writing and speaking. `language` "": none but those named.
    """

    language: str
    level: int
    standing: Standing = Standing.HAS
    kind: str = ""
    rank: int = 0
    score: float | None = None
    lowest: float | None = None
    skills: tuple[tuple[str, int], ...] = ()

    @property
    def is_test(self) -> bool:
        """True if the level comes of a test, and not of words or a certificate that is named like a language."""
        return self.kind not in ("", CERTIFICATE)


@dataclass(frozen=True)
class LanguageDemand:
    """The languages that a job asks for, all of them; of each one option suffices. `skills`: those it names, "speak" or "write"."""

    languages: tuple[tuple[Language, ...], ...]
    skills: frozenset[str] = frozenset()


def compare(demand: LanguageDemand, facts: Sequence[Fact[Language]]) -> FactAnswer[Language]:
    """Return how far the facts meet the demand: of several languages the share that is there, of alternatives the best."""
    answers = sorted((_best(options, demand.skills, facts) for options in demand.languages), key=rank)
    if answers[0].fact and not answers[0].fact.value.language:  # "English only" is no half of two languages
        return answers[0]
    return answer_to_all(answers[0], answers[-1])


def _best(options: Sequence[Language], skills: frozenset[str], facts: Sequence[Fact[Language]]) -> FactAnswer[Language]:
    kinds = {option.kind for option in options if option.is_test}
    if any(fact.value.kind in kinds for fact in facts):  # what is said of the very test counts more than what is concluded
        facts = [fact for fact in facts if fact.certainty > _CONCLUDED]
    grades = []
    for index, fact in enumerate(facts):
        grade = max(VERDICTS.index(_grade(option, fact.value)) for option in options)
        if grade == VERDICTS.index(Verdict.MET) and _lacks_skill(options, skills, fact.value.language, facts):
            grade = VERDICTS.index(Verdict.PARTLY)
        grades.append((grade, fact.certainty, fact.value.level, -index))
    grade, _, _, index = max(grades, default=(0, 0, 0, 0))
    return FactAnswer(VERDICTS[grade], facts[-index] if grade else None)


def _lacks_skill(options: Sequence[Language], skills: frozenset[str], language: str, facts: Sequence[Fact[Language]]) -> bool:
    """Return whether a skill that is asked for is stated of the language, and nowhere well enough."""
    stated: dict[str, int] = {}
    for fact in facts:
        if fact.value.language == language:
            for skill, level in fact.value.skills:
                stated[skill] = max(level, stated.get(skill, 0))
    least = min(option.level for option in options)
    return stated.get("speak", least) == 1 < least if not skills else any(stated.get(skill, least) < least for skill in skills)


def _is_asked(option: Language, language: str) -> bool:
    """Return whether a stated language is the one asked for, or one of those that "a second language" leaves open."""
    if (own := TABLE["foreign"].get(option.language)) is not None:
        return language not in (*own["own"], ANY)
    return language in (option.language, "")


def _grade(option: Language, value: Language) -> Verdict:
    if value.language == ANY:
        near = value.level >= option.level - 1 and value.standing in (Standing.HAS, Standing.PREPARING)
        return Verdict.PARTLY if near else Verdict.NOT_SAID
    if not _is_asked(option, value.language):
        return Verdict.NOT_SAID
    if value.standing is Standing.PREPARING and (value.kind == option.kind != "" or value.kind == CERTIFICATE):
        is_high_enough = value.rank >= option.rank if option.is_test else value.level >= option.level
        return Verdict.PARTLY if is_high_enough else Verdict.NOT_MET
    if value.standing in (Standing.PLANNED, Standing.PREPARING):
        return Verdict.NOT_SAID
    if value.standing not in (Standing.HAS, Standing.EXPIRED):
        return Verdict.NOT_MET
    is_same_test = option.is_test and option.kind == value.kind
    verdict = _grade_test(option, value) if is_same_test else _grade_level(option.level, value.level)
    return Verdict.PARTLY if verdict is Verdict.MET and value.standing is Standing.EXPIRED else verdict


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
