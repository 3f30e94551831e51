"""Blind mode on the screen and in exports: letters instead of names, until somebody asks for the names."""

from dataclasses import replace

from i18n.texts import Texts
from reranker.ranking import Ranking
from service.run_state import RunState


def shown_ranking(state: RunState, words: Texts) -> Ranking | None:
    """Return the ranking as it may be shown: in blind mode candidates have letters instead of names."""
    ranking = state.ranking
    if not ranking or not state.is_blind:
        return ranking
    return replace(ranking, rows=tuple(replace(row, name=letter_name(row.input_position, words)) for row in ranking.rows))


def letter_name(number: int, words: Texts) -> str:
    """Return what candidate `number` (from 1) is called in blind mode: 候选人 A, …, 候选人 Z, 候选人 AA."""
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return words("blind.name", letter=letters)
