"""Tell lines of nothing but a name, its mask or contact data, and leave contact data out of what is quoted."""

import re
from functools import cache

from preprocess.blind.contact import MAIL, PHONE
from preprocess.blind.inline import CONTACT
from preprocess.blind.name_shapes import HAN_NAME, is_latin, may_be_chinese
from preprocess.blind.names import CANDIDATE
from preprocess.lexicon.field_labels import label_pattern

_LONGEST = 160
_CONTACT = re.compile(rf"{MAIL}|{PHONE}", re.IGNORECASE)
_BEFORE_CONTACT = re.compile(rf"(?:{label_pattern('contact')}\s?[:：]?\s?)?(?:{MAIL}|{PHONE})", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s{2,}|[|｜·•,，;；/、]\s?")
_LETTER = re.compile(r"[^\W\d_]")
_EDGES = " |｜·•,，;；/、-–—()（）"
_GAP = re.compile(r"(?:\s{0,4}[|｜·•,，;；]){2,}")


def says_nothing(line: str, is_first: bool) -> bool:
    """Return whether a line holds only a name, its mask or contact data; a bare name counts on the first line or beside its label."""
    if len(line) > _LONGEST:
        return False
    rest = _known().sub("  ", line)
    parts = [part for part in _SEPARATOR.split(rest) if _LETTER.search(part)]
    if not parts:
        return True
    is_labelled = _name_label().match(line) is not None
    return len(parts) == 1 and (is_first or is_labelled) and _is_name(parts[0].strip(" :：\t"))


def without_contact(quote: str) -> str:
    """Return a quote without phone numbers and mail addresses; as it is, if it says nothing else."""
    if not _CONTACT.search(quote):
        return quote
    rest = _GAP.sub(" |", _BEFORE_CONTACT.sub(" ", quote)).strip(_EDGES)
    return re.sub(r" {2,}", " ", rest) if _LETTER.search(rest) else quote


def _is_name(text: str) -> bool:
    return (HAN_NAME.fullmatch(text) is not None and may_be_chinese(text)) or is_latin(text.title() if text.isupper() else text)


@cache
def _known() -> re.Pattern[str]:
    """Return the pattern of addresses, numbers, labels and masks, which say nothing of a candidate's work."""
    labels = label_pattern("name", "contact", "web", "account")
    masks = "|".join(map(re.escape, (*CANDIDATE, *CONTACT)))
    return re.compile(rf"https?://\S+|(?:www|linkedin|github|gitee)\.\S+|{MAIL}|{PHONE}|{labels}|{masks}", re.IGNORECASE)


@cache
def _name_label() -> re.Pattern[str]:
    return re.compile(rf"\W*+{label_pattern('name')}", re.IGNORECASE)
