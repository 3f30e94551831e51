"""Write text files in several encodings, Markdown, JSON Resume."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from .generated import GeneratedFile
from .people import person
from .resume import Block, InventedPerson, Phrasing, blocks_of, texts


def text_of(blocks: Iterable[Block], bullet: str = "- ", rule: str = "", ends: str = "\n", indent: str = "") -> str:
    """Give blocks as a text file."""
    lines: list[str] = []
    for block in blocks:
        if block.kind == "heading":
            lines += ["", block.text, *([rule * 12] if rule else [])]
        elif block.kind == "bullet":
            lines.append(bullet + block.text)
        elif block.kind == "entry":
            lines.append("    ".join(block.cells))
        elif block.kind == "row":
            lines.append("\t".join(block.cells))
        else:
            lines.append((indent if block.kind == "paragraph" else "") + block.text)
    return ends.join(lines) + ends


def markdown_of(blocks: Iterable[Block]) -> str:
    """Give blocks as Markdown."""
    lines, last = [], ""
    for block in blocks:
        if last in ("bullet", "row") and block.kind != last:
            lines.append("")
        if block.kind in ("name", "heading"):
            lines += [f"{'#' if block.kind == 'name' else '##'} {block.text}", ""]
        elif block.kind == "bullet":
            lines.append(f"* {block.text}")
        elif block.kind == "row":
            lines.append("| " + " | ".join(block.cells) + " |")
            if last != "row":
                lines.append("|" + " --- |" * len(block.cells))
        elif block.kind == "entry":
            lines += [f"**{block.cells[0]}**" + (f" *{block.cells[1]}*" if len(block.cells) > 1 and block.cells[1] else ""), ""]
        else:
            lines += [block.text, ""]
        last = block.kind
    return "\n".join(lines) + "\n"


def _text_files() -> Iterator[GeneratedFile]:
    for name, key, encoding, style, bullet, rule, ends in (
        ("txt_utf8_engineer.txt", "engineer", "utf-8", Phrasing(), "- ", "-", "\n"),
        ("txt_utf8_mark_pupil.txt", "pupil", "utf-8-sig", Phrasing("brackets"), "* ", "", "\r\n"),
        ("txt_gb18030_nurse.txt", "nurse", "gb18030", Phrasing("first"), "● ", "", "\r\n"),
        ("txt_gbk_driver.txt", "driver", "gbk", Phrasing("own line"), "1、", "=", "\r\n"),
        ("txt_utf16_programmer.txt", "programmer", "utf-16", Phrasing("brackets"), "■ ", "", "\r\n"),
        ("txt_utf16_big_endian_teacher.txt", "teacher", "utf-16-be", Phrasing(), "・", "—", "\r\n"),
        ("txt_big5_marketer.txt", "marketer", "cp950", Phrasing(), "◎ ", "", "\r\n"),
        ("txt_latin1_chef.txt", "chef", "cp1252", Phrasing("first"), "· ", "~", "\r\n"),
        ("txt_old_mac_line_ends_director.txt", "director", "utf-8", Phrasing("brackets"), "• ", "", "\r"),
    ):
        blocks = blocks_of(person(key), style)
        bullet = "- " if bullet == "1、" else bullet
        text = text_of(blocks, bullet, rule, ends, "\u3000\u3000" if encoding == "gb18030" else "")
        mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
        yield GeneratedFile(name, mark + text.encode(encoding), texts(blocks), notes=(f"written in {encoding}",))


def _markdown_files() -> Iterator[GeneratedFile]:
    for name, key, style in (
        ("markdown_scientist.md", "scientist", Phrasing(skills="rows")),
        ("markdown_graduate.md", "graduate", Phrasing("first")),
    ):
        blocks = blocks_of(person(key), style)
        yield GeneratedFile(name, markdown_of(blocks).encode(), texts(blocks))
    blocks = blocks_of(person("engineer"), Phrasing(contacts=""))
    text = markdown_of(blocks).replace("github.com/tvelarde-example", "[github.com/tvelarde-example](https://github.com/tvelarde-example)")
    text = text.replace("## ", "<!-- draft: ask for a raise -->\n## ", 1).replace("PostgreSQL", "`PostgreSQL`").replace("p99", "**p99**")
    notes = ("links, code, a comment",)
    yield GeneratedFile("markdown_links_engineer.md", text.encode(), texts(blocks), ("draft: ask for a raise", "](https"), notes)


def _json_resume(who: InventedPerson) -> tuple[dict[str, object], tuple[str, ...]]:
    """Write the public schema; the body has each value on a line, in the order of the file."""
    jobs = [entry for section in who.sections if section.kind == "work" for entry in section.entries]
    schools = [entry for section in who.sections if section.kind == "education" for entry in section.entries]
    skills, languages, summary = who.section("skills"), who.section("languages"), who.section("summary")
    basics: dict[str, object] = {"name": who.name, "label": who.headline, "email": next(item for item in who.contacts if "@" in item)}
    if summary:
        basics["summary"] = summary.lines[0].text
    data: dict[str, object] = {"basics": basics}
    data["work"] = [
        {
            "position": job.title,
            "name": job.organisation,
            "startDate": job.dates.split("-")[0].strip(),
            "highlights": [line.text for line in job.lines],
        }
        for job in jobs
    ]
    data["education"] = [{"institution": school.organisation, "area": school.title} for school in schools]
    if skills:
        data["skills"] = [{"name": row.cells[0], "keywords": [part.strip() for part in row.cells[1].split("、")]} for row in skills.lines]
    if languages:
        data["languages"] = [{"language": row.cells[0], "fluency": row.cells[1]} for row in languages.lines]
    return data, tuple(_values(data))


def _values(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _values(value)
    elif isinstance(data, list):
        for value in data:
            yield from _values(value)


def plain_files() -> Iterator[GeneratedFile]:
    """Give the text, Markdown and JSON files."""
    yield from _text_files()
    yield from _markdown_files()
    for name, key, ascii_only in (("json_resume_programmer.json", "programmer", True), ("json_resume_marketer.json", "marketer", False)):
        data, body = _json_resume(person(key))
        schema = {"$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json", **data}
        written = json.dumps(schema, ensure_ascii=ascii_only, indent=2).encode()
        yield GeneratedFile(name, written, body, ("$schema",), ("one line for each value",))
