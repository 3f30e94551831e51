"""Hand a session's ranking to the browser as a file: all of it, or only the candidates that were chosen."""

import sqlite3
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from typing import Any

from feedback.labels import FULL
from feedback.store.audit import EXPORTED, record
from feedback.store.store import Store
from i18n.texts import texts
from service.blind_names import shown_ranking
from service.output.export import csv_bytes, xlsx_bytes
from ui.html.printed.shortlist import shortlist_html
from ui.saving import as_file
from ui.session import Session

LEAST_PRINTED, MOST_PRINTED = 5, 20
"""The shortlist holds so many, and goes on to the last one labelled a full match."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_WRITERS = {"xlsx": (xlsx_bytes, XLSX), "csv": (csv_bytes, "text/csv")}


def spreadsheet(held: Session, store: Store, suffix: str, chosen: Collection[int] | None = None) -> str:
    """Return the ranking as a file for the browser, "xlsx" or "csv"; "" if there is none. `chosen`: only these `input_position`s."""
    words, run = texts(held.language), held.run
    ranking = shown_ranking(run, words)
    if not ranking or not run.query or not run.model:
        return ""
    write, kind = _WRITERS[suffix]
    rejected = run.rejected if chosen is None else ()
    data = write(ranking, run.query, rejected, run.model, words, statuses=run.statuses, chosen=chosen)
    log(held, store, EXPORTED, kind=suffix, **_counted(chosen))
    return as_file(data, "ranking", suffix, kind)


def printed(held: Session, store: Store, chosen: Collection[int] | None = None) -> str:
    """Return the shortlist as a file for the browser to print; "" if there is no ranking. `chosen`: only these `input_position`s."""
    words, run = texts(held.language), held.run
    ranking = shown_ranking(run, words)
    if not ranking or not run.query or not run.model:
        return ""
    labels = {row.id: run.labels.get(row.id, ()) for row in ranking.rows}
    wanted = [row.rank for row in ranking.rows if any(label.grade == FULL for label in labels[row.id])]
    document = shortlist_html(
        ranking,
        run.query,
        run.model,
        words,
        count=min(max([LEAST_PRINTED, *wanted]), MOST_PRINTED),
        chosen=chosen,
        labels=labels,
        statuses=run.statuses,
        date=datetime.now(),
        user=held.user,
        weights_version=run.weights.version,
        is_blind=run.is_blind,
    )
    log(held, store, EXPORTED, kind="shortlist", **_counted(chosen))
    return as_file(document.encode("utf-8", errors="replace"), "shortlist", "html", "text/html;charset=utf-8")


def log(held: Session, store: Store, event: str, **facts: Any) -> None:
    """Write an event to the audit log if the ranking is stored. Errors of the store are ignored: the user still gets the list."""
    if held.run.run_id:
        with suppress(sqlite3.Error):
            record(store, event, held.user, run_id=held.run.run_id, **facts)


def _counted(chosen: Collection[int] | None) -> dict[str, int]:
    return {} if chosen is None else {"chosen": len(chosen)}
