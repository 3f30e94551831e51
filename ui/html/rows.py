"""Render a ranking as a list: one row per candidate, which a click opens beside it. Every text from outside is escaped."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import PurePath
from unicodedata import east_asian_width

from feedback.labels import Label
from i18n.texts import Texts
from preprocess.document import Note, Rejected
from preprocess.screening import screen as screening
from preprocess.screening.attention import WARNINGS
from reranker.evidence.match_points import MatchPoint
from reranker.ranking import Ranking, Row
from reranker.renumbering import input_places
from service.match import KIND_ORDER, band, match_key, percent, standing
from ui.html.files import row_files_html
from ui.html.rubric import rubric_chips_html
from ui.html.selection import Desk, status_cell_html, tick_html
from ui.labelling import buttons_html

STATUS_ORDER = {"met": 0, "partial": 1, "missing": 2}

_BETWEEN_WORDS = re.compile(r"[\s\u2e80-\uffef]")  # white space, or the Chinese characters and marks that a line may break at
_LAST_WORD = re.compile(r"(?<=[\s\u2e80-\uffef])[^\s\u2e80-\uffef]+$")


@dataclass(frozen=True)
class Judged:
    """What feedback adds to a list: labels by resume id, the user who is looking, and the coefficients that the order is of."""

    labels: Mapping[str, tuple[Label, ...]]
    user: str
    coefficients: Mapping[str, float]
    desk: Desk = field(default_factory=Desk)


def results_html(ranking: Ranking, words: Texts, settled: bool, judged: Judged | None = None, selected: int = 0) -> str:
    """Return the list of candidates. `settled`: the run is over; `judged` None: no labels; `selected`: the open one's `input_position`."""
    columns = ("rank", "who", "match", "points", "gaps", *(["label"] if judged else []))
    head = "".join(f'<span class="rr-{column}">{words(f"row.{column}")}</span>' for column in columns)
    places = input_places(ranking.rows)
    rows = "".join(_row(row, places[row.input_position], ranking, words, settled, judged, selected) for row in ranking.rows)
    kind = " labelled" if judged else ""
    return f'<div class="rr-head{kind}" aria-hidden="true">{head}<span></span></div><ol class="rr-list{kind}">{rows}</ol>'


def rejected_html(rejected: Sequence[Rejected], words: Texts) -> str:
    """Return the list of files that could not be read, each with its reason; "" if there are none."""
    if not rejected:
        return ""
    items = "".join(f"<li><b>{escape(one.name)}</b><span>{escape(words.rejected(one))}</span></li>" for one in rejected)
    return f'<section class="rr-unread"><h3>{words("unread.title", count=len(rejected))}</h3><ul>{items}</ul></section>'


def _row(row: Row, place: int, ranking: Ranking, words: Texts, settled: bool, judged: Judged | None, selected: int) -> str:
    points = row.match_points or ()
    everyone = len(ranking.rows) == ranking.total
    none = "" if any(map(is_gap, points)) else " none"
    cells = (
        f'<span class="rr-rank"><b>{row.rank}</b>{_movement(row, place, words) if everyone else ""}{_learned_move(row, words)}</span>'
        f'<span class="rr-who">{name_html(row.name)}{row_files_html(row.files)}{chips_html(row, words)}{rubric_chips_html(row, words)}'
        "</span>"
        f"{match_html(row, ranking.rows, words)}"
        f'<span class="rr-points">{_key_points(row, points, words, settled)}</span>'
        f'<span class="rr-gaps{none}" data-label="{words("row.gaps")}">{_gaps(points, words)}</span>'
        f'{"<span></span>" if judged else ""}<span class="rr-more" aria-hidden="true"></span>'
    )
    current = ' aria-current="true"' if row.input_position == selected else ""
    button = f'<button type="button" class="rr-row" data-select="{row.input_position}"{current}>{cells}</button>'
    labels = judged.labels.get(row.id, ()) if judged else ()
    grades = buttons_html(row.id, row.name, labels, judged.user, words) if judged else ""  # beside the row: no button in a button
    status = status_cell_html(row.id, row.name, judged.desk, words) if judged else ""
    return f"<li>{tick_html(row.input_position, row.name, words)}{button}{grades}{status}</li>"


def _movement(row: Row, place: int, words: Texts) -> str:
    """Return the arrow from `place`, the position in the input among those still ranked, to the rank."""
    rise = place - row.rank
    way, sign = ("up", f"▲{rise}") if rise > 0 else ("down", f"▼{-rise}") if rise < 0 else ("same", "–")
    title = words("row.movement", before=place, after=row.rank)
    return f'<span class="rr-move {way}" title="{escape(title)}">{place} → {row.rank} <i>{sign}</i></span>'


def _learned_move(row: Row, words: Texts) -> str:
    if row.model_rank in (0, row.rank):
        return ""
    return f'<span class="rr-learned">{words("row.model_rank", rank=row.model_rank)}</span>'


def name_html(name: str) -> str:
    """Return a file name with its extension in light type; lines may break after "_", "-", "." and spaces, not inside a word."""
    path = PurePath(name)
    stem, suffix = (path.stem, path.suffix) if len(path.suffix) <= 5 else (name, "")
    parts = re.sub(r"[_.\s-]{1,80}(?=\w)", r"\g<0><wbr>", escape(stem))
    return f'<span class="rr-name" title="{escape(name)}">{parts}<i>{escape(suffix)}</i></span>'


def chips_html(row: Row, words: Texts) -> str:
    """Return a chip with the row's warnings, if any, and one with the count of all notes."""
    warnings = sorted((note for note in row.notes if note.code in WARNINGS), key=_urgency)
    told = [(words(f"short_notes.{note.code}"), words.note(note)) for note in warnings]
    if row.truncated:
        told.append((words("short_notes.truncated"), words("row.truncated", tokens=f"{row.truncated:,}")))
    chips = [_warning_chip(told, words)] if told else []
    if row.notes:
        chips.append(f'<span class="rr-chip">{escape(words("row.note_count", count=len(row.notes)))}</span>')
    return "".join(chips)


def _warning_chip(told: Sequence[tuple[str, str]], words: Texts) -> str:
    """Return a chip with the first warning in short and how many there are; its tooltip lists all in full."""
    label = words("short_notes.and_others", first=told[0][0], count=len(told)) if len(told) > 1 else told[0][0]
    full = escape("\n".join(full for _, full in told))
    return f'<span class="rr-chip warn" title="{full}">{escape(label)}</span>'


def _urgency(note: Note) -> int:
    """Return the sort key of a warning: 0 instructions to the model, 1 what looks odd, 2 what was not read, 3 `score_without`."""
    if note.code in ("instruction_to_model", "prompt_spoof", "control_token"):
        return 0
    return 1 if note.code in screening.WARNINGS else 3 if note.code == "score_without" else 2


def match_html(row: Row, rows: Sequence[Row], words: Texts) -> str:
    """Return the band (high, middle, low) over a bar, and the tally of match points; the tooltip shows the probability, if there is one."""
    shown = words(match_key(row, rows))
    if row.probability is None:
        kind, hint = "relative", words("match.relative_hint")
    else:
        kind, hint = band(row, rows), words("match.probability", share=percent(row.probability))
    bar = f'<span class="rr-bar {kind}"><span style="width:{max(2.0, standing(row, rows) * 100):.1f}%"></span></span>'
    held = f'<span class="rr-band" title="{escape(hint)}"><b class="{kind}">{shown}</b>{bar}</span>'
    return f'<span class="rr-match">{held}{_tally(row.match_points or (), words)}</span>'


def _tally(points: Sequence[MatchPoint], words: Texts) -> str:
    counts = {status: sum(point.status == status for point in points) for status in STATUS_ORDER}
    parts = [f'<span class="{status}">{words(f"status.{status}")} {count}</span>' for status, count in counts.items() if count]
    return f'<span class="rr-tally">{"".join(parts)}</span>' if parts else ""


def _key_points(row: Row, points: Sequence[MatchPoint], words: Texts, settled: bool) -> str:
    if row.match_points is None:
        return f'<span class="rr-dim">{words("row.not_explained" if settled else "row.explaining")}</span>'
    found = sorted((point for point in points if point.quote), key=lambda point: (KIND_ORDER[point.kind], STATUS_ORDER[point.status]))[:2]
    if not found:
        return f'<span class="rr-dim">{words("row.no_points")}</span>'
    return "".join(
        f'<span class="rr-point">{pill_html(point.status, words)}<span class="rr-req">{escape(shortened(point.requirement))}</span>'
        f'<q class="rr-quote">{escape(shortened(one_line(point.quote)))}</q></span>'
        for point in found
    )


def _gaps(points: Sequence[MatchPoint], words: Texts) -> str:
    gaps = sorted(filter(is_gap, points), key=lambda point: KIND_ORDER[point.kind])
    shown = "".join(f'<span class="rr-gap {point.kind}">{escape(shortened(point.requirement))}</span>' for point in gaps[:2])
    rest = f'<span class="rr-dim">{words("row.more_gaps", count=len(gaps) - 2)}</span>' if len(gaps) > 2 else ""
    return (shown + rest) if gaps else ('<span class="rr-dim">—</span>' if points else "")


def is_gap(point: MatchPoint) -> bool:
    """Return whether a must or nice-to-have is missing; duties never count."""
    return point.status == "missing" and point.kind in ("must", "nice")


def pill_html(status: str, words: Texts) -> str:
    """Return a status ("met", "partial" or "missing") as a coloured word."""
    return f'<span class="rr-pill {status}">{words(f"status.{status}")}</span>'


def one_line(text: str) -> str:
    """Return the text with all runs of white space, line breaks included, as single spaces."""
    return " ".join(text.split())


def shortened(text: str, columns: int = 96) -> str:
    """Return the text cut between words to at most `columns` columns; a Chinese character takes two."""
    width = 0
    for end, character in enumerate(text):
        width += 2 if east_asian_width(character) in "WF" else 1
        if width > columns:
            inside_word = not _BETWEEN_WORDS.match(text[end])
            return (_LAST_WORD.sub("", text[:end]) if inside_word else text[:end]).rstrip(" ,;:，；：、·") + "…"
    return text
