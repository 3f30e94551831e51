"""Write ODT documents, zipped and flat: headings, lists, tables, spaces, tracked changes, hidden paragraphs, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from .forms import form_rows, form_title, row_texts
from .generated import GeneratedFile
from .people import person
from .resume import BESIDE, Block, Phrasing, blocks_of, section_blocks, texts, top
from .word_parts import zip_of

_NAMES = (
    " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("style", "style"),
            ("draw", "drawing"),
            ("meta", "meta"),
            ("svg", "svg-compatible"),
            ("fo", "xsl-fo-compatible"),
            ("manifest", "manifest"),
        )
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
_KIND = "application/vnd.oasis.opendocument.text"
_STYLES = (
    '<office:automatic-styles><style:style style:name="Hidden" style:family="text"><style:text-properties text:display="none"/>'
    "</style:style></office:automatic-styles>"
)
_MASTER = (
    '<office:master-styles><style:master-page style:name="Standard"><style:header><text:p>Running head</text:p></style:header>'
    "<style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer></style:master-page></office:master-styles>"
)


def _spaced(text: str) -> str:
    """Write a text with its runs of spaces as elements, as the format demands."""
    return escape(text).replace("\t", "<text:tab/>").replace("  ", ' <text:s text:c="1"/>')


def _markup(blocks: Iterable[Block]) -> str:
    out, items, rows = [], [], []

    def close() -> None:
        if items:
            listed = "".join(f"<text:list-item><text:p>{item}</text:p></text:list-item>" for item in items)
            out.append(f"<text:list>{listed}</text:list>")
        if rows:
            out.append(_table(rows))
        items.clear()
        rows.clear()

    for block in blocks:
        if block.kind == "bullet":
            items.append(_spaced(block.text))
            continue
        if block.kind == "row":
            rows.append(block.cells)
            continue
        close()
        if block.kind in ("name", "heading"):
            level = 1 if block.kind == "name" else 2
            out.append(f'<text:h text:outline-level="{level}">{_spaced(block.text)}</text:h>')
        else:
            inside = "<text:tab/>".join(f"<text:span>{_spaced(cell)}</text:span>" for cell in block.cells if cell)
            out.append(f"<text:p>{inside}</text:p>")
    close()
    return "".join(out)


def _table(rows: list[tuple[str, ...]]) -> str:
    wide = max(map(len, rows))
    lines = []
    for row in rows:
        over = wide - len(row)
        cells = [f"<table:table-cell><text:p>{_spaced(cell)}</text:p></table:table-cell>" for cell in row[:-1]]
        span = f' table:number-columns-spanned="{over + 1}"' if over else ""
        cells.append(f"<table:table-cell{span}><text:p>{_spaced(row[-1])}</text:p></table:table-cell>")
        lines.append(f"<table:table-row>{''.join(cells)}{'<table:covered-table-cell/>' * over}</table:table-row>")
    return f'<table:table><table:table-column table:number-columns-repeated="{wide}"/>{"".join(lines)}</table:table>'


def _odt(inside: str) -> bytes:
    manifest = (
        f'<manifest:manifest {_NAMES}><manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    body = f"<office:body><office:text>{inside}</office:text></office:body>"
    content = f"{head}<office:document-content {_NAMES}>{_STYLES}{body}</office:document-content>"
    styles = f"{head}<office:document-styles {_NAMES}>{_MASTER}</office:document-styles>"
    members = [("mimetype", _KIND), ("content.xml", content), ("styles.xml", styles), ("META-INF/manifest.xml", manifest)]
    return zip_of(members, stored=frozenset({"mimetype"}))


def _flat(inside: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {_NAMES} office:mimetype="{_KIND}" office:version="1.3">'
        f"<office:meta><dc:title>template</dc:title></office:meta>{_STYLES}{_MASTER}<office:body><office:text>{inside}</office:text>"
        "</office:body></office:document>"
    ).encode()


def _framed(key: str) -> tuple[str, tuple[str, ...]]:
    """Put contacts and short sections in a frame that is anchored before the rest."""
    who, style = person(key), Phrasing("own line", contacts="", skills="rows")
    beside = top(who, style) + [block for part in who.sections if part.kind in BESIDE for block in section_blocks(part, style)]
    main = [block for part in who.sections if part.kind not in BESIDE for block in section_blocks(part, style)]
    frame = f'<text:p><draw:frame svg:width="5cm"><draw:text-box>{_markup(beside)}</draw:text-box></draw:frame></text:p>'
    return frame + _markup(main), texts([*beside, *main])


def open_document_files() -> Iterator[GeneratedFile]:
    """Give the ODT and FODT files."""
    for name, key, style, flat in (
        ("odt_plain_graduate.odt", "graduate", Phrasing(), False),
        ("odt_rows_electrician.odt", "electrician", Phrasing("first", skills="rows"), False),
        ("odt_flat_chef.fodt", "chef", Phrasing("brackets"), True),
        ("odt_flat_teacher.fodt", "teacher", Phrasing("own line", skills="rows"), True),
    ):
        blocks = blocks_of(person(key), style)
        yield GeneratedFile(name, (_flat if flat else _odt)(_markup(blocks)), texts(blocks), ("Running head",), ("header and footer",))
    who = person("driver")
    rows = form_rows(who)
    form = f"<text:h>{escape(form_title(who))}</text:h>{_table(rows)}"
    yield GeneratedFile("odt_form_driver.odt", _odt(form), (form_title(who), *row_texts(rows)), notes=("a table as a form",))
    inside, body = _framed("seller")
    yield GeneratedFile("odt_frame_seller.odt", _odt(inside), body, notes=("a frame beside the text",))
    yield _changes()


def _changes() -> GeneratedFile:
    blocks = blocks_of(person("scientist"), Phrasing())
    absent = ("Dismissed after the 2015 audit", "hidden praise of the candidate", "note of the secretary")
    tracked = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>HR</dc:creator>'
        f"<dc:date>2026-03-01T08:00:00</dc:date></office:change-info><text:p>{absent[0]}</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes>"
    )
    marked = (
        f'<text:p><text:change text:change-id="c1"/><text:span text:style-name="Hidden">{absent[1]}</text:span></text:p>'
        f"<text:p><office:annotation><dc:creator>HR</dc:creator><text:p>{absent[2]}</text:p></office:annotation></text:p>"
    )
    inside = tracked + _markup(blocks[:4]) + marked + _markup(blocks[4:])
    return GeneratedFile("odt_tracked_changes_scientist.odt", _odt(inside), texts(blocks), absent, ("deleted, hidden, a comment",))
