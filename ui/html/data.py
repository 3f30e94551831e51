"""Render the data tab: candidates found, rows of the audit log, impact ratios. Every text from outside is escaped."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from markupsafe import Markup

from feedback.fairness.impact import GroupRate, Impact
from feedback.store.audit import AuditEntry
from feedback.store.audit_chain import Check
from feedback.store.candidate_data import PersonMatch
from feedback.store.sign_ins import SignIn
from i18n.texts import Texts
from ui.html.audit import about_words, user_words
from ui.html.erase import also_people, ask_text, found_facts, names_of
from ui.html.templates import rendered
from ui.html.times import time_html

SHOWN_PROBLEMS = 8


def found_html(people: Sequence[PersonMatch], search: str, words: Texts) -> Markup:
    """Return the list of candidates found, each with buttons to export and to erase; or a line saying that `search` matches nobody."""
    return rendered("people_found", found=[_person(person, words) for person in people], search=search, words=words)


def _person(person: PersonMatch, words: Texts) -> dict[str, Any]:
    return {
        "id": person.resume_id,
        "names": names_of(person, words),
        "facts": found_facts(person, words),
        "last": Markup(words("data.last", when=time_html(person.last_at, words))) if person.last_at else "",
        "ask": ask_text(person, words),
        "also": also_people(person, words),
    }


def log_html(entries: Sequence[AuditEntry], words: Texts) -> Markup:
    """Return the rows of the audit log as a table, in words; "" if there are none."""
    rows = [
        {
            "when": time_html(entry.at, words),
            "user": user_words(entry, words),
            "event": words(f"event.{entry.event}"),
            "about": about_words(entry, words),
            "overrides": bool(entry.facts.get("overrides")),
        }
        for entry in entries
    ]
    return rendered("audit_log", rows=rows, words=words)


def sign_ins_html(tries: Sequence[SignIn], words: Texts) -> Markup:
    """Return a folded table of who tried to sign in, when, from where and how it ended; "" if nobody did."""
    rows = [
        {
            "when": time_html(tried.at, words),
            "user": tried.user or words("sign_ins.no_account"),
            "address": tried.address,
            "outcome": tried.outcome,
        }
        for tried in tries
    ]
    return rendered("sign_ins", rows=rows, words=words) if rows else Markup()


def verdict_html(check: Check, words: Texts) -> Markup:
    """Return the result of a check of the audit log. It is called intact only if every row could be checked and is as written."""
    if check.is_whole:
        known = words("data.known", rows=check.known, check=words("data.check")) if check.known else ""
        return rendered("audit_verdict", good=words("data.whole", row=check.last) + known, problems=())
    problems = [words("data.broken", row=check.broken_at)] if check.broken_at is not None else []
    problems += [words("data.key_gone")] if check.is_key_gone else []
    problems += [words("data.unchecked", row=check.unchecked_before)] if check.unchecked_before else []
    return rendered("audit_verdict", good="", problems=problems)


def impact_html(impact: Impact, words: Texts) -> Markup:
    """Return a table of the groups with selection rates, intervals and impact ratios, and the remarks and problems below it."""
    chosen = words("impact.top", top=impact.top) if impact.top else words("impact.median")
    notes = [words("impact.unknown", count=impact.unknown, chosen=impact.unknown_chosen)] if impact.unknown else []
    problems = [
        words("imports.line", line=problem.line, reason=words(f"impact.{problem.reason}")) for problem in impact.problems[:SHOWN_PROBLEMS]
    ]
    problems += [words("imports.more", count=len(impact.problems) - SHOWN_PROBLEMS)] if len(impact.problems) > SHOWN_PROBLEMS else []
    groups = [asdict(group) | {"warnings": _warnings(group, words)} for group in impact.groups]
    return rendered("impact", groups=groups, lines=[chosen, *notes, words("impact.caution"), *problems], words=words)


def _warnings(group: GroupRate, words: Texts) -> str:
    warnings = [words("impact.below")] if group.is_below else []
    warnings += [words("impact.small")] if group.is_small else []
    warnings += [words("impact.chance", share=f"{group.chance:.0%}")] if group.chance is not None else []
    return " · ".join(warnings)
