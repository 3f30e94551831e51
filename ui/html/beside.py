"""Render two candidates side by side: a row per requirement, with the best line of each resume."""

from collections.abc import Sequence
from html import escape

from i18n.texts import Texts
from reranker.evidence.match_points import MatchPoint
from reranker.ranking import Ranking, Row
from ui.html.candidate import compare_html, top_html
from ui.html.rows import match_html, name_html, one_line, pill_html


def beside_html(first: Row, second: Row, ranking: Ranking, words: Texts) -> str:
    """Return the panel that compares two rows of `ranking`; requirements whose status differs are highlighted."""
    heads = "".join(f'<th scope="col">{_head(row, ranking, words)}</th>' for row in (first, second))
    pairs = zip(first.match_points or (), second.match_points or (), strict=False)
    lines = "".join(_line(one, other, words) for one, other in pairs)
    asked = f'<th scope="col">{words("detail.requirements")}</th>'
    table = f'<table class="rr-beside"><thead><tr>{asked}{heads}</tr></thead><tbody>{lines}</tbody></table>'
    header = f"<header><h3>{words('beside.title')}</h3>{compare_html(first, ranking, words, second.input_position)}</header>"
    label = escape(words("beside.title"))
    place = f'data-number="{first.input_position}" role="region" aria-label="{label}"'
    box = f'<div class="rr-pair" tabindex="0" role="group" aria-label="{label}">{table}</div>'
    return f'<div class="rr-panel" {place}>{top_html(header, "", words)}{_verdict(first, second, words)}{box}</div>'


def _head(row: Row, ranking: Ranking, words: Texts) -> str:
    return f'<b class="rr-place">{row.rank}</b>{name_html(row.name)}{match_html(row, ranking.rows, words)}'


def _line(one: MatchPoint, other: MatchPoint, words: Texts) -> str:
    differ = "differ" if one.status != other.status else ""
    kind = f'<span class="rr-kind">{words(f"kind.{one.kind}")}</span>'
    cells = "".join(f"<td>{pill_html(point.status, words)}{_quote(point)}</td>" for point in (one, other))
    return f'<tr class="{differ}"><th scope="row">{escape(one.requirement)}{kind}</th>{cells}</tr>'


def _quote(point: MatchPoint) -> str:
    return f"<q>{escape(one_line(point.quote))}</q>" if point.quote else ""


def _verdict(first: Row, second: Row, words: Texts) -> str:
    """Return a sentence that says how many requirements each of the two answers better than the other."""
    ahead = [_ahead(first.match_points or (), second.match_points or ()), _ahead(second.match_points or (), first.match_points or ())]
    said = words("beside.ahead", first=escape(first.name), more=ahead[0], second=escape(second.name), fewer=ahead[1])
    return f'<p class="rr-dim">{said}</p>'


def _ahead(points: Sequence[MatchPoint], others: Sequence[MatchPoint]) -> int:
    worth = {"met": 2, "partial": 1, "missing": 0}
    return sum(worth[one.status] > worth[other.status] for one, other in zip(points, others, strict=False))
