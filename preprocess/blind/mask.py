"""Mask name, gender, age, origin, family, contact and, on request, schools in a resume's text (blind mode): the steps in order.

Two resumes that differ only in such facts are identical afterwards, and so get the same score. Work, employers, dates of work, degrees
and majors stay. Replacements are the same neutral words for everyone.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from preprocess.blind.contact import MAIL, PHONE
from preprocess.blind.facts import remove_facts
from preprocess.blind.fields import close_labels
from preprocess.blind.inline import CONTACT, Words, is_chinese, replace_facts
from preprocess.blind.mentions import account_names, mentions
from preprocess.blind.names import CANDIDATE, NAME_LABEL, find_names
from preprocess.blind.profile_pages import hide_pages
from preprocess.blind.schools import SCHOOL, hide_schools
from preprocess.document import Note
from preprocess.lexicon.characters import LIST_MARKS

_QUOTE_FOLLOWS = "⸺"  # a line that occurs in no resume and that no step of masking changes
_KINDS = "name gender age birth origin family political body identity contact address photo page school".split()
_MAX_PASSES = 6  # a label and its value may have separated another pair; mostly the second pass changes nothing
_CONTACT = re.compile(rf"{MAIL}|{PHONE}", re.IGNORECASE)
_MASK = f"(?:{CANDIDATE[0]}|{CANDIDATE[1]})"
_REPEATED = re.compile(rf"({_MASK})(?: {{0,2}}[（(/|｜]?[ ]{{0,2}}{_MASK}[)）]?)+", re.IGNORECASE)
_NICKNAME = re.compile(rf"(?P<mask>{_MASK}) ?[（(](?P<nickname>[A-Z][a-z]{{1,14}})[)）]", re.IGNORECASE)
"""A first name in brackets behind the name: "LIN Yating (Amy)"."""
_HEAD_LINES = 3
_SENTENCE_START = re.compile(rf"(?:^|\n|[.!?:] |[|｜] {{0,2}}| {{2}})[ \t{LIST_MARKS}]{{0,12}}$")
_LABEL_BEFORE = re.compile(rf"{NAME_LABEL}(?={_MASK})", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Masked:
    """The text without personal facts. `notes` have the code `blinded_` + kind and a count, and never quote what was masked."""

    text: str
    notes: tuple[Note, ...]


def mask(text: str, file_name: str = "", *, schools: bool = False) -> Masked:
    """Mask the personal facts in a resume's clean text; `file_name` often contains the name. Linear; never raises; idempotent.

    Facts that stand on their own are removed, those inside sentences replaced. `schools`: names of schools and universities as well.
    """
    counts: Counter[str] = Counter()
    for _ in range(_MAX_PASSES):
        rest = _one_pass(text, file_name, schools, counts)
        if rest == text:
            break
        text = rest
    return Masked(text, tuple(Note(f"blinded_{kind}", count=counts[kind]) for kind in _KINDS if counts[kind]))


def mask_quote(quote: str, text: str, file_name: str = "", *, schools: bool = False) -> str:
    """Return a quotation from a resume's text masked as the text is, "…" if nothing of it may be shown."""
    masked = mask(f"{text}\n{_QUOTE_FOLLOWS}\n{quote}", file_name, schools=schools).text  # with the text: that says whose name it is
    return masked.partition(f"\n{_QUOTE_FOLLOWS}\n")[2].strip() or "…"


def _one_pass(text: str, file_name: str, schools: bool, counts: Counter[str]) -> str:
    rest, facts = remove_facts(close_labels(text))
    names = find_names(_CONTACT.sub(CONTACT[0], rest), file_name, bool(facts), re.findall(MAIL, text))
    rest, pages = hide_pages(rest, account_names(names))
    counts.update({**facts, "page": pages})
    if pattern := mentions(names):
        rest = _hide_names(rest, pattern, counts)
    return "\n".join(_masked(line, schools, counts) for line in rest.split("\n"))


def _masked(line: str, schools: bool, counts: Counter[str]) -> str:
    language = 0 if is_chinese(line) else 1

    def words_at(words: Words) -> str:
        return words[language]

    line = replace_facts(line, words_at, counts)
    if schools:
        line, count = hide_schools(line, SCHOOL[language])
        counts["school"] += count
    return line


def _hide_names(text: str, pattern: re.Pattern[str], counts: Counter[str]) -> str:
    """Replace every mention of a name, in the language of its line without names, and remove labels before it."""
    between = pattern.split(text)
    lines = [(is_chinese(line), any(map(str.isalpha, line))) for line in "".join(between).split("\n")]
    mostly_chinese = 2 * sum(chinese for chinese, has_words in lines if has_words) >= sum(has_words for _, has_words in lines)
    pieces = [between[0]]
    line = 0
    for before, after in pairwise(between):
        line += before.count("\n")
        chinese, has_words = lines[line]
        word = CANDIDATE[0 if (chinese if has_words else mostly_chinese) else 1]
        starts = _SENTENCE_START.search((pieces[-1] or "x")[-12:]) if len(pieces) > 1 or pieces[0] else True
        pieces += [word[0].upper() + word[1:] if starts else word, after]
    counts["name"] += len(between) - 1
    masked = _REPEATED.sub(r"\1", _LABEL_BEFORE.sub("", "".join(pieces)))
    nicknames = {match["nickname"] for line in masked.split("\n")[:_HEAD_LINES] if (match := _NICKNAME.search(line))}
    return _NICKNAME.sub(lambda match: match["mask"] if match["nickname"] in nicknames else match[0], masked) if nicknames else masked
