"""Identify the person of a resume by phone numbers, mail addresses, names and the text's digest, and say what they are called.

The identity is for erasure, which has to find every version of a person's resume, so it is read before blind mode masks the text.
"""

import re
from collections.abc import Sequence
from hashlib import sha256

from preprocess.blind.contact import MAIL, PHONE, mails_in, phones_in
from preprocess.blind.facts import remove_facts
from preprocess.blind.fields import close_labels
from preprocess.blind.inline import CONTACT
from preprocess.blind.name_shapes import PersonName
from preprocess.blind.names import NAME_LABEL, find_names
from preprocess.document import Person
from preprocess.fold import fold, folded_resume
from preprocess.lexicon.characters import NAME_DOTS, simplified
from preprocess.lexicon.headings import heading_kind

_CONTACT = re.compile(rf"{MAIL}|{PHONE}", re.IGNORECASE)
_HEAD = 1_000
"""Characters in which personal facts are looked for: finding them is the slowest step, and a resume states them at its top."""


def person_of(text: str, file_name: str = "") -> Person:
    """Return the Person of a resume's text; `file_name` often contains the name. Takes a few milliseconds; never raises."""
    plain = folded_resume(text)
    phones, mails = phones_in(plain), mails_in(plain)
    return Person(phones, mails, sha256(text.encode("utf-8", errors="replace")).hexdigest(), _names(plain, file_name, mails, bool(phones)))


def called(text: str, file_name: str = "") -> str:
    """Return the name of a resume's person as the resume writes it, in Chinese where it stands in both scripts; "" where none is sure.

    Two capitalised words may be a firm or a town: a Latin name counts only in the top line, beside a label, or in the file's name.
    """
    written = fold(text[:_HEAD])
    head = simplified(written)  # as long as it was
    phones, mails = phones_in(head), mails_in(head)
    names = [name for name in _found(head, simplified(file_name), mails, bool(phones)) if name.is_sure]
    lines = [line for line in head.split("\n") if heading_kind(line) != "title" and any(map(str.isalpha, line))][:2]
    top = " ".join(lines if all(" " not in line.strip() for line in lines) else lines[:1])
    for name in sorted(names, key=lambda name: not name.is_chinese):
        full_name = " ".join(name.words)
        if name.is_chinese:
            start = head.find(full_name)
            return written[start : start + len(full_name)] if start >= 0 else full_name
        if len(name.words) > 1 and (_beside(full_name, top, file_name) or re.search(NAME_LABEL + re.escape(full_name), head, re.I | re.M)):
            return full_name
    return ""


def _beside(name: str, top: str, file_name: str) -> bool:
    """Return whether a name stands in the top line or the file's name, with its capitals or in capitals only."""
    places = (top, re.sub(r"[\W_]+", " ", file_name))
    return any(spelled in start for start in places for spelled in (name, name.upper()))


def comparable(words: Sequence[str]) -> str:
    """Return a name's words as they are compared: without case, blanks and dots, Latin ones in any order."""
    bare = [re.sub(rf"[\s{NAME_DOTS}.]", "", word).casefold() for word in words]
    return " ".join(sorted(filter(None, bare)))


def _names(text: str, file_name: str, mails: Sequence[str], has_phone: bool) -> tuple[str, ...]:
    """Return the names that blind mode would mask. Unsure ones (two words of a file's name) count only if there is no sure one."""
    names = _found(text, file_name, mails, has_phone)
    counted = [name for name in names if name.is_sure] or names
    return tuple(sorted({comparable(name.words) for name in counted} - {""}))


def _found(text: str, file_name: str, mails: Sequence[str], has_phone: bool) -> tuple[PersonName, ...]:
    has_facts = has_phone or bool(mails) or bool(remove_facts(close_labels(text[:_HEAD]))[1])
    return find_names(_CONTACT.sub(CONTACT[0], text), file_name, has_facts, mails)
