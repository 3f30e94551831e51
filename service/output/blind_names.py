"""Show letters instead of names in blind mode, on the page and in exports, until somebody asks for the names."""

from dataclasses import replace

from i18n.texts import Texts
from reranker.rows import Ranking
from service.run_state import RunState


def shown_ranking(state: RunState, words: Texts) -> Ranking | None:
    """Return the run's ranking as it may be shown, with letters for names in blind mode; None if there is none."""
    ranking = state.ranking
    if not ranking or not state.is_blind:
        return ranking
    return replace(ranking, rows=tuple(replace(row, name=letter_name(row.input_position, words), files=()) for row in ranking.rows))


def letter_name(number: int, words: Texts) -> str:
    """Return the name of candidate `number` (from 1) in blind mode: 候选人 A, …, 候选人 Z, 候选人 AA."""
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return words("blind.name", letter=letters)
