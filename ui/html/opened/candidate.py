"""Render one open candidate: requirements and questions on the left, the resume's text on the right, matching parts in the same colour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from markupsafe import Markup

from i18n.texts import Texts
from preprocess.document import Resume
from reranker.evidence.asking import ModelAnswer
from reranker.evidence.emphasis import EMPHASIS
from reranker.evidence.match_points import MatchPoint
from reranker.evidence.outcomes import Outcome, outcomes
from reranker.evidence.questions.choose import questions
from reranker.evidence.questions.projects import UntoldResult, untold_results
from reranker.evidence.questions.question import Question
from reranker.evidence.resume_text.lines import read_lines
from reranker.rows import Ranking, Row, contributions
from service.listing.career import career_line, job_line
from service.listing.introduction import introduction, shown_name
from service.listing.match import musts_first, percent, reason_said
from ui.html.files import panel_files_html
from ui.html.listing.rows import WARNINGS, Judged, chips_html, match_html, name_html, one_line, pill_html
from ui.html.listing.rubric import why_lifted_html
from ui.html.listing.selection import notes_html, status_buttons_html
from ui.html.opened.marked import SHOWN_CHARACTERS, colour, marked_html, marks
from ui.html.opened.questions import question_anchors, questions_html
from ui.html.roster import listed_said
from ui.html.templates import rendered
from ui.labelling import buttons_html, remark_html


@dataclass(frozen=True)
class Asked:
    """The answers of the model, asked requirement by requirement; `is_running`: more is coming; `can_ask`: it may be asked."""

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
    original: str = "",
    names: Mapping[int, str] = MappingProxyType({}),
    revealed: str = "",
) -> Markup:
    """Return the panel of the open candidate `row`. `judged` is None if it cannot be labelled (yet); `can_split`: its files can be.

    `original` shows the file itself in the place of its text, see original.py. `names` are those of all candidates, see `compare_html`.
    `revealed` is "own" if names are shown after a blind ranking, with the text as it was before masking, or "masked" without it.
    """
    points, told = row.match_points or (), outcomes(resume.text)
    order = musts_first(points)
    to_ask, hints = _to_ask(row, resume)
    labels = judged.labels.get(row.id, ()) if judged else ()
    has_points = row.match_points is not None
    return rendered(
        "candidate",
        row=row,
        top=_top(row, resume, ranking, panel_files_html(row.files, len(resume.files), can_split, words), words, judged, names),
        parts=_parts(len(points), len(to_ask) or len(hints)) if has_points else [],
        written=notes_html(row.id, judged.desk, judged.user, words) if judged else "",
        requirements=_requirements(row, order, asked, words),
        questions=questions_html(to_ask, hints, points, order, words) if has_points else "",
        remark=Markup(remark_html(row.id, labels, judged.user, words)) if judged else "",
        lifted=why_lifted_html(row, words),
        moved=_moved(row, ranking, judged.coefficients, words) if judged else "",
        told=_told(told, resume.text, words),
        notes=_notes(row, words),
        text=_text(resume.text, points, order, asked.answers, told, question_anchors(to_ask, hints), words, original, revealed),
        words=words,
    )


def _parts(requirements: int, questions: int) -> list[tuple[str, int | None]]:
    """Return the buttons that lead to parts of the panel, each with how many it has; none to questions where there are none.

    Of `questions` those count that are copied: not the hints for the interviewer, unless there is nothing else.
    """
    return [("requirements", requirements), *[("questions", questions)] * bool(questions), ("notes", None)]


def top_html(header: Markup, grades: str, words: Texts) -> Markup:
    """Return the top of the panel: `header`, the label buttons `grades`, and the buttons for previous, next and close."""
    return rendered("candidate_top", header=header, grades=Markup(grades), words=words)


def compare_html(row: Row, ranking: Ranking, words: Texts, beside: int = 0, names: Mapping[int, str] = MappingProxyType({})) -> Markup:
    """Return the drop-down of other candidates to compare `row` with; `beside` (an `input_position`) is selected. "" if there are none.

    Who is in `names`, by `input_position`, is called so; the others by their files.
    """
    others = [
        replace(other, name=names.get(other.input_position) or other.name)
        for other in ranking.rows
        if other.input_position != row.input_position
    ]
    return rendered("candidate_compare", rows=others, beside=beside, words=words) if others else Markup()


def _to_ask(row: Row, resume: Resume) -> tuple[Sequence[Question], Sequence[UntoldResult]]:
    """Return what to ask the candidate by the text that is shown, once the match points are there."""
    if row.match_points is None:
        return (), ()
    lines = read_lines(resume.text[:SHOWN_CHARACTERS])
    return questions(row.match_points, lines), untold_results(lines)


def _top(
    row: Row, resume: Resume, ranking: Ranking, files: Markup | str, words: Texts, judged: Judged | None, names: Mapping[int, str]
) -> Markup:
    labels = judged.labels.get(row.id, ()) if judged else ()
    profile = introduction(resume).profile
    header = rendered(
        "candidate_head",
        row=row,
        who=name_html(row.name),
        person=shown_name(row, resume),
        career=career_line(profile, words),
        job=job_line(profile, words),
        listed=listed_said(judged.desk.listed.get(row.id), shown_name(row, resume), words) if judged else "",
        files=files,
        chips=Markup(chips_html(row, words)),
        match=Markup(match_html(row, ranking.rows, words)),
        compare=compare_html(row, ranking, words, names=names),
    )
    name = shown_name(row, resume) or row.name
    grades = buttons_html(row.id, name, labels, judged.user, words) if judged else ""
    status = status_buttons_html(row.id, name, judged.desk, words) if judged else ""
    return top_html(header, Markup(grades) + Markup(status), words)


def _requirements(row: Row, order: Sequence[int], asked: Asked, words: Texts) -> Markup:
    answers = {answer.requirement: answer for answer in asked.answers}
    points = None
    if row.match_points is not None:
        points = [
            (
                point,
                Markup(pill_html(point.said, words)),
                one_line(point.shown_quote),
                reason_said(point, words),
                _model_said(point, answers.get(index)),
            )
            for index, point in ((index, row.match_points[index]) for index in order)
        ]
    askable = sum(point.kind != EMPHASIS for point in row.match_points or ())
    return rendered("candidate_requirements", points=points, asked=asked, answers=answers, askable=askable, colour=colour, words=words)


def _model_said(point: MatchPoint, answer: ModelAnswer | None) -> dict[str, object] | None:
    """Return how sure the model is of a requirement, and whether it goes by another line than the match point."""
    if answer is None or answer.probability is None:
        return None
    is_same_line = point.start <= answer.start < max(point.end, 1)
    return {"share": percent(answer.probability), "is_elsewhere": not is_same_line}


def _moved(row: Row, ranking: Ranking, coefficients: Mapping[str, float], words: Texts) -> Markup:
    """Return a list of what the learned weights add to or take from this candidate's score: the five largest contributions."""
    lifts = sorted(contributions(row, ranking.rows, coefficients).items(), key=lambda item: -abs(item[1]))[:5]
    return rendered("candidate_moved", row=row, lifts=lifts, words=words) if lifts else Markup()


def _told(told: Sequence[Outcome], text: str, words: Texts) -> Markup:
    """Return lists of the lines that state results in figures and of the vague ones. They help reading and are no part of the score."""
    lines = {
        kind: [(f"o{number}", one_line(text[line.start : line.end])) for number, line in enumerate(told) if line.kind == kind]
        for kind in ("result", "vague")
    }
    return rendered("candidate_told", results=lines["result"], vague=lines["vague"], words=words) if told else Markup()


def _notes(row: Row, words: Texts) -> Markup:
    """Return the warnings, and, folded, what the cleaning changed."""
    warnings = [words("row.truncated", tokens=f"{row.truncated:,}")] if row.truncated else []
    warnings += [words.note(note) for note in row.notes if note.code in WARNINGS]
    notes = [words.note(note) for note in row.notes if note.code not in WARNINGS]
    return rendered("candidate_notes", warnings=warnings, notes=notes, words=words)


def _text(
    text: str,
    points: Sequence[MatchPoint],
    order: Sequence[int],
    answers: Sequence[ModelAnswer],
    told: Sequence[Outcome],
    others: Sequence[tuple[str, int]],
    words: Texts,
    original: str,
    revealed: str,
) -> Markup:
    quoted = [(number, points[index]) for number, index in enumerate(order, start=1) if points[index].quote]
    anchors: dict[int, list[str]] = {}
    places = [(f"r{number}", point.start) for number, point in quoted]
    places += [(f"a{order.index(answer.requirement) + 1}", answer.start) for answer in answers]
    places += [(f"o{number}", line.start) for number, line in enumerate(told)]
    for name, start in [*places, *others]:
        anchors.setdefault(start, []).append(f"rr-{name}")
    figures = [(line.figure_start, line.figure_end) for line in told if line.figure_end > line.figure_start]
    shown = marked_html(text, marks([(point.start, point.end, number) for number, point in quoted]), figures, anchors)
    rest = len(text) - SHOWN_CHARACTERS
    return rendered(
        "candidate_text",
        shown=shown,
        length=len(text),
        rest=rest,
        original=Markup(original),
        title="own_text" if revealed == "own" else "text",
        is_masked=revealed == "masked",
        words=words,
    )
