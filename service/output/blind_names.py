"""Show letters instead of names in blind mode, on the page and in exports, until somebody asks for the names; then people's own text."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from weakref import WeakKeyDictionary

from i18n.texts import Texts
from preprocess.blind.alignment import Alignment
from preprocess.document import Document, Rejected, Resume
from preprocess.file_names import extension_of
from preprocess.pipeline import clean
from reranker.evidence.asking import ModelAnswer
from reranker.evidence.match_points import MatchPoint
from reranker.own_spelling import in_own_spelling
from reranker.rows import Ranking, Row
from service.run_state import RunState


def shown_ranking(state: RunState, words: Texts) -> Ranking | None:
    """Return the run's ranking as it may be shown, in blind mode with letters for names, once they are shown with quotes of the own text.

    None if there is none.
    """
    ranking = state.ranking
    if ranking and state.is_blind:
        return replace(ranking, rows=tuple(replace(row, name=letter_name(row.input_position, words), files=()) for row in ranking.rows))
    if not ranking or not is_revealed(state):
        return ranking
    return replace(ranking, rows=tuple(unmasked_row(row, state.resumes[row.input_position - 1]) for row in ranking.rows))


def shown_resumes(state: RunState) -> Sequence[Resume]:
    """Return the run's resumes as they may be shown: those scored without names, which are shown now, with their own text.

    Of a ranking that was opened again only the masked text is there.
    """
    if not is_revealed(state):
        return state.resumes
    return [resume.unmasked or resume for resume in state.resumes]


def with_own_texts(resumes: Sequence[Resume], documents: Sequence[Document]) -> list[Resume]:
    """Return resumes of a stored blind ranking with their text before masking, as far as `documents` of the pile have it.

    A document is of a resume if it alone has the name of its file, and most lines of the masked text stand in it.
    """
    named = Counter(document.name for document in documents)
    own = {document.name: document for document in documents if named[document.name] == 1}
    return [_with_own_text(resume, own[resume.name]) if resume.id and resume.name in own else resume for resume in resumes]


def _with_own_text(resume: Resume, document: Document) -> Resume:
    text = clean(document).text if document.parts else document.text
    lines, own_lines = resume.text.split("\n"), set(text.split("\n"))
    is_same = 2 * sum(line in own_lines for line in lines) >= len(lines)
    return replace(resume, unmasked=replace(resume, text=text)) if is_same else resume


def is_revealed(state: RunState) -> bool:
    """Return whether the ranking was scored without names and is shown with them."""
    return state.was_blind and not state.is_blind


def unmasked_row(row: Row, resume: Resume) -> Row:
    """Return the row with the quotes of its match points as `resume.unmasked` has them; as it is where only the masked text is there."""
    if not resume.unmasked or row.match_points is None:
        return row
    quotes = _quotes(resume, resume.unmasked)
    return replace(row, match_points=quotes.of(row.match_points))


def shown_answers(state: RunState, number: int) -> tuple[ModelAnswer, ...]:
    """Return what the model said of candidate `number`, with places in the text that `shown_resumes` has."""
    answers = state.answers.get(number, ())
    resume = state.resumes[number - 1] if answers else None
    if not resume or not resume.unmasked or not is_revealed(state):
        return answers
    alignment = _quotes(resume, resume.unmasked).alignment
    spans = [alignment.span(answer.start, answer.end) for answer in answers]
    return tuple(replace(answer, start=start, end=end) for answer, (start, end) in zip(answers, spans, strict=True))


def letter_name(number: int, words: Texts) -> str:
    """Return the name of candidate `number` (from 1) in blind mode: 候选人 A, …, 候选人 Z, 候选人 AA."""
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return words("blind.name", letter=letters)


def shown_rejected(rejected: Sequence[Rejected], hides_names: bool, words: Texts) -> Sequence[Rejected]:
    """Return the files that could not be read as they may be shown: where names are hidden, as numbers and kinds of files."""
    if not hides_names:
        return rejected
    return [numbered(file, number, words) for number, file in enumerate(rejected, start=1)]


def numbered(file: Rejected, number: int, words: Texts) -> Rejected:
    """Return a file that could not be read with a number and its kind instead of its name."""
    return replace(file, name=words("blind.file", number=number, suffix=extension_of(file.name)))


class _Quotes:
    """The quotes of a resume in its text before masking; those of the match points that were asked for last are remembered."""

    def __init__(self, masked: str, unmasked: Resume):
        self.alignment, self._text, self._notes = Alignment(masked, unmasked.text), unmasked.text, unmasked.notes
        self._last: tuple[Sequence[MatchPoint], tuple[MatchPoint, ...]] = (), ()

    def of(self, points: Sequence[MatchPoint]) -> tuple[MatchPoint, ...]:
        if self._last[0] is not points:
            self._last = points, in_own_spelling(list(map(self._unmasked, points)), self._text, self._notes)
        return self._last[1]

    def _unmasked(self, point: MatchPoint) -> MatchPoint:
        if not point.quote:
            return point
        start, end = self.alignment.span(point.start, point.end)
        return replace(point, start=start, end=end, quote=self._text[start:end], written="")


_QUOTES: WeakKeyDictionary[Resume, _Quotes] = WeakKeyDictionary()  # by the unmasked resume: nothing of somebody erased outlives it


def _quotes(resume: Resume, unmasked: Resume) -> _Quotes:
    known = _QUOTES.get(unmasked)
    if known is None:
        known = _QUOTES[unmasked] = _Quotes(resume.text, unmasked)
    return known
