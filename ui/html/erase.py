"""Render the question before somebody is erased: what is deleted, and who may be the same person, to be ticked. All text is escaped."""

from typing import Any

from markupsafe import Markup

from feedback.store.candidate_data import PersonMatch
from i18n.texts import Texts
from ui.html.templates import rendered, script


def found_facts(person: PersonMatch, words: Texts) -> str:
    """Return how many versions, runs and labels the store has of a person, in words."""
    return words("data.facts", versions=person.versions, runs=person.runs, labels=person.labels)


def names_of(person: PersonMatch, words: Texts, is_blind: bool = False) -> str:
    """Return what a person is called, with the file names of their resumes; a general noun if `is_blind`."""
    if is_blind:
        return words("label.erase_unnamed")
    files = words("change.comma").join(person.names) or words("history.untitled")
    return words("data.called", name=person.called, files=files) if person.called else files


def also_people(person: PersonMatch, words: Texts, is_blind: bool = False) -> list[dict[str, Any]]:
    """Return the people who share the name or an agency's contact, for the template erase_also."""
    return [
        {
            "id": other.resume_id,
            "names": names_of(other, words, is_blind),
            "facts": found_facts(other, words),
            "line": words("label.erase_with", names=names_of(other, words, is_blind), facts=found_facts(other, words)),
        }
        for other in person.also
    ]


def ask_text(person: PersonMatch, words: Texts, is_blind: bool = False) -> str:
    """Return the question to confirm, with how many versions, runs and labels will be deleted."""
    return words(
        "label.erase_ask", names=names_of(person, words, is_blind), versions=person.versions, runs=person.runs, labels=person.labels
    )


def question_html(person: PersonMatch, words: Texts, is_blind: bool) -> Markup:
    """Return the question shown above the open candidate, with buttons to confirm and to cancel."""
    ask, also = ask_text(person, words, is_blind), also_people(person, words, is_blind)
    return rendered("erase_question", id=person.resume_id, ask=ask, also=also, words=words)


PEOPLE_CLICKS = script("erase_people")
