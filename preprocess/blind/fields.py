"""Parse a stretch of a line as a personal fact: a labelled field ("性别：男") or a bare value ("男")."""

import re
from functools import cache
from typing import NamedTuple

from preprocess.blind.contact import DATE, IDENTITY, MAIL, PHONE
from preprocess.blind.lists import labels, one_of, table, words
from preprocess.lexicon.characters import CJK, has_cjk
from preprocess.lexicon.field_labels import label_key

_ASIDE = re.compile(r"[（(][^（()）]{0,20}[)）]")
_SPACED = re.compile(rf"(?<![{CJK}])([{CJK}])[ \t\u3000]+([{CJK}])(?=[ \t]*[:：])")
_LABEL_WORD = re.compile(rf"[{CJK}A-Za-z./-]+")
_OTHER_GENDER = re.compile(r"[MFmf]|[^\W\d]{1,4}|(?:prefer |non)[\w -]{1,20}")


class PersonalFact(NamedTuple):
    """Something about a person; `kind` is a key of [personal] in field_labels.toml."""

    kind: str
    is_sure: bool
    """Counts wherever it stands; others only in the head of the resume, or beside another fact."""


def close_labels(text: str) -> str:
    """Close the spaces in labels of two characters ("姓    名：" in texts that were not cleaned)."""
    return _SPACED.sub(lambda match: match[1] + match[2] if label_key(match[1] + match[2]) in labels() else match[0], text)


def split_field(stretch: str) -> tuple[str, str]:
    """Return label and value of "性别：男" or "性别 男"; the value may be empty. ("", "") if there is no label."""
    before, colon, value = re.sub("：", ":", stretch, count=1).partition(":")
    if not colon and label_key(stretch) not in labels():
        before, _, value = stretch.strip().partition(" ")
        if not _LABEL_WORD.fullmatch(before) or is_plain_word(value):
            return "", ""
        if not has_cjk(before) and labels().get(label_key(before)) not in ("contact", "birth", "gender", "age"):
            return "", ""
    label = label_key(_ASIDE.sub("", before[-40:])) if len(before) <= 40 else ""
    return (label, value.strip()) if label in labels() else ("", "")


def is_plain_word(value: str) -> bool:
    """Return whether a value in Latin letters may be any word; only a colon before it makes it an account name."""
    return re.fullmatch("[A-Za-z]+", value) is not None and bare_kind(value) == ""


def is_bare_label(stretch: str) -> bool:
    """Return whether this is a label whose value stands elsewhere."""
    label, value = split_field(stretch)
    return bool(label) and not value


def labelled(label: str, value: str) -> PersonalFact | None:
    """Return the fact that a field states, None if this cannot be its value. Names are no facts here."""
    kind = labels()[label]
    if kind == "name" or not _is_value(kind, value):
        return None
    return PersonalFact(kind, label not in words("lines", "loose") or (kind == "contact" and bare_kind(value) == "contact"))


def _is_value(kind: str, value: str) -> bool:
    """Return whether this can be the value of such a field: "性别：通过模型预测" is not one."""
    digits = sum(character.isdigit() for character in value)
    if kind == "gender":
        return bare_kind(value) == "gender" or _OTHER_GENDER.fullmatch(value) is not None
    if kind == "age":
        return re.match(r"\d{2}(?!\d)", value) is not None and len(value) <= 24
    if kind == "birth":
        return digits >= 1 and len(value) <= 40
    if kind == "identity":
        return digits >= 5 and len(value) <= 40
    if kind == "contact":
        return (
            len(value) <= 80
            and not has_cjk(_ASIDE.sub("", value))
            and ("@" in value or digits >= 5 or re.fullmatch(r"[A-Za-z][\w-]{4,29}", value) is not None)
        )
    return 0 < len(value) <= 60 and "http" not in value


@cache
def _bare() -> dict[str, re.Pattern[str]]:
    facts = {kind: pattern.replace("\n", "") for kind, pattern in table()["facts"].items()}
    provinces, peoples = one_of(words("places", "provinces")), one_of(words("places", "peoples"))
    facts["origin"] = (
        rf"(?:民族)?{peoples}族|(?:籍贯|户籍|祖籍)\s?(?:是|为)?(?:{provinces}[{CJK}]{{0,8}}|[{CJK}]{{2,8}}[省市县区人])"
        rf"|{provinces}(?:[{CJK}]{{0,6}})人|中国国籍|中国籍"
    )
    facts["birth"] = rf"(?:born|born (?:in|on)|生于|出生于)\s?(?:{DATE})|(?:{DATE})\s?(?:出生|生)"
    facts["contact"] = rf"微信同(?:手机|电话|号)号?|(?:手机|电话)同微信|(?:[{CJK}A-Za-z.-]{{1,12}}[:：]?\s?)?(?:{PHONE}|{MAIL})"
    facts["identity"] = IDENTITY.pattern
    return {kind: re.compile(rf"[^\w+(（]{{0,4}}[（(]?(?:{pattern})[)）]?\W{{0,2}}", re.IGNORECASE) for kind, pattern in facts.items()}


def bare_kind(stretch: str) -> str:
    """Return the kind of fact that this is without a label, "" for none."""
    stretch = stretch.strip()
    if not stretch or len(stretch) > 80 or len(re.findall("[（(]", stretch)) != len(re.findall("[)）]", stretch)):
        return ""
    return next((kind for kind, pattern in _bare().items() if pattern.fullmatch(stretch)), "")


def is_date(stretch: str) -> bool:
    """Return whether this is a date and nothing else."""
    return re.fullmatch(DATE, stretch.strip(), re.IGNORECASE) is not None
