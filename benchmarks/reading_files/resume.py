"""Define the shape of an invented resume: sections of entries, bullets and rows, and the blocks that a layout draws."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

Kind = Literal["name", "headline", "contact", "heading", "entry", "paragraph", "bullet", "row"]
BESIDE = frozenset({"skills", "languages", "interests", "certificates", "personal", "awards"})  # what a sidebar holds
_CHINESE = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True)
class Block:
    """One line of a resume as a person reads it: a heading, a paragraph, a bullet, a table row."""

    kind: Kind
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        """Give the line as the expected body has it: table cells joined by a bar, other parts by a space."""
        return (" | " if self.kind == "row" else " ").join(cell for cell in self.cells if cell)


@dataclass(frozen=True)
class Entry:
    """A job, a project or a school with its dates and bullets."""

    title: str
    organisation: str = ""
    dates: str = ""
    place: str = ""
    lines: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading with paragraphs, bullets, rows and entries under it."""

    kind: str
    heading: str
    lines: tuple[Block, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class InventedPerson:
    """An invented person with everything that stands in the resume."""

    name: str
    headline: str
    contacts: tuple[str, ...]
    sections: tuple[Section, ...]
    key: str = ""
    traditional: bool = False

    @property
    def chinese(self) -> bool:
        """Say whether the resume is written in Chinese."""
        return bool(_CHINESE.search(self.sections[0].heading))

    def section(self, kind: str) -> Section | None:
        """Give the first section of a kind."""
        return next((section for section in self.sections if section.kind == kind), None)


@dataclass(frozen=True)
class Phrasing:
    """The manner in which a layout words the same resume: where dates stand, whether skills are rows, how contacts are joined."""

    dates: Literal["right", "first", "own line", "brackets"] = "right"
    skills: Literal["rows", "lines"] = "lines"
    contacts: str = " | "  # empty: one line for each
    capitals: bool = False
    number: bool = False


@dataclass
class _Draft:
    kind: str
    heading: str
    lines: list[Block] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


def parse(text: str, key: str, traditional: bool = False) -> InventedPerson:
    """Read a person from the short notation of the people modules."""
    name, headline, contacts = "", "", ()
    drafts: list[_Draft] = []
    for line in filter(None, (raw.strip() for raw in text.splitlines())):
        mark, _, rest = line.partition(" ")
        if mark == "#":
            name, headline = (part.strip() for part in rest.split("//"))
        elif mark == "&":
            contacts = tuple(part.strip() for part in rest.split(";;"))
        elif mark == "##":
            kind, _, heading = rest.partition(": ")
            drafts.append(_Draft(kind, heading))
        elif mark == "@":
            title, organisation, dates, city, *_ = [*(part.strip() for part in rest.split(";;")), "", "", ""]
            drafts[-1].entries.append(Entry(title, organisation, dates, city))
        else:
            _append(drafts[-1], _block(mark, rest, line))
    sections = tuple(Section(draft.kind, draft.heading, tuple(draft.lines), tuple(draft.entries)) for draft in drafts)
    return InventedPerson(name, headline, contacts, sections, key, traditional)


def _block(mark: str, rest: str, line: str) -> Block:
    if mark == "-":
        return Block("bullet", (rest,))
    if mark == "|":
        return Block("row", tuple(cell.strip() for cell in rest.split("|")))
    return Block("paragraph", (line,))


def _append(draft: _Draft, block: Block) -> None:
    if draft.entries:
        entry = draft.entries[-1]
        draft.entries[-1] = replace(entry, lines=(*entry.lines, block))
    else:
        draft.lines.append(block)


def top(person: InventedPerson, style: Phrasing) -> list[Block]:
    """Give the name, the headline and the ways to reach the person."""
    blocks = [Block("name", (person.name,)), Block("headline", (person.headline,))]
    if style.contacts:
        return [*blocks, Block("contact", (style.contacts.join(person.contacts),))]
    return blocks + [Block("contact", (contact,)) for contact in person.contacts]


def section_blocks(section: Section, style: Phrasing, position: int = 0) -> list[Block]:
    """Give a section's lines in reading order."""
    heading = section.heading.upper() if style.capitals else section.heading
    blocks = [Block("heading", (f"{position}. {heading}" if style.number else heading,))]
    blocks += [_worded(line, style) for line in section.lines]
    for entry in section.entries:
        blocks += _entry_blocks(entry, style)
    return blocks


def _worded(block: Block, style: Phrasing) -> Block:
    if block.kind != "row" or style.skills == "rows":
        return block
    colon = "：" if _CHINESE.search(block.cells[0]) else ": "
    return Block("paragraph", (colon.join((block.cells[0], " · ".join(block.cells[1:]))),))


def _entry_blocks(entry: Entry, style: Phrasing) -> list[Block]:
    comma = " " if _CHINESE.search(entry.title + entry.organisation) else ", "
    where = " · ".join(part for part in (entry.organisation, entry.place) if part)
    lines = [_worded(line, style) for line in entry.lines]
    if style.dates == "right":
        head = [Block("entry", (entry.title, entry.dates)), Block("paragraph", (where,))]
    elif style.dates == "first":
        head = [Block("entry", (entry.dates, comma.join(part for part in (entry.organisation, entry.title) if part)))]
    elif style.dates == "own line":
        head = [Block("entry", (entry.title,)), Block("paragraph", (where,)), Block("paragraph", (entry.dates,))]
    else:
        head = [Block("entry", (f"{comma.join(part for part in (entry.title, where) if part)} ({entry.dates})",))]
    return [block for block in head if block.text] + lines


def blocks_of(person: InventedPerson, style: Phrasing, sections: Iterable[Section] | None = None) -> list[Block]:
    """Give the whole resume in reading order."""
    blocks = top(person, style)
    for position, section in enumerate(person.sections if sections is None else sections, 1):
        blocks += section_blocks(section, style, position)
    return blocks


def texts(blocks: Iterable[Block]) -> tuple[str, ...]:
    """Give the lines of blocks as an expected body."""
    return tuple(block.text for block in blocks if block.text)
