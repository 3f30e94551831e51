"""Gather what the printable shortlist says of each candidate: match, requirements with the resume's lines, labels and warnings."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from i18n.texts import Texts
from reranker.evidence.match_points import MatchPoint
from reranker.rows import Row
from service.listing.career import career_line, job_line
from service.listing.match import match_key, percent, reason_said
from service.output.candidates import ListedPerson, label_said, note_said
from service.rubric.lifts import lifts_said
from ui.html.listing.rows import KIND_ORDER, STATUS_ORDER, WARNINGS, one_line


def evidence(person: ListedPerson, rows: Sequence[Row], words: Texts) -> Mapping[str, Any]:
    """Return the values of one candidate's table in the template shortlist_evidence; `rows` are all ranked rows."""
    row = person.row
    notes = [words("row.truncated", tokens=f"{row.truncated:,}")] if row.truncated else []
    notes += [words.note(note) for note in row.notes if note.code in WARNINGS]
    reason = words("row.not_explained" if row.match_points is None else "shortlist.no_points")
    return {
        "rank": row.rank,
        "name": person.name,
        "file": person.file if person.file != person.name else "",
        "about": about_line(person, words),
        "moved": words("row.model_rank", rank=row.model_rank) if row.model_rank not in (0, row.rank) else "",
        "match": match_words(row, rows, words),
        "labels": [label_said(label, words) for label in person.labels],
        "remarks": [note_said(note) for note in person.notes],
        "lifts": [f"{said} {amount}" for said, amount in lifts_said(row, words)],
        "notes": notes,
        "groups": _groups(row.match_points or (), words),
        "no_points": "" if row.match_points else reason,
    }


def _groups(match_points: Sequence[MatchPoint], words: Texts) -> list[dict[str, Any]]:
    """Return the match points by kind, musts first, and among them met ones first."""
    points = sorted(match_points, key=lambda point: (KIND_ORDER[point.kind], STATUS_ORDER[point.said]))
    groups = []
    for kind, grouped in groupby(points, key=lambda point: point.kind):
        group = list(grouped)
        lines = [
            {
                "status": point.said,
                "requirement": point.requirement,
                "quote": one_line(point.shown_quote),
                "reason": reason_said(point, words),
            }
            for point in group
        ]
        groups.append({"kind": kind, "tally": tally(group), "points": lines})
    return groups


def match_words(row: Row, rows: Sequence[Row], words: Texts) -> tuple[str, str]:
    """Return the band in words, and the probability if the engine has one, else ""."""
    return words(match_key(row, rows)), percent(row.probability) if row.probability is not None else ""


def tally(points: Sequence[MatchPoint]) -> list[tuple[str, int]]:
    """Return how many requirements are met, met in part, missing and so on; what is said of none is left out."""
    counts = {said: sum(point.said == said for point in points) for said in STATUS_ORDER}
    return [(status, count) for status, count in counts.items() if count]


def about_line(person: ListedPerson, words: Texts) -> str:
    """Return latest job, years and degree in one line, as far as the resume says them."""
    parts = (job_line(person.profile, words), career_line(person.profile, words))
    return words("list.between").join(filter(None, parts))
