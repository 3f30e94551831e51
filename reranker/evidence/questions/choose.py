"""Choose the questions to ask an open candidate, and the one that would decide between two."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from reranker.evidence.match_points import MatchPoint
from reranker.evidence.questions.about_requirements import question_about
from reranker.evidence.questions.career import career_questions
from reranker.evidence.questions.question import Question
from reranker.evidence.resume_text.job_quotes import without_job_quotes
from reranker.evidence.resume_text.lines import ResumeLines, read_own_lines
from reranker.evidence.soft import SOFT

MOST_QUESTIONS = 6
_MOST_ABOUT_MUSTS, _MOST_ABOUT_CAREER = 4, 2
"""Where there is more to ask of each; what the others leave free is filled up."""
_MOST_OTHERS = 2
"""Questions about duties and what is nice to have."""
_MOST_TRAITS = 1
"""Questions about traits that the job sets apart."""
_MOST_MISSING = 2
"""Missing requirements that are asked about one by one; more of them are one question."""

_LAST_KINDS = ("trait", "condition")
_FIRST_KINDS = frozenset(
    "years_short years_unsaid degree_less degree_other degree_mode degree_unfinished degree_unsaid certificate_preparing"
    " certificate_expired certificate_part certificate_other certificate_unsaid ability_unsaid language_less language_unsaid number_less"
    " number_unsaid".split()
)
"""What an answer settles at once: asked first."""
_KIND_WEIGHT = {"must": 3, "duty": 2, "nice": 1}
_STATUS_WEIGHT = {"met": 2, "partial": 1, "missing": 0, "ask": 0}


@dataclass(frozen=True)
class DecidingQuestion:
    """The question that would decide between two candidates, about requirement `requirement`.

    `asks` is "first" or "second", whose resume says less of it, or "both", where neither makes it clear. `quote` is what the resume of the
    other one has to show for it.
    """

    requirement: int
    asks: str
    question: Question
    quote: str = ""


def questions(points: Sequence[MatchPoint], resume: ResumeLines, today: date | None = None) -> tuple[Question, ...]:
    """Return up to MOST_QUESTIONS questions about a resume, in the order in which to ask them: musts, the career, then the rest."""
    resume = read_own_lines(without_job_quotes(resume.text), tuple(point.requirement for point in points))
    asked = [(point, question) for index, point in enumerate(points) if (question := question_about(point, index, resume))]
    first_kind = "must" if any(point.kind == "must" for point in points) else None
    musts = _several_at_once(_by_urgency([question for point, question in asked if first_kind in (None, point.kind)]))
    career = career_questions(resume, today or date.today())
    others = sorted(
        [(point, question) for point, question in asked if first_kind not in (None, point.kind) and question.kind != "trait"],
        key=lambda pair: -_KIND_WEIGHT[pair[0].kind],
    )
    if any(question.kind == "several_missing" for question in musts):
        others = [(point, question) for point, question in others if question.kind != "missing"]
    rest = [question for _, question in others[:_MOST_OTHERS]]
    rest += [question for point, question in asked if point.kind == SOFT and question not in musts][:_MOST_TRAITS]
    chosen: list[Question] = []
    for question in (*musts[:_MOST_ABOUT_MUSTS], *career[:_MOST_ABOUT_CAREER], *musts[_MOST_ABOUT_MUSTS:], *rest):
        if len(chosen) < MOST_QUESTIONS and not any(_is_asked_by(question, other) for other in chosen):
            chosen.append(question)
    return tuple(chosen)


def _is_asked_by(question: Question, other: Question) -> bool:
    """Return whether another question asks for some of the same technologies."""
    names, others = question.values.get("names", ()), other.values.get("names", ())
    return isinstance(names, tuple) and isinstance(others, tuple) and not set(names).isdisjoint(others)


def deciding_question(
    first: Sequence[MatchPoint], second: Sequence[MatchPoint], resumes: tuple[ResumeLines, ResumeLines]
) -> DecidingQuestion | None:
    """Return the question about the most important requirement that the two meet to a different degree, else that neither clearly meets.

    Musts come before duties and what is nice to have, then the larger difference counts. None where both meet everything, or where what is
    left may not be asked about.
    """
    pairs = sorted(enumerate(zip(first, second, strict=True)), key=lambda item: _importance(*item[1]), reverse=True)
    for index, points in pairs:
        if question := _about_pair(index, points, resumes):
            return question
    return None


def _about_pair(index: int, points: tuple[MatchPoint, MatchPoint], resumes: tuple[ResumeLines, ResumeLines]) -> DecidingQuestion | None:
    weights = [_STATUS_WEIGHT[point.status] for point in points]
    if weights[0] == weights[1]:
        question = question_about(points[0], index, resumes[0])
        both = question and Question("both", {"requirement": question.values["requirement"]}, index)
        return DecidingQuestion(index, "both", both) if both else None
    behind = weights.index(min(weights))
    question = question_about(points[behind], index, resumes[behind])
    return DecidingQuestion(index, ("first", "second")[behind], question, points[1 - behind].quote) if question else None


def _importance(first: MatchPoint, other: MatchPoint) -> tuple[int, ...]:
    """Sort key: do they differ, how much is asked, by how much they differ, and, of equals, is anything there to ask about."""
    weights = _STATUS_WEIGHT[first.status], _STATUS_WEIGHT[other.status]
    return int(weights[0] != weights[1]), _KIND_WEIGHT.get(first.kind, 0), abs(weights[0] - weights[1]), sum(weights)


def _by_urgency(asked: Sequence[Question]) -> list[Question]:
    """Return the questions of equal kind in the job's order, those about facts first and those about traits last."""
    return sorted(asked, key=lambda question: 0 if question.kind in _FIRST_KINDS else 2 if question.kind in _LAST_KINDS else 1)


def _several_at_once(asked: Sequence[Question]) -> list[Question]:
    """Return the questions with those about requirements that are missing altogether as one, if they are many."""
    missing = [question for question in asked if question.kind == "missing"]
    if len(missing) <= _MOST_MISSING:
        return list(asked)
    first, second = missing[:2]
    values = {"first": first.values["requirement"], "second": second.values["requirement"], "count": len(missing)}
    together = replace(first, kind="several_missing", values=values)
    return [together if question is first else question for question in asked if question is first or question.kind != "missing"]
