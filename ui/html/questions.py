"""Put questions for an interview into words and render them, each with a button that copies it."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from i18n.texts import Texts
from reranker.evidence.questions.projects import UntoldResult
from reranker.evidence.questions.question import Question, Value
from ui.html.rows import one_line, shortened
from ui.html.templates import rendered

_COLUMNS: Mapping[str, int] = {"quote": 72, "first": 44, "second": 44}
"""How much of a value is said, where another limit than that of a requirement holds; a Chinese character takes two columns."""
_COLUMNS_OF_REQUIREMENT = 100


def question_text(question: Question, words: Texts) -> str:
    """Return a question as plain text, as a recruiter would put it to the candidate."""
    return words(f"questions.{question.kind}", **{name: _said(name, value, words) for name, value in question.values.items()})


def hint_text(hint: UntoldResult, words: Texts) -> str:
    """Return what to ask about a project told without a result, for the interviewer."""
    return words("questions.star", title=shortened(hint.title, _COLUMNS_OF_REQUIREMENT))


def questions_html(asked: Sequence[Question], hints: Sequence[UntoldResult], words: Texts) -> Markup:
    """Return the section of an open candidate's panel with the questions, and hints for projects without a result."""
    lines = [(question_text(question, words), question) for question in asked]
    return rendered("questions", lines=lines, hints=[hint_text(hint, words) for hint in hints], words=words)


def _said(name: str, value: Value, words: Texts) -> str | int | float:
    if isinstance(value, tuple):
        return words("questions.comma").join(value)
    return shortened(one_line(value), _COLUMNS.get(name, _COLUMNS_OF_REQUIREMENT)) if isinstance(value, str) else value
