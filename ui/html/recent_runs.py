"""Render the latest rankings for the landing page: the job's title, when, how many, by whom. All text is escaped."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from feedback.store.history import HistoryEntry
from i18n.texts import Texts
from ui.html.history import RankingInWork, in_work
from ui.html.templates import rendered
from ui.html.times import time_html


def recent_html(runs: Sequence[HistoryEntry], words: Texts, running: Iterable[RankingInWork] = ()) -> Markup:
    """Return a list whose entries are buttons that open the ranking again, above it one of rankings in work; "" if there are none."""
    listed = [
        {
            "id": run.run_id,
            "title": run.title or words("history.untitled"),
            "when": time_html(run.at, words),
            "facts": [words("history.candidates", count=run.candidates), *filter(None, [run.user])],
        }
        for run in runs
    ]
    return rendered("recent_runs", runs=listed, running=[in_work(ranking, words) for ranking in running if ranking.number], words=words)
