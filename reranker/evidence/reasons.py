"""Check an answer against what the resume states outright: years, amounts and levels that are less, and what it says it has none of.

The weights of answers.py are learned from what proves a requirement. What speaks against one is rare in them, and is a fact that a reader
would quote, so it is compared here, and said with its numbers.
"""

from collections.abc import Sequence
from dataclasses import replace

from reranker.evidence.answers import Answer
from reranker.evidence.checks.amounts import languages, numbers, travel
from reranker.evidence.checks.career import employer, industry, years_shown
from reranker.evidence.checks.contract import MOST_PARTIAL, Facts, Reason, less
from reranker.evidence.checks.denials import denied
from reranker.evidence.checks.examples import enough, mastered, shown
from reranker.evidence.facts.contract import FactAnswer, Verdict
from reranker.evidence.parsed_requirement import ParsedRequirement
from reranker.evidence.resume_text.lines import ResumeLines

_NAMES = ("years", "degree", "languages", "certificates", "numbers")
"""In the order of `fact_answers`."""


def checked(
    answer: Answer, text: str, asked: ParsedRequirement, answers: Sequence[FactAnswer], resume: ResumeLines
) -> tuple[Answer, Reason | None]:
    """Return the answer to requirement `text` after what the resume states against it, and why. `answers` are `fact_answers`.

    "missing" with a line means that this line says the opposite, or less than is asked for.
    """
    answer = shown(mastered(answer, text, resume), text, asked, resume)
    facts = dict(zip([name for name in _NAMES if getattr(asked, name) is not None], answers, strict=True))
    for check in (denied, industry, employer, years_shown, travel, numbers, languages):
        changed = check(answer, text, asked, facts, resume)
        if changed:
            return changed
    return less(enough(_lacking(answer, facts), text, asked, resume), facts, resume), None


def _lacking(answer: Answer, facts: Facts) -> Answer:
    """Return the answer, "partial" where the degree or the certificates that are asked for too are stated and are less."""
    lacks = any(name in facts and facts[name].verdict is Verdict.NOT_MET for name in ("degree", "certificates"))
    return replace(answer, status="partial", strength=min(answer.strength, MOST_PARTIAL)) if lacks and answer.status == "met" else answer
