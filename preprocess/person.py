"""Identify the person of a resume by phone numbers, mail addresses, names and the text's digest.

Used to find every version of a person's resume for erasure, so it reads the text before blind mode masks it.
"""

import re
from collections.abc import Sequence
from hashlib import sha256

from preprocess.blind.contact import MAIL, PHONE, mails_in, phones_in
from preprocess.blind.facts import remove_facts
from preprocess.blind.fields import close_labels
from preprocess.blind.inline import CONTACT
from preprocess.blind.names import find_names
from preprocess.document import Person
from preprocess.fold import fold
from preprocess.lexicon.characters import NAME_DOTS

_CONTACT = re.compile(rf"{MAIL}|{PHONE}", re.IGNORECASE)
_HEAD = 1_000
"""Characters in which personal facts are looked for: finding them is the slowest step, and a resume states them at its top."""


def person_of(text: str, file_name: str = "") -> Person:
    """Return the Person of a resume's text; `file_name` often contains the name. Takes a few milliseconds; never raises."""
    plain = fold(text)
    phones, mails = phones_in(plain), mails_in(plain)
    return Person(phones, mails, sha256(text.encode("utf-8", errors="replace")).hexdigest(), _names(plain, file_name, mails, bool(phones)))


def comparable(words: Sequence[str]) -> str:
    """Return a name's words as they are compared: without case, blanks and dots, Latin ones in any order."""
    bare = [re.sub(rf"[\s{NAME_DOTS}.]", "", word).casefold() for word in words]
    return " ".join(sorted(filter(None, bare)))


def _names(text: str, file_name: str, mails: Sequence[str], has_phone: bool) -> tuple[str, ...]:
    """Return the names that blind mode would mask. Unsure ones (two words of a file's name) count only if there is no sure one."""
    has_facts = has_phone or bool(mails) or bool(remove_facts(close_labels(text[:_HEAD]))[1])
    names = find_names(_CONTACT.sub(CONTACT[0], text), file_name, has_facts, mails)
    counted = [name for name in names if name.is_sure] or names
    return tuple(sorted({comparable(name.words) for name in counted} - {""}))
