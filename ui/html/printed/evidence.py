"""Gather what the printable shortlist says of each candidate: match, requirements with the resume's lines, labels and warnings."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from feedback.labels import Label
from i18n.texts import Texts
from reranker.evidence.match_points import MatchPoint
from reranker.ranking import Row
from service.match import match_key, percent
from ui.html.listing.rows import KIND_ORDER, STATUS_ORDER, WARNINGS, one_line
from ui.labelling import GRADES


def evidence(row: Row, rows: Sequence[Row], labels: Sequence[Label], words: Texts) -> Mapping[str, Any]:
    """Return the values of one candidate's table in the template shortlist_evidence; `rows` are all ranked rows."""
    notes = [words("row.truncated", tokens=f"{row.truncated:,}")] if row.truncated else []
    notes += [words.note(note) for note in row.notes if note.code in WARNINGS]
    reason = words("row.not_explained" if row.match_points is None else "shortlist.no_points")
    return {
        "rank": row.rank,
        "name": row.name,
        "moved": words("row.model_rank", rank=row.model_rank) if row.model_rank not in (0, row.rank) else "",
        "match": match_words(row, rows, words),
        "labels": [label_words(label, words) + _reason(label, words) for label in labels],
        "notes": notes,
        "groups": _groups(row.match_points or ()),
        "no_points": "" if row.match_points else reason,
    }


def _groups(match_points: Sequence[MatchPoint]) -> list[dict[str, Any]]:
    """Return the match points by kind, musts first, and among them met ones first."""
    points = sorted(match_points, key=lambda point: (KIND_ORDER[point.kind], STATUS_ORDER[point.status]))
    groups = []
    for kind, grouped in groupby(points, key=lambda point: point.kind):
        group = list(grouped)
        lines = [{"status": point.status, "requirement": point.requirement, "quote": one_line(point.quote)} for point in group]
        groups.append({"kind": kind, "tally": tally(group), "points": lines})
    return groups


def match_words(row: Row, rows: Sequence[Row], words: Texts) -> tuple[str, str]:
    """Return the band in words, and the probability if the engine has one, else ""."""
    return words(match_key(row, rows)), percent(row.probability) if row.probability is not None else ""


def tally(points: Sequence[MatchPoint]) -> list[tuple[str, int]]:
    """Return how many requirements are met, met in part, and missing; statuses of which there are none are left out."""
    counts = {status: sum(point.status == status for point in points) for status in STATUS_ORDER}
    return [(status, count) for status, count in counts.items() if count]


def label_words(label: Label, words: Texts) -> str:
    """Return the grade in words, with the rater's name if there is one."""
    grade = words(f"label.{GRADES[label.grade]}")
    return words("shortlist.labelled", grade=grade, rater=label.rater) if label.rater else grade


def _reason(label: Label, words: Texts) -> str:
    return words("shortlist.because", reason=label.reason) if label.reason else ""
