"""EPUB: the pages in the order of the spine, as web pages; sealed, damaged and hostile books are refused."""

from pathlib import Path

import pytest

from preprocess.document import Document, Unreadable
from preprocess.intake import collect
from preprocess.pipeline import read_documents
from preprocess.web.epub import read_epub
from tests.data.make_docx import zipped
from tests.each import each

CONTAINER = """<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'>
<rootfiles><rootfile full-path='OEBPS/cv.opf'/></rootfiles></container>"""
PACKAGE = """<?xml version='1.0'?><package xmlns='http://www.idpf.org/2007/opf'><manifest>
<item id='work' href='text/work%20two.xhtml' media-type='application/xhtml+xml'/>
<item id='nav' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>
<item id='cover' href='cover.xhtml' media-type='application/xhtml+xml'/>
<item id='unused' href='unused.xhtml' media-type='application/xhtml+xml'/>
<item id='css' href='style.css' media-type='text/css'/><item id='scan' href='scan.jpg' media-type='image/jpeg'/></manifest>
<spine><itemref idref='cover'/><itemref idref='nav'/><itemref idref='work'/>
<itemref idref='work'/><itemref idref='gone'/></spine></package>"""
PAGE = "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body>{}</body></html>"
BOOK: dict[str, str | bytes] = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "OEBPS/cv.opf": PACKAGE,
    "OEBPS/cover.xhtml": PAGE.format("<h1>林晓岚</h1><a id='top'/><p>后端工程师</p><p class='secret'>密文</p>"),
    "OEBPS/nav.xhtml": PAGE.format("<p>目录</p>"),
    "OEBPS/unused.xhtml": PAGE.format("<p>没有用到</p>"),
    "OEBPS/text/work two.xhtml": PAGE.format("<h2>工作经历</h2><ul><li>2019-至今 青梧网络</li></ul><img src='../scan.jpg'/>"),
    "OEBPS/style.css": ".secret { display: none }",
    "OEBPS/scan.jpg": bytes(range(256)) * 200,
}


def test_pages_in_the_order_of_the_spine(tmp_path: Path) -> None:
    (tmp_path / "cv.epub").write_bytes(zipped(BOOK))
    (tmp_path / "book.zip").write_bytes(zipped(BOOK))
    files, rejected = collect([tmp_path], 200, 20)
    documents = list(read_documents(files))
    assert not rejected and len(documents) == 2
    for document in documents:
        assert isinstance(document, Document) and document.kind == "epub"
        assert [[line.text for line in page.lines] for page in document.pages] == [
            ["林晓岚", "后端工程师"],
            ["工作经历", "- 2019-至今 青梧网络"],
        ]
        assert [(note.code, note.before, note.count) for note in document.notes] == [
            ("hidden_text", "密文", 1),
            ("picture_not_read", "", 1),
        ]


def encryption(path: str) -> str:
    return f"<encryption><EncryptedData><CipherData><CipherReference URI='{path}'/></CipherData></EncryptedData></encryption>"


def test_a_scrambled_font_seals_nothing() -> None:
    members = BOOK | {"META-INF/encryption.xml": encryption("OEBPS/font.otf")}
    assert len(read_epub(zipped(members), "x.epub").pages) == 2


@each(
    "changed, reason",
    [
        ({"META-INF/encryption.xml": encryption("OEBPS/text/work%20two.xhtml")}, "needs_password"),
        ({"META-INF/container.xml": "<container/>"}, "damaged"),
        ({"META-INF/container.xml": "<!DOCTYPE x [<!ENTITY y 'z'>]><container/>"}, "damaged"),
        ({"OEBPS/cv.opf": "<package>"}, "damaged"),
        ({"OEBPS/cover.xhtml": "<div>" * 1000}, "too_complex"),
        ({"OEBPS/cover.xhtml": "<p>" * 250_000}, "too_complex"),
        ({"OEBPS/cover.xhtml": b"a" * 40_000_000}, "unpacks_too_large"),
        ({"OEBPS/cover.xhtml": bytes(range(256)) * 400}, "not_text"),
    ],
)
def test_refused(changed: dict[str, str | bytes], reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_epub(zipped(BOOK | changed), "x.epub")
    assert refused.value.reason == reason
