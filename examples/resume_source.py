"""Read one source file of an example: a small Markdown with a resume's content and the name of its layout, not its look."""

import re
from dataclasses import dataclass
from pathlib import Path

SOURCES = Path(__file__).parent / "source"

Block = tuple[str, list[str]]
"""("entry", [what, role, when]), ("item", [text]) or ("text", [text])."""


@dataclass(frozen=True)
class Section:
    """A section of the source: its title, and its entries, items and texts in order."""

    title: str
    blocks: list[Block]


@dataclass(frozen=True)
class Source:
    """One resume or job description. `facts` are the (label, value) pairs under the name; `headline` stands there without a label."""

    language: str
    file: str
    layout: str
    name: str
    headline: str
    facts: list[tuple[str, str]]
    sections: list[Section]

    @property
    def colon(self) -> str:
        """The colon behind a label, as the language writes it."""
        return "：" if self.language == "zh" else ": "


def load(path: Path) -> Source:
    """Return the parsed source file; `source/zh/NAME.pdf.md` describes `zh/NAME.pdf`."""
    layout, name, headline = "", "", ""
    facts: list[tuple[str, str]] = []
    sections: list[Section] = []
    for line in filter(None, map(str.strip, path.read_text("utf-8").splitlines())):
        if match := re.fullmatch(r"<!-- (.+) -->", line):
            layout = match[1]
        elif line.startswith("# "):
            name = line[2:]
        elif line.startswith("## "):
            sections.append(Section(line[3:], []))
        elif not sections and (match := re.fullmatch(r"([^：:]+)[：:]\s*(.+)", line)):
            facts.append((match[1], match[2]))
        elif not sections:
            headline = line
        elif line.startswith("### "):
            sections[-1].blocks.append(("entry", [part.strip() for part in line[4:].split("|")]))
        elif line.startswith("- "):
            sections[-1].blocks.append(("item", [line[2:]]))
        else:
            sections[-1].blocks.append(("text", [line]))
    return Source(path.parent.name, path.name.removesuffix(".md"), layout, name, headline, facts, sections)
