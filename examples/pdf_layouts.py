"""Write an example as HTML and print it to PDF with headless Chromium, as many real resumes are made. Layouts are in source/layouts.css."""

import re
import subprocess
import tempfile
from html import escape
from itertools import groupby
from pathlib import Path

from resume_source import SOURCES, Block, Section, Source

ASIDE = {"专业技能", "教育背景", "开源与证书", "自我评价", "Skills", "Education", "Languages"}  # what the sidebar holds
AVATAR = (
    '<svg class="avatar" viewBox="0 0 60 80"><rect width="60" height="80" fill="#dfe6ee"/><circle cx="30" cy="31" r="13" fill="#9fb0c3"/>'
    '<path d="M6 80c0-19 11-29 24-29s24 10 24 29z" fill="#9fb0c3"/></svg>'
)


def write_pdf(source: Source, path: Path) -> None:
    """Write the example as PDF in its layout; the same source gives the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "resume.html"
        page.write_text(as_html(source), "utf-8")
        made = Path(folder) / "resume.pdf"
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile", "--no-pdf-header-footer"]
        subprocess.run([*command, f"--print-to-pdf={made}", page.as_uri()], check=True, capture_output=True, timeout=60)
        # Dates of equal length keep the offsets inside the file right, and the same source gives the same bytes.
        path.write_bytes(re.sub(rb"\(D:\d{14}", b"(D:20250301090000", made.read_bytes()))


def as_html(source: Source) -> str:
    """Return the example as a page of HTML, with the style sheet of all layouts inside."""
    style = (SOURCES / "layouts.css").read_text("utf-8")
    if source.layout == "website":  # the margin boxes of @page cannot read the document, so the name goes into the style sheet
        style = style.replace("NAME", source.name).replace("SITE", "猎鹿招聘" if source.language == "zh" else "TalentHarbour")
    body = {"sidebar": _sidebar, "grid": _grid, "classic": _classic}.get(source.layout, _plain)(source)
    return (
        f'<!doctype html><html lang="{source.language}"><meta charset="utf-8"><title>{escape(source.name)}</title>'
        f'<style>{style}</style><body class="{source.layout} {source.language}">{body}</body></html>'
    )


def _plain(source: Source) -> str:
    mark = f'<div class="watermark">{"猎鹿招聘 仅供招聘使用" if source.language == "zh" else "TalentHarbour · for recruiting only"}</div>'
    return (mark if source.layout == "website" else "") + f"<header>{_title(source)}{_facts(source)}</header>{_sections(source.sections)}"


def _sidebar(source: Source) -> str:
    inside = [section for section in source.sections if section.title in ASIDE]
    outside = [section for section in source.sections if section.title not in ASIDE]
    return f"<aside>{AVATAR}{_title(source)}{_facts(source)}{_sections(inside)}</aside><main>{_sections(outside)}</main>"


def _grid(source: Source) -> str:
    """Return two label and value pairs per row and a photo at the right, as in the forms of campus recruiting."""
    facts = [("姓名", source.name), *source.facts]
    pairs = [facts[start : start + 2] for start in range(0, len(facts), 2)]
    rows = "".join("<tr>" + "".join(f"<th>{escape(k)}：</th><td>{escape(v)}</td>" for k, v in pair) + "</tr>" for pair in pairs)
    return f'<header><h1>个人简历</h1><div class="top"><table>{rows}</table>{AVATAR}</div></header>{_sections(source.sections)}'


def _classic(source: Source) -> str:
    return f"<h1>个 人 简 历</h1><header><p>姓 名：{escape(source.name)}</p>{_facts(source)}</header>{_sections(source.sections)}"


def _title(source: Source) -> str:
    return f"<h1>{escape(source.name)}</h1>" + (f'<p class="headline">{escape(source.headline)}</p>' if source.headline else "")


def _facts(source: Source) -> str:
    items = (f"<li><b>{escape(label)}{source.colon}</b>{escape(value)}</li>" for label, value in source.facts)
    return f'<ul class="facts">{"".join(items)}</ul>'


def _sections(sections: list[Section]) -> str:
    return "".join(f"<section><h2>{escape(section.title)}</h2>{_blocks(section.blocks)}</section>" for section in sections)


def _blocks(blocks: list[Block]) -> str:
    html = []
    for kind, group in groupby(blocks, key=lambda block: block[0]):
        texts = [[escape(part) for part in parts] for _, parts in group]
        if kind == "item":
            html.append("<ul>" + "".join(f"<li>{text}</li>" for (text,) in texts) + "</ul>")
        elif kind == "entry":
            html += ["<h3>" + "".join(f"<span>{part}</span>" for part in parts) + "</h3>" for parts in texts]
        else:
            html += [f"<p>{text}</p>" for (text,) in texts]
    return "".join(html)
