"""Find phone numbers, mail addresses, identity card numbers and dates in a text, by patterns. Replaces nothing."""

import re

from preprocess.lexicon.date_forms import date_pattern

MAIL = r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"

_COUNTED = (
    r"(?!\s?(?:[次条元个人万亿美行笔台份张件家%％]|rows|records|users|requests|times|events|bytes|ms\b|tokens))"  # a number of something
)
_GAP = r"[ .\-–－]?"
PHONE = (
    r"(?<![A-Za-z0-9_.+*-])(?:"
    r"(?:\(?\+?86\)?[ \-－]?)?1[3-9]\d(?:[ \-－]?[\d*]{4}){2}"  # a mobile phone in China, also with stars in it
    r"|(?:\+?86[ \-－]?)?\(?0\d{2,3}\)?[ \-－]\d{7,8}(?:[-－]\d{1,4})?"
    rf"|\+\d{{1,3}}[ .\-–－]\(?\d{{1,4}}\)?(?:{_GAP}\d{{2,4}}){{2,4}}"
    r"|\+\d{11,15}"
    r"|\(\d{3}\) ?\d{3}[ .\-–－]\d{4}|\d{3}-\d{3}-\d{4}|\d{3}\.\d{3}\.\d{4}"
    # with the 0 for a region: nine to eleven digits in up to five parts, none of which is a year
    rf"|\(?(?=(?:[ .\-–－()]{{0,2}}\d){{9,11}}(?!{_GAP}\d))0\d{{1,4}}\)?(?:{_GAP}(?!(?:19|20)\d\d(?!\d))\d{{2,4}}){{2,4}}"
    # Hong Kong, India: alone between signs, in two parts with a blank; with - it would be a salary
    r"|(?<![^\n|｜:：•·,，])(?<![^\n|｜:：•·,，] )(?:[5689]\d{3} \d{4}|[6-9]\d{4} \d{5})(?=[ ]*(?:$|[\n|｜•·,，]))"
    rf")(?![A-Za-z0-9_*]|[.\-]\d){_COUNTED}"
)
"""Matches no version number, range of years or amount."""
MAY_BE_PHONE = re.compile(r"(?<!\d)\+?\d(?:[ ()-]?\d){7,13}(?!\d)")
"""Any number of as many digits as a phone's, in the form of any country: where only whether there is one near a name counts."""

IDENTITY = re.compile(r"(?<![A-Za-z0-9_*])\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![A-Za-z0-9_*])")

DATE = date_pattern(year=r"(?:19[4-9]\d|20[01]\d)")
"""Of a year in which a candidate may have been born, for any case."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def is_identity_number(digits: str) -> bool:
    """Return whether the check digit of a Chinese identity number is right (GB 11643-1999, ISO 7064 MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits[:17], strict=True))
    return "10X98765432"[total % 11] == digits[17].upper()


_PHONE, _MAIL = re.compile(PHONE, re.IGNORECASE), re.compile(MAIL)
_CHINA = re.compile(r"(?<![\d.])\(?(?:\+|00)86\)?[ -]?(?=[\d(])")


def phones_in(text: str) -> tuple[str, ...]:
    """Return the phone numbers as digits, without China's +86; numbers partly masked with stars are left out."""
    numbers = (match[0] for match in _PHONE.finditer(_CHINA.sub("", text)))
    return tuple(sorted({re.sub(r"\D", "", number) for number in numbers if "*" not in number}))


def mails_in(text: str) -> tuple[str, ...]:
    """Return the mail addresses in lower case."""
    return tuple(sorted({match[0].lower() for match in _MAIL.finditer(text)}))
