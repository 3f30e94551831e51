"""Hold the state of one browser tab as parts: its resumes, its run, what is open on the page, and what the store has of it.

Functions take the parts they need, and nothing in ui/html/ takes a session. The whole is for these alone, as each may change any part:
what Gradio calls at a click (ui/page.py, ui/tabs/, selection.py, presets.py) with the updates of the whole tab that it answers with
(tabs/rank_updates.py, tabs/rank_contents.py); what puts another ranking, form or pile in the place of this one (steps.py for a run and a
reopened run, tabs/in_work.py, draft.py, undo.py); and what goes through all parts: keeping.py, erasing.py, session_registry.py.
"""

from dataclasses import dataclass, field

from feedback.learning.tuning import LearningOutcome
from service.job import JobFile
from service.pile import Pile
from service.run_state import RunState
from ui.rubric_desk import RubricDesk, is_outdated
from ui.session_parts import ColleagueNews, Draft, ErasureNews, Form, Kept, RecentNews, Undo, View, Visitor, Work


@dataclass
class Session:
    """Mutable on purpose: work that goes on and the clicks beside it see the same one. Only frozen parts are ever replaced."""

    visitor: Visitor = field(default_factory=Visitor)
    pile: Pile = field(default_factory=Pile)
    run: RunState = field(default_factory=RunState)
    form: Form = field(default_factory=Form)
    job_file: JobFile | None = None
    """The file that the form's job description was read from last; the person may have changed the text since."""

    rubric: RubricDesk = field(default_factory=RubricDesk)
    """The criteria of the job description in the form."""

    view: View = field(default_factory=View)
    undo: Undo | None = None
    """The work that the last click replaced, while it can be taken back; see undo.py."""

    draft: Draft | None = None
    """The draft that a click put aside and that is nowhere else, until it is taken back; see draft.py."""

    outcome: LearningOutcome | None = None
    """The weights learned last, which may be applied."""

    erasures: ErasureNews = field(default_factory=ErasureNews)
    colleagues: ColleagueNews = field(default_factory=ColleagueNews)
    recent: RecentNews = field(default_factory=RecentNews)
    kept: Kept = field(default_factory=Kept)
    work: Work = field(default_factory=Work)
    pages: int = 0
    """The number of pages of the browser that have loaded it and not ended yet; see session_registry.py."""

    opened_early: bool = False
    """True if a tab of the page was opened before the server knew whose page it is: it shows nobody's."""

    @property
    def is_outdated(self) -> bool:
        """True if the list was ranked under an older rubric than the one beside the job description."""
        return bool(self.run.ranking) and not self.run.busy and is_outdated(self.run.rubric, self.rubric.rubric)

    @property
    def is_at_work(self) -> bool:
        """True if something that it started is not done yet; server/gradio_patches/gone_pages.py asks, which does not know this class."""
        return bool(self.work.jobs)

    @property
    def turn_key(self) -> object:
        """The key by which uploads take turns at the reader processes: the user, else the session."""
        return self.visitor.user or id(self)
