"""Render what is stored about one person as a self-contained HTML page that the person can read, print or save as PDF."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup

from feedback.labels import GRADES
from feedback.store.history import job_title
from i18n.texts import Texts
from preprocess.document import note_from_json
from reranker.evidence.profile.profile import Profile
from service.listing.career import career_line, job_line
from ui.html.listing.rows import one_line
from ui.html.printed.shortlist import POLICY, page_numbers, printable
from ui.html.templates import rendered

_CSS = Path(__file__).with_name("weekly.css"), Path(__file__).with_suffix(".css")


def person_html(data: Mapping[str, Any], words: Texts, today: date) -> str:
    """Return the document for `data`, which `candidate_data` returned. It names nobody of the company, and no other candidate."""
    document = rendered(
        "person",
        words=words,
        policy=POLICY,
        css=Markup("".join(path.read_text("utf-8") for path in _CSS) + page_numbers(words, words("person.footer"))),
        today=today.isoformat(),
        names=data["names"],
        files=[f"{file['name']} ({max(1, round(file['size'] / 1000)):,} KB)" for file in data["kept_files"]],
        pool=_pool(data["pool"], words),
        lists=_lists(data, words),
        runs=[_run(run, words) for run in reversed(data["runs"])],
        in_work=[job_title(ranking["job"]) or words("history.untitled") for ranking in data["in_work"]],
        said=_said(data, words),
        weights=data["weights_versions"],
        log=[(_day(entry["at"]), words(f"event.{entry['event']}")) for entry in data["log"]],
        versions=[version["text"] for version in data["versions"]],
    )
    return printable(document)


def _pool(pool: Mapping[str, Any], words: Texts) -> list[str]:
    """Return whether the person can be chosen for other jobs, since when and until when, and what they are found by."""
    if pool["is_in_pool"]:
        said = [words("person.in_pool", purpose=pool["purpose"], since=_day(pool["since"]), until=_day(pool["until"]))]
    else:
        said = [words("person.not_in_pool")]
    said += [words("person.taken_out", day=_day(pool["taken_out"]))] if "taken_out" in pool else []
    facts = filter(None, (_fact(fact, words) for fact in pool["facts"]))
    return said + [words("person.pool_facts", facts=fact) for fact in dict.fromkeys(facts)]


def _fact(fact: Mapping[str, Any], words: Texts) -> str:
    """Return what the pool knows of one version of the resume."""
    profile = Profile(fact["title"], fact["employer"], fact["years"], fact["degree"], bool(fact["is_studying"]))
    known = (fact["name"], job_line(profile, words), career_line(profile, words), fact["city"])
    return words("list.between").join(filter(None, known))


def _lists(data: Mapping[str, Any], words: Texts) -> list[str]:
    """Return the cells that lists of candidates had for the person: those in piles, and ids and names kept with rankings."""
    of_piles = [pile["listed"] for pile in data["piles"] if pile["listed"]]
    rows = [([row["id"], row["name"], row["file"], *row["contacts"], row["status"], row["label"]], row["sheet"]) for row in of_piles]
    of_runs = (row["listed"] for run in data["runs"] for row in run["rows"] if "listed" in row)
    rows += [([listed["id"], listed["name"]], "") for listed in of_runs]
    said = [(words("list.between").join(filter(None, cells)), sheet) for cells, sheet in rows]
    return list(dict.fromkeys(f"{cells} ({sheet})" if sheet else cells for cells, sheet in said if cells))


def _run(run: Mapping[str, Any], words: Texts) -> dict[str, Any]:
    return {
        "title": job_title(run["job"]) or words("history.untitled"),
        "day": _day(run["at"]),
        "places": [_place(row, run["candidates"], words) for row in run["rows"]],
    }


def _place(row: Mapping[str, Any], count: int, words: Texts) -> dict[str, Any]:
    """Return what a ranking said of one version of the resume."""
    points = [
        {
            "status": "no" if point["status"] == "missing" and point["quote"] else point["status"],
            "requirement": point["requirement"],
            "quote": one_line(point["written"] or point["quote"]),
        }
        for point in row["match_points"] or ()
    ]
    return {
        "rank": words("person.rank", rank=row["rank"], count=count) if row["rank"] else words("person.not_shown"),
        "points": points,
        "notes": [words.note(note_from_json(note)) for note in row["notes"]],
    }


def _said(data: Mapping[str, Any], words: Texts) -> list[tuple[str, str, str]]:
    """Return labels, statuses and notes as day, job and what was said, the newest first; not who said it."""
    labels = [(entry, words(f"label.{GRADES[entry['grade']]}") if entry["grade"] is not None else "") for entry in data["labels"]]
    said = [(entry["at"], entry["job"], _with_reason(label, entry["reason"], words)) for entry, label in labels]
    said += [(entry["at"], entry["job"], words(f"desk.{entry['status']}")) for entry in data["statuses"]]
    said += [(entry["at"], entry["job"], entry["text"]) for entry in data["notes"]]
    said.sort(key=lambda entry: entry[0], reverse=True)
    return [(_day(at), job_title(job) or words("history.untitled"), text) for at, job, text in said]


def _with_reason(label: str, reason: str, words: Texts) -> str:
    label = label or words("person.taken_back")
    return label + (words("shortlist.because", reason=reason) if reason else "")


def _day(at: str) -> str:
    """Return the local day of a time in ISO 8601."""
    return datetime.fromisoformat(at).astimezone().date().isoformat()
