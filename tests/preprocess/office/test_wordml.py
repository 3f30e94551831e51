"""Word 2003 XML and flat packages: what they name otherwise than a DOCX."""

import base64

import pytest

from preprocess.document import Document, Unreadable
from preprocess.office.wordml import read_wordml
from tests.data import make_docx
from tests.each import each
from tests.preprocess.contents import lines_of

SPACES = (
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
    'xmlns:aml="http://schemas.microsoft.com/aml/2001/core" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:st1="urn:schemas-microsoft-com:office:smarttags"'
)
LISTS = '<w:lists><w:listDef w:listDefId="0"><w:lvl w:ilvl="0"/></w:listDef><w:list w:ilfo="1"><w:ilst w:val="0"/></w:list></w:lists>'


def read(body: str) -> Document:
    head = '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    xml = f"{head}<w:wordDocument {SPACES}>{LISTS}<w:body>{body}</w:body></w:wordDocument>"
    return read_wordml(xml.encode(), "x.doc")


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


COMMENT = run("批注")
WHITE, MARKED = '<w:color w:val="FFFFFF"/>', '<w:highlight w:val="dark-blue"/>'


def change(kind: str, content: str) -> str:
    return f'<aml:annotation w:type="Word.{kind}"><aml:content>{content}</aml:content></aml:annotation>'


@each(
    "body, shown, hidden",
    [
        (f"<wx:sect><wx:sub-section><w:p>{run('张三')}</w:p></wx:sub-section></wx:sect>", ["张三"], ""),
        (f"<w:p>{run('张')}<st1:City w:st='on'>{run('杭州')}</st1:City></w:p>", ["张杭州"], ""),
        (f"<w:p>{run('张')}{change('Insertion', run('三'))}</w:p>", ["张三"], ""),
        (f"<w:p>{run('张')}{change('Deletion', '<w:r><w:delText>删</w:delText></w:r>')}{run('三')}</w:p>", ["张三"], ""),
        (f"<w:p>{run('张')}{change('Comment', f'<w:p>{COMMENT}</w:p>')}{run('三')}</w:p>", ["张三"], ""),
        (f"<w:p>{run('张')}{run('密文', '<w:vanish/>')}</w:p>", ["张"], "密文"),
        (f"<w:p>{run('张')}{run('密文', WHITE)}</w:p>", ["张"], "密文"),
        (f"<w:p>{run('张', WHITE + MARKED)}</w:p>", ["张"], ""),
        (f"<w:p><w:pPr><w:listPr><w:ilvl w:val='0'/><w:ilfo w:val='1'/></w:listPr></w:pPr>{run('第一条')}</w:p>", ["- 第一条"], ""),
        (f"<w:p>{run('正文')}<w:r><w:footnote><w:p>{run('脚注')}</w:p></w:footnote></w:r>{run('继续')}</w:p>", ["正文继续", "脚注"], ""),
        (f"<w:p>{run('a')}<w:r><w:pict><w:binData w:name='wordml://1.png'>AAAA</w:binData></w:pict></w:r></w:p>", ["a"], ""),
        (
            f"<w:p>{run('正文')}<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>{run('框内')}</w:p></w:txbxContent></v:textbox>"
            "</v:shape></w:pict></w:r></w:p>",
            ["正文", "框内"],
            "",
        ),
    ],
)
def test_parts_of_the_body(body: str, shown: list[str], hidden: str) -> None:
    document = read(body)
    assert (lines_of(document), document.kind) == (shown, "wordml")
    assert "".join(note.before for note in document.notes) == hidden


def test_headers_and_footers_of_the_section() -> None:
    section = (
        f"<w:sectPr><w:hdr w:type='odd'><w:p>{run('页眉')}</w:p></w:hdr><w:ftr w:type='odd'><w:p>{run('页脚')}</w:p></w:ftr></w:sectPr>"
    )
    assert lines_of(read(f"<w:p>{run('正文')}</w:p>{section}")) == ["页眉", "正文", "页脚"]


def test_a_flat_package() -> None:
    space = 'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    main = f"<w:document {word}><w:body>{make_docx.paragraph('张三')}</w:body></w:document>"
    picture = base64.b64encode(b"\x89PNG").decode()
    xml = (
        f'<pkg:package {space}><pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{main}</pkg:xmlData></pkg:part>'
        f'<pkg:part pkg:name="/word/media/1.png"><pkg:binaryData>{picture}</pkg:binaryData></pkg:part></pkg:package>'
    )
    assert lines_of(read_wordml(xml.encode(), "x.xml")) == ["张三"]


@each("data, reason", [(b"<w:wordDocument xmlns:w='w'/>", "damaged"), (b"<a", "damaged"), (b"<a>" * 300 + b"</a>" * 300, "too_complex")])
def test_what_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_wordml(data, "x.xml")
    assert refused.value.reason == reason
