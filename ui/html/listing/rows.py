"""Render a ranking as a list: one row per candidate, which a click opens beside it. The templates escape every text from outside."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any
from unicodedata import east_asian_width

from markupsafe import Markup

from feedback.labels import Label
from i18n.texts import Texts
from preprocess.document import Note, Rejected
from preprocess.lexicon.characters import LIST_MARKS
from preprocess.screening import screen as screening
from preprocess.screening.attention import WARNINGS
from reranker.evidence.match_points import MatchPoint
from reranker.rows import Row
from service.listing.candidate import ListedCandidate
from service.listing.career import career_line, job_line
from service.listing.listing import line_found
from service.listing.match import KIND_ORDER, band, has_standing, match_key, percent, standing
from ui.html.files import file_said, row_files_html
from ui.html.listing.headline import without_weak_end
from ui.html.listing.rubric import rubric_chips_html
from ui.html.listing.selection import Desk, status_cell_html, tick_html
from ui.html.roster import listed_said
from ui.html.templates import rendered
from ui.labelling import buttons_html

STATUS_ORDER = {"met": 0, "partial": 1, "missing": 2, "no": 3, "ask": 4}
"""What is said of requirements, see MatchPoint.said."""
_GAP_ORDER = (("must", "missing"), ("must", "partial"), ("nice", "missing"))
"""What counts as a gap in a row, the gravest first."""

MOST_DOTS = 8
"""Of more requirements a row counts those that are met, partly met and missing, instead of a dot for each."""

_SEEN, _BEFORE_WORD = 24, 10
"""Characters of a quoted line that a row surely shows, and how many stand before a word that is behind them."""

_BETWEEN_WORDS = re.compile(r"[\s\u2e80-\uffef]")  # white space, or the Chinese characters and marks that a line may break at
_LAST_WORD = re.compile(r"(?<=[\s\u2e80-\uffef])[^\s\u2e80-\uffef]+$")
_NAME_BREAK = re.compile(r"(?<=[_.\s-])(?=\w)")


@dataclass(frozen=True)
class Judged:
    """The feedback that a list shows: labels by resume id, the user who is looking, and the coefficients that the order is of."""

    labels: Mapping[str, tuple[Label, ...]]
    user: str
    coefficients: Mapping[str, float]
    desk: Desk = field(default_factory=Desk)


@dataclass(frozen=True)
class ListView:
    """The content of a list: `shown` candidates, on the scale of all `rows` of the ranking. `settled`: the run is over.

    `judged` is None where nobody can label. `selected` is the `input_position` of the open one, and `earlier` has ranks of an order before
    by it. `words` is what is searched for: a row then quotes the line that has it.
    """

    shown: Sequence[ListedCandidate]
    rows: Sequence[Row]
    settled: bool
    judged: Judged | None = None
    selected: int = 0
    earlier: Mapping[int, int] = field(default_factory=dict)
    words: Sequence[str] = ()


def results_html(view: ListView, words: Texts) -> Markup:
    """Return the list of candidates with its head."""
    scale = [pick(view.rows, key=lambda row: row.logit) for pick in (min, max)] if view.rows else []
    rows = [_row(candidate, view, scale, words) for candidate in view.shown]
    return rendered("list", rows=rows, words=words, is_labelled=view.judged is not None)


def rejected_html(rejected: Sequence[Rejected], words: Texts) -> Markup:
    """Return the list of files that could not be read, each with its reason; "" if there are none. In blind mode, of `shown_rejected`."""
    return rendered("unread", rejected=rejected, words=words) if rejected else Markup()


def _row(candidate: ListedCandidate, view: ListView, scale: Sequence[Row], words: Texts) -> dict[str, Any]:
    """Return what row.html shows of a candidate. `scale` are the worst and the best row, which a match is relative to."""
    row, judged = candidate.row, view.judged
    points = row.match_points or ()
    labels = judged.labels.get(row.id, ()) if judged else ()
    before = view.earlier.get(row.input_position, row.rank)
    person, file = candidate.introduction, file_said(row.name, words)
    stem = _stem(file)
    return {
        "number": row.input_position,
        "rank": row.rank,
        "is_open": row.input_position == view.selected,
        "before": before if before != row.rank else 0,
        "rise": before - row.rank,
        "model_rank": row.model_rank if row.model_rank not in (0, row.rank) else 0,
        "name": person.name or stem,
        "file": file,
        "suffix": "" if person.name else file[len(stem) :],
        "shows_file": bool(person.name) and not candidate.is_blind,
        "career": career_line(person.profile, words),
        "job": job_line(person.profile, words),
        "files": row_files_html(row.files, words),
        "listed": listed_said(judged.desk.listed.get(row.id), person.name, words) if judged else "",
        "warning": _warning(row, words),
        "rubric_chips": rubric_chips_html(row, words),
        **_match(row, scale, words),
        "dots": _dots(candidate.asked, words),
        "is_explained": row.match_points is not None,
        "waiting": words("row.not_explained" if view.settled else "row.explaining"),
        **_strongest(candidate, view.words, words),
        "gap": _gap(points),
        "grades": Markup(buttons_html(row.id, person.name or row.name, labels, judged.user, words)) if judged else "",
        "tick": tick_html(row.input_position, person.name or row.name, words),
        "status_cell": status_cell_html(row.id, person.name or row.name, judged.desk, words) if judged else "",
    }


def name_html(name: str) -> Markup:
    """Return a file name with its extension in light type; lines may break after "_", "-", "." and spaces, not inside a word."""
    stem = _stem(name)
    return rendered("name", name=name, parts=_NAME_BREAK.split(stem), suffix=name[len(stem) :])


def _stem(name: str) -> str:
    path = PurePath(name)
    return name[: -len(path.suffix)] if path.suffix and len(path.suffix) <= 5 else name


def chips_html(row: Row, words: Texts) -> Markup:
    """Return a chip with the row's warnings, if any, and one with the count of all notes."""
    return rendered("chips", warning=_warning(row, words), count=len(row.notes), words=words)


def _warning(row: Row, words: Texts) -> dict[str, str] | None:
    """Return the first warning in short and how many there are, as `label`, and all of them in full."""
    warnings = sorted((note for note in row.notes if note.code in WARNINGS), key=_urgency)
    told = [(words(f"short_notes.{note.code}"), words.note(note)) for note in warnings]
    if row.truncated:
        told.append((words("short_notes.truncated"), words("row.truncated", tokens=f"{row.truncated:,}")))
    if not told:
        return None
    label = words("short_notes.and_others", first=told[0][0], count=len(told)) if len(told) > 1 else told[0][0]
    return {"label": label, "full": "\n".join(full for _, full in told)}


def _urgency(note: Note) -> int:
    """Return the sort key of a warning: 0 instructions to the model, 1 what looks odd, 2 what was not read, 3 `score_without`."""
    if note.code in ("instruction_to_model", "prompt_spoof", "control_token"):
        return 0
    return 1 if note.code in screening.WARNINGS else 3 if note.code == "score_without" else 2


def match_html(row: Row, rows: Sequence[Row], words: Texts) -> Markup:
    """Return the band (high, middle, low) over a bar, and the tally of match points; the tooltip shows the probability, if there is one."""
    counts = {said: sum(point.said == said for point in row.match_points or ()) for said in STATUS_ORDER}
    return rendered("match", **_match(row, rows, words), counts=counts, words=words)


def _match(row: Row, rows: Sequence[Row], words: Texts) -> dict[str, str]:
    if not has_standing(row, rows):
        return {"band": "", "kind": "relative", "hint": "", "share": ""}
    if row.probability is None:
        kind, hint = "relative", words("match.relative_hint")
    else:
        kind, hint = band(row, rows), words("match.probability", share=percent(row.probability))
    return {"band": words(match_key(row, rows)), "kind": kind, "hint": hint, "share": f"{max(2.0, standing(row, rows) * 100):.1f}"}


def _dots(points: Sequence[MatchPoint], words: Texts) -> dict[str, Any] | None:
    """Return the statuses of what is asked first, and the same in words: in short for reading aloud, in full for the tooltip."""
    if not points:
        return None
    counts = {said: sum(point.said == said for point in points) for said in STATUS_ORDER}
    told = words("list.comma").join(f"{words(f'status.{status}')} {count}" for status, count in counts.items() if count)
    noun = words("list.musts" if points[0].kind == "must" else "list.requirements", count=len(points))
    full = "\n".join(f"{words(f'status.{point.said}')}: {point.requirement}" for point in points)
    statuses = [point.said for point in points]
    return {"statuses": statuses if len(points) <= MOST_DOTS else (), "counts": counts, "said": f"{noun}: {told}", "full": full}


def _strongest(candidate: ListedCandidate, search: Sequence[str], words: Texts) -> dict[str, str]:
    """Return the line that the row quotes, and what it proves: what was searched for, else the strongest match point."""
    if search and (line := line_found(candidate.resume, search)):
        return {"status": "", "requirement": words("list.found"), "quote": shortened(_from_word(one_line(line), search))}
    quoted = [point for point in candidate.row.match_points or () if point.quote and point.status in ("met", "partial")]
    if not quoted:
        return {"status": "", "requirement": "", "quote": ""}
    best = min(quoted, key=lambda point: (STATUS_ORDER[point.status], KIND_ORDER.get(point.kind, len(KIND_ORDER)), -point.strength))
    return {"status": best.status, "requirement": shortened(best.requirement), "quote": _quoted(best.shown_quote)}


def _from_word(line: str, search: Sequence[str]) -> str:
    """Return the line from shortly before the first word that is searched for, if that is so far behind that it would be cut off."""
    plain = line.casefold()
    first = min((start for word in search if (start := plain.find(word)) >= 0), default=0)
    if len(plain) != len(line) or first < _SEEN:
        return line.lstrip(f" {LIST_MARKS}")
    return "…" + line[first - _BEFORE_WORD :].lstrip()


def _quoted(line: str) -> str:
    return shortened(one_line(line).lstrip(f" {LIST_MARKS}"))


def _gap(points: Sequence[MatchPoint]) -> dict[str, str] | None:
    """Return the gravest gap; None if there is none."""
    gravest = next(iter(gaps_of(points)), None)
    return gravest and {"requirement": shortened(gravest.requirement), "kind": gravest.kind, "status": gravest.said}


def gaps_of(points: Sequence[MatchPoint]) -> list[MatchPoint]:
    """Return what is not met and counts as a gap, the gravest first; duties never count."""
    gaps = [point for point in points if (point.kind, point.status) in _GAP_ORDER]
    return sorted(gaps, key=lambda point: (_GAP_ORDER.index((point.kind, point.status)), point.said != "no"))


def pill_html(status: str, words: Texts) -> Markup:
    """Return what is said of a requirement, of STATUS_ORDER, as a coloured word."""
    return rendered("pill", status=status, words=words)


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
            cut = (_LAST_WORD.sub("", text[:end]) if inside_word else text[:end]).rstrip(" .,;:，；：、·。")
            return without_weak_end(cut) + "…"
    return text
