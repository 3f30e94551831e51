"""Render the feedback tab: what was labelled and learned, versions to go back to, company terms. All text is escaped."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from markupsafe import Markup

from feedback.files.imports import Imported
from feedback.glossary.terms import ACCEPTED, PROPOSED, REJECTED, GlossaryEntry
from feedback.learning.metrics import MEASURES
from feedback.learning.tuning import LearningOutcome
from feedback.learning.versions import Version, is_outdated
from i18n.texts import Texts
from service.learn import in_words, kinds_said, percent
from ui.html.templates import rendered
from ui.html.times import said_at, time_html

SHOWN_WEEKS, SHOWN_PROBLEMS = 12, 50


def outcome_html(outcome: LearningOutcome, words: Texts, titles: bool = True) -> Markup:
    """Return the report of a proposal, with the seconds it took; `titles` as for `report_html`."""
    return report_html(asdict(outcome.report), words, words("learn.took", seconds=f"{outcome.seconds:.1f}"), titles)


def report_html(report: Mapping[str, Any], words: Texts, remark: str = "", titles: bool = True) -> Markup:
    """Return a report as `versions.Version` keeps it: verdict, counts, quality before and after, effects as bars, weekly trend.

    `titles`: kinds of jobs are named after a job of theirs, whoever ranked it; else they are numbered.
    """
    verdict, counts, reason = report["verdict"], report["counts"], report["verdict"]["reason"]
    said = words("learn.counts", **{name: counts[name] for name in ("groups", "informative", "labels", "raters")})
    notes = [f"{said} {remark}"]
    notes += [words("learn.left_out", count=counts["left_out"])] if counts["left_out"] else []
    if counts["agreement"] is not None:
        notes.append(words("learn.agreement", share=f"{counts['agreement']:.0%}", count=counts["compared"]))
    more = report["more_groups"] if reason != "too_few_groups" else 0
    return rendered(
        "learning_report",
        accepted=not reason,
        title=words(f"learn.refused_{reason}" if reason else "learn.accepted", least=report.get("more_groups") or 0),
        notes=notes,
        lessons=in_words(report["effects"], words),
        quality=_quality(verdict) if verdict["learned"] else (),
        effects=_effects(report["effects"], words) if verdict["learned"] else (),
        more=words("learn.more_groups", count=more) if more else "",
        kinds=kinds_said(report, words) if verdict["learned"] else "",
        elsewhere=_elsewhere(report, words, titles),
        titles=titles,
        weeks=report["trend"][-SHOWN_WEEKS:],
        words=words,
    )


def _quality(verdict: Mapping[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return by measure the value and the interval, in percent, of the order before, after, and of the change."""
    columns = (("active", ".1f"), ("learned", ".1f"), ("over_active", "+.1f"))
    return [(name, [percent(verdict[column][name], form) for column, form in columns]) for name in MEASURES]


def _elsewhere(report: Mapping[str, Any], words: Texts, titles: bool) -> list[dict[str, Any]]:
    """Return the larger kinds of jobs that were held out: how strong the weights are there, and what they change."""
    return [
        {
            "title": kind["title"] if titles else words("learn.kind_number", number=number),
            "jobs": kind["jobs"],
            "strength": f"{kind['strength']:.0%}",
            "changes": [percent(kind[name]["pairwise"], "+.1f") for name in ("change", "in_full")],
        }
        for number, kind in enumerate(report.get("elsewhere", ()), start=1)
    ]


def _effects(effects: Sequence[Mapping[str, Any]], words: Texts) -> list[dict[str, Any]]:
    """Return the bars: from the middle to the right where a feature raises the rank, to the left where it lowers it."""
    largest = max((abs(effect["effect"]) for effect in effects), default=1.0) or 1.0
    bars = []
    for effect in effects:
        width, is_down = 50 * abs(effect["effect"]) / largest, effect["effect"] < 0
        bar = {"name": words(f"feature.{effect['name']}"), "value": f"{effect['effect']:+.2f}", "kind": "down" if is_down else "up"}
        bars.append(bar | {"left": f"{50 - width if is_down else 50:.1f}", "width": f"{width:.1f}"})
    return bars


def versions_html(versions: Sequence[Version], words: Texts, titles: bool = True) -> Markup:
    """Return the list of versions, the model's own order (0) last, each with its report and a button to use it."""
    return rendered(
        "weights_versions",
        versions=[_version(version, words, titles) for version in versions],
        model_is_active=not any(version.is_active for version in versions),
        words=words,
    )


def _version(version: Version, words: Texts, titles: bool) -> dict[str, Any]:
    due = words("learn.outdated" if is_outdated(version.weights) else "learn.due") if version.due_for_relearning else ""
    return {
        "number": version.weights.version,
        "when": time_html(version.at, words),
        "user": version.user,
        "due": due,
        "report": report_html(version.report, words, titles=titles) if version.is_readable else "",
        "is_active": version.is_active,
    }


def terms_html(entries: Sequence[GlossaryEntry], words: Texts, problem: str = "", quotes: bool = True) -> Markup:
    """Return the pairs of terms to decide about one by one: proposed ones, accepted ones and, folded away, rejected ones.

    Each can be rewritten, and a pair of one's own added. `problem` says why the last of these could not be done. `quotes`: with the lines
    of resumes that they were found in, whoever ranked these.
    """
    groups = []
    for status, actions in ((PROPOSED, ("accept", "reject")), (ACCEPTED, ("reject",)), (REJECTED, ("accept",))):
        shown = [_term(entry, words, quotes) for entry in entries if entry.status == status]
        title = words(f"terms.{status}", count=len(shown))
        if shown:
            groups.append({"title": title, "actions": actions, "terms": shown, "is_folded": status == REJECTED})
    return rendered("company_terms", groups=groups, problem=problem, words=words)


def _term(entry: GlossaryEntry, words: Texts, quotes: bool) -> dict[str, Any]:
    evidence = entry.evidence
    counts = {name: evidence.get(name, 0) for name in ("full", "full_of", "none", "none_of", "jobs")}
    by = words("terms.by", user=entry.user or words("label.nobody"), when=said_at(entry.at, words))
    return {
        "job": entry.term.job_term,
        "resume": entry.term.resume_term,
        "counts": words("terms.evidence", **counts) if counts["jobs"] else words("terms.everywhere"),
        "decided": "" if entry.status == PROPOSED else by,
        "quotes": [quote["text"] for quote in evidence.get("quotes", ()) if quotes],
    }


def imported_html(imported: Imported, words: Texts) -> Markup:
    """Return how many labels were added from a label file, and up to 50 of its problems."""
    if imported.is_known and not imported.added and not imported.problems:
        said = words("imports.known", name=imported.file)
    else:
        said = words("imports.done", name=imported.file, added=imported.added, repeated=imported.repeated)
    problems = [words.problem(problem) for problem in imported.problems[:SHOWN_PROBLEMS]]
    rest = len(imported.problems) - SHOWN_PROBLEMS
    return rendered("imported", said=said, problems=problems, more=words("imports.more", count=rest) if rest > 0 else "")
