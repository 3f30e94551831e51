"""Render the feedback tab: what was labelled and learned, versions to go back to, company terms. All text is escaped."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from html import escape
from typing import Any

from feedback.files.imports import Imported
from feedback.glossary.terms import GlossaryEntry
from feedback.learning.metrics import MEASURES
from feedback.learning.tuning import LearningOutcome
from feedback.learning.versions import Version, is_outdated
from i18n.texts import Texts
from service.learn import in_words


def outcome_html(outcome: LearningOutcome, words: Texts) -> str:
    """Return the report of a proposal, with the seconds it took."""
    return report_html(asdict(outcome.report), words, words("learn.took", seconds=f"{outcome.seconds:.1f}"))


def report_html(report: Mapping[str, Any], words: Texts, remark: str = "") -> str:
    """Return a report as `versions.Version` keeps it: verdict, counts, quality before and after, effects as bars, weekly trend."""
    verdict, counts = report["verdict"], report["counts"]
    accepted = not verdict["reason"]
    title = words("learn.accepted" if accepted else f"learn.refused_{verdict['reason']}", least=report.get("more_groups") or 0)
    said = words("learn.counts", **{name: counts[name] for name in ("groups", "informative", "labels", "raters")})
    parts = [f'<p class="rr-verdict {"yes" if accepted else "no"}"><b>{title}</b></p>', f'<p class="rr-dim">{said} {remark}</p>']
    if counts["left_out"]:
        parts.append(f'<p class="rr-dim">{words("learn.left_out", count=counts["left_out"])}</p>')
    if counts["agreement"] is not None:
        share = f"{counts['agreement']:.0%}"
        parts.append(f'<p class="rr-dim">{words("learn.agreement", share=share, count=counts["compared"])}</p>')
    parts += [f'<p class="rr-lesson">{sentence}</p>' for sentence in in_words(report["effects"], words)]
    if verdict["learned"]:
        parts.append(_quality(verdict, words))
        parts.append(_bars(report["effects"], words))
    if report["more_groups"] and verdict["reason"] != "too_few_groups":
        parts.append(f'<p class="rr-dim">{words("learn.more_groups", count=report["more_groups"])}</p>')
    parts.append(_trend(report["trend"], words))
    return f'<div class="rr-report">{"".join(parts)}</div>'


def _quality(verdict: Mapping[str, Any], words: Texts) -> str:
    head = "".join(f"<th>{words(f'learn.{column}')}</th>" for column in ("measure", "before", "after", "change"))
    rows = "".join(
        f"<tr><th>{words(f'learn.{name}')}</th><td>{_percent(verdict['active'][name])}</td><td>{_percent(verdict['learned'][name])}</td>"
        f"<td>{_percent(verdict['over_active'][name], signed=True)}</td></tr>"
        for name in MEASURES
    )
    hint = f'<p class="rr-dim">{words("learn.unseen")}</p>'
    return f'<table class="rr-quality"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{hint}'


def _percent(interval: Mapping[str, float], signed: bool = False) -> str:
    value, low, high = (100 * interval[name] for name in ("value", "low", "high"))
    form = "+.1f" if signed else ".1f"
    return f"{value:{form}} <small>[{low:{form}}, {high:{form}}]</small>"


def _bars(effects: Sequence[Mapping[str, Any]], words: Texts) -> str:
    largest = max((abs(one["effect"]) for one in effects), default=1.0) or 1.0
    rows = []
    for one in effects:
        width = 50 * abs(one["effect"]) / largest
        left = 50 - width if one["effect"] < 0 else 50
        kind = "down" if one["effect"] < 0 else "up"
        bar = f'<span class="rr-effect"><i class="{kind}" style="left:{left:.1f}%;width:{width:.1f}%"></i></span>'
        name = words(f"feature.{one['name']}")
        rows.append(f"<li><span>{name}</span>{bar}<b>{one['effect']:+.2f}</b></li>")
    return (
        f'<h4>{words("learn.effects")}</h4><ul class="rr-effects">{"".join(rows)}</ul><p class="rr-dim">{words("learn.effects_hint")}</p>'
    )


def _trend(weeks: Sequence[Mapping[str, Any]], words: Texts) -> str:
    if not weeks:
        return ""
    columns = "".join(
        f'<li><span class="rr-column"><i style="height:{100 * week["precision"]:.0f}%"></i></span><b>{week["precision"]:.0%}</b>'
        f"<small>{escape(week['monday'][5:])}</small></li>"
        for week in weeks[-12:]
    )
    return f'<h4>{words("learn.trend")}</h4><ol class="rr-trend">{columns}</ol>'


def versions_html(versions: Sequence[Version], words: Texts) -> str:
    """Return the list of versions, the model's own order (0) last, each with a button to use it."""
    nothing_active = not any(one.is_active for one in versions)
    rows = [_version(one, words) for one in versions]
    base = f"<div><b>{words('learn.version_model')}</b><small>{words('learn.version_model_hint')}</small></div>"
    return f'<ul class="rr-versions">{"".join(rows)}<li>{base}{_use(0, nothing_active, words)}</li></ul>'


def _version(version: Version, words: Texts) -> str:
    when = datetime.fromtimestamp(version.at).strftime("%Y-%m-%d %H:%M")
    number = version.weights.version
    reason = "learn.outdated" if is_outdated(version.weights) else "learn.due"
    due = f'<small class="warn">{words(reason)}</small>' if version.due_for_relearning else ""
    title = f"<b>{words('learn.version', version=number)}</b><small>{when} {escape(version.user)}</small>{due}"
    if not version.is_readable:
        return f'<li><div>{title}<small class="warn">{words("learn.unreadable")}</small></div></li>'
    report = f"<details><summary>{words('learn.show_report')}</summary>{report_html(version.report, words)}</details>"
    return f"<li><div>{title}{report}</div>{_use(number, version.is_active, words)}</li>"


def _use(version: int, is_active: bool, words: Texts) -> str:
    if is_active:
        return f'<span class="rr-active">{words("learn.in_use")}</span>'
    return f'<button type="button" data-action="use" data-version="{version}">{words("learn.use")}</button>'


def terms_html(proposed: Sequence[GlossaryEntry], accepted: Sequence[GlossaryEntry], words: Texts) -> str:
    """Return the pairs of terms: first the proposed ones with buttons to accept or reject, then the accepted ones."""
    if not proposed and not accepted:
        return f'<p class="rr-dim">{words("terms.none")}</p>'
    waiting = "".join(_term(entry, ("accept", "reject"), words) for entry in proposed)
    known = "".join(_term(entry, ("reject",), words) for entry in accepted)
    first = f"<h4>{words('terms.proposed')}</h4><ul>{waiting}</ul>" if waiting else ""
    second = f"<h4>{words('terms.accepted')}</h4><ul>{known}</ul>" if known else ""
    return f'<div class="rr-terms">{first}{second}</div>'


def _term(entry: GlossaryEntry, actions: Sequence[str], words: Texts) -> str:
    evidence = entry.evidence
    counts = words("terms.evidence", **{name: evidence.get(name, 0) for name in ("full", "full_of", "none", "none_of", "jobs")})
    quotes = "".join(f"<q>{escape(quote['text'])}</q>" for quote in evidence.get("quotes", ()))
    pair = f"<b>{escape(entry.term.job_term)}</b> → <b>{escape(entry.term.resume_term)}</b>"
    data = f'data-job="{escape(entry.term.job_term)}" data-resume-term="{escape(entry.term.resume_term)}"'
    buttons = "".join(f'<button type="button" data-action="{action}" {data}>{words(f"terms.{action}")}</button>' for action in actions)
    return f"<li><div>{pair}<small>{counts}</small>{quotes}</div><span>{buttons}</span></li>"


def imported_html(imported: Imported, words: Texts) -> str:
    """Return how many labels were added from a label file, and up to 50 of its problems."""
    if imported.is_known and not imported.added and not imported.problems:
        said = words("imports.known", name=imported.file)
    else:
        said = words("imports.done", name=imported.file, added=imported.added, repeated=imported.repeated)
    items = "".join(f"<li>{escape(words.problem(problem))}</li>" for problem in imported.problems[:50])
    rest = len(imported.problems) - 50
    more = f"<li>{words('imports.more', count=rest)}</li>" if rest > 0 else ""
    return f'<div class="rr-imported"><p>{escape(said)}</p><ul>{items}{more}</ul></div>'
