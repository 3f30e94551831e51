"""Render the question before somebody is erased: what is deleted, and who may be the same person, to be ticked. All text is escaped."""

from html import escape

from feedback.store.candidate_data import PersonMatch
from i18n.texts import Texts
from ui.script import script


def found_facts(found: PersonMatch, words: Texts) -> str:
    """Return how many versions, runs and labels the store has of a person, in words."""
    return words("data.facts", versions=found.versions, runs=found.runs, labels=found.labels)


def names_of(found: PersonMatch, words: Texts, is_blind: bool = False) -> str:
    """Return the file names of a person's resumes as unescaped text; a general noun if `is_blind`."""
    return words("label.erase_unnamed") if is_blind else words("change.comma").join(found.names) or words("history.untitled")


def also_html(found: PersonMatch, words: Texts, is_blind: bool = False) -> str:
    """Return unticked checkboxes for people who share the name or an agency's contact; "" if there are none."""
    if not found.also:
        return ""
    boxes = "".join(
        f'<li><label><input type="checkbox" data-also="{other.resume_id}" data-line="{escape(_line(other, words, is_blind))}">'
        f"<span>{escape(names_of(other, words, is_blind))} <small>{found_facts(other, words)}</small></span></label></li>"
        for other in found.also
    )
    return f'<div class="rr-also"><p>{words("label.erase_also")}</p><ul>{boxes}</ul></div>'


def ask_text(found: PersonMatch, words: Texts, is_blind: bool = False) -> str:
    """Return the question to confirm as unescaped text, with how many versions, runs and labels will be deleted."""
    return words("label.erase_ask", names=names_of(found, words, is_blind), versions=found.versions, runs=found.runs, labels=found.labels)


def question_html(found: PersonMatch, words: Texts, is_blind: bool) -> str:
    """Return the question shown above the open candidate, with buttons to confirm and to cancel."""
    buttons = (
        f'<button type="button" class="rr-erase sure" data-erase="{found.resume_id}">{words("label.erase_confirm")}</button>'
        f'<button type="button" class="rr-erase" data-erase-ask="">{words("label.erase_cancel")}</button>'
    )
    ask = escape(ask_text(found, words, is_blind))
    return f'<div class="rr-question" role="alertdialog" aria-label="{ask}"><p>{ask}</p>{also_html(found, words, is_blind)}{buttons}</div>'


def _line(other: PersonMatch, words: Texts, is_blind: bool) -> str:
    return words("label.erase_with", names=names_of(other, words, is_blind), facts=found_facts(other, words))


PEOPLE_CLICKS = script("erase_people")
