"""Render the data tab: candidates found, rows of the audit log, impact ratios. Every text from outside is escaped."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any

from feedback.fairness.impact import GroupRate, Impact
from feedback.store.audit import AuditEntry
from feedback.store.audit_chain import Check
from feedback.store.candidate_data import PersonMatch
from i18n.texts import Texts
from ui.html.erase import also_html, ask_text, found_facts, names_of

SHOWN_PROBLEMS = 8


def found_html(found: Sequence[PersonMatch], search: str, words: Texts) -> str:
    """Return the list of candidates found, each with buttons to export and to erase; or a line saying that `search` matches nobody."""
    if not found:
        return f'<p class="rr-dim">{words("data.nobody", search=escape(search))}</p>'
    return f'<ul class="rr-runs">{"".join(_candidate(one, words) for one in found)}</ul>'


def _candidate(one: PersonMatch, words: Texts) -> str:
    facts = [found_facts(one, words)]
    facts += [words("data.last", when=_time(one.last_at))] if one.last_at else []
    ask = escape(ask_text(one, words))
    buttons = (
        f'<button type="button" data-action="export" data-candidate="{one.resume_id}">{words("data.export_person")}</button>'
        f'<button type="button" data-action="erase" data-candidate="{one.resume_id}" data-ask="{ask}">{words("data.erase")}</button>'
    )
    who = f"<b>{escape(names_of(one, words))}</b><small>{' · '.join(facts)}</small>{also_html(one, words)}"
    return f"<li><i></i><div>{who}</div><span>{buttons}</span></li>"


def log_html(entries: Sequence[AuditEntry], words: Texts) -> str:
    """Return the rows of the audit log as a table; "" if there are none."""
    rows = "".join(_logged(one, words) for one in entries)
    head = "".join(f'<th scope="col">{words(f"data.{column}")}</th>' for column in ("at", "user", "event", "about"))
    return f'<div class="rr-log" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>' if rows else ""


def verdict_html(check: Check, words: Texts) -> str:
    """Return the result of a check of the audit log. It is called intact only if every row could be checked and is as written."""
    if check.is_whole:
        known = words("data.known", rows=check.known, check=words("data.check")) if check.known else ""
        return f'<p class="rr-verdict yes">{words("data.whole", row=check.last)}{known}</p>'
    problems = [words("data.broken", row=check.broken_at)] if check.broken_at is not None else []
    problems += [words("data.key_gone")] if check.is_key_gone else []
    problems += [words("data.unchecked", row=check.unchecked_before)] if check.unchecked_before else []
    return "".join(f'<p class="rr-verdict no">{problem}</p>' for problem in problems)


def _logged(one: AuditEntry, words: Texts) -> str:
    parts = [f"#{one.run_id}"] if one.run_id else []
    parts += [one.resume_id[:8]] if one.resume_id else []
    parts += [f"{name} {_shown(value)}" for name, value in one.facts.items() if value is not None and not isinstance(value, dict)]
    parts += [one.reason] if one.reason else []
    about = escape(" · ".join(parts))
    mark = ' class="override"' if one.facts.get("overrides") else ""
    cells = (_time(one.at), escape(one.user or words("label.nobody")), words(f"event.{one.event}"), about)
    return f"<tr{mark}>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _shown(value: Any) -> str:
    text = str(value)
    return text[:10] if len(text) == 64 else text[:60]  # a SHA-256 is told from others by its beginning


def impact_html(found: Impact, words: Texts) -> str:
    """Return a table of the groups with selection rates, intervals and impact ratios, and the remarks and problems below it."""
    columns = ("group", "count", "chosen", "rate", "ratio")
    head = "".join(f'<th scope="col">{words(f"impact.{column}")}</th>' for column in columns)
    rows = "".join(_group(one, words) for one in found.groups)
    chosen = words("impact.top", top=found.top) if found.top else words("impact.median")
    notes = [words("impact.unknown", count=found.unknown, chosen=found.unknown_chosen)] if found.unknown else []
    problems = [words("imports.line", line=one.line, reason=words(f"impact.{one.reason}")) for one in found.problems[:SHOWN_PROBLEMS]]
    problems += [words("imports.more", count=len(found.problems) - SHOWN_PROBLEMS)] if len(found.problems) > SHOWN_PROBLEMS else []
    table = f'<table class="rr-quality"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    lines = "".join(f'<p class="rr-dim">{line}</p>' for line in [chosen, *notes, words("impact.caution"), *problems])
    return f'<div class="rr-report">{table if found.groups else ""}{lines}</div>'


def _group(one: GroupRate, words: Texts) -> str:
    ratio = "–" if one.ratio is None else f"{one.ratio:.2f}"
    warnings = [words("impact.below")] if one.is_below else []
    warnings += [words("impact.small")] if one.is_small else []
    warnings += [words("impact.chance", share=f"{one.chance:.0%}")] if one.chance is not None else []
    rate = f"{one.rate:.0%} <small>[{one.low:.0%}, {one.high:.0%}]</small>"
    more = f"<br><small>{' · '.join(warnings)}</small>" if warnings else ""
    return f'<tr><th scope="row">{escape(one.name)}</th><td>{one.count}</td><td>{one.chosen}</td><td>{rate}</td><td>{ratio}{more}</td></tr>'


def _time(at: float) -> str:
    return datetime.fromtimestamp(at).astimezone().strftime("%Y-%m-%d %H:%M")
