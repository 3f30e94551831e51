"""Check what is asked for by name: programs known a little or well, products any of which will do, how many kinds of a list."""

from dataclasses import replace

from reranker.evidence.alternatives import KINDS_OF_PROGRAM
from reranker.evidence.answers import Answer
from reranker.evidence.checks.contract import LEAST_MET, LEAST_PARTIAL, MOST_PARTIAL, telling_lines
from reranker.evidence.facts.enough_of import enough_of, kinds_named
from reranker.evidence.facts.mastery import claims_less, claims_office
from reranker.evidence.facts.named_examples import asks_for_an_example_only, named_examples, names_example, repeats_examples
from reranker.evidence.facts.willingness import accepting_line
from reranker.evidence.parsed_requirement import ParsedRequirement
from reranker.evidence.resume_text.lines import ResumeLines


def mastered(answer: Answer, text: str, resume: ResumeLines) -> Answer:
    """Return the answer, "partial" where its line says that a technology which is wanted strongly is known a little."""
    if answer.status == "met" and answer.line is not None and claims_less(text, resume.lines[answer.line]):
        return replace(answer, status="partial", strength=min(answer.strength, MOST_PARTIAL))
    return answer


def shown(answer: Answer, text: str, asked: ParsedRequirement, resume: ResumeLines) -> Answer:
    """Return the answer, "met" where a line accepts the condition asked for, or a line about work names a product that is an example."""
    own = [index for index in range(len(resume.lines)) if index not in resume.copied]
    is_claim_enough = asked.only_names and not asked.years and answer.status == "partial" and answer.line not in resume.listed
    if is_claim_enough and answer.line is not None and claims_office(asked.groups, resume.lines[answer.line]):
        return replace(answer, status="met", strength=max(answer.strength, LEAST_MET))
    if answer.status != "met" and (accepted := accepting_line(text, [resume.lines[index] for index in own])) is not None:
        return Answer("met", max(answer.strength, LEAST_MET), own[accepted])
    if answer.status != "met" and (names := named_examples(text)):
        known = frozenset().union(*asked.groups) - KINDS_OF_PROGRAM if len(asked.groups) == 1 else frozenset[str]()
        work = [index for index in own if resume.is_work[index]]
        line = next((index for index in work if names_example(resume.lines[index], names) or known & resume.skills[index]), None)
        if line is not None:
            return _example_shown(answer, text, asked, line, resume)
    return answer


def _example_shown(answer: Answer, text: str, asked: ParsedRequirement, line: int, resume: ResumeLines) -> Answer:
    """Return the answer after a line about work that names one of the products, any of which will do.

    A part of it stays one, unless it is only that another product is not there.
    """
    if answer.status == "partial" and not asked.groups:
        return answer
    others = (asked.years, asked.degree, asked.languages, asked.certificates, asked.numbers)
    if asks_for_an_example_only(text) and not any(others) and not repeats_examples(resume.lines[line], text):
        return Answer("met", max(answer.strength, LEAST_MET), line)
    return answer if answer.status == "partial" else Answer("partial", max(answer.strength, LEAST_PARTIAL), line)


def enough(answer: Answer, text: str, asked: ParsedRequirement, resume: ResumeLines) -> Answer:
    """Return the answer, "partial" where of the kinds that are listed fewer are named than are asked for."""
    wanted = enough_of(text) if answer.status == "met" and not asked.groups else None
    if wanted is None:
        return answer
    own = "\n".join(resume.lines[index] for index in telling_lines(resume))
    if kinds_named(wanted, own) >= wanted.count:
        return answer
    return replace(answer, status="partial", strength=min(answer.strength, MOST_PARTIAL))
