"""Check what the resume says it has none of: "no driving licence", 未做过经销商."""

import re
from collections.abc import Sequence

from preprocess.lexicon.characters import simplified
from reranker.evidence.answers import Answer
from reranker.evidence.checks.contract import NO, Checked, Facts, Reason, as_part
from reranker.evidence.facts.career.trades import held_by, subject_words
from reranker.evidence.facts.contract import Verdict
from reranker.evidence.facts.mentions import Standing, folded, wanted_clauses
from reranker.evidence.negation import denials, is_asked
from reranker.evidence.parsed_requirement import ParsedRequirement
from reranker.evidence.resume_text.lines import ResumeLines

_CLAUSE_END = re.compile(r"[，,；;。]")
_ITEM_END = re.compile(r"[，,；;。、/或和与及]|\b(?:and|or)\b")


def denied(answer: Answer, text: str, asked: ParsedRequirement, facts: Facts, resume: ResumeLines) -> Checked:
    """Return "missing" for what the resume says it has none of and nothing in it shows; "partial" where that is one of several parts."""
    line = _denied_line(text, asked, facts, resume)
    if line is None:
        return None
    others = _other_clauses(text, line, resume)
    is_in_part = any(fact.verdict in (Verdict.MET, Verdict.PARTLY) for fact in facts.values()) or _tells_of(others, line, resume)
    is_all = not is_in_part and (answer.line == line or not others)
    is_partial_there = answer.status == "partial" and answer.line == line
    if answer.status == "missing" or (is_all and (is_partial_there or _is_denied_only(text, line, resume))):
        return Answer("missing", min(answer.strength, NO), line), Reason("denied")
    if (answer.line == line or is_in_part or answer.status == "met") and _is_denied_only(text, line, resume):
        return Answer("partial", as_part(answer.strength), line), Reason("denied_part")
    return None


def _other_clauses(text: str, line: int, resume: ResumeLines) -> list[str]:
    """Return the clauses of a requirement, and the items of its lists, that do not ask for what a line denies."""
    denied = resume.denials.get(line, ())
    return [clause for clause in _ITEM_END.split(folded(text)) if clause.strip() and not is_asked(denied, clause)]


def _tells_of(clauses: Sequence[str], line: int, resume: ResumeLines) -> bool:
    """Return whether a line that denies something tells of other clauses of the requirement: "熟悉KA，未做过经销商"."""
    own = "，".join(clause for clause in _CLAUSE_END.split(folded(resume.lines[line])) if not denials(clause))
    return any(held_by(own, subject_words(clause)) for clause in clauses)


def _is_denied_only(text: str, line: int, resume: ResumeLines) -> bool:
    """Return whether what a line denies is asked for, not only preferred, and no other line tells of it."""
    denied = [parts for parts in resume.denials.get(line, ()) if is_asked([parts], wanted_clauses(text))]
    others = "\n".join(simplified(other).lower() for index, other in enumerate(resume.lines) if index not in resume.denials)
    return any(not all(part in others for part in parts) for parts in denied)


def _denied_line(text: str, asked: ParsedRequirement, facts: Facts, resume: ResumeLines) -> int | None:
    for answer in facts.values():
        value = answer.fact.value if answer.fact else None
        is_denial = getattr(value, "standing", None) is Standing.DENIED or getattr(value, "kind", "") in ("denied", "none")
        if answer.verdict is Verdict.NOT_MET and answer.fact and is_denial:
            return resume.line_at(answer.fact.start)
    for group in asked.groups:
        lines = [index for index, names in enumerate(resume.denied) if group & names]
        if lines and not any(group & names for names in resume.skills):
            return lines[0]
    return next((index for index, denied in resume.denials.items() if is_asked(denied, text)), None)
