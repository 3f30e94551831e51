"""Personal facts that stand on their own, with a label ("性别：男", "Date of birth: …") or without ("男 | 28岁"): they are left out.

Left out rather than replaced: a resume that does not tell its candidate's age then reads like one that does. Names are not looked for.
"""

import re
from collections import Counter, defaultdict

from preprocess.blind.fields import Fact, bare_kind, is_bare_label, is_date, is_plain_word, labelled, split_field
from preprocess.blind.line import Line
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
"""What goes on after a comma, by kind."""

_BOTH = re.compile("(?:已婚|未婚)(?:已育|未育)")  # nobody but a candidate says both


def leave_out_facts(text: str) -> tuple[str, Counter[str]]:
    """The text without stand-alone facts, and how many of each kind (a key of [personal] in field_labels.toml) there were. Linear.

    Of labels in one column and values in the next the innermost pair is found: again on what is left, and the next one is.
    """
    counts: Counter[str] = Counter()
    lines = [Line(line) for line in text.split("\n")]
    kept: list[str] = []
    head, is_after_fact, is_after_gap = _HEAD_LINES, False, False
    for line, following in zip(lines, [*lines[1:], Line("")], strict=True):
        if (kind := heading_kind(line.text)) and kind not in _OF_THE_HEAD:
            head = 0
        _mark(line, following, head > 0 or is_after_fact)
        counts.update(_told(line))
        rest = line.remaining()
        is_after_fact = bool(line.left_out) or (is_after_fact and not line.text.strip())
        if rest is None:
            is_after_gap = True
        elif rest.strip() or not is_after_gap or (kept and kept[-1].strip()):
            head -= bool(rest.strip())
            is_after_gap = is_after_gap and not rest.strip()
            kept.append(rest)
    return "\n".join(kept), counts


def _mark(line: Line, following: Line, is_near: bool) -> None:
    if not line.text.strip():
        return
    found = _facts(line, following)
    kinds = {fact.kind for fact in found.values()} | set(line.left_out.values())
    said = sum(bool(text.strip()) for _, text in line.stretches)
    is_bare = len(found) == said and not any(split_field(text)[0] for _, text in line.stretches)  # "• 男", not "• 地址：解析"
    is_near = is_near and (not line.lead.strip() or is_bare)
    is_all = len(found) == said and not line.lead.strip() and has_cjk(line.text)
    for place, fact in found.items():
        if fact.is_sure or is_near or len(kinds) > 1 or is_all:
            line.left_out[place] = fact.kind
            if place == len(line.stretches) - 1 and is_bare_label(line.stretches[place][1]):
                following.left_out[0] = fact.kind


def _facts(line: Line, following: Line) -> dict[int, Fact]:
    """Stretches that are facts, by place. Two values of one kind side by side (男、女) are a list of values, not facts about anyone."""
    found: dict[int, Fact] = {}
    values: defaultdict[str, set[str]] = defaultdict(set)
    texts = [text for _, text in line.stretches]
    for place, text in enumerate(texts):
        if place in found or place in line.left_out:
            continue
        label, value = split_field(text)
        if label and value:
            if fact := labelled(label, value):
                found |= dict.fromkeys([place, *_continued(line, place, fact.kind)], fact)
        elif label and labels()[label] == "photo":
            found[place] = Fact("photo", label not in words("lines", "loose"))
        elif label:
            found |= _with_value_elsewhere(label, place, texts, following)
        elif kind := bare_kind(text) or bare_kind(_ASIDE.sub("", text)):
            fact = Fact(kind, kind == "contact" or _BOTH.fullmatch(text.strip()) is not None)
            found |= dict.fromkeys([place, *_continued(line, place, kind)], fact)
            values[kind].add(text.strip())
    if {"gender", "age"} & {fact.kind for fact in found.values()}:
        found |= {place: Fact("birth", False) for place, text in enumerate(texts) if place not in found and is_date(text)}
    return {place: fact for place, fact in found.items() if fact.is_sure or fact.kind == "family" or len(values[fact.kind]) < 2}


def _with_value_elsewhere(label: str, place: int, texts: list[str], following: Line) -> dict[int, Fact]:
    """A label and, in the next stretch or at the start of the next line, its value."""
    beside = next((later for later in range(place + 1, len(texts)) if texts[later].strip()), None)
    if beside is not None:
        value = texts[beside]
    else:
        value = following.stretches[0][1] if place == len(texts) - 1 and 0 not in following.left_out else ""
    fact = (
        None
        if not value.strip() or re.search("[:：]", value) or split_field(value)[0] or is_plain_word(value.strip())
        else labelled(label, value.strip())
    )
    return dict.fromkeys(range(place, (place if beside is None else beside) + 1), fact) if fact else {}


def _continued(line: Line, place: int, kind: str) -> list[int]:
    """The places after a value with commas in it ("May 3, 1995", "12 High Street, Leeds")."""
    places: list[int] = []
    for later, (separator, text) in enumerate(line.stretches[place + 1 :], place + 1):
        if separator.strip() != "," or kind not in _CONTINUES or split_field(text)[0] or not _CONTINUES[kind].fullmatch(text.strip()):
            break
        places.append(later)
    return places


def _told(line: Line) -> list[str]:
    """The kinds of the facts left out; a label alone and what goes on after a comma are no facts of their own."""
    return [
        kind
        for place, kind in line.left_out.items()
        if not is_bare_label(line.stretches[place][1])
        and not (line.stretches[place][0].strip() == "," and line.left_out.get(place - 1) == kind)
    ]
