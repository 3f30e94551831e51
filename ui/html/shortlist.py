"""Render the first candidates of a ranking as one self-contained HTML file to print or to save as PDF."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from feedback.labels import Label
from feedback.store.desk.statuses import DECLINED, INTERVIEW, RESERVE, CandidateStatus
from feedback.store.history import job_title
from i18n.texts import Texts
from reranker.engine import EngineInfo, Query
from reranker.ranking import Ranking, Row
from ui.html.headline import TOP, asked, headline, shortened
from ui.html.rows import KIND_ORDER, is_gap
from ui.html.shortlist_evidence import SHAPES, evidence_html, label_cell, legend_html, match_cell, name_cell, printable, tally_cell

SHOWN_GAPS = 2
"""In the overview; below it every requirement is listed."""

FINGERPRINT = 12
"""Digits of the model's fingerprint that are printed: enough to tell any two models apart."""

_CSS = Path(__file__).with_suffix(".css").read_text("utf-8")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def shortlist_html(
    ranking: Ranking,
    query: Query,
    model: EngineInfo,
    words: Texts,
    *,
    count: int,
    chosen: Collection[int] | None = None,
    labels: Mapping[str, Sequence[Label]],
    statuses: Mapping[str, CandidateStatus] | None = None,
    date: datetime,
    user: str,
    weights_version: int,
    is_blind: bool,
) -> str:
    """Return the document of the first `count` candidates: overview to sign, evidence for each, and the job description.

    `chosen`: of those with these `input_position`s instead. `ranking` is as it may be shown: in blind mode without names. `labels` and
    `statuses` are by resume id, `user` is "" without a login, `weights_version`
    is 0 for the model's own order. Its content policy blocks scripts, whatever a resume contains.
    """
    rows = ranking.rows[:count] if chosen is None else tuple(row for row in ranking.rows if row.input_position in chosen)
    job = job_title(query.job)
    title = " · ".join(filter(None, [words("shortlist.title"), job, date.strftime("%Y-%m-%d")]))
    model_parts = [model.name, model.dtype, model.device, model.fingerprint[:FINGERPRINT]]
    facts = {
        "date": date.strftime("%Y-%m-%d %H:%M"),
        "user": user,
        "scope": words(
            "shortlist.shown" if chosen is None else "shortlist.chosen", shown=len(rows), ranked=len(ranking.rows), total=ranking.total
        ),
        "order": words("shortlist.learned" if weights_version else "shortlist.model_order", version=weights_version),
        "blind": words("shortlist.is_blind" if is_blind else "shortlist.not_blind"),
        "model": " · ".join(filter(None, model_parts)),
        "instruction": query.instruction,
        "meaning": words("shortlist.probability" if model.score_scale == "probability" else "shortlist.relative"),
    }
    said = headline(ranking, words, min(count, TOP)) if chosen is None else ""
    body = [
        f'<p class="hint">{words("shortlist.hint")}</p>',
        f'<header><h1>{words("shortlist.title")}</h1><p class="job">{printable(job)}</p></header>',
        _facts(facts, words),
        f'<p class="headline">{printable(said)}</p>' if said else "",
        _overview(rows, ranking, labels, statuses or {}, words),
        f'<section class="evidence"><h2>{words("shortlist.evidence")}</h2>{legend_html(words)}',
        *(evidence_html(row, ranking.rows, labels.get(row.id, ()), words) for row in rows),
        f'</section><section><h2>{words("shortlist.job")}</h2><div class="scroll" tabindex="0">{printable(query.job)}</div></section>',
        f"<footer>{words('shortlist.footer')}</footer>",
    ]
    return (
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><meta name="viewport" content="width=device-width">'
        f"<title>{printable(title)}</title><style>{_CSS}{_margins(words)}</style></head>"
        f"<body>{SHAPES}<main>{''.join(body)}</main></body></html>"
    )


def _margins(words: Texts) -> str:
    """Return the CSS of the footer of each printed page, for browsers that support page margins."""
    page = words("shortlist.page", page='" counter(page) "', pages='" counter(pages) "')
    return f'@page{{@bottom-left{{content:"{words("shortlist.footer")}"}}@bottom-right{{content:"{page}"}}}}'


def _facts(facts: Mapping[str, str], words: Texts) -> str:
    """Return the list of facts (date, user, model, …) under which the ranking was made; empty facts are left out."""
    items = "".join(
        f'<div class="{name}"><dt>{words(f"shortlist.{name}")}</dt><dd>{printable(value)}</dd></div>'
        for name, value in facts.items()
        if value
    )
    return f'<dl class="facts">{items}</dl>'


def _overview(
    rows: Sequence[Row],
    ranking: Ranking,
    labels: Mapping[str, Sequence[Label]],
    statuses: Mapping[str, CandidateStatus],
    words: Texts,
) -> str:
    """Return a table with a line per candidate and room for a decision, and the line to sign below it."""
    columns = ("rank", "who", "match", "asked", "gaps", "label", "decision")
    has_musts = any(point.kind == "must" for row in rows for point in row.match_points or ())
    names = [words(f"shortlist.{'must' if name == 'asked' and has_musts else name}") for name in columns]
    heads = "".join(f'<th scope="col" class="{column}">{name}</th>' for column, name in zip(columns, names, strict=True))
    lines = "".join(_line(row, ranking.rows, labels.get(row.id, ()), statuses.get(row.id), words) for row in rows)
    blanks = "".join(f"<span>{words(f'shortlist.{name}')}</span>" for name in ("reviewer", "signature", "signed"))
    return f'<table class="overview"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table><p class="sign">{blanks}</p>'


def _line(row: Row, rows: Sequence[Row], labels: Sequence[Label], current: CandidateStatus | None, words: Texts) -> str:
    choices = "".join(
        f"<i>{'☑' if current and current.status == status else '□'} {words(f'desk.{status}')}</i>"
        for status in (INTERVIEW, RESERVE, DECLINED)
    )
    cells = [
        match_cell(row, rows, words),
        tally_cell(asked(row), words),
        _gaps(row, words),
        _list(label_cell(label, words) for label in labels),
    ]
    known = "".join(f"<td>{cell}</td>" for cell in cells)
    return (
        f'<tr><td class="rank">{row.rank}</td><th scope="row"><bdi>{name_cell(row)}</bdi></th>{known}'
        f'<td class="decision">{choices}</td></tr>'
    )


def _gaps(row: Row, words: Texts) -> str:
    if row.match_points is None:  # nothing was looked for, which is not the same as nothing missing
        return words("row.not_explained")
    gaps = sorted(filter(is_gap, row.match_points), key=lambda point: KIND_ORDER[point.kind])
    shown = [
        f"{printable(shortened(gap.requirement))}{words('shortlist.is_nice') if gap.kind == 'nice' else ''}" for gap in gaps[:SHOWN_GAPS]
    ]
    if len(gaps) > SHOWN_GAPS:
        shown.append(words("row.more_gaps", count=len(gaps) - SHOWN_GAPS))
    return _list(shown)


def _list(items: Iterable[str]) -> str:
    listed = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{listed}</ul>" if listed else "—"
