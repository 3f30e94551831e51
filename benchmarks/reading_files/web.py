"""Write HTML resumes: pages, fragments, job sites' nested tables, pages named .doc, in several encodings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from .forms import Row, form_rows, form_title, row_texts
from .generated import GeneratedFile
from .people import person
from .resume import BESIDE, Block, InventedPerson, Phrasing, blocks_of, section_blocks, texts, top

_SCRIPT = (
    "<script>window.dataLayer=[{event:'candidate_view'}];document.write('<p>tracked visitor</p>')</script>"
    "<style>.name{font-size:24px}/* printed rules */</style><!-- recruiter remark: weak -->"
)
ABSENT = ("candidate_view", "tracked visitor", "printed rules", "recruiter remark")
_OFFICE = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" '
    'xmlns="http://www.w3.org/TR/REC-html40">'
)


def markup(blocks: Iterable[Block], break_lines: bool = False) -> str:
    """Give blocks as HTML: headings, paragraphs, lists and tables."""
    out: list[str] = []
    last = ""
    for block in blocks:
        closing = {"bullet": "</ul>", "row": "</table>"}
        if last != block.kind and last in closing:
            out.append(closing[last])
        if last != block.kind and block.kind in closing:
            out.append("<ul>" if block.kind == "bullet" else '<table border="1">')
        out.append(_element(block, break_lines))
        last = block.kind
    return "\n".join(out) + {"bullet": "</ul>", "row": "</table>"}.get(last, "")


def _element(block: Block, break_lines: bool) -> str:
    text = escape(" ".join(cell for cell in block.cells if cell))
    if block.kind == "name":
        return f'<h1 class="name">{text}</h1>'
    if block.kind == "heading":
        return f"<h2>{text}</h2>"
    if block.kind == "bullet":
        return f"<li>{text}</li>"
    if block.kind == "row":
        return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in block.cells) + "</tr>"
    if block.kind == "entry" and len(block.cells) == 2:
        return f'<p><b>{escape(block.cells[0])}</b>&nbsp;<span class="date">{escape(block.cells[1])}</span></p>'
    return f"{text}<br>" if break_lines else f"<p>{text}</p>"


def page(inside: str, charset: str, title: str = "resume", root: str = "<html>") -> str:
    """Put markup into a page with a script, a style sheet and a comment."""
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    return f"<!DOCTYPE html>\n{root}<head>{meta}<title>{escape(title)}</title>{_SCRIPT}</head>\n<body>\n{inside}\n</body></html>"


def _whole(name: str, key: str, style: Phrasing, charset: str, encoding: str = "", root: str = "<html>") -> GeneratedFile:
    blocks = blocks_of(person(key), style)
    data = page(markup(blocks), charset, root=root).encode(encoding or charset)
    notes = (f"declared {charset or 'nothing'}, written in {encoding or charset}",)
    return GeneratedFile(name, data, texts(blocks), ABSENT, notes)


def _job_site(who: InventedPerson) -> tuple[str, tuple[str, ...]]:
    """Write tables in tables in tables, with spacers, as job sites export a resume."""
    parts, body = [], list(texts(top(who, Phrasing())))
    head = "<br>".join(escape(text) for text in body)
    parts.append(f'<tr><td width="20">&nbsp;</td><td valign="top">{head}</td><td><img src="photo.gif" alt=""></td></tr>')
    for section in who.sections:
        rows: list[Row] = [line.cells for line in section.lines]
        for entry in section.entries:
            rows.append((entry.dates, " ".join(part for part in (entry.organisation, entry.title) if part)))
            rows += [line.cells for line in entry.lines]
        inner = "".join(f"<tr>{_cells(row)}</tr>" for row in rows)
        title = f'<table width="100%"><tr><td bgcolor="#eee"><b>{escape(section.heading)}</b></td></tr></table>'
        parts.append(f'<tr><td colspan="3">{title}<table cellpadding="2"><tbody>{inner}</tbody></table></td></tr>')
        body += [section.heading, *row_texts(rows)]
    spacer = '<tr><td colspan="3" height="8"></td></tr>'
    return f'<table align="center" width="760"><tbody>{spacer.join(parts)}</tbody></table>', tuple(body)


def _cells(row: Row) -> str:
    over = "" if len(row) > 1 else " colspan=4"
    return "".join(f'<td class="t{column}"{over}>{escape(cell)}</td>' for column, cell in enumerate(row))


def _form(who: InventedPerson) -> tuple[str, tuple[str, ...]]:
    rows = form_rows(who)
    wide = max(map(len, rows))
    lines = []
    for row in rows:
        over = wide - len(row) + 1
        cells = [f"<td>{escape(cell)}</td>" for cell in row[:-1]] + [f"<td colspan={over}>{escape(row[-1])}</td>"]
        lines.append("<tr>" + "".join(cells))  # no closing tag: a browser closes the row itself
    return f"<center>{escape(form_title(who))}</center><table border=1>{''.join(lines)}</table>", (form_title(who), *row_texts(rows))


def _modern() -> GeneratedFile:
    """Write a page of division elements with hidden parts, icons and a sidebar."""
    who, style = person("engineer"), Phrasing("own line", contacts="")
    beside = top(who, style) + [block for part in who.sections if part.kind in BESIDE for block in section_blocks(part, style)]
    main = [block for part in who.sections if part.kind not in BESIDE for block in section_blocks(part, style)]

    def divisions(blocks: list[Block]) -> str:
        return "".join(f'<div class="{block.kind}"><i class="icon"></i><span>{escape(block.text)}</span></div>' for block in blocks)

    hidden = '<div style="display:none">keywords for robots only</div><template><p>unused template</p></template>'
    inside = f'<div class="flex"><aside>{divisions(beside)}</aside><main>{divisions(main)}</main></div>{hidden}<noscript></noscript>'
    absent = (*ABSENT, "keywords for robots only", "unused template")
    return GeneratedFile("html_divisions_engineer.html", page(inside, "utf-8").encode(), texts([*beside, *main]), absent, ("hidden parts",))


def web_files() -> Iterator[GeneratedFile]:
    """Give the HTML files."""
    yield _whole("html_utf8_director.html", "director", Phrasing(), "utf-8")
    yield _whole("html_gbk_declared_gb2312_programmer.html", "programmer", Phrasing("first"), "gb2312", "gbk")
    yield _whole("html_big5_process_engineer.htm", "process_engineer", Phrasing("own line"), "big5", "cp950")
    yield _whole("html_gb18030_undeclared_seller.html", "seller", Phrasing(), "", "gb18030")
    yield _whole("html_utf16_lawyer.html", "lawyer", Phrasing(), "utf-16")
    yield _whole("html_named_doc_utf8_chef.doc", "chef", Phrasing("brackets", skills="rows"), "utf-8", root=_OFFICE)
    yield _whole("html_named_doc_gbk_graduate.doc", "graduate", Phrasing("first", skills="rows"), "gb2312", "gbk", root=_OFFICE)
    yield _whole("html_named_doc_big5_teacher.doc", "teacher", Phrasing(skills="rows"), "big5", "cp950", root=_OFFICE)
    for name, key, make, encoding in (
        ("html_job_site_nurse.html", "nurse", _job_site, "utf-8"),
        ("html_job_site_named_doc_director_zh.doc", "plant_director", _job_site, "gbk"),
        ("html_form_driver.html", "driver", _form, "gbk"),
        ("html_form_named_xls_pupil.xls", "pupil", _form, "utf-8"),
    ):
        inside, body = make(person(key))
        charset = "gb2312" if encoding == "gbk" else encoding
        yield GeneratedFile(name, page(inside, charset).encode(encoding), body, ABSENT, ("tables",))
    for name, key, broken in (
        ("html_fragment_electrician.html", "electrician", False),
        ("html_fragment_named_doc_schoolgirl.doc", "schoolgirl", True),
    ):
        blocks = blocks_of(person(key), Phrasing("brackets"))
        yield GeneratedFile(name, markup(blocks, broken).encode(), texts(blocks), notes=("a fragment without <html>",))
    yield _modern()
