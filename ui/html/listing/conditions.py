"""Render the line above the list that stands for the folded form: what was ranked by, and what has changed since."""

from markupsafe import Markup

from feedback.store.history import job_title
from i18n.texts import Texts
from service.conditions import changes
from ui.draft import draft_line
from ui.html.templates import rendered
from ui.session import Session


def conditions_html(session: Session, words: Texts) -> Markup:
    """Return the line with the job, the number of resumes and the buttons; empty before the first run."""
    state, form = session.run, session.form
    if not state.busy and not state.ranking:
        return Markup("")
    job = state.order.job if state.order else state.query.job if state.query else form.job
    changed = [*changes(state, session.pile, form.job, form.instruction or "", form.pasted), *["rubric"] * session.is_outdated]
    if not changed and not state.busy and not state.conditions and form.job.strip() and job_title(form.job) != job_title(job):
        changed = ["job"]  # it is not known by what the list was ranked, but surely not by what is in the form
    if state.ranking and not state.busy and session.view.hides_names != state.was_blind:
        changed.append("blind_on" if session.view.hides_names else "blind_off")
    return rendered(
        "conditions",
        words=words,
        number=state.number,
        title=job_title(job),
        count=state.ranking.total if state.ranking else max(state.progress.total if state.progress else 0, len(session.pile.documents)),
        is_blind=session.view.hides_names,
        is_busy=state.busy,
        draft=draft_line(session.draft, words) if session.draft else "",
        is_stopping=state.is_stopping,
        changed=[words(f"conditions.{name}") for name in changed],
    )
