"""Before somebody is erased, as HTML: what goes, and who may be the same person, to be ticked by hand. Every text is escaped."""

from html import escape

from feedback.store.candidate_data import PersonMatch
from i18n.texts import Texts
from ui.script import script


def found_facts(found: PersonMatch, words: Texts) -> str:
    """How much there is of a person, in words."""
    return words("data.facts", versions=found.versions, runs=found.runs, labels=found.labels)


def names_of(found: PersonMatch, words: Texts, is_blind: bool = False) -> str:
    """The names of a person's files, as text."""
    return words("label.erase_unnamed") if is_blind else words("change.comma").join(found.names) or words("history.untitled")


def also_html(found: PersonMatch, words: Texts, is_blind: bool = False) -> str:
    """Those of the same name or with the same agency's contact, none of them ticked; "" where there are none."""
    if not found.also:
        return ""
    boxes = "".join(
        f'<li><label><input type="checkbox" data-also="{other.resume_id}" data-line="{escape(_line(other, words, is_blind))}">'
        f"<span>{escape(names_of(other, words, is_blind))} <small>{found_facts(other, words)}</small></span></label></li>"
        for other in found.also
    )
    return f'<div class="rr-also"><p>{words("label.erase_also")}</p><ul>{boxes}</ul></div>'


def ask_text(found: PersonMatch, words: Texts, is_blind: bool = False) -> str:
    """The question, with how much will go."""
    return words("label.erase_ask", names=names_of(found, words, is_blind), versions=found.versions, runs=found.runs, labels=found.labels)


def question_html(found: PersonMatch, words: Texts, is_blind: bool) -> str:
    """The question above the open candidate, with a button that does it and one that does not."""
    buttons = (
        f'<button type="button" class="rr-erase sure" data-erase="{found.resume_id}">{words("label.erase_confirm")}</button>'
        f'<button type="button" class="rr-erase" data-erase-ask="">{words("label.erase_cancel")}</button>'
    )
    ask = escape(ask_text(found, words, is_blind))
    return f'<div class="rr-question" role="alertdialog" aria-label="{ask}"><p>{ask}</p>{also_html(found, words, is_blind)}{buttons}</div>'


def _line(other: PersonMatch, words: Texts, is_blind: bool) -> str:
    return words("label.erase_with", names=names_of(other, words, is_blind), facts=found_facts(other, words))


PEOPLE_CLICKS = script("erase_people")
