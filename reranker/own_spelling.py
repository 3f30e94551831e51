"""Give quotes back the names of technologies as the resume itself spells them: the text that is scored has Go where it says Golang."""

import re
from collections.abc import Sequence
from dataclasses import replace

from preprocess.document import Note
from reranker.evidence.match_points import MatchPoint

_Spelling = tuple[int, int, str]
"""(start, end) in the text, and what the resume says there."""


def in_own_spelling(points: Sequence[MatchPoint], text: str, notes: Sequence[Note]) -> tuple[MatchPoint, ...]:
    """Return the points, each quote that has a name spelled otherwise with `written`. `notes` are those of the resume with this text."""
    spellings = own_spellings(text, notes)
    if not spellings:
        return tuple(points)
    return tuple(replace(point, written=_written(point, spellings)) if point.quote else point for point in points)


def own_spellings(text: str, notes: Sequence[Note]) -> list[_Spelling]:
    """Return where a name stands that the resume spells in another way; those of which it is not sure which it was are left out.

    Sure are names that stand where their note says, and, in a text that was changed since, all of one name if all were one spelling.
    """
    spellings: dict[int, _Spelling] = {}
    renamed = [note for note in notes if note.code == "tech_name" and note.after]
    for note in renamed:
        places: Sequence[int] = note.places
        if not (places and all(text.startswith(note.after, start) for start in places)):
            is_only = sum(other.after == note.after for other in renamed) == 1
            places = [match.start() for match in _standing_alone(note.after).finditer(text)] if is_only else ()
            if len(places) != note.count:
                continue
        for start in places:
            longer = spellings.get(start)
            if longer is None or len(longer[2]) < len(note.before):
                spellings[start] = start, start + len(note.after), note.before
    return [spellings[start] for start in sorted(spellings)]


def _standing_alone(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])")


def _written(point: MatchPoint, spellings: Sequence[_Spelling]) -> str:
    written = point.quote
    for start, end, before in reversed(spellings):
        if point.start <= start and end <= point.end:
            written = written[: start - point.start] + before + written[end - point.start :]
    return "" if written == point.quote else written
