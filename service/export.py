"""Export a run as page, command line and API hand it out: a JSON object, a spreadsheet, people for paper. In blind mode nobody is named."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from i18n.texts import Texts
from preprocess.document import Note, Rejected
from reranker.engine import Query, info_as_json
from reranker.rows import Ranking
from service.output.as_csv import csv_bytes
from service.output.as_json import ranking_as_json, weights_as_json
from service.output.blind_names import is_revealed, shown_ranking, shown_rejected, shown_resumes
from service.output.candidates import ListedPerson, Said, listed_people
from service.pile import Pile
from service.run_state import RunState


def unread_files(state: RunState, pile: Pile, is_blind: bool, words: Texts) -> Sequence[Rejected]:
    """Return the files that could not be used, with those that a list of candidates names in vain, as a program or a console may be told.

    `is_blind` is what was asked for: a pile of which nothing can be read never becomes a run.
    """
    files = [*(state.rejected or pile.unread), *pile.roster.missing_files(list(pile.documents))]
    return shown_rejected(files, is_blind or state.is_blind, words)


def as_object(
    state: RunState,
    query: Query,
    job_notes: Sequence[Note],
    unread: Sequence[Rejected],
    timing: Mapping[str, float],
    words: Texts,
) -> dict[str, Any]:
    """Return the JSON object of a run, perhaps without rows; `unread` are those of `unread_files`, `timing` is in seconds."""
    ranking = shown_ranking(state, words) or Ranking((), 0, finished=True)
    model = info_as_json(state.model) | weights_as_json(state.weights) if state.model else {}
    return ranking_as_json(ranking, query, job_notes, unread, model, timing, state.run_id, words)


def spreadsheet(
    state: RunState,
    kind: str,
    words: Texts,
    user: str = "",
    chosen: Collection[int] | None = None,
    unread: Sequence[Rejected] | None = None,
) -> bytes:
    """Return the ranking as a file, `kind` "csv" or "xlsx"; b"" if there is none.

    `chosen`: only the candidates with these `input_position`s, and no unread files. `unread` are those of `unread_files`; None: the run's.
    """
    ranking = shown_ranking(state, words)
    if not ranking or not ranking.rows or not state.query or not state.model:
        return b""
    people = people_of(state, ranking, user, chosen)
    if unread is None:
        unread = shown_rejected(state.rejected, state.is_blind, words)
    unread = unread if chosen is None else ()
    if kind == "csv":
        return csv_bytes(people, ranking, unread, words)
    from service.output.as_xlsx import xlsx_bytes  # here: openpyxl takes a fifth of a second, which the start need not wait for

    return xlsx_bytes(
        people, ranking, state.query, unread, state.model, words, state.weights, blind_key(state), is_chosen=chosen is not None
    )


def people_of(state: RunState, ranking: Ranking, user: str, chosen: Collection[int] | None = None) -> list[ListedPerson]:
    """Return the candidates of the ranking as it is shown, with what `user` may see of what HR said: in blind mode no note of others."""
    notes = {resume_id: [note for note in written if note.user == user or not state.is_blind] for resume_id, written in state.notes.items()}
    return listed_people(ranking, shown_resumes(state), Said(state.labels, state.statuses, notes, state.listed), state.is_blind, chosen)


def blind_key(state: RunState) -> str:
    """Return whether the ranking was made without names, and whether they are shown now, as a key of the [shortlist] texts."""
    return "is_blind" if state.is_blind else "revealed" if is_revealed(state) else "not_blind"
