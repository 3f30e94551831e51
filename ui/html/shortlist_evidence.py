"""Render each candidate's evidence for the printable shortlist: requirements with the resume's lines, labels and warnings."""

import re
from collections.abc import Sequence
from html import escape
from itertools import groupby

from feedback.labels import Label
from i18n.texts import Texts
from reranker.evidence.match_points import MatchPoint
from reranker.ranking import Row
from service.match import match_key, percent
from ui.html.rows import KIND_ORDER, STATUS_ORDER, WARNINGS, one_line
from ui.labelling import GRADES

# Shapes, not colours: a grey printer must tell them apart, and drawn lines are printed where backgrounds are not.
SHAPES = (
    '<svg class="shapes" aria-hidden="true">'
    '<symbol id="missing" viewBox="0 0 12 12"><circle cx="6" cy="6" r="5" fill="none" stroke="#111"/></symbol>'
    '<symbol id="partial" viewBox="0 0 12 12"><use href="#missing"/><path d="M6 1a5 5 0 0 0 0 10z"/></symbol>'
    '<symbol id="met" viewBox="0 0 12 12"><circle cx="6" cy="6" r="5.5"/></symbol></svg>'
)
"""Stands once in a document, for the statuses to refer to."""

_COLUMNS = ("status", "requirement", "quote")
_NOT_PRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def evidence_html(row: Row, rows: Sequence[Row], labels: Sequence[Label], words: Texts) -> str:
    """Return the table of one candidate; `rows` are all ranked rows. The table head holds the name, so every printed page repeats it."""
    moved = f"<small>{words('row.model_rank', rank=row.model_rank)}</small>" if row.model_rank not in (0, row.rank) else ""
    title = f'<h3><b>{row.rank}</b><bdi>{name_cell(row)}</bdi>{moved}<span class="match">{match_cell(row, rows, words)}</span></h3>'
    columns = "".join(f'<th scope="col">{words(f"shortlist.{column}")}</th>' for column in _COLUMNS)
    widths = "".join(f'<col class="{column}">' for column in _COLUMNS)
    notes = [words("row.truncated", tokens=f"{row.truncated:,}")] if row.truncated else []
    notes += [words.note(note) for note in row.notes if note.code in WARNINGS]
    said = [f"<li><b>{words('shortlist.label')}</b> {label_cell(label, words)}{_reason(label, words)}</li>" for label in labels]
    said += [f'<li class="note">{printable(note)}</li>' for note in notes]
    remarks = f'<tbody><tr><td colspan="3"><ul class="remarks">{"".join(said)}</ul></td></tr></tbody>' if said else ""
    head = f'<colgroup>{widths}</colgroup><thead><tr><td colspan="3">{title}</td></tr><tr>{columns}</tr></thead>'
    return f'<article><table class="points">{head}{remarks}{_points(row, words)}</table></article>'


def _points(row: Row, words: Texts) -> str:
    """Return the table bodies with the match points, grouped by kind, musts first."""
    if not row.match_points:
        reason = words("row.not_explained" if row.match_points is None else "shortlist.no_points")
        return f'<tbody><tr><td colspan="3">{reason}</td></tr></tbody>'
    points = sorted(row.match_points, key=lambda point: (KIND_ORDER[point.kind], STATUS_ORDER[point.status]))
    bodies = []
    for kind, grouped in groupby(points, key=lambda point: point.kind):
        group = list(grouped)
        head = f"{words(f'shortlist.{kind}')}<span>{tally_cell(group, words)}</span>"
        lines = "".join(_point(point, words) for point in group)
        bodies.append(f'<tbody><tr class="kind"><th colspan="3" scope="rowgroup">{head}</th></tr>{lines}</tbody>')
    return "".join(bodies)


def _point(point: MatchPoint, words: Texts) -> str:
    requirement, quote = printable(point.requirement), printable(one_line(point.quote))
    cells = f"<td>{requirement}</td><td><q>{quote}</q></td>" if quote else f'<td colspan="2">{requirement}</td>'
    return f'<tr class="{point.status}"><td>{_status(point.status, words)}</td>{cells}</tr>'


def legend_html(words: Texts) -> str:
    """Return the legend: what each status means, what a quote is, and which notes are printed."""
    items = "".join(f"<li>{_status(status, words)} {words(f'shortlist.{status}')}</li>" for status in STATUS_ORDER)
    return f'<ul class="legend">{items}</ul><p class="small">{words("shortlist.about_notes")}</p>'


def printable(text: str) -> str:
    """Return the text escaped, without control characters and surrogates, which UTF-8 or HTML cannot hold."""
    return escape(_NOT_PRINTABLE.sub("", text))


def name_cell(row: Row) -> str:
    """Return the candidate's name as `row` has it; lines may break after "_"."""
    return printable(row.name).replace("_", "_<wbr>")  # a file's name has no other place to break a line at


def match_cell(row: Row, rows: Sequence[Row], words: Texts) -> str:
    """Return the band in words, and the probability if the engine has one."""
    share = f" <small>{escape(percent(row.probability))}</small>" if row.probability is not None else ""
    return f"{words(match_key(row, rows))}{share}"


def tally_cell(points: Sequence[MatchPoint], words: Texts) -> str:
    """Return how many requirements are met, met in part, and missing."""
    counts = {status: sum(point.status == status for point in points) for status in STATUS_ORDER}
    return " ".join(_status(status, words, count) for status, count in counts.items() if count)


def _status(status: str, words: Texts, count: int | None = None) -> str:
    shown = words(f"status.{status}") if count is None else f"{words(f'status.{status}')} {count}"
    return f'<span class="status"><svg aria-hidden="true"><use href="#{status}"/></svg>{shown}</span>'


def label_cell(label: Label, words: Texts) -> str:
    """Return the grade in words, with the rater's name if there is one."""
    grade = words(f"label.{GRADES[label.grade]}")
    return words("shortlist.labelled", grade=grade, rater=printable(label.rater)) if label.rater else grade


def _reason(label: Label, words: Texts) -> str:
    return words("shortlist.because", reason=printable(label.reason)) if label.reason else ""
