"""Gather what speaks for a resume meeting a requirement: the judge's score, similarity in meaning, technologies and topics, facts."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reranker.evidence import work_lines
from reranker.evidence.facts import certificates, degrees, languages, numbers, years
from reranker.evidence.facts.contract import FactAnswer, Verdict, rank
from reranker.evidence.facts.quantity.travel import without_days
from reranker.evidence.facts.willingness import accepting_line
from reranker.evidence.parsed_requirement import ParsedRequirement
from reranker.evidence.resume_text.line_kinds import is_claim
from reranker.evidence.resume_text.lines import ResumeLines
from reranker.judge.verdict import JudgeVerdict

SIGNALS = ("judge", "asks_names", "names", "no_name", "met", "partly", "not_met")
"""Of a requirement: the judge's log-odds; whether it names technologies or topics, the share of them that the resume shows, whether that is
none; whether the facts that it asks for are met, partly met, not met."""
LINE_SIGNALS = ("judge", "similarity", "names", "fact")
"""Of a line: the logarithm of its share of what decides for the judge; its similarity in meaning times ten; the share of the names
that it shows; whether it states a fact that was asked for."""
LEAST_SHARE = 1e-3


@dataclass(frozen=True)
class Signals:
    """`values` has a number for each of SIGNALS, `lines` (lines of the resume, LINE_SIGNALS).

    `is_used`: a line about work, not only a list, names a technology that is asked for. `has_years`: the years asked for are met by work
    that surely is of the subject. `years` says how far they are met, None where none are asked for; `year_lines` head the work that counts.
    `named` are the lines that name a technology asked for, `listed` those of all lines that only list keywords or name a course,
    `led` is the line that counts people led, where leading is asked for (`is_led_elsewhere`: not in such work), and `of_work` are the lines
    of dated work, `of_internships` those of them that are of internships. Of the clauses that name something, work shows all of one
    (`has_clause`), and nothing shows any of one (`lacks_clause`).
    `beside` are lines of helping, of a position that does other work, or of students led; `claimed` those of `named` that are short lists
    or claims. `silent` are the lines of nothing but a name or contact data, `copied` those copied from the job, `not_held` those of
    certificates that somebody else has, `of_papers` those that state certificates, where one is asked for. `accepted` accepts the
    condition that is asked for beside facts, `echoing` are lines of work that tell of the same thing in the same words (成本分析报告).
    """

    values: np.ndarray
    lines: np.ndarray
    is_used: bool
    has_years: bool = False
    years: Verdict | None = None
    year_lines: tuple[int, ...] = ()
    named: frozenset[int] = frozenset()
    listed: frozenset[int] = frozenset()
    led: int | None = None
    is_led_elsewhere: bool = False
    of_work: frozenset[int] = frozenset()
    lacks_clause: bool = False
    has_clause: bool = False
    beside: frozenset[int] = frozenset()
    claimed: frozenset[int] = frozenset()
    silent: frozenset[int] = frozenset()
    copied: frozenset[int] = frozenset()
    not_held: frozenset[int] = frozenset()
    of_papers: frozenset[int] = frozenset()
    of_internships: frozenset[int] = frozenset()
    accepted: int | None = None
    echoing: frozenset[int] = frozenset()


def signals(
    asked: ParsedRequirement,
    facts: Sequence[FactAnswer],
    shown: Mapping[str, frozenset[int]],
    verdict: JudgeVerdict,
    similarity: np.ndarray,
    resume: ResumeLines,
) -> Signals:
    """Return the signals of a resume for a requirement.

    `facts` are `fact_answers`, `shown` are the lines that show a topic, by its name, `similarity` is that in meaning of each line.
    """
    naming = _naming(asked, shown, resume)
    named = sum(map(bool, naming))
    verdicts = {answer.verdict for answer in facts}
    values = [
        verdict.score,
        float(bool(naming)),
        named / len(naming) if naming else 0.0,
        float(bool(naming) and not named),
        float(verdicts == {Verdict.MET}),
        float(Verdict.PARTLY in verdicts),
        float(Verdict.NOT_MET in verdicts),
    ]
    lines = np.zeros((len(resume.spans), len(LINE_SIGNALS)))
    lines[:, 0] = np.log(_shares(verdict, resume) + LEAST_SHARE)
    lines[:, 1] = 10 * similarity
    for places in naming:
        lines[list(places), 2] += 1 / len(naming)
    for answer in facts:
        line = resume.line_at(answer.fact.start) if answer.fact else None
        if line is not None and answer.verdict in (Verdict.MET, Verdict.PARTLY):
            lines[line, 3] = 1
    is_used = any(resume.is_work[line] for places in naming for line in places)
    has_years = asked.years is not None and (
        (verdicts == {Verdict.MET} and years.is_of_subject(asked.years, resume.experience))
        or all(years.carried(demand, resume.experience) >= demand.years for demand in asked.years)
    )
    verdict_of_years = years.answer(asked.years, resume.experience).verdict if asked.years is not None else None
    has_years = has_years and verdict_of_years is not Verdict.NOT_MET  # "I have not worked in intensive care"
    year_lines = work_lines.year_lines(asked, resume) if asked.years is not None else ()
    named = frozenset(line for line, skills in enumerate(resume.skills) if any(group & skills for group in asked.groups))
    led = work_lines.led(asked, resume)
    return Signals(
        values=np.array(values),
        lines=lines,
        is_used=is_used,
        has_years=has_years,
        years=verdict_of_years,
        year_lines=year_lines,
        named=named,
        listed=resume.listed,
        led=led,
        is_led_elsewhere=work_lines.is_led_elsewhere(asked, led, resume),
        of_work=resume.of_work,
        lacks_clause=_lacks_clause(asked, shown, resume),
        has_clause=_has_clause(asked, shown, resume),
        beside=frozenset(line for line in resume.of_work if work_lines.is_beside(asked, line, resume))
        | work_lines.of_students(asked, resume),
        claimed=frozenset(line for line in named if is_claim(resume.lines[line])) - resume.listed,
        silent=resume.silent,
        copied=resume.copied,
        not_held=resume.not_held if asked.certificates is not None else frozenset(),
        of_internships=frozenset(line for line in resume.of_work if (entry := resume.entry_of(line)) and entry.kind == "internship"),
        of_papers=resume.of_papers if asked.certificates is not None else frozenset(),
        echoing=work_lines.echoing(asked, resume),
        accepted=accepting_line(without_days(asked.condition), [*map(without_days, resume.lines)]) if asked.condition else None,
    )


def fact_answers(asked: ParsedRequirement, resume: ResumeLines) -> list[FactAnswer]:
    """Return the answers of the resume to all facts that a requirement asks for."""
    answers: list[FactAnswer] = []
    if asked.years is not None:
        answers.append(years.answer(asked.years, resume.experience))
    if asked.degree is not None:
        answers.append(_of_degree(asked, resume))
    if asked.languages is not None:
        answers.append(languages.answer(asked.languages, resume.languages))
    if asked.certificates is not None:
        answers.append(certificates.held_answer(asked.certificates, resume.certificates))
    if asked.numbers is not None:
        answers.append(numbers.answer(asked.numbers, resume.numbers))
    return _of_qualification(asked, answers)


def _of_qualification(asked: ParsedRequirement, answers: list[FactAnswer]) -> list[FactAnswer]:
    """Return the answers; of a qualification that a course of study or a certificate may be, the better one is the answer to both."""
    if not _is_any_qualification(asked):
        return answers
    first = 1 if asked.years is not None else 0
    places = [first, first + 1 + (asked.languages is not None)]
    best = max((answers[place] for place in places), key=rank)
    return [best if place in places and best.verdict in (Verdict.MET, Verdict.PARTLY) else given for place, given in enumerate(answers)]


def _of_degree(asked: ParsedRequirement, resume: ResumeLines) -> FactAnswer:
    """Return the answer to a degree; one in another subject says nothing against a qualification, which may be a course."""
    answer = degrees.answer(asked.degree, resume.degrees) if asked.degree is not None else FactAnswer(Verdict.NOT_SAID)
    return FactAnswer(Verdict.NOT_SAID) if _is_any_qualification(asked) and answer.verdict is Verdict.NOT_MET else answer


def _is_any_qualification(asked: ParsedRequirement) -> bool:
    is_any_paper = asked.degree is not None and asked.degree.level is None and asked.certificates is not None
    return is_any_paper and _QUALIFICATION.search(asked.rest) is not None


_QUALIFICATION = re.compile(r"\bqualification", re.IGNORECASE)


def _naming(asked: ParsedRequirement, shown: Mapping[str, frozenset[int]], resume: ResumeLines) -> list[frozenset[int]]:
    """Return the lines that name each of the technologies and topics."""
    naming = []
    for group, same in zip(asked.groups, asked.same, strict=True):
        lines = {line for line, skills in enumerate(resume.skills) if group & skills}
        naming.append(frozenset(lines.union(*(shown[topic.name] for topic in same))))
    return naming + [shown[topic.name] for topic in asked.topics]


def _lacks_clause(asked: ParsedRequirement, shown: Mapping[str, frozenset[int]], resume: ResumeLines) -> bool:
    """Return whether nothing that one of the clauses names stands in the resume: travel and a licence, and only the licence does."""
    named = frozenset().union(*resume.skills)
    return any(
        not any(group & named for group in clause.groups) and not any(shown[topic.name] for topic in clause.topics)
        for clause in asked.clauses
    )


def _has_clause(asked: ParsedRequirement, shown: Mapping[str, frozenset[int]], resume: ResumeLines) -> bool:
    """Return whether dated work shows all that one of the clauses names."""
    at_work = frozenset().union(*(resume.skills[line] for line in resume.of_work))
    return any(
        all(group & at_work for group in clause.groups) and all(shown[topic.name] & resume.of_work for topic in clause.topics)
        for clause in asked.clauses
    )


def _shares(verdict: JudgeVerdict, resume: ResumeLines) -> np.ndarray:
    """Return the share of what decides for the judge in each line; its lines may be cut elsewhere."""
    shares = np.zeros(len(resume.spans))
    for line in verdict.lines:
        index = max(0, bisect_right(resume.spans, line.start, key=lambda span: span[0]) - 1)
        while index < len(resume.spans) and resume.spans[index][0] < line.end:
            start, end = resume.spans[index]
            shares[index] += line.share * max(0, min(end, line.end) - max(start, line.start)) / (line.end - line.start)
            index += 1
    return shares
