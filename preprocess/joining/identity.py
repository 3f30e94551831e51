"""Whose a file is: names and contacts, and whether those of two files agree, also in Chinese and in Latin letters."""

import re
import unicodedata
from contextlib import suppress
from functools import cached_property

from preprocess.blind.contact import mails_in, phones_in
from preprocess.blind.mentions import pinyin_of
from preprocess.document import Document, Unreadable
from preprocess.fold import fold
from preprocess.joining.roles import Role, role_of
from preprocess.lexicon.characters import has_cjk
from preprocess.pipeline import clean


class FileIdentity:
    """What a document as read says of whom it is. Each fact is looked for when it is asked for; names take longest."""

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
    def contacts(self) -> frozenset[str]:
        """Phone numbers and mail addresses; those of all files of a joined document."""
        texts = [part.text for part in self.document.parts] or [self.text]
        folded = fold("\n".join(texts))
        return frozenset((*phones_in(folded), *mails_in(folded)))

    @cached_property
    def names(self) -> frozenset[str]:
        """Names in comparable form."""
        with suppress(Unreadable):
            person = clean(self.document).person
            return frozenset(person.names if person else ())
        return frozenset()

    def is_named_like(self, other: "FileIdentity") -> bool:
        """Return whether both state a name, and the same."""
        return not self._spelled.isdisjoint(other._spelled)

    def shares_contact(self, other: "FileIdentity") -> bool:
        """Return whether a phone number or mail address stands in both."""
        return not self.contacts.isdisjoint(other.contacts)

    def is_mentioned_in(self, other: "FileIdentity") -> bool:
        """Return whether a name of this file stands in the other one's text or file name, which need not call it a name."""
        text = f"{other.text}\n{other.document.name}".casefold()
        return any(all(word in text for word in name.split()) for name in self.names)

    def is_in_other_script(self, other: "FileIdentity") -> bool:
        """Return whether one states Chinese names only and the other Latin ones only."""
        scripts = [{has_cjk(name) for name in identity.names} for identity in (self, other)]
        return scripts in ([{True}, {False}], [{False}, {True}])

    @cached_property
    def _spelled(self) -> frozenset[str]:
        return self.names.union(*map(letters_of, self.names))


def letters_of(name: str) -> frozenset[str]:
    """Return a name's Latin letters in alphabetical order, so that 林知遥 and Zhiyao LIN are equal; a form for each reading."""
    spelled = pinyin_of(name) if has_cjk(name) else [name]
    plain = (unicodedata.normalize("NFKD", one.casefold().replace("ü", "u").replace("v", "u")) for one in spelled)
    return frozenset("".join(sorted(re.sub("[^a-z]", "", one))) for one in plain) - {""}
