"""Render the right side of the page: message, progress and result list (or first steps), and the panel of the open candidate."""

from html import escape

from i18n.texts import Texts
from reranker.ranking import Ranking
from service.blind_names import shown_ranking
from service.job import job_noted
from service.model import READY, Model
from service.pile import joined_document
from service.run_state import candidate
from ui.html.beside import beside_html
from ui.html.candidate import Asked, detail_html
from ui.html.changes import change_html
from ui.html.erase import question_html
from ui.html.headline import headline
from ui.html.original import original_html
from ui.html.rows import Judged, rejected_html, results_html
from ui.html.selection import desk_of
from ui.html.status import message_html, progress_html, summary_html
from ui.session import Session


def board_html(session: Session, words: Texts) -> str:
    """Return the board: message, progress, results and unreadable files; or the first steps if there is no ranking yet."""
    parts = []
    if session.message:
        parts.append(message_html(session.message, words))
    if session.run.progress:
        parts.append(progress_html(session.run.progress, words))
    ranking = shown_ranking(session.run, words)
    settled = not session.run.busy
    if ranking and ranking.rows and settled:
        parts.append(summary_html(session, words))  # first, as the buttons for exports lie over the end of the first line
    if noted := job_noted(session.run.job_notes):
        parts.append(message_html(noted, words))
    if ranking and ranking.rows:
        if settled:
            parts += [_blind(session, words), _headline(session, ranking, words)]
        parts.append(results_html(ranking, words, settled, _judged(session), session.view.selected))
    elif session.run.stopped:
        parts.append(f'<p class="rr-summary">{words("summary.stopped", done=0, total=len(session.run.resumes))}</p>')
    elif not session.run.progress:
        steps = "".join(f"<li>{words(f'empty.step{step}')}</li>" for step in (1, 2, 3))
        parts.append(f'<div class="rr-empty"><h2>{words("empty.title")}</h2><ol>{steps}</ol><p>{words("empty.hint")}</p></div>')
    if session.run.query or session.message:
        parts.append(rejected_html(session.run.rejected or session.pile.unread, words))
    return f'<div class="rr-board">{"".join(parts)}</div>'


def opened_html(session: Session, model: Model, words: Texts) -> str:
    """Return the panel of the open candidate, alone or beside another one; "" if none is open."""
    ranking = shown_ranking(session.run, words)
    row, other = candidate(ranking, session.view.selected), candidate(ranking, session.view.beside)
    if not ranking or not row:
        return ""
    if other and row.match_points is not None and other.match_points is not None:
        resumes = session.run.resumes[row.input_position - 1], session.run.resumes[other.input_position - 1]
        return beside_html(row, other, ranking, words, resumes)
    number = session.view.selected
    can_ask = model.state == READY and model.engine.info.score_scale == "probability" and not session.run.busy and not session.run.asking
    asked = Asked(session.run.answers.get(number, ()), session.run.asking == number, can_ask)
    question = question_html(session.view.question, words, session.run.is_blind) if session.view.question and not session.run.busy else ""
    resume = session.run.resumes[number - 1]
    can_split = not session.run.busy and joined_document(session.pile, resume) is not None
    original = original_html(session.run, resume.id, words)
    return "".join((question, detail_html(row, ranking, resume, words, _judged(session), asked, can_split, original)))


def _judged(session: Session) -> Judged | None:
    if session.run.busy or not session.run.run_id:
        return None
    return Judged(session.run.labels, session.user, session.run.weights.coefficients, desk_of(session))


def _blind(session: Session, words: Texts) -> str:
    if not session.run.is_blind:
        return ""
    return f'<p class="rr-blind">{words("blind.on")} <button type="button" data-action="names">{words("blind.names")}</button></p>'


def _headline(session: Session, ranking: Ranking, words: Texts) -> str:
    said = headline(ranking, words) if ranking.finished else ""
    line = f'<p class="rr-headline">{escape(said)}</p>' if said else ""
    return line + (change_html(session.run.change, words, session.run.is_blind) if session.run.change else "")
