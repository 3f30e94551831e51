"""Compare degrees: level, subject, mode, kind of school and year of graduation that a job asks for and a resume states.

study/ has what a degree consists of. A degree under way, left unfinished or held by somebody else is none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from reranker.evidence.facts.contract import VERDICTS, Fact, FactAnswer, Verdict
from reranker.evidence.facts.mentions import is_waived, wanted_clauses
from reranker.evidence.facts.study.entries import EducationEntry, names_school, school_names_removed, split_entries
from reranker.evidence.facts.study.graduation import years_asked
from reranker.evidence.facts.study.honours import honours_asked, honours_stated
from reranker.evidence.facts.study.implied import implied_levels, implies_bachelor
from reranker.evidence.facts.study.levels import ASSOCIATE, BACHELOR, DOCTOR, LevelMention, levels_asked, levels_folded, levels_stated
from reranker.evidence.facts.study.modes import FIRST_DEGREE, ModeDemand, modes_asked, modes_stated
from reranker.evidence.facts.study.owners import DegreeOwner, denials, owner
from reranker.evidence.facts.study.papers import papers_asked, papers_stated
from reranker.evidence.facts.study.school_grades import grades_asked, grades_stated, share_reached
from reranker.evidence.facts.study.schools import classes_asked, classes_stated
from reranker.evidence.facts.study.standing import NOT_HELD, DegreeStanding, standing_and_year
from reranker.evidence.facts.study.subject_demand import SubjectDemand, subjects_asked
from reranker.evidence.facts.study.subject_names import are_subjects
from reranker.evidence.facts.study.subjects import GENERAL, degree_families, entry_words, families, families_asked, goes_on

MAX_DEGREES = 40
"""Nobody has more; whoever repeats the words takes no more time than that."""
_STUDENTS = re.compile(
    r"在读|在校|应届|实习|大[三四]|研[一二三]"
    r"|\b(?:currently (?:enrolled|studying)|enrolled in|pursuing|students?|interns?|final[- ]year)\b",
    re.IGNORECASE,
)
_COMPLETED = re.compile(r"已毕业|已取得|已获得?|毕业证|双证|\bcompleted\b|\bin hand\b|\bearned\b", re.IGNORECASE)
_PERK = re.compile(
    r"学费|报销|资助.{0,8}(?:深造|读)|\btuition\b"
    r"|\b(?:we|company) (?:\w+ ){0,2}(?:pay|fund|sponsor|cover|offer|reimburse)[a-z]{0,3} .{0,40}(?:degree|diploma|study|MBA)",
    re.IGNORECASE,
)
_OF_LICENCE = re.compile(r"职称|资格证|证书|执业|上岗证|建造师")
"""With these and no level, a subject is that of a certificate: 中级职称（给排水专业）."""
_OR_EXPERIENCE = re.compile(
    r"\bor (?:by |with |an? |the |have |able to (?:show|demonstrate) )?"
    r"(?:equivalent|relevant|comparable|similar|demonstrable|commensurate|suitable) (?:[a-z]+ ){0,3}experience\b"
    r"|或(?:有|具备?)?(?:同等|相当|相应)(?:的)?(?:工作)?(?:经[验历]|资历)",
    re.IGNORECASE,
)
_GRADUATES = re.compile(r"graduates?", re.IGNORECASE)
_OF_STUDY = re.compile(r"毕业|专业背景|相关专业|相关科系|科系|degree|major|qualification|graduate", re.IGNORECASE)


@dataclass(frozen=True)
class Degree:
    """A degree of `level` 0 (小学) to 6 (博士), and how it stands.

    `subjects` are the families of the table that its entry names, `words` the entry without the school. `modes` are keys of [mode] in
    study/levels.toml, `classes` the groups that its school belongs to, `year` the year of graduation, `honours` its class.
    """

    level: int
    standing: DegreeStanding
    subjects: frozenset[str] = frozenset()
    words: str = ""
    modes: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    year: int | None = None
    honours: int | None = None
    papers: frozenset[str] = frozenset()
    names_school: bool = False
    grades: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class DegreeDemand:
    """A job's demand; None and empty: nothing of that. One of `classes` suffices. `students`: a degree under way counts, unless it has
    to be `completed`. `papers` are proofs, keys of study/papers.py, `grades` those of school subjects.
    `or_experience`: experience does instead of a degree, which nobody can weigh here."""

    level: int | None
    subject: SubjectDemand = field(default_factory=SubjectDemand)
    mode: ModeDemand = field(default_factory=ModeDemand)
    classes: frozenset[str] = frozenset()
    years: tuple[int, int] | None = None
    students: bool = False
    completed: bool = False
    honours: int | None = None
    papers: frozenset[str] = frozenset()
    grades: tuple[tuple[str, int], ...] = ()
    or_experience: bool = False


def asked(requirement: str, today: date | None = None) -> DegreeDemand | None:
    """Return the least that a requirement accepts ("本科及以上，硕士优先": 本科); None where it asks for no degree, subject or school."""
    text = wanted_clauses(levels_folded(requirement))
    if _PERK.search(text):
        return None
    mentions = [mention for mention in levels_asked(text) if not _is_waived(text, mention)]
    honours, years = honours_asked(text), years_asked(text, today or date.today())
    level = min((mention.level for mention in mentions), default=None if honours is None else BACHELOR)
    if level is None and implies_bachelor(text):
        level = BACHELOR
    subject = subjects_asked(text, mentions)
    subject = replace(subject, names=tuple(name for name in subject.names if not classes_asked(name)))  # a Russell Group university
    if level is None and (_OF_LICENCE.search(text) or not _OF_STUDY.search(text)):
        is_of_study = re.search(r"专业|科系", text) and not _OF_LICENCE.search(text)
        subject = SubjectDemand(subject.families, subject.near) if is_of_study else SubjectDemand()
    classes = classes_asked(text)
    if years and not subject and all(_GRADUATES.fullmatch(text[mention.start : mention.end]) for mention in mentions):
        level = None  # "2026 graduates only" asks for the year
    if level is None and not (subject or classes or years):
        return None
    return DegreeDemand(
        level=level,
        subject=subject,
        mode=modes_asked(text),
        classes=classes,
        years=years,
        students=bool(years) or _STUDENTS.search(text) is not None,
        completed=_COMPLETED.search(text) is not None,
        honours=honours,
        papers=papers_asked(text),
        grades=tuple(grades_asked(text).items()),
        or_experience=_OR_EXPERIENCE.search(text) is not None,
    )


def stated(text: str, today: date | None = None) -> tuple[Fact[Degree], ...]:
    """Return the degrees of a resume's owner, each with the words that name its level, and those that the owner says not to have."""
    plain = levels_folded(text)
    owned, facts = [], []
    mentions = levels_stated(plain)
    mentions += implied_levels(plain, mentions)
    denied = list(denials(plain))
    for mention in sorted(mentions, key=lambda mention: mention.start)[: 2 * MAX_DEGREES]:
        if any(start <= mention.start < end for _, start, end in denied):
            continue
        whose = owner(plain, mention)
        if whose is DegreeOwner.CANDIDATE:
            owned.append(mention)
        elif whose is DegreeOwner.NOBODY:
            facts.append(Fact(Degree(mention.level, DegreeStanding.DENIED), mention.start, mention.end))
    facts += [Fact(Degree(ASSOCIATE, standing), start, end) for standing, start, end in denied]
    facts += _with_subjects([_fact(entry, plain, today or date.today()) for entry in split_entries(plain, owned[:MAX_DEGREES])], plain)
    facts = [fact for fact in facts if fact.value.standing is not DegreeStanding.PLANNED]  # a wish says nothing
    return tuple(sorted(facts, key=lambda fact: fact.start))


def _with_subjects(facts: Sequence[Fact[Degree]], text: str) -> Iterator[Fact[Degree]]:
    """Yield the facts; a degree that names no subject, but goes on with another on its line, has the subject of that."""
    of_line = {text.count("\n", 0, fact.start): fact.value.subjects for fact in facts if fact.value.subjects - GENERAL}
    for fact in facts:
        others = of_line.get(text.count("\n", 0, fact.start), frozenset())
        subjects = fact.value.subjects | others if goes_on(fact.value.words, fact.value.subjects) else fact.value.subjects
        yield replace(fact, value=replace(fact.value, subjects=subjects))


def _is_waived(text: str, mention: LevelMention) -> bool:
    """Return whether a job does not ask for a level: 学历不限, and not 本科，专业不限."""
    subject = re.compile(r"[，,、]\s?专业").search(text, mention.end)
    return is_waived(text[: subject.start()] if subject else text, mention.start, mention.end)


def goes_on_with_degree(clause: str) -> bool:
    """Return whether a clause, behind one that asks for a degree, lists further subjects of it or says that experience will do."""
    return are_subjects(clause) or _OR_EXPERIENCE.match(clause) is not None


def is_subject(name: str) -> bool:
    """Return whether a name is that of a subject of study: 供应链管理, machine learning."""
    return bool(families_asked(name))


def names_degree(line: str) -> bool:
    """Return whether a line names a degree: its dates are those of a school."""
    return bool(levels_stated(levels_folded(line)))


def answer(demand: DegreeDemand, facts: Sequence[Fact[Degree]]) -> FactAnswer[Degree]:
    """Return how far the best of the degrees meets the demand: one degree has to meet all of it."""
    if not facts:
        return FactAnswer(Verdict.NOT_SAID)
    if demand.mode.first:
        facts = _first(facts)
    verdicts = [(VERDICTS.index(_verdict(demand, fact.value)), fact.value.level, -index) for index, fact in enumerate(facts)]
    best, _, index = max(verdicts)
    is_open = demand.or_experience and VERDICTS[best] is Verdict.NOT_MET
    return FactAnswer(Verdict.PARTLY if is_open else VERDICTS[best], facts[-index])


def _first(facts: Sequence[Fact[Degree]]) -> Sequence[Fact[Degree]]:
    """The degrees of the lowest level after school: 第一学历."""
    if named := [fact for fact in facts if FIRST_DEGREE.search(fact.value.words)]:
        return named
    level = min((fact.value.level for fact in facts if fact.value.level >= ASSOCIATE), default=None)
    return facts if level is None else [fact for fact in facts if fact.value.level <= level]


def _verdict(demand: DegreeDemand, degree: Degree) -> Verdict:
    """The answer of one degree by the table of docs/quality.md."""
    is_of_other_year = demand.years and degree.year and not demand.years[0] - 1 <= degree.year <= demand.years[1] + 1
    is_without_study = demand.mode.full_time and degree.standing is DegreeStanding.EQUIVALENT
    if degree.standing in NOT_HELD or demand.mode.refuses(degree.modes) or is_of_other_year or is_without_study:
        return Verdict.NOT_MET
    is_under_way = False
    if demand.level is not None and _held_level(degree) < demand.level:
        if degree.level < demand.level or (degree.standing is DegreeStanding.BEGUN and demand.completed):
            return Verdict.NOT_MET
        is_student = degree.standing in (DegreeStanding.STUDYING, DegreeStanding.BEGUN)
        is_under_way = not (is_student and demand.students and not demand.completed)
    lacks_class = bool(demand.classes) and not demand.classes & degree.classes
    lacks = [
        bool(demand.subject) and not demand.subject.is_met_by(degree.subjects, degree.words),
        lacks_class,
        demand.years is not None and not (degree.year is not None and demand.years[0] <= degree.year <= demand.years[1]),
    ]
    reached = share_reached(dict(demand.grades), dict(degree.grades))
    if (any(lacks) and demand.level is None) or (lacks_class and degree.names_school) or not reached:
        return Verdict.NOT_MET
    if demand.honours is not None and degree.level >= BACHELOR and degree.honours is not None and degree.honours < demand.honours - 1:
        return Verdict.NOT_MET
    lacks += [
        demand.honours is not None and (degree.honours is None or degree.honours < demand.honours),
        not demand.papers <= degree.papers,
        demand.mode.is_unsure(degree.modes),
        reached < 1,
    ]
    return Verdict.PARTLY if is_under_way or any(lacks) else Verdict.MET


def _held_level(degree: Degree) -> int:
    """The level that is held for certain: who studies for a degree holds one below: for a Bachelor's or a doctorate two levels below."""
    if degree.standing is DegreeStanding.AWARDED:
        return degree.level
    return degree.level - 2 if degree.level in (BACHELOR, DOCTOR) else degree.level - 1


def _fact(entry: EducationEntry, text: str, today: date) -> Fact[Degree]:
    standing, year = standing_and_year(entry, today)
    whole = f"{entry.segment}\n{entry.near}"
    words = entry_words(school_names_removed(entry.segment))
    subjects = families(words)
    if not subjects:
        words = entry_words(school_names_removed(whole))
        subjects = families(words)
    value = Degree(
        level=entry.level,
        standing=standing,
        subjects=subjects | degree_families(text[entry.start : entry.end]),
        words=words,
        modes=modes_stated(entry.segment) or modes_stated(entry.near),
        classes=classes_stated(whole),
        year=year,
        honours=honours_stated(whole),
        papers=papers_stated(whole),
        names_school=names_school(whole),
        grades=tuple(grades_stated(whole).items()),
    )
    return Fact(value, entry.start, entry.end)
