"""Render one open candidate: requirements on the left, the resume's text on the right, matching parts in the same colour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from i18n.texts import Texts
from preprocess.document import Resume
from reranker.evidence.asking import ModelAnswer
from reranker.evidence.emphasis import EMPHASIS
from reranker.evidence.match_points import MatchPoint
from reranker.evidence.outcomes import Outcome, outcomes
from reranker.ranking import Ranking, Row, contributions
from service.match import percent
from ui.html.files import panel_files_html
from ui.html.marked import SHOWN_CHARACTERS, colour, marked_html, marks
from ui.html.rows import WARNINGS, Judged, chips_html, match_html, name_html, one_line, pill_html
from ui.html.selection import notes_html, status_buttons_html
from ui.labelling import buttons_html, remark_html


@dataclass(frozen=True)
class Asked:
    """What the model said when it was asked requirement by requirement; `is_running`: more is coming; `can_ask`: it may be asked."""

    answers: tuple[ModelAnswer, ...] = ()
    is_running: bool = False
    can_ask: bool = False


def detail_html(
    row: Row,
    ranking: Ranking,
    resume: Resume,
    words: Texts,
    judged: Judged | None,
    asked: Asked = Asked(),
    can_split: bool = False,
) -> str:
    """Return the panel of the open candidate `row`. `judged` is None if it cannot be labelled (yet); `can_split`: its files can be."""
    points = row.match_points or ()
    told = outcomes(resume.text)
    left = [_requirements(row, points, asked, words)]
    if judged:
        labels = judged.labels.get(row.id, ())
        left += [_why_moved(row, ranking, judged.coefficients, words), remark_html(row.id, labels, judged.user, words)]
        left.insert(0, notes_html(row.id, judged.desk, judged.user, words))
    left += [_told(told, resume.text, words), _notes(row, words)]
    head = _head(row, ranking, panel_files_html(row.files, len(resume.files), can_split, words), words, judged)
    text = _text(resume.text, points, asked.answers, told, words)
    sides = f'<div class="rr-sides"><div class="rr-left">{"".join(left)}</div>{text}</div>'
    place = f'data-number="{row.input_position}" role="region" aria-label="{escape(words("detail.region"))}"'
    return f'<div class="rr-panel" {place}>{head}{sides}</div>'


def _head(row: Row, ranking: Ranking, files: str, words: Texts, judged: Judged | None) -> str:
    labels = judged.labels.get(row.id, ()) if judged else ()
    grades = buttons_html(row.id, row.name, labels, judged.user, words) if judged else ""
    grades += status_buttons_html(row.id, row.name, judged.desk, words) if judged else ""
    match = match_html(row, ranking.rows, words)
    who = f'<div class="rr-who"><h3>{name_html(row.name)}</h3>{files}{chips_html(row, words)}</div>'
    header = f'<header><b class="rr-place">{row.rank}</b>{who}{match}{compare_html(row, ranking, words)}</header>'
    return top_html(header, grades, words)


def top_html(header: str, grades: str, words: Texts) -> str:
    """Return the top of the panel: `header`, the label buttons `grades`, and the buttons for previous, next and close."""
    steps = "".join(
        f'<button type="button" data-step="{step}" title="{escape(words(key))}" aria-label="{escape(words(key))}">{arrow}</button>'
        for step, key, arrow in ((-1, "detail.before", "↑"), (1, "detail.after", "↓"))
    )
    close = escape(words("detail.close"))
    shut = f'<button type="button" data-close title="{close}" aria-label="{close}">×</button>'
    tools = f'<div class="rr-tools">{grades}<div class="rr-controls">{steps}{shut}</div></div>'
    return f'<div class="rr-top">{header}{tools}</div>'


def compare_html(row: Row, ranking: Ranking, words: Texts, beside: int = 0) -> str:
    """Return the drop-down of other candidates to compare `row` with; `beside` (an `input_position`) is selected. "" if there are none."""
    others = "".join(
        f'<option value="{other.input_position}"{" selected" if other.input_position == beside else ""}>'
        f"{other.rank} · {escape(other.name)}</option>"
        for other in ranking.rows
        if other.input_position != row.input_position
    )
    compare = escape(words("detail.compare"))
    return f'<select data-beside aria-label="{compare}"><option value="0">{compare}</option>{others}</select>' if others else ""


def _requirements(row: Row, points: Sequence[MatchPoint], asked: Asked, words: Texts) -> str:
    if row.match_points is None:
        return f'<section><p class="rr-dim">{words("row.explaining")}</p></section>'
    answers = {answer.requirement: answer for answer in asked.answers}
    lines = "".join(_requirement(point, number, answers.get(number - 1), words) for number, point in enumerate(points, start=1))
    button = ""
    if asked.is_running:
        total = sum(point.kind != EMPHASIS for point in points)
        button = f'<p class="rr-dim" role="status">{words("ask.running", done=len(answers), total=total)}</p>'
    elif asked.can_ask and points and not answers:
        button = f'<button type="button" class="rr-ask" data-ask-model title="{escape(words("ask.hint"))}">{words("ask.button")}</button>'
    elif answers:
        button = f'<p class="rr-dim">{words("ask.meaning")}</p>'
    title = f"<h4>{words('detail.requirements')}</h4>"
    return f'<section>{title}{button}<ol class="rr-reqs">{lines}</ol></section>'


def _requirement(point: MatchPoint, number: int, answer: ModelAnswer | None, words: Texts) -> str:
    quote = _jump(f"r{number}", point.quote, words) if point.quote else ""
    said = ""
    if answer and answer.probability is not None:
        line = f'<button type="button" data-jump="a{number}">{words("ask.line")}</button>'
        own = "" if point.start <= answer.start < max(point.end, 1) else line
        said = f'<span class="rr-said"><b>{words("ask.said", share=escape(percent(answer.probability)))}</b>{own}</span>'
    kind = f'<span class="rr-kind">{words(f"kind.{point.kind}")}</span>'
    badge = f'<b class="rr-number {colour(number) if point.quote else ""}">{number}</b>'
    return f"<li>{badge}<span>{pill_html(point.status, words)} {escape(point.requirement)}{kind}{quote}{said}</span></li>"


def _jump(target: str, quote: str, words: Texts) -> str:
    shown, hint = escape(one_line(quote)), escape(words("detail.jump"))
    return f'<button type="button" class="rr-jump" data-jump="{target}" title="{hint}"><q>{shown}</q></button>'


def _why_moved(row: Row, ranking: Ranking, coefficients: Mapping[str, float], words: Texts) -> str:
    """Return a list of what the learned weights add to or take from this candidate's score: the five largest contributions."""
    lifts = sorted(contributions(row, ranking.rows, coefficients).items(), key=lambda item: -abs(item[1]))[:5]
    if not lifts:
        return ""
    items = "".join(f"<li><span>{words(f'feature.{name}')}</span><b>{lift:+.2f}</b></li>" for name, lift in lifts)
    hint = words("detail.learned_hint", before=row.model_rank, after=row.rank)
    return f'<section class="rr-why"><h4>{words("detail.learned")}</h4><p class="rr-dim">{hint}</p><ul>{items}</ul></section>'


def _told(told: Sequence[Outcome], text: str, words: Texts) -> str:
    """Return lists of the lines that state results in figures and of the vague ones. They help reading and are no part of the score."""
    if not told:
        return ""
    results = [(number, one) for number, one in enumerate(told) if one.kind == "result"]
    vague = [(number, one) for number, one in enumerate(told) if one.kind == "vague"]
    parts = []
    for key, lines in (("results", results), ("vague", vague)):
        if lines:
            items = "".join(f"<li>{_jump(f'o{number}', text[one.start : one.end], words)}</li>" for number, one in lines)
            parts.append(f"<details><summary>{words(f'outcomes.{key}', count=len(lines))}</summary><ul>{items}</ul></details>")
    if not results:
        parts.insert(0, f'<p class="rr-dim">{words("outcomes.none")}</p>')
    hint = f"<small>{words('outcomes.hint')}</small>"
    return f'<section class="rr-told"><h4>{words("outcomes.title")} {hint}</h4>{"".join(parts)}</section>'


def _notes(row: Row, words: Texts) -> str:
    notes = sorted(row.notes, key=lambda note: note.code not in WARNINGS)
    items = "".join(f'<li class="{"warn" if note.code in WARNINGS else ""}">{escape(words.note(note))}</li>' for note in notes)
    if row.truncated:
        items = f'<li class="warn">{words("row.truncated", tokens=f"{row.truncated:,}")}</li>' + items
    items = items or f'<li class="rr-dim">{words("detail.no_notes")}</li>'
    return f'<section><h4>{words("detail.notes")}</h4><ul class="rr-notes">{items}</ul></section>'


def _text(text: str, points: Sequence[MatchPoint], answers: Sequence[ModelAnswer], told: Sequence[Outcome], words: Texts) -> str:
    quoted = [(number, point) for number, point in enumerate(points, start=1) if point.quote]
    anchors: dict[int, list[str]] = {}
    places = [(f"r{number}", point.start) for number, point in quoted]
    places += [(f"a{answer.requirement + 1}", answer.start) for answer in answers]
    places += [(f"o{number}", one.start) for number, one in enumerate(told)]
    for name, start in places:
        anchors.setdefault(start, []).append(f"rr-{name}")
    figures = [(one.figure_start, one.figure_end) for one in told if one.figure_end > one.figure_start]
    shown = marked_html(text, marks([(point.start, point.end, number) for number, point in quoted]), figures, anchors)
    rest = len(text) - SHOWN_CHARACTERS
    cut = f'<p class="rr-dim">{words("detail.cut", count=f"{rest:,}")}</p>' if rest > 0 else ""
    title = f"<h4>{words('detail.text')} <small>{words('detail.characters', count=f'{len(text):,}')}</small></h4>"
    label = escape(words("detail.text"))
    box = f'<div class="rr-text" tabindex="0" role="document" aria-label="{label}">{shown}{cut}</div>'
    return f'<section class="rr-text-box">{title}{box}</section>'
