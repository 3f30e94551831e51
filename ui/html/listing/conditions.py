"""Render the line above the list that stands for the folded form: what was ranked by, and what has changed since."""

from markupsafe import Markup

from feedback.store.history import job_title
from i18n.texts import Texts
from service.conditions import changes
from ui.html.templates import rendered
from ui.session import Session


def conditions_html(session: Session, words: Texts) -> Markup:
    """Return the line with the job, the number of resumes and the buttons; empty before the first run."""
    state, form = session.run, session.form
    if not state.busy and not state.ranking:
        return Markup("")
    job = state.query.job if state.query else form.job
    changed = [*changes(state, session.pile, form.job, form.instruction or "", form.pasted), *["rubric"] * session.is_outdated]
    return rendered(
        "conditions",
        words=words,
        number=state.number,
        title=job_title(job),
        count=state.ranking.total if state.ranking else len(session.pile.documents),
        is_busy=state.busy,
        changed=[words(f"conditions.{name}") for name in changed],
    )
