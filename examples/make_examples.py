"""Make every file in zh/ and en/ from source/: `python examples/make_examples.py`, run by hand after a change; the outputs are committed.

Needs Chromium with Chinese fonts for the PDFs and python-docx (requirements-dev.txt). The same sources give the same bytes.
"""

import sys
from pathlib import Path

from docx_layouts import write_docx
from pdf_layouts import write_pdf
from resume_source import SOURCES, Source, load


def write_text(source: Source, path: Path) -> None:
    """Write plain text as people paste it from a web form: 【titles】, entries on lines of their own."""
    title = "【{}】" if source.language == "zh" else "{}"
    lines = [source.name, *filter(None, [source.headline]), *(f"{label}{source.colon}{value}" for label, value in source.facts)]
    for section in source.sections:
        lines += ["", title.format(section.title if source.language == "zh" else section.title.upper())]
        for kind, parts in section.blocks:
            lines.append("  ".join(parts) if kind == "entry" else ("- " if kind == "item" else "") + parts[0])
    encoding = source.layout.removeprefix("text").strip() or "utf-8"
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))


WRITERS = {".pdf": write_pdf, ".docx": write_docx, ".txt": write_text}


def main() -> None:
    """Write all examples, or those whose file names contain one of the arguments."""
    only = sys.argv[1:]
    for path in sorted(SOURCES.glob("*/*.md")):
        source = load(path)
        if only and not any(part in source.file for part in only):
            continue
        target = SOURCES.parent / source.language / source.file
        target.parent.mkdir(exist_ok=True)
        WRITERS[target.suffix](source, target)
        print(f"{target.relative_to(SOURCES.parent)}  {target.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
