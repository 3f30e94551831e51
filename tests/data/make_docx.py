"""Build DOCX files in memory: ordinary ones by python-docx, special ones from raw WordprocessingML."""

import io
import zipfile

import docx

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RELATIONSHIPS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def ordinary(header: str = "", footer: str = "") -> bytes:
    """Return a resume as Word would save it: headings, lists, a label grid, header and footer."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = header
    document.sections[0].footer.paragraphs[0].text = footer
    document.add_heading("个人简历", 1)
    table = document.add_table(2, 4)
    for cell, text in zip(
        (*table.rows[0].cells, *table.rows[1].cells), ("姓  名", "张三", "电话", "13800000000", "学历：", "本科", "", ""), strict=True
    ):
        cell.text = text
    document.add_heading("工作经历", 2)
    document.add_paragraph("2019-2022\t某科技公司")
    document.add_paragraph("负责推荐系统", style="List Bullet")
    document.add_paragraph("Led a team of five", style="List Number")
    return _saved(document)


def layout_table() -> bytes:
    """Return a sidebar cell and a main cell that holds paragraphs and a nested table."""
    document = docx.Document()
    side, main = document.add_table(1, 2).rows[0].cells
    side.text = "联系方式\n上海"
    main.text = "第一段经历。"
    main.add_paragraph("第二段经历。")
    nested = main.add_table(1, 2)
    nested.cell(0, 0).text, nested.cell(0, 1).text = "Python", "精通"
    return _saved(document)


def raw(body: str, **parts: str) -> bytes:
    """Return a package whose document body is this WordprocessingML; `parts` are more parts: styles, settings, header1, footnotes …"""
    related = "".join(f'<Relationship Id="{name}" Type="{_TYPE}{name.rstrip("123")}" Target="{name}.xml"/>' for name in parts)
    return package(
        {
            "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": _RELATIONSHIPS.format(related),
            **{f"word/{name}.xml": xml.replace(">", f" {_NAMESPACES}>", 1) for name, xml in parts.items()},
        }
    )


def package(members: dict[str, str | bytes], main: str = "word/document.xml") -> bytes:
    """Return a ZIP with these members, and the two that make it an Office file."""
    relation = f'<Relationship Id="main" Type="{_TYPE}officeDocument" Target="{main}"/>'
    everything = {"[Content_Types].xml": "<Types/>", "_rels/.rels": _RELATIONSHIPS.format(relation), **members}
    return zipped(everything)


def zipped(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a plain ZIP."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def paragraph(text: str, properties: str = "", run_properties: str = "") -> str:
    """Return one w:p with one run."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run_properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def solid(colour: str) -> str:
    """Return a DrawingML fill of this colour (RRGGBB)."""
    return f"<a:solidFill><a:srgbClr val='{colour}'/></a:solidFill>"


def text_box(text: str) -> str:
    """Return a paragraph with a text box as Word writes it: once for new readers, once more in VML for old ones."""
    content = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def _saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
