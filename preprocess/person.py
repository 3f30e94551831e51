"""Who a resume is of, as far as that can be compared: phone numbers, mail addresses, names, and the text itself.

For finding every version of a person's resume when it is to be erased, so it is read from the text before blind mode masks it.
"""

import re
from collections.abc import Sequence
from hashlib import sha256

from preprocess.blind.contact import MAIL, PHONE
from preprocess.blind.facts import leave_out_facts
from preprocess.blind.fields import close_labels
from preprocess.blind.inline import CONTACT
from preprocess.blind.names import find_names
from preprocess.document import Person
from preprocess.fold import fold
from preprocess.lexicon.characters import NAME_DOTS

_CHINA = re.compile(r"(?<![\d.])\(?(?:\+|00)86\)?[ -]?(?=[\d(])")
_PHONE = re.compile(PHONE, re.IGNORECASE)
_MAIL = re.compile(MAIL)
_CONTACT = re.compile(rf"{MAIL}|{PHONE}", re.IGNORECASE)
_HEAD = 1_000
"""Characters in which personal facts are looked for: finding them takes longest, and a resume tells them at its top."""


def person_of(text: str, file_name: str = "") -> Person:
    """Return whom a resume's text is of; `file_name` often holds the name. Takes a few milliseconds; never raises."""
    plain = fold(text)
    phones, mails = phones_in(plain), mails_in(plain)
    return Person(phones, mails, sha256(text.encode("utf-8", errors="replace")).hexdigest(), _names(plain, file_name, mails, bool(phones)))


def phones_in(text: str) -> tuple[str, ...]:
    """Return the phone numbers as digits, without China's +86; none for those that are partly masked with stars."""
    found = (match[0] for match in _PHONE.finditer(_CHINA.sub("", text)))
    return tuple(sorted({re.sub(r"\D", "", number) for number in found if "*" not in number}))


def mails_in(text: str) -> tuple[str, ...]:
    """Return the addresses of mail in lower case."""
    return tuple(sorted({match[0].lower() for match in _MAIL.finditer(text)}))


def comparable(words: Sequence[str]) -> str:
    """Return a name's words as they are compared: without case, blanks and dots, Latin ones in any order."""
    bare = [re.sub(rf"[\s{NAME_DOTS}.]", "", word).casefold() for word in words]
    return " ".join(sorted(filter(None, bare)))


def _names(text: str, file_name: str, mails: Sequence[str], has_phone: bool) -> tuple[str, ...]:
    """The names that blind mode would mask. Those that it is not sure of (two words of a file's name) count where there is no other."""
    has_facts = has_phone or bool(mails) or bool(leave_out_facts(close_labels(text[:_HEAD]))[1])
    found = find_names(_CONTACT.sub(CONTACT[0], text), file_name, has_facts, mails)
    sure = [name for name in found if name.is_sure] or found
    return tuple(sorted({comparable(name.words) for name in sure} - {""}))
