"""Render the first candidates of a ranking as one self-contained HTML file to print or to save as PDF."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup

from feedback.labels import Weights
from feedback.store.desk.statuses import DECLINED, INTERVIEW, RESERVE
from feedback.store.history import job_title
from i18n.texts import Texts
from reranker.engine import EngineInfo, Query
from reranker.evidence.match_points import MatchPoint
from reranker.rows import Ranking, Row
from service.listing.match import asked_first
from service.output.candidates import ListedPerson, label_said
from service.output.order import order_in_words
from service.rubric.lawful import left_out_said
from ui.html.listing.headline import TOP, headline, shortened
from ui.html.listing.rows import STATUS_ORDER, gaps_of
from ui.html.printed.evidence import about_line, evidence, match_words, tally
from ui.html.templates import rendered

SHOWN_GAPS = 2
"""In the overview; below it every requirement is listed."""

FINGERPRINT = 12
"""Digits of the model's fingerprint that are printed: enough to tell any two models apart."""

_CSS = Path(__file__).with_suffix(".css").read_text("utf-8")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_NOT_PRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Control characters and surrogates, which UTF-8 or HTML cannot hold."""


def shortlist_html(
    people: Sequence[ListedPerson],
    ranking: Ranking,
    query: Query,
    model: EngineInfo,
    words: Texts,
    *,
    scope: str,
    date: datetime,
    user: str,
    weights: Weights,
    blind: str,
) -> str:
    """Return the document of these people of the ranking: overview to sign, evidence for each, and the job description.

    `scope` says who they are: "shown" (the first), "decided" (by their status) or "chosen"; `blind` is "is_blind", "not_blind", or
    "revealed" where names were shown after the scoring. `ranking` is as it may be shown: in blind mode
    without names. `user` is "" without a login, `weights` are those behind the order. Its content policy blocks scripts,
    whatever a resume contains.
    """
    job = job_title(query.job)
    model_parts = [model.name, model.dtype, model.device, model.fingerprint[:FINGERPRINT]]
    facts = {
        "date": date.strftime("%Y-%m-%d %H:%M"),
        "user": user,
        "scope": words(f"shortlist.{scope}", shown=len(people), ranked=len(ranking.rows), total=ranking.total),
        "order": order_in_words(ranking.rows, weights, words("shortlist.below"), words),
        "blind": words(f"shortlist.{blind}"),
        "law": left_out_said(query.job, words),
        "model": " · ".join(filter(None, model_parts)),
        "instruction": query.instruction,
        "meaning": words("shortlist.probability" if model.score_scale == "probability" else "shortlist.relative"),
    }
    document = rendered(
        "shortlist",
        words=words,
        policy=POLICY,
        css=Markup(_CSS + page_numbers(words, words("shortlist.footer"))),
        title=" · ".join(filter(None, [words("shortlist.title"), job, date.strftime("%Y-%m-%d")])),
        job=job,
        job_text=query.job,
        facts=[(name, fact) for name, fact in facts.items() if fact],
        headline=headline(ranking, words, min(len(people), TOP)) if scope == "shown" else "",
        has_musts=any(point.kind == "must" for person in people for point in person.row.match_points or ()),
        overview=[_overview(person, ranking.rows, words) for person in people],
        decisions=(INTERVIEW, RESERVE, DECLINED),
        candidates=[evidence(person, ranking.rows, words) for person in people],
        statuses=tuple(STATUS_ORDER),
    )
    return printable(document)


def printable(document: str) -> str:
    """Return a document without control characters and surrogates."""
    return _NOT_PRINTABLE.sub("", document)


def page_numbers(words: Texts, footer: str) -> str:
    """Return the CSS of the footer of each printed page, for browsers that support page margins."""
    page = words("shortlist.page", page='" counter(page) "', pages='" counter(pages) "')
    return f'@page{{@bottom-left{{content:"{footer}"}}@bottom-right{{content:"{page}"}}}}'


def _overview(person: ListedPerson, rows: Sequence[Row], words: Texts) -> Mapping[str, Any]:
    """Return the values of a candidate's line in the table to sign."""
    row = person.row
    return {
        "rank": row.rank,
        "name": person.name,
        "about": about_line(person, words),
        "match": match_words(row, rows, words),
        "tally": tally(asked_first(row.match_points)),
        "gaps": _gaps(row, words),
        "not_explained": row.match_points is None,  # nothing was looked for, which is not the same as nothing missing
        "labels": [label_said(replace(label, reason=""), words) for label in person.labels],
        "status": person.status,
    }


def _gap_said(gap: MatchPoint, words: Texts) -> str:
    status = "" if gap.said == "missing" else words(f"status.{gap.said}") + " "
    return f"{status}{shortened(gap.requirement)}{words('shortlist.is_nice') if gap.kind == 'nice' else ''}"


def _gaps(row: Row, words: Texts) -> list[str]:
    """Return the same gaps that the list on the page shows the gravest of."""
    gaps = gaps_of(row.match_points or ())
    shown = [_gap_said(gap, words) for gap in gaps[:SHOWN_GAPS]]
    return [*shown, words("row.more_gaps", count=len(gaps) - SHOWN_GAPS)] if len(gaps) > SHOWN_GAPS else shown
