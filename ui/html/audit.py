"""Say in words what a row of the audit log is about. Codes, hashes and settings as they were stored are in the export alone."""

from collections.abc import Mapping
from typing import Any

from feedback.labels import GRADES
from feedback.store.audit import BY_COMMAND, AuditEntry
from i18n.texts import Texts

_PROGRAMS = {
    "retention": "audit.by_program",
    "pool": "audit.by_program",
    "restore": "audit.by_command",
    "handover": "audit.by_command",  # as earlier releases wrote it
    BY_COMMAND: "audit.by_command",
    "feedback_tune.py": "audit.by_command",
}
"""The users whom the log names where no person clicked."""

_USUAL = {"denoise": True, "tech_stack": True, "blind": False, "hide_schools": False, "company_terms": False}
"""Settings of a ranking, of which the log tells those that differ."""


def user_words(entry: AuditEntry, words: Texts) -> str:
    """Return who did it: the login's name, or in words that nobody was signed in (`rank --keep` has no user) or that no person did it."""
    if entry.user in _PROGRAMS:
        return words(_PROGRAMS[entry.user])
    return entry.user or words("audit.nobody")


def about_words(entry: AuditEntry, words: Texts) -> str:
    """Return what the event was about: which ranking, how many, from what to what. Facts without words are left out."""
    facts = entry.facts
    parts = [words("audit.run", run=entry.run_id)] if entry.run_id else []
    parts += _RULES[entry.event](facts, words) if entry.event in _RULES else []
    parts += [words("audit.reason", reason=entry.reason)] if entry.reason else []
    return words("audit.separator").join(parts)


def _ranked(facts: Mapping[str, Any], words: Texts) -> list[str]:
    settings = facts.get("settings") or {}
    parts = [words("audit.candidates", count=facts.get("candidates", 0)), _version(facts.get("weights", 0), words)]
    parts += [words(f"audit.{name}") for name, usual in _USUAL.items() if settings.get(name, usual) != usual]
    if facts.get("shown", True):
        return parts
    return [*parts, words("audit.not_shown" if settings else "audit.for_labels")]  # a ranking of the page always has settings


def _labelled(facts: Mapping[str, Any], words: Texts) -> list[str]:
    grade, before = facts.get("grade"), facts.get("before")
    parts = [words("audit.rank", rank=facts["rank"])] if facts.get("rank") else []
    parts.append(words("audit.taken_back") if grade is None else words(f"label.{GRADES[grade]}"))
    parts += [words("audit.before", grade=words(f"label.{GRADES[before]}"))] if before is not None else []
    parts += [words("audit.overrides")] if facts.get("overrides") else []
    return parts + _sheet(facts, words)


def _status_set(facts: Mapping[str, Any], words: Texts) -> list[str]:
    key = f"desk.{facts.get('status')}"
    return ([words(key)] if key in words.table else []) + _sheet(facts, words)


def _sheet(facts: Mapping[str, Any], words: Texts) -> list[str]:
    return [words("audit.from_sheet")] if facts.get("sheet") else []


def _learned(facts: Mapping[str, Any], words: Texts) -> list[str]:
    counts = {"jobs": facts.get("jobs", 0), "candidates": facts.get("candidates", 0)}
    return [_version(facts.get("weights", 0), words), words("audit.learned_from", **counts)]


def _changed(facts: Mapping[str, Any], words: Texts) -> list[str]:
    before, after = (_version(facts.get(name, 0), words) for name in ("before", "weights"))
    return [words("audit.from_to", before=before, after=after)]


def _erased(facts: Mapping[str, Any], words: Texts) -> list[str]:
    due = facts.get("due_for_relearning") or []
    parts = [words("audit.erased", runs=facts.get("runs", 0), labels=facts.get("labels", 0))]
    return [*parts, words("audit.relearn", versions=words("change.comma").join(map(str, due)))] if due else parts


def _swept(facts: Mapping[str, Any], words: Texts) -> list[str]:
    if facts.get("waits_since"):
        return [words("audit.sweeps_later", days=facts.get("days", 0), before=facts.get("before", 0))]
    counts = {name: facts.get(name, 0) for name in ("days", "runs", "candidates", "labels")}
    return [words("audit.swept", **counts)] + ([words("audit.confirmed")] if facts.get("confirmed") else [])


def _exported(facts: Mapping[str, Any], words: Texts) -> list[str]:
    key = f"audit.kind_{facts.get('kind')}"
    return [words(key)] if key in words.table else []


def _imported(facts: Mapping[str, Any], words: Texts) -> list[str]:
    return [words("audit.imported", count=facts.get("added", 0))]


def _keyed(facts: Mapping[str, Any], words: Texts) -> list[str]:
    return [words("data.broken", row=facts["broken"])] if facts.get("broken") else []


def _rubric_saved(facts: Mapping[str, Any], words: Texts) -> list[str]:
    counts = {name: facts.get(name, 0) for name in ("parsed", "reworded", "added")}
    return [words("audit.rubric", version=facts.get("version", 0), **counts)]


_RULES = {
    "pool_opened": lambda facts, words: [words("audit.pool", purpose=facts.get("purpose", ""), days=facts.get("days", 0))],
    "rubric_saved": _rubric_saved,
    "ranked": _ranked,
    "labelled": _labelled,
    "labels_imported": _imported,
    "status_set": _status_set,
    "weights_learned": _learned,
    "weights_applied": _changed,
    "weights_rolled_back": _changed,
    "erased": _erased,
    "account": lambda facts, words: [words(f"audit.account_{facts['change']}", user=facts["account"])],
    "handed_over": lambda facts, words: [words("audit.handed_over", **{**facts, "before": facts["before"] or words("audit.nobody")})],
    "retention": _swept,
    "exported": _exported,
    "log_keyed": _keyed,
}


def _version(version: int, words: Texts) -> str:
    return words("audit.weights", version=version) if version else words("learn.version_model")
