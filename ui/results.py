"""A ranking → HTML: one row per candidate that opens into all its evidence. Every text from outside is escaped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import PurePath

from feedback.labels import Label
from preprocess.document import Rejected, Resume
from reranker.evidence import MatchPoint
from reranker.ranking import Ranking, Row, contributions
from ui.labelling import buttons_html, remark_html
from ui.match import band, standing
from ui.texts import Texts

SHOWN_CHARACTERS = 20_000
"""Of one resume's text, in the browser: enough for any real one, and 200 absurd ones stay bearable."""

WARNINGS = {"hidden_text", "page_cap", "page_scanned", "page_garbled", "page_damaged", "unknown_glyphs", "embedded_not_read"}
"""Codes of notes that say that something of the file was not read: shown in the list itself, not only behind it."""

_ORDER = {"must": 0, "nice": 1, "duty": 2}
_STATUS_ORDER = {"met": 0, "partial": 1, "missing": 2}


@dataclass(frozen=True)
class Judged:
    """What feedback adds to a list: labels by resume id, the user who is looking, and the coefficients that the order is of."""

    labels: Mapping[str, tuple[Label, ...]]
    user: str
    coefficients: Mapping[str, float]


def results_html(ranking: Ranking, resumes: Sequence[Resume], words: Texts, settled: bool, judged: Judged | None = None) -> str:
    """The list of candidates. `settled`: the run is over, so rows carry their resume's text. `judged` None: it cannot be labelled."""
    columns = ("rank", "who", "match", "points", "gaps", *(["label"] if judged else []))
    head = "".join(f'<span class="rr-{column}">{words(f"row.{column}")}</span>' for column in columns)
    rows = "".join(_row(row, ranking, resumes[row.previous_rank - 1], words, settled, judged) for row in ranking.rows)
    kind = " labelled" if judged else ""
    return f'<div class="rr-head{kind}" aria-hidden="true">{head}<span></span></div><ol class="rr-list{kind}">{rows}</ol>'


def rejected_html(rejected: Sequence[Rejected], words: Texts) -> str:
    """The files that are not in the list, each with its reason."""
    if not rejected:
        return ""
    items = "".join(f"<li><b>{escape(one.name)}</b><span>{escape(words.rejected(one))}</span></li>" for one in rejected)
    return f'<section class="rr-unread"><h3>{words("unread.title", count=len(rejected))}</h3><ul>{items}</ul></section>'


def _row(row: Row, ranking: Ranking, resume: Resume, words: Texts, settled: bool, judged: Judged | None) -> str:
    points = sorted(row.match_points or (), key=lambda point: (_STATUS_ORDER[point.status], _ORDER[point.kind]))
    everyone = len(ranking.rows) == ranking.total
    none = "" if any(map(_is_gap, points)) else " none"
    summary = (
        f'<span class="rr-rank"><b>{row.rank}</b>{_movement(row, words) if everyone else ""}{_learned_move(row, words)}</span>'
        f'<span class="rr-who">{_name(row.name)}{_chips(row, words)}</span>'
        f'<span class="rr-match">{_match(row, ranking, words)}{_tally(points, words)}</span>'
        f'<span class="rr-points">{_key_points(row, points, words, settled)}</span>'
        f'<span class="rr-gaps{none}" data-label="{words("row.gaps")}">{_gaps(points, words)}</span>'
        f'{"<span></span>" if judged else ""}<span class="rr-more" aria-hidden="true"></span>'
    )
    labels = judged.labels.get(row.id, ()) if judged else ()
    remark = remark_html(row.id, labels, judged.user, words) if judged else ""
    why = _why_moved(row, ranking, judged.coefficients, words) if judged else ""
    detail = _detail(row, points, resume, words, settled, why + remark)
    key = f"{row.previous_rank}-{row.id[:12]}"
    buttons = buttons_html(row.id, row.name, labels, judged.user, words) if judged else ""  # beside the summary: a button in one is no good
    return f'<li><details class="rr-row" data-key="{key}"><summary>{summary}</summary>{detail}</details>{buttons}</li>'


def _movement(row: Row, words: Texts) -> str:
    rise = row.previous_rank - row.rank
    way, sign = ("up", f"▲{rise}") if rise > 0 else ("down", f"▼{-rise}") if rise < 0 else ("same", "–")
    title = words("row.movement", before=row.previous_rank, after=row.rank)
    return f'<span class="rr-move {way}" title="{escape(title)}">{row.previous_rank} → {row.rank} <i>{sign}</i></span>'


def _learned_move(row: Row, words: Texts) -> str:
    if row.model_rank in (0, row.rank):
        return ""
    return f'<span class="rr-learned">{words("row.model_rank", rank=row.model_rank)}</span>'


def _why_moved(row: Row, ranking: Ranking, coefficients: Mapping[str, float], words: Texts) -> str:
    """What the learned weights add to or take from this candidate, the largest first."""
    lifts = sorted(contributions(row, ranking.rows, coefficients).items(), key=lambda item: -abs(item[1]))[:5]
    if not lifts:
        return ""
    items = "".join(f"<li><span>{words(f'feature.{name}')}</span><b>{lift:+.2f}</b></li>" for name, lift in lifts)
    hint = words("detail.learned_hint", before=row.model_rank, after=row.rank)
    return f'<section class="rr-why"><h4>{words("detail.learned")}</h4><p class="rr-dim">{hint}</p><ul>{items}</ul></section>'


def _name(name: str) -> str:
    path = PurePath(name)
    stem, suffix = (path.stem, path.suffix) if len(path.suffix) <= 5 else (name, "")
    return f'<span class="rr-name" title="{escape(name)}">{escape(stem)}<i>{escape(suffix)}</i></span>'


def _chips(row: Row, words: Texts) -> str:
    chips = []
    if row.truncated:
        chips.append(f'<span class="rr-chip warn">{escape(words("row.truncated", tokens=f"{row.truncated:,}"))}</span>')
    warnings = [note for note in row.notes if note.code in WARNINGS]
    chips += [f'<span class="rr-chip warn">{escape(words.note(note))}</span>' for note in warnings[:2]]
    if row.notes:
        chips.append(f'<span class="rr-chip">{escape(words("row.note_count", count=len(row.notes)))}</span>')
    return "".join(chips)


def _match(row: Row, ranking: Ranking, words: Texts) -> str:
    if row.probability is not None:
        shown, kind = percent(row.probability), "sure"
    else:
        shown, kind = words(f"match.{band(row, ranking.rows)}"), "relative"
    width = max(2.0, standing(row, ranking.rows) * 100)
    return f'<b class="{kind}">{shown}</b><span class="rr-bar {kind}"><span style="width:{width:.1f}%"></span></span>'


def percent(probability: float) -> str:
    """A probability for people; never 0 % or 100 %, which no model can promise."""
    if probability > 0.999:
        return "&gt; 99.9%"
    return "&lt; 0.1%" if probability < 0.001 else f"{probability:.1%}"


def _tally(points: Sequence[MatchPoint], words: Texts) -> str:
    counts = {status: sum(point.status == status for point in points) for status in _STATUS_ORDER}
    parts = [f'<span class="{status}">{words(f"status.{status}")} {count}</span>' for status, count in counts.items() if count]
    return f'<span class="rr-tally">{"".join(parts)}</span>' if parts else ""


def _key_points(row: Row, points: Sequence[MatchPoint], words: Texts, settled: bool) -> str:
    if row.match_points is None:
        return f'<span class="rr-dim">{words("row.not_explained" if settled else "row.explaining")}</span>'
    found = sorted((point for point in points if point.quote), key=lambda point: (_ORDER[point.kind], _STATUS_ORDER[point.status]))[:2]
    if not found:
        return f'<span class="rr-dim">{words("row.no_points")}</span>'
    return "".join(
        f'<span class="rr-point">{_pill(point, words)}<span class="rr-req">{escape(point.requirement)}</span>'
        f'<q class="rr-quote">{escape(_one_line(point.quote))}</q></span>'
        for point in found
    )


def _gaps(points: Sequence[MatchPoint], words: Texts) -> str:
    gaps = list(filter(_is_gap, points))
    shown = "".join(f'<span class="rr-gap {point.kind}">{escape(point.requirement)}</span>' for point in gaps[:2])
    rest = f'<span class="rr-dim">{words("row.more_gaps", count=len(gaps) - 2)}</span>' if len(gaps) > 2 else ""
    return (shown + rest) if gaps else ('<span class="rr-dim">—</span>' if points else "")


def _is_gap(point: MatchPoint) -> bool:
    return point.status == "missing" and point.kind != "duty"


def _pill(point: MatchPoint, words: Texts) -> str:
    return f'<span class="rr-pill {point.status}">{words(f"status.{point.status}")}</span>'


def _detail(row: Row, points: Sequence[MatchPoint], resume: Resume, words: Texts, settled: bool, feedback: str) -> str:
    anchor = f"t{row.previous_rank}"
    lines = [_requirement(point, number, anchor, words) for number, point in enumerate(points)]
    table = f'<section><h4>{words("detail.requirements")}</h4><ul class="rr-reqs">{"".join(lines)}</ul></section>' if lines else ""
    notes = sorted(row.notes, key=lambda note: note.code not in WARNINGS)
    items = "".join(f'<li class="{"warn" if note.code in WARNINGS else ""}">{escape(words.note(note))}</li>' for note in notes)
    if row.truncated:
        items = f'<li class="warn">{words("row.truncated", tokens=f"{row.truncated:,}")}</li>' + items
    items = items or f'<li class="rr-dim">{words("detail.no_notes")}</li>'
    listed = f'<section><h4>{words("detail.notes")}</h4><ul class="rr-notes">{items}</ul></section>'
    text = _text(resume.text, points, anchor, words) if settled else ""
    return f'<div class="rr-detail"><div>{table}{feedback}{listed}</div>{text}</div>'


def _requirement(point: MatchPoint, number: int, anchor: str, words: Texts) -> str:
    quote = ""
    if point.quote:
        shown = escape(_one_line(point.quote))
        quote = f'<button type="button" data-jump="{anchor}-{number}" title="{escape(words("detail.jump"))}"><q>{shown}</q></button>'
    kind = f'<span class="rr-kind">{words(f"kind.{point.kind}")}</span>'
    return f"<li>{_pill(point, words)}<span>{escape(point.requirement)}{kind}{quote}</span></li>"


def _text(text: str, points: Sequence[MatchPoint], anchor: str, words: Texts) -> str:
    """The cleaned text with the quoted spans marked; where two overlap the one that begins first is marked."""
    shown = text[:SHOWN_CHARACTERS]
    spans = sorted((point.start, point.end, number, point.status) for number, point in enumerate(points) if point.quote)
    parts, at = [], 0
    for start, end, number, status in spans:
        inner, end = max(start, at), min(end, len(shown))
        anchors = f'<a id="{anchor}-{number}"></a>'
        if inner >= end:  # inside a span that is marked already
            parts.append(anchors)
            continue
        parts.append(f'{escape(shown[at:inner])}{anchors}<mark class="{status}">{escape(shown[inner:end])}</mark>')
        at = end
    parts.append(escape(shown[at:]))
    cut = f'<p class="rr-dim">{words("detail.cut", count=f"{len(text) - len(shown):,}")}</p>' if len(text) > len(shown) else ""
    title = f"<h4>{words('detail.text')} <small>{words('detail.characters', count=f'{len(text):,}')}</small></h4>"
    return f'<section class="rr-text-box">{title}<div class="rr-text" tabindex="0">{"".join(parts)}{cut}</div></section>'


def _one_line(text: str) -> str:
    return " ".join(text.split())
