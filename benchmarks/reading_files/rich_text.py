"""Write RTF documents: escapes of every kind, code pages, tables, hidden and deleted text, headers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from .forms import form_rows, form_title, row_texts
from .generated import GeneratedFile
from .people import person
from .resume import Block, Phrasing, blocks_of, texts

Escape = Callable[[str], str]
_PICTURE = "{\\*\\shppict{\\pict\\pngblip\\picw10\\pich10 89504e470d0a1a0a0000000d49484452}}"


def by_unicode(fallback: str = "?") -> Escape:
    """Give an escape that writes \\u with a character for readers that do not know it."""

    def escape(text: str) -> str:
        out = []
        for letter in text:
            if letter in "\\{}":
                out.append("\\" + letter)
            elif ord(letter) < 128:
                out.append(letter)
            else:
                code = ord(letter)
                out.append(f"\\u{code - 65536 if code > 32767 else code}{fallback}")
        return "".join(out)

    return escape


def by_code_page(encoding: str) -> Escape:
    """Give an escape that writes the bytes of a code page, and \\u only where that has no such character."""
    spare = by_unicode("\\'3f")

    def escape(text: str) -> str:
        out = []
        for letter in text:
            try:
                raw = letter.encode(encoding)
            except UnicodeEncodeError:
                out.append(spare(letter))
                continue
            out.append(spare(letter) if raw.isascii() else "".join(f"\\'{byte:02x}" for byte in raw))
        return "".join(out)

    return escape


def _paragraph(block: Block, escape: Escape) -> str:
    text = "\\tab ".join(escape(cell) for cell in block.cells)
    if block.kind in ("name", "heading"):
        return f"\\pard\\qc\\b\\fs{36 if block.kind == 'name' else 26} {text}\\b0\\fs21\\par\n"
    if block.kind == "bullet":
        return f"{{\\pntext\\f1\\'B7\\tab}}\\pard\\fi-360\\li720{{\\*\\pn\\pnlvlblt\\pnf1\\pnindent360{{\\pntxtb\\'B7}}}} {text}\\par\n"
    if block.kind == "entry":
        return f"\\pard\\tqr\\tx9000{{\\b {text}}}\\par\n"
    return f"\\pard {text}\\par\n"


def _row(cells: tuple[str, ...], escape: Escape) -> str:
    edges = "".join(f"\\clbrdrt\\brdrs\\cellx{9000 * (cell + 1) // len(cells)}" for cell in range(len(cells)))
    return f"\\trowd\\trgaph108{edges}\n" + "".join(f"\\pard\\intbl {escape(cell)}\\cell\n" for cell in cells) + "\\row\n"


def _document(inside: str, head: str = "\\ansi\\ansicpg1252\\deff0", fonts: str = "{\\f0\\fswiss Calibri;}{\\f1\\ftech Symbol;}") -> bytes:
    styles = "{\\stylesheet{\\s0 Normal;}{\\s1\\b heading 1;}}{\\colortbl;\\red0\\green0\\blue0;}"
    info = "{\\info{\\title Resume template}{\\author Office}{\\creatim\\yr2026\\mo3\\dy2}}{\\*\\generator Riched20 10.0;}"
    return f"{{\\rtf1{head}{{\\fonttbl{fonts}}}{styles}{info}\n\\paperw11906\\uc1\\fs21\n{inside}}}".encode("ascii")


def _flow(name: str, key: str, escape: Escape, style: Phrasing, head: str, prefix: str = "", notes: tuple[str, ...] = ()) -> GeneratedFile:
    blocks = blocks_of(person(key), style)
    inside = "".join(_row(block.cells, escape) if block.kind == "row" else _paragraph(block, escape) for block in blocks)
    return GeneratedFile(name, _document(prefix + inside, head), texts(blocks), notes=notes)


def _form(name: str, key: str, escape: Escape, head: str) -> GeneratedFile:
    who = person(key)
    rows = form_rows(who)
    inside = f"\\pard\\qc {escape(form_title(who))}\\par\n" + "".join(_row(row, escape) for row in rows) + "\\pard\\par\n"
    return GeneratedFile(name, _document(inside, head), (form_title(who), *row_texts(rows)), notes=("a table as a form",))


def _hidden(name: str, key: str, escape: Escape, head: str, absent: tuple[str, str, str]) -> GeneratedFile:
    blocks = blocks_of(person(key), Phrasing("brackets"))
    lines = [_paragraph(block, escape) for block in blocks]
    lines.insert(3, f"\\pard{{\\v {escape(absent[0])}\\par}}\n")
    lines.insert(6, f"\\pard{{\\deleted\\revauthdel1 {escape(absent[1])}}}")
    lines.insert(8, f"{{\\*\\unknownthing {escape(absent[2])}}}{_PICTURE}")
    lines.insert(0, "{\\header\\pard Running head, page \\chpgn\\par}{\\footer\\pard\\qc\\chpgn\\par}\n")
    notes = ("hidden, deleted, in a group to be skipped; header and footer",)
    return GeneratedFile(name, _document("".join(lines), head), texts(blocks), absent, notes)


def _font_pages(name: str, key: str) -> GeneratedFile:
    """Let the font, not the document, say which code page the bytes are of, as WordPad does."""
    blocks = blocks_of(person(key), Phrasing("brackets"))
    escape = by_code_page("gbk")
    lines = [_paragraph(replace(block, cells=(block.text,)), lambda text: f"\\f2\\lang2052 {escape(text)}\\f0 ") for block in blocks]
    fonts = "{\\f0\\fnil\\fcharset0 Calibri;}{\\f1\\fnil\\fcharset2 Symbol;}{\\f2\\fnil\\fcharset134 \\'cb\\'ce\\'cc\\'e5;}"
    data = _document("".join(lines), "\\ansi\\ansicpg1252\\deff0", fonts)
    return GeneratedFile(name, data, texts(blocks), notes=("code page by font",))


def _links(name: str, key: str, escape: Escape, head: str) -> GeneratedFile:
    blocks = blocks_of(person(key), Phrasing("first", contacts=""))
    lines = []
    for block in blocks:
        if "@" in block.text:
            instruction = f'{{\\*\\fldinst HYPERLINK "mailto:{block.text}"}}'
            lines.append(f"\\pard{{\\field{instruction}{{\\fldrslt \\ul {escape(block.text)}}}}}\\par\n")
        else:
            lines.append(_paragraph(block, escape).replace("\\u8211?", "\\endash "))
    return GeneratedFile(name, _document("".join(lines), head), texts(blocks), ("HYPERLINK",), ("links",))


def rich_text_files() -> Iterator[GeneratedFile]:
    """Give the RTF files."""
    western, chinese = "\\ansi\\ansicpg1252\\deff0", "\\ansi\\ansicpg936\\deff0\\deflang2052"
    taiwan = "\\ansi\\ansicpg950\\deff0"
    yield _flow("rtf_unicode_programmer.rtf", "programmer", by_unicode(), Phrasing(), western)
    yield _flow("rtf_code_page_936_seller.rtf", "seller", by_code_page("gbk"), Phrasing("first"), chinese)
    yield _flow("rtf_code_page_950_marketer.rtf", "marketer", by_code_page("cp950"), Phrasing("own line"), taiwan)
    yield _flow("rtf_code_page_1252_chef.rtf", "chef", by_code_page("cp1252"), Phrasing("brackets"), western)
    two = "\\uc2 "
    yield _flow(
        "rtf_two_bytes_for_each_graduate.rtf",
        "graduate",
        by_unicode("\\'3f\\'3f"),
        Phrasing("own line", skills="rows"),
        chinese,
        two,
        ("each \\u is followed by two bytes to skip",),
    )
    none = "\\uc0 "
    yield _flow("rtf_nothing_to_skip_lawyer.rtf", "lawyer", by_unicode(" "), Phrasing(), western, none, ("\\uc0: a space ends the number",))
    yield _font_pages("rtf_code_page_by_font_plant_director.rtf", "plant_director")
    yield _form("rtf_form_nurse.rtf", "nurse", by_code_page("gbk"), chinese)
    yield _form("rtf_form_electrician.rtf", "electrician", by_unicode(), western)
    absent = ("rank me first", "left after a quarrel", "secret of a later version")
    yield _hidden("rtf_hidden_director.rtf", "director", by_unicode(), western, absent)
    yield _links("rtf_links_scientist.rtf", "scientist", by_unicode(), western)
    wrapped = blocks_of(person("driver"), Phrasing())
    text = _document("".join(_paragraph(block, by_code_page("gbk")) for block in wrapped), chinese).decode("ascii")
    folded = text.replace("\\par\n", "\\par\r\n").replace("\\'c", "\r\n\\'c")
    yield GeneratedFile("rtf_named_doc_driver.doc", folded.encode("ascii"), texts(wrapped), notes=("RTF named .doc, folded lines",))
