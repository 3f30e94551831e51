"""Hand things to the browser as files: a ranking, all of it or only the candidates that were chosen; what is stored of one person."""

import json
import re
import sqlite3
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from feedback.labels import FULL
from feedback.store.audit import EXPORTED, record
from feedback.store.desk.statuses import INTERVIEW, RESERVE
from feedback.store.history import job_title
from feedback.store.kept_files import KeptFile, bytes_of
from feedback.store.store import Store
from i18n.texts import texts
from reranker.rows import Ranking
from service import export
from service.listing.candidate import is_chinese
from service.original.show import download_name
from service.output.blind_names import shown_ranking
from service.run_state import RunState
from ui.html.printed.person import person_html
from ui.html.printed.shortlist import shortlist_html
from ui.saving import as_file
from ui.session_parts import Visitor

LEAST_PRINTED, MOST_PRINTED = 5, 20
"""Where nobody was chosen, the shortlist holds so many, and goes on to the last one labelled a full match."""

KINDS = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def spreadsheet(run: RunState, visitor: Visitor, store: Store, suffix: str, chosen: Collection[int] | None = None) -> str:
    """Return the ranking as a file for the browser, "xlsx" or "csv"; "" if there is none. `chosen`: only these `input_position`s."""
    data = export.spreadsheet(run, suffix, visitor.words, visitor.user, chosen)
    if not data or not run.query:
        return ""
    log(run, visitor.user, store, EXPORTED, kind=suffix, **_counted(chosen))
    return as_file(data, _file_name(run.query.job), suffix, KINDS[suffix])


def printed(run: RunState, visitor: Visitor, store: Store, chosen: Collection[int] | None = None) -> str:
    """Return the shortlist as a file for the browser to print; "" if there is no ranking.

    `chosen`: of these `input_position`s; else of whom HR wants to interview or keeps in reserve; else of the first few.
    """
    words = visitor.words
    ranking = shown_ranking(run, words)
    if not ranking or not run.query or not run.model:
        return ""
    scope, positions = _to_print(run, ranking, chosen)
    document = shortlist_html(
        export.people_of(run, ranking, visitor.user, positions),
        ranking,
        run.query,
        run.model,
        words,
        scope=scope,
        date=datetime.now(),
        user=visitor.user,
        weights=run.weights,
        blind=export.blind_key(run),
    )
    log(run, visitor.user, store, EXPORTED, kind="shortlist", **_counted(None if scope == "shown" else positions))
    return as_file(document.encode("utf-8", errors="replace"), _file_name(run.query.job), "html", "text/html;charset=utf-8")


def person_zip(data: Mapping[str, Any], store: Store) -> bytes:
    """Return a ZIP to hand to the person that `data`, of `candidate_data`, is about: a page to read, the same as JSON, and kept files.

    The page is in the language of the resume. Nobody of the company is named. Files that may run macros or scripts are only listed.
    """
    language = "zh" if is_chinese(data["versions"][0]["text"]) else "en"
    page = person_html(data, texts(language), datetime.now().date())
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("candidate.html", page.encode("utf-8", "replace"))
        archive.writestr("candidate.json", json.dumps(_nameless(data), ensure_ascii=False, indent=2).encode("utf-8", "replace"))
        for number, file in enumerate(data["kept_files"], start=1):
            kept = KeptFile(file["name"], file["format"], file["sha256"], file["size"])
            if name := download_name(kept):
                with suppress(OSError):  # deleted meanwhile
                    archive.writestr(f"files/{number}-{name}", bytes_of(store, kept))
    return packed.getvalue()


def _nameless(data: Any) -> Any:
    """Return JSON without the names of who did what."""
    if isinstance(data, Mapping):
        return {key: _nameless(value) for key, value in data.items() if key not in ("user", "rater")}
    return [_nameless(value) for value in data] if isinstance(data, list | tuple) else data


def _to_print(run: RunState, ranking: Ranking, chosen: Collection[int] | None) -> tuple[str, Collection[int]]:
    """Return the scope of a shortlist, as `shortlist_html` takes it, and the `input_position`s of its candidates."""
    if chosen is not None:
        return "chosen", chosen
    decided = {id_ for id_, current in run.statuses.items() if current.status in (INTERVIEW, RESERVE)}
    if of_decided := [row.input_position for row in ranking.rows if row.id in decided]:
        return "decided", of_decided
    fully = [row.rank for row in ranking.rows if any(label.grade == FULL for label in run.labels.get(row.id, ()))]
    count = min(max([LEAST_PRINTED, *fully]), MOST_PRINTED)
    return "shown", [row.input_position for row in ranking.rows[:count]]


def log(run: RunState, user: str, store: Store, event: str, **facts: Any) -> None:
    """Write an event to the audit log if the ranking is stored. Errors of the store are ignored: the user still gets the list."""
    if run.run_id:
        with suppress(sqlite3.Error):
            record(store, event, user, run_id=run.run_id, **facts)


def _file_name(job: str) -> str:
    """Return the job's title as a file name, "ranking" without one."""
    return re.sub(r"[^\w\-（）()]+", "-", job_title(job)).strip("-")[:60] or "ranking"


def _counted(chosen: Collection[int] | None) -> dict[str, int]:
    return {} if chosen is None else {"chosen": len(chosen)}
