"""Render the weekly report: pictures of bars and columns for the page, and the same on a page to print."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from i18n.texts import Texts
from service.weekly.report import FIRST, DecidingRequirement, FirstFiveWeek, KindAgreement, WeeklyReport, WeightsChange
from ui.html.printed.shortlist import POLICY, page_numbers, printable
from ui.html.templates import rendered
from ui.html.times import said_at

_CSS = Path(__file__).with_name("printed") / "weekly.css"


def weekly_html(report: WeeklyReport, words: Texts, scope: str = "") -> Markup:
    """Return the report for the page; below ten labels only how many are missing.

    `scope` says whose rankings were counted where users see only their own: "own" or "all".
    """
    more = words("weekly.unscored", count=report.unscored) if report.unscored else ""
    counts = {"labels": report.labels, "missing": report.missing, "statuses": report.statuses_missing}
    return rendered(
        "weekly_report",
        words=words,
        scope=words(f"weekly.scope_{scope}") if scope else "",
        missing=words("weekly.missing", **counts) + more if report.missing else "",
        summary=words("weekly.summary", week=report.monday, labels=report.labels) + more,
        no_weeks=words("weekly.no_statuses", **counts) if report.statuses_missing else "",
        called=_called(report.weeks, words),
        weeks=[_week(week) for week in report.weeks],
        kinds=[_kind(kind, words) for kind in report.kinds],
        requirements=[_requirement(requirement, words) for requirement in report.requirements],
        weights=_weights(report.weights, words) if report.weights else None,
    )


def printed_weekly(report: WeeklyReport, words: Texts, user: str, scope: str = "") -> str:
    """Return the report as one self-contained HTML document to print or to save as PDF; `user` is "" without a login."""
    document = rendered(
        "weekly_printed",
        words=words,
        policy=POLICY,
        css=Markup(_CSS.read_text("utf-8") + page_numbers(words, words("weekly.footer"))),
        report=weekly_html(report, words, scope),
        made=said_at(report.at, words),
        user=user,
        monday=report.monday,
    )
    return printable(document)


def _called(weeks: Sequence[FirstFiveWeek], words: Texts) -> str:
    called, first, below = (sum(getattr(week, name) for week in weeks) for name in ("called", "first", "called_below"))
    return words("weekly.called", called=called, first=first, share=f"{called / first:.0%}", below=below, top=FIRST) if first else ""


def _week(week: FirstFiveWeek) -> dict[str, Any]:
    share = week.called / week.first if week.first else 0.0
    return {"share": f"{100 * share:.0f}", "count": f"{week.called}/{week.first}", "day": week.monday[5:]}


def _kind(kind: KindAgreement, words: Texts) -> dict[str, Any]:
    about = words("weekly.of_kind", jobs=kind.jobs, labels=kind.labels, pairs=kind.pairs)
    return {"title": kind.title or words("weekly.no_title"), "about": about, "share": f"{100 * kind.right / kind.pairs:.0f}"}


def _requirement(requirement: DecidingRequirement, words: Texts) -> dict[str, Any]:
    kind = words(f"kind.{requirement.kind}")
    about = words("weekly.of_requirement", kind=kind, labels=requirement.labels, jobs=requirement.jobs)
    return {"text": requirement.text, "about": about, "full": f"{100 * requirement.full:.0f}", "none": f"{100 * requirement.none:.0f}"}


def _weights(change: WeightsChange, words: Texts) -> dict[str, Any]:
    largest = max((abs(effect) for _, *effects in change.effects for effect in effects), default=1.0) or 1.0

    def bar(effect: float) -> dict[str, str]:
        width = 50 * abs(effect) / largest
        return {"value": f"{effect:+.2f}", "left": f"{50 - width if effect < 0 else 50:.1f}", "width": f"{width:.1f}"}

    versions = (change.before, change.after)
    names = [words("learn.version", version=version) if version else words("learn.version_model") for version in versions]
    features = [{"name": words(f"feature.{name}"), "bars": [bar(old), bar(new)]} for name, old, new in change.effects]
    return {"names": names, "features": features}
