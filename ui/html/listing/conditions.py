"""Render the line above the list that stands for the folded form: what was ranked by, and what has changed since."""

from markupsafe import Markup

from feedback.store.history import job_title
from i18n.texts import Texts
from service.conditions import changes
from service.pile import Pile
from service.run_state import RunState
from ui.draft import draft_line
from ui.html.templates import rendered
from ui.session_parts import Draft, Form


def conditions_html(
    run: RunState, pile: Pile, form: Form, draft: Draft | None, words: Texts, *, is_outdated: bool, hides_names: bool
) -> Markup:
    """Return the line with the job, the number of resumes and the buttons; empty before the first run.

    `is_outdated`: the criteria have changed since. `hides_names`: the next run is blind.
    """
    if not run.busy and not run.ranking:
        return Markup("")
    job = run.order.job if run.order else run.query.job if run.query else form.job
    changed = [*changes(run, pile, form.job, form.instruction or "", form.pasted), *["rubric"] * is_outdated]
    if not changed and not run.busy and not run.conditions and form.job.strip() and job_title(form.job) != job_title(job):
        changed = ["job"]  # it is not known by what the list was ranked, but surely not by what is in the form
    if run.ranking and not run.busy and hides_names != run.was_blind:
        changed.append("blind_on" if hides_names else "blind_off")
    read_or_due = pile.reading.total if pile.reading else 0
    return rendered(
        "conditions",
        words=words,
        number=run.number,
        title=job_title(job),
        count=run.ranking.total if run.ranking else max(run.progress.total if run.progress else 0, len(pile.documents), read_or_due),
        is_blind=hides_names,
        is_busy=run.busy,
        draft=draft_line(draft, words) if draft else "",
        is_stopping=run.is_stopping,
        changed=[words(f"conditions.{name}") for name in changed],
    )
