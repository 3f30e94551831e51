"""Tell whose a file is: its names and contacts, and whether those of two files agree, also in Chinese and in Latin letters."""

import re
import unicodedata
from collections import Counter
from contextlib import suppress
from functools import cached_property

from preprocess.blind.contact import mails_in, phones_in
from preprocess.blind.mentions import pinyin_of
from preprocess.blind.name_shapes import surname_of
from preprocess.document import Document, Unreadable
from preprocess.file_names import is_mail_body
from preprocess.fold import fold
from preprocess.joining.referees import without_referees
from preprocess.joining.roles import Role, is_forwarded, is_passing_on, role_of, word_count
from preprocess.lexicon.characters import has_cjk
from preprocess.pipeline import clean

_FEW_WORDS = 12
"""Words of a mail; no more is a name and a position, or FYI."""


class FileIdentity:
    """The facts that a document as read states of whom it is. Each fact is looked for when it is asked for; names take longest."""

    def __init__(self, document: Document):
        self.document = document

    @cached_property
    def text(self) -> str:
        """Its text, uncleaned."""
        return self.document.text

    @cached_property
    def role(self) -> Role:
        """What the text is."""
        return role_of(self.text)

    @cached_property
    def is_mail_words(self) -> bool:
        """Return whether these are the words of a mail with attachments that are about these, and no candidate's own."""
        if not is_mail_body(self.document.name) or self.role == Role.RESUME:
            return False
        return is_passing_on(self.text) or is_forwarded(self.text) or word_count(self.text) < _FEW_WORDS

    @cached_property
    def contacts(self) -> frozenset[str]:
        """The person's phone numbers and mail addresses; those of all files of a joined document, without what a recruiter wrote."""
        files = [FileIdentity(part) for part in self.document.parts] or [self]
        own = [file.text for file in files if not file.is_mail_words and not (file.role == Role.LETTER and is_forwarded(file.text))]
        folded = fold("\n".join(map(without_referees, own)))
        return frozenset((*phones_in(folded), *mails_in(folded)))

    @cached_property
    def names(self) -> frozenset[str]:
        """Names in comparable form."""
        with suppress(Unreadable):
            person = clean(self.document).person
            return frozenset(person.names if person else ())
        return frozenset()

    def is_named_like(self, other: "FileIdentity") -> bool:
        """Return whether both state a name, and the same, be it without the middle names."""
        return not self._spelled.isdisjoint(other._spelled) or any(
            is_longer_form(own, another) or is_longer_form(another, own) for own in self.names for another in other.names
        )

    def has_family_name_of(self, other: "FileIdentity") -> bool:
        """Return whether one states a Chinese name and the other a Latin one with its family name: 张凯文 and Kevin Zhang."""
        pairs = [(own, another) for own in self.names for another in other.names]
        pairs += [(another, own) for own, another in pairs]
        return any(
            has_cjk(chinese) and not has_cjk(latin) and not {*pinyin_of(surname_of(chinese))}.isdisjoint(latin.split())
            for chinese, latin in pairs
        )

    def shares_contact(self, other: "FileIdentity") -> bool:
        """Return whether a phone number or mail address stands in both."""
        return not self.contacts.isdisjoint(other.contacts)

    def is_mentioned_in(self, other: "FileIdentity") -> bool:
        """Return whether a name of this file stands in the other one's text or file name, which need not call it a name."""
        text = f"{other.text}\n{other.document.name}".casefold()
        return any(all(word in text for word in name.split()) for name in self.names)

    def is_paper_about(self, other: "FileIdentity") -> bool:
        """Return whether this is no resume, states nobody's name, and speaks of the other file's person: a certificate, a reference."""
        return self.role != Role.RESUME and not self.names and bool(other.names) and other.is_mentioned_in(self)

    def is_in_other_script(self, other: "FileIdentity") -> bool:
        """Return whether one states Chinese names only and the other Latin ones only."""
        scripts = [{has_cjk(name) for name in identity.names} for identity in (self, other)]
        return scripts in ([{True}, {False}], [{False}, {True}])

    @cached_property
    def _spelled(self) -> frozenset[str]:
        return self.names.union(*map(letters_of, self.names))


def is_longer_form(name: str, short: str) -> bool:
    """Return whether a Latin name, in comparable form, is another one of two words or more with middle names or initials."""
    words, few = Counter(name.split()), Counter(short.split())
    return few.total() > 1 and not has_cjk(name + short) and few < words


def letters_of(name: str) -> frozenset[str]:
    """Return a name's Latin letters in alphabetical order, so that 林知遥 and Zhiyao LIN are equal; a form for each reading."""
    spelled = pinyin_of(name) if has_cjk(name) else [name]
    plain = (unicodedata.normalize("NFKD", name.casefold().replace("ü", "u").replace("v", "u")) for name in spelled)
    return frozenset("".join(sorted(re.sub("[^a-z]", "", name))) for name in plain) - {""}
