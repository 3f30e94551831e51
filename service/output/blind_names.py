"""Show letters instead of names in blind mode, on the page and in exports, until somebody asks for the names."""

from collections import Counter
from dataclasses import replace

from i18n.texts import Texts
from preprocess.document import Resume
from reranker.rows import Ranking
from service.pile import Pile
from service.run_state import RunState


def shown_ranking(state: RunState, words: Texts) -> Ranking | None:
    """Return the run's ranking as it may be shown, with letters for names in blind mode; None if there is none."""
    ranking = state.ranking
    if not ranking or not state.is_blind:
        return ranking
    return replace(ranking, rows=tuple(replace(row, name=letter_name(row.input_position, words), files=()) for row in ranking.rows))


def unmasked_resumes(state: RunState, pile: Pile) -> list[Resume]:
    """Return the run's resumes, those scored without names and shown with them now as the pile has them, to read name and contact from.

    Of a ranking whose files are not in the pile any more only the masked text is there.
    """
    if not state.was_blind or state.is_blind:
        return list(state.resumes)
    documents = list(pile.documents)
    named = Counter(document.name for document in documents)
    texts = {document.name: document.text for document in documents if named[document.name] == 1}
    texts_of = {resume.id: document.text for document in documents if (resume := pile.cleaned[1].get(document))}
    return [
        replace(resume, text=texts_of.get(resume.id) or texts.get(resume.name, resume.text)) if resume.id else resume
        for resume in state.resumes
    ]


def letter_name(number: int, words: Texts) -> str:
    """Return the name of candidate `number` (from 1) in blind mode: 候选人 A, …, 候选人 Z, 候选人 AA."""
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return words("blind.name", letter=letters)
