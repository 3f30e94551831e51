"""Render two candidates side by side: the question that would decide, and a row per requirement with the best line of each resume."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from types import MappingProxyType

from markupsafe import Markup

from i18n.texts import Texts
from preprocess.document import Resume
from reranker.evidence.match_points import MatchPoint
from reranker.evidence.questions.choose import deciding_question
from reranker.evidence.resume_text.lines import read_lines
from reranker.rows import Ranking, Row
from service.listing.introduction import shown_name
from service.listing.match import musts_first, reason_said
from ui.html.listing.rows import match_html, name_html, one_line, pill_html
from ui.html.opened.candidate import compare_html, top_html
from ui.html.opened.marked import SHOWN_CHARACTERS
from ui.html.opened.questions import decide_html
from ui.html.templates import rendered

_WORTH = {"met": 2, "partial": 1, "missing": 0, "ask": 0}


def beside_html(
    first: Row,
    second: Row,
    ranking: Ranking,
    words: Texts,
    resumes: tuple[Resume, Resume] | None = None,
    everybody: Mapping[int, str] = MappingProxyType({}),
) -> Markup:
    """Return the panel that compares two rows of `ranking`; requirements whose status differs are highlighted.

    With their `resumes` they are called by name, and the question that would decide stands above; `everybody` are the names of all.
    """
    points, others = first.match_points or (), second.match_points or ()
    first_resume, second_resume = resumes or (None, None)
    names = said_name(first, first_resume), said_name(second, second_resume)
    header = rendered("beside_head", compare=compare_html(first, ranking, words, second.input_position, everybody), words=words)
    return rendered(
        "beside",
        top=top_html(header, "", words),
        decide=_decide(first, second, resumes, names, words) if resumes else "",
        first=_side(first, names[0], points, others, ranking, words),
        second=_side(second, names[1], others, points, ranking, words),
        lines=[_line((points[index], others[index]), names, words) for index in musts_first(points) if index < len(others)],
        words=words,
    )


def _side(
    row: Row, name: str, points: Sequence[MatchPoint], others: Sequence[MatchPoint], ranking: Ranking, words: Texts
) -> dict[str, object]:
    """Return a candidate's name and match, and how many requirements they answer better than the other, who has `others`."""
    ahead = sum(_WORTH[own.status] > _WORTH[other.status] for own, other in zip(points, others, strict=False))
    return {"row": row, "said": name, "name": name_html(name), "match": match_html(row, ranking.rows, words), "ahead": ahead}


def _line(pair: Sequence[MatchPoint], names: Sequence[str], words: Texts) -> dict[str, object]:
    cells = [
        {"of": name, "pill": pill_html(point.said, words), "quote": one_line(point.shown_quote), "reason": reason_said(point, words)}
        for point, name in zip(pair, names, strict=True)
    ]
    return {"requirement": pair[0].requirement, "kind": pair[0].kind, "differs": pair[0].said != pair[1].said, "cells": cells}


def _decide(first: Row, second: Row, resumes: tuple[Resume, Resume], names: Sequence[str], words: Texts) -> Markup:
    lines = read_lines(resumes[0].text[:SHOWN_CHARACTERS]), read_lines(resumes[1].text[:SHOWN_CHARACTERS])
    decision = deciding_question(first.match_points or (), second.match_points or (), lines)
    return decide_html(decision, names[0], names[1], words) if decision else Markup()


def said_name(row: Row, resume: Resume | None = None) -> str:
    """Return a candidate's name as it is said in a sentence: the person's, that of the file without its ending, or blind mode's letter."""
    if resume and (name := shown_name(row, resume)):
        return name
    path = PurePath(row.name)
    return path.stem if 1 < len(path.suffix) <= 5 else row.name
