"""Remove personal facts that stand on their own, with a label ("性别：男", "Date of birth: …") or without ("男 | 28岁"). Names are left.

Removed rather than replaced: a resume that does not state an age then reads like one that does.
"""

import re
from collections import Counter, defaultdict

from preprocess.blind.fields import PersonalFact, bare_kind, is_bare_label, is_date, is_plain_word, labelled, split_field
from preprocess.blind.line import SplitLine
from preprocess.blind.lists import labels, words
from preprocess.lexicon.characters import has_cjk
from preprocess.lexicon.headings import heading_kind

_HEAD_LINES = 15
_OF_THE_HEAD = frozenset(
    {"title", "personal", "contact", "objective", "languages", "certificates", "hobbies", "portfolio", "references", "other"}
)
"""Sections that personal facts stand in, or that a column at the side has among them."""

_ASIDE = re.compile(r"[（(][^（()）]{0,20}[)）]")
_CONTINUES = {
    "address": re.compile(r".{1,40}"),
    "origin": re.compile(r".{1,40}"),
    "birth": re.compile(r"\d{4}"),
    "family": re.compile(r".{0,10}(?:child|kid|son|daughter).{0,10}"),
}
"""What may follow a comma in a value, by kind."""

_BARE_AGE = re.compile(r"1[6-9]|[2-6]\d")
"""A number that is an age where it stands beside a gender: 男 26."""

_BOTH = re.compile("(?:已婚|未婚)(?:已育|未育)")  # nobody but a candidate says both


def remove_facts(text: str) -> tuple[str, Counter[str]]:
    """Return the text without stand-alone facts, and how many of each kind (a key of [personal] in field_labels.toml) there were. Linear.

    Of labels in one column and values in the next only the innermost pair is found: run it again on the result to find the next one.
    """
    counts: Counter[str] = Counter()
    lines = [SplitLine(line) for line in text.split("\n")]
    kept: list[str] = []
    head, is_after_fact, is_after_gap = _HEAD_LINES, False, False
    for line, following in zip(lines, [*lines[1:], SplitLine("")], strict=True):
        if (kind := heading_kind(line.text)) and kind not in _OF_THE_HEAD:
            head = 0
        _mark(line, following, head > 0 or is_after_fact)
        counts.update(_counted_kinds(line))
        rest = line.remaining()
        is_after_fact = bool(line.removed) or (is_after_fact and not line.text.strip())
        if rest is None:
            is_after_gap = True
        elif rest.strip() or not is_after_gap or (kept and kept[-1].strip()):
            head -= bool(rest.strip())
            is_after_gap = is_after_gap and not rest.strip()
            kept.append(rest)
    return "\n".join(kept), counts


def _mark(line: SplitLine, following: SplitLine, is_near: bool) -> None:
    if not line.text.strip():
        return
    facts = _facts(line, following)
    kinds = {fact.kind for fact in facts.values()} | set(line.removed.values())
    stretch_count = sum(bool(text.strip()) for _, text in line.stretches)
    is_bare = len(facts) == stretch_count and not any(split_field(text)[0] for _, text in line.stretches)  # "• 男", not "• 地址：解析"
    is_near = is_near and (not line.lead.strip() or is_bare)
    is_all = len(facts) == stretch_count and not line.lead.strip() and has_cjk(line.text)
    for index, fact in facts.items():
        if fact.is_sure or is_near or len(kinds) > 1 or is_all:
            line.removed[index] = fact.kind
            if index == len(line.stretches) - 1 and is_bare_label(line.stretches[index][1]):
                following.removed[0] = fact.kind


def _facts(line: SplitLine, following: SplitLine) -> dict[int, PersonalFact]:
    """Return the stretches that are facts, by index. Two values of one kind side by side (男、女) are a list, not facts about anyone."""
    facts: dict[int, PersonalFact] = {}
    values: defaultdict[str, set[str]] = defaultdict(set)
    texts = [text for _, text in line.stretches]
    for index, text in enumerate(texts):
        if index in facts or index in line.removed:
            continue
        label, value = split_field(text)
        if label and value:
            if fact := labelled(label, value):
                facts |= dict.fromkeys([index, *_continued(line, index, fact.kind)], fact)
        elif label and labels()[label] == "photo":
            facts[index] = PersonalFact("photo", label not in words("lines", "loose"))
        elif label:
            facts |= _with_value_elsewhere(label, index, texts, following)
        elif kind := bare_kind(text) or bare_kind(_ASIDE.sub("", text)):
            fact = PersonalFact(kind, kind == "contact" or _BOTH.fullmatch(text.strip()) is not None)
            facts |= dict.fromkeys([index, *_continued(line, index, kind)], fact)
            values[kind].add(text.strip())
    if {"gender", "age"} & {fact.kind for fact in facts.values()}:
        facts |= {index: PersonalFact("birth", False) for index, text in enumerate(texts) if index not in facts and is_date(text)}
    genders = [index for index, fact in facts.items() if fact.kind == "gender"]
    beside = {index + step for index in genders for step in (-1, 1)} - facts.keys()
    facts |= {index: PersonalFact("age", False) for index in beside & {*range(len(texts))} if _BARE_AGE.fullmatch(texts[index].strip())}
    return {index: fact for index, fact in facts.items() if fact.is_sure or fact.kind == "family" or len(values[fact.kind]) < 2}


def _with_value_elsewhere(label: str, index: int, texts: list[str], following: SplitLine) -> dict[int, PersonalFact]:
    """Return a label and, in the next stretch or at the start of the next line, its value."""
    value_index = next((following_index for following_index in range(index + 1, len(texts)) if texts[following_index].strip()), None)
    if value_index is not None:
        value = texts[value_index]
    else:
        value = following.stretches[0][1] if index == len(texts) - 1 and 0 not in following.removed else ""
    fact = (
        None
        if not value.strip() or re.search("[:：]", value) or split_field(value)[0] or is_plain_word(value.strip())
        else labelled(label, value.strip())
    )
    return dict.fromkeys(range(index, (index if value_index is None else value_index) + 1), fact) if fact else {}


def _continued(line: SplitLine, index: int, kind: str) -> list[int]:
    """Return the indexes after a value with commas in it ("May 3, 1995", "12 High Street, Leeds")."""
    places: list[int] = []
    for following_index, (separator, text) in enumerate(line.stretches[index + 1 :], index + 1):
        if separator.strip() != "," or kind not in _CONTINUES or split_field(text)[0] or not _CONTINUES[kind].fullmatch(text.strip()):
            break
        places.append(following_index)
    return places


def _counted_kinds(line: SplitLine) -> list[str]:
    """Return the kinds of the facts removed; a label alone and what follows a comma are no facts of their own."""
    return [
        kind
        for index, kind in line.removed.items()
        if not is_bare_label(line.stretches[index][1])
        and not (line.stretches[index][0].strip() == "," and line.removed.get(index - 1) == kind)
    ]
