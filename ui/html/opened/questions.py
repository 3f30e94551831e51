"""Put questions for an interview into words and render them, each with a button that copies it."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from i18n.texts import Texts
from reranker.evidence.match_points import MatchPoint
from reranker.evidence.questions.choose import DecidingQuestion
from reranker.evidence.questions.projects import UntoldResult
from reranker.evidence.questions.question import Question, Value
from ui.html.listing.rows import one_line, shortened
from ui.html.opened.marked import colour
from ui.html.templates import rendered

_COLUMNS: Mapping[str, int] = {"quote": 72, "first": 44, "second": 44}
"""The width of a value that is said, where another limit than that of a requirement holds; a Chinese character takes two columns."""
_COLUMNS_OF_REQUIREMENT = 100


def question_text(question: Question, words: Texts) -> str:
    """Return a question as plain text, as a recruiter would put it to the candidate."""
    return words(f"questions.{question.kind}", **{name: _said(name, value, words) for name, value in question.values.items()})


def hint_text(hint: UntoldResult, words: Texts) -> str:
    """Return what to ask about a project told without a result, for the interviewer."""
    return words("questions.star", title=shortened(one_line(hint.title), _COLUMNS_OF_REQUIREMENT))


def questions_html(
    asked: Sequence[Question], hints: Sequence[UntoldResult], points: Sequence[MatchPoint], order: Sequence[int], words: Texts
) -> Markup:
    """Return the section of an open candidate's panel with the questions, and hints for projects without a result.

    A requirement has the number of its place in `order`. Each question goes to its line in the text, where it has one: the anchors are
    `question_anchors`.
    """
    lines = [_line(question, number, points, order, words) for number, question in enumerate(asked)]
    told = [{"text": hint_text(hint, words), "target": f"h{number}"} for number, hint in enumerate(hints)]
    return rendered("questions", lines=lines, hints=told, words=words)


def question_anchors(asked: Sequence[Question], hints: Sequence[UntoldResult]) -> list[tuple[str, int]]:
    """Return the names of the lines that questions and hints go to, with their places in the text."""
    of_questions = [(f"q{number}", question.start) for number, question in enumerate(asked) if question.end]
    return [*of_questions, *((f"h{number}", hint.start) for number, hint in enumerate(hints))]


def decide_html(decision: DecidingQuestion, first: str, second: str, words: Texts) -> Markup:
    """Return the question that would decide between two candidates of these names, and why it would."""
    ahead, behind = (second, first) if decision.asks == "first" else (first, second)
    why = words("questions.decide_both") if decision.asks == "both" else words("questions.decide_behind", ahead=ahead, behind=behind)
    if decision.quote:
        why = words("questions.decide_quote", ahead=ahead, behind=behind, quote=_said("quote", decision.quote, words))
    return rendered("questions_decide", why=why, text=question_text(decision.question, words), words=words)


def _line(question: Question, number: int, points: Sequence[MatchPoint], order: Sequence[int], words: Texts) -> dict[str, object]:
    """Return what the template shows of a question: its text, the number of its requirement, and the line that it goes to."""
    about = points[question.requirement] if question.requirement is not None else None
    shown_number = order.index(question.requirement) + 1 if question.requirement is not None else 0
    return {
        "text": question_text(question, words),
        "number": shown_number,
        "requirement": about.requirement if about else "",
        "colour": colour(shown_number) if about and about.quote else "",
        "target": f"q{number}" if question.end else "",
    }


def _said(name: str, value: Value, words: Texts) -> str | int | float:
    if isinstance(value, tuple):
        return words("questions.comma").join(value)
    if not isinstance(value, str):
        return value
    return shortened(one_line(value).rstrip(" 。.；;，,"), _COLUMNS.get(name, _COLUMNS_OF_REQUIREMENT))
