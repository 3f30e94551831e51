"""Render the history tab: earlier rankings with their facts, and buttons to open, compare and delete them. All text is escaped."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from feedback.store.history import HistoryEntry, job_title
from i18n.texts import Texts
from service.output.blind_names import letter_name
from service.progress import Progress
from ui.draft import draft_line
from ui.html.templates import rendered
from ui.html.times import time_html
from ui.session_parts import Draft


@dataclass(frozen=True)
class RankingInWork:
    """A ranking in work on a page of this server: `number` is that of its session in the store, 0 while it cannot be followed yet."""

    number: int
    job: str
    user: str
    progress: Progress | None


def runs_html(runs: Sequence[HistoryEntry], words: Texts, deletable: Collection[int], more: str = "") -> Markup:
    """Return the list of rankings; the reader may delete those with a number in `deletable`, `more` is said below the list."""
    entries = [_entry(run, words) | {"is_deletable": run.run_id in deletable} for run in runs]
    return rendered("history", runs=entries, more=more, words=words)


def in_work_html(running: Iterable[RankingInWork], draft: Draft | None, words: Texts) -> Markup:
    """Return lines for the rankings in work, and for the reader's own draft that was put aside; "" for neither."""
    lines = [in_work(ranking, words) for ranking in running]
    return rendered("history_in_work", running=lines, draft=draft_line(draft, words) if draft else "", words=words)


def in_work(running: RankingInWork, words: Texts) -> dict[str, Any]:
    """Return what is said of a ranking in work, and the number by which it can be followed."""
    done, total = (running.progress.done, running.progress.total) if running.progress else (0, 0)
    return {
        "number": running.number,
        "title": job_title(running.job) or words("history.untitled"),
        "user": running.user,
        "said": words("history.running", done=done, total=max(total, done)) if done or total else words("history.starting"),
    }


def _entry(run: HistoryEntry, words: Texts) -> dict[str, Any]:
    facts = [run.user, words("history.candidates", count=run.candidates)]
    facts += [words("history.labelled", count=run.labelled)] if run.labelled else []
    facts += [words("history.rubric", version=run.rubric_version)] if run.rubric_version else []
    facts += [words("history.weights", version=run.weights_version)] if run.weights_version else []
    facts += [words("history.blind")] if run.is_blind else []
    top = [letter_name(number, words) if run.is_blind else name for name, number in run.top]
    return {
        "id": run.run_id,
        "title": run.title or words("history.untitled"),
        "when": time_html(run.at, words),
        "facts": [fact for fact in facts if fact],
        "top": words("history.top", names=words("change.comma").join(top)),
        "instruction": run.instruction,
        "choose": words("history.choose", title=run.title),
    }
