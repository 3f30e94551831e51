"""ODF text: styles that hide, parts of the page, lists, tables, frames; sealed, damaged and hostile files."""

import random
import zipfile
from pathlib import Path

import pytest

from preprocess.document import Document, Unreadable
from preprocess.office.odt import read_odt
from preprocess.zip_document import read_zip
from tests.data.make_docx import zipped
from tests.each import each
from tests.preprocess.contents import lines_of, notes_of

SAMPLES = Path(__file__).parents[2] / "data" / "formats" / "samples"
SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
        ("presentation", "presentation"),
        ("svg", "svg-compatible"),
    )
)
AUTOMATIC = """
<style:style style:name="secret" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="heir" style:family="text" style:parent-style-name="secret"/>
<style:style style:name="white" style:family="text"><style:text-properties fo:color="#fffffe"/></style:style>
<style:style style:name="tiny" style:family="text"><style:text-properties fo:font-size="1pt"/></style:style>
<style:style style:name="shrunk" style:family="text"><style:text-properties fo:font-size="5%"/></style:style>
<style:style style:name="automatic" style:family="text"><style:text-properties style:use-window-font-color="true" loext:opacity="0%"
 xmlns:loext="urn:x"/></style:style>
<style:style style:name="marked" style:family="text" style:parent-style-name="white">
 <style:text-properties fo:background-color="#202040"/></style:style>
<style:style style:name="gone" style:family="paragraph"><style:text-properties text:display="none"/></style:style>
<style:style style:name="headed" style:family="paragraph" style:parent-style-name="Heading_20_2"/>
<style:style style:name="Heading_20_2" style:family="paragraph" style:default-outline-level="2"/>
<style:style style:name="dark" style:family="table-cell"><style:table-cell-properties fo:background-color="#202040"/></style:style>
<style:style style:name="panel" style:family="graphic">
 <style:graphic-properties draw:fill="solid" draw:fill-color="#202040"/></style:style>
<style:style style:name="over" style:family="graphic"><style:graphic-properties style:wrap="run-through"/></style:style>
"""
MASTERS = """
<style:master-page style:name="Standard" style:next-style-name="Next"><style:header><text:p>页眉 13800000000</text:p></style:header>
<style:footer><text:p>第 <text:page-number>1</text:page-number> 页</text:p></style:footer></style:master-page>
<style:master-page style:name="Next"><style:footer><text:p>页脚</text:p></style:footer></style:master-page>
<style:master-page style:name="Unused"><style:header><text:p>没有用到</text:p></style:header></style:master-page>
"""


def flat(body: str, masters: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES}><office:automatic-styles>{AUTOMATIC}</office:automatic-styles>'
        f"<office:master-styles>{masters}</office:master-styles><office:body><office:text>{body}</office:text></office:body></office:document>"
    ).encode()


def read(body: str, masters: str = "") -> Document:
    return read_odt(flat(body, masters), "x.fodt")


@each("style", ["secret", "heir", "white", "tiny", "shrunk"])
def test_spans_that_nobody_sees(style: str) -> None:
    document = read(f'<text:p>张三<text:span text:style-name="{style}">密<text:span>文</text:span></text:span>简历</text:p>')
    assert lines_of(document) == ["张三简历"]
    assert notes_of(document) == [("hidden_text", "密文")]


@each(
    "body, shown, hidden",
    [
        ('<text:p text:style-name="gone">密文</text:p><text:p>张三</text:p>', ["张三"], ["密文"]),
        ('<text:section text:display="none"><text:p>密文</text:p></text:section><text:p>张三</text:p>', ["张三"], ["密文"]),
        ("<text:p>张三<text:hidden-text>密文</text:hidden-text></text:p>", ["张三"], ["密文"]),
        ('<text:p>张三<text:hidden-text text:is-hidden="false">，男</text:hidden-text></text:p>', ["张三，男"], []),
        ('<text:p><text:span text:style-name="automatic">张三</text:span></text:p>', ["张三"], []),
        ('<text:p><text:span text:style-name="marked">张三</text:span></text:p>', ["张三"], []),
        ("<text:tracked-changes><text:p>删去</text:p></text:tracked-changes><text:p>张三</text:p>", ["张三"], []),
        ("<text:p>张三<office:annotation><text:p>批注</text:p></office:annotation>，男</text:p>", ["张三，男"], []),
        ("<text:p>张<text:ruby><text:ruby-base>三</text:ruby-base><text:ruby-text>sān</text:ruby-text></text:ruby></text:p>", ["张三"], []),
        ('<text:p>张<text:s text:c="2"/>三<text:tab/>男<text:line-break/>五年\n  经验</text:p>', ["张  三  男", "五年 经验"], []),
        ("<text:h>技能</text:h><text:list><text:list-item><text:p>Java</text:p><text:list><text:list-item><text:p>JVM</text:p>"
         "</text:list-item></text:list></text:list-item></text:list>", ["技能", "- Java", "- JVM"], []),
        ("<text:list><text:list-item><text:h>一、经历</text:h></text:list-item><text:list-item>"
         "<text:p text:style-name='headed'>二、技能</text:p></text:list-item></text:list>", ["一、经历", "二、技能"], []),
        ('<text:p>正文<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>脚注</text:p>'
         "</text:note-body></text:note>继续</text:p><text:p>结尾</text:p>", ["正文继续", "结尾", "脚注"], []),
    ],
)  # fmt: skip
def test_parts_of_the_body(body: str, shown: list[str], hidden: list[str]) -> None:
    document = read(body)
    assert lines_of(document) == shown
    assert [text for _, text in notes_of(document)] == hidden


def test_rows_dark_cells_and_tables_in_tables() -> None:
    white = '<text:p><text:span text:style-name="white">{}</text:span></text:p>'
    inner = "<table:table><table:table-row><table:table-cell><text:p>甲</text:p></table:table-cell></table:table-row></table:table>"
    document = read(
        '<table:table><table:table-header-rows><table:table-row><table:table-cell table:style-name="dark">'
        f"{white.format('公司')}</table:table-cell><table:table-cell>{white.format('看不见')}</table:table-cell></table:table-row>"
        f"</table:table-header-rows><table:table-row><table:table-cell><text:p>乙</text:p>{inner}</table:table-cell>"
        "<table:covered-table-cell><text:p>盖住</text:p></table:covered-table-cell></table:table-row></table:table>"
    )
    assert lines_of(document) == ["公司", "乙", "甲"]
    assert notes_of(document) == [("hidden_text", "看不见 盖住")]


def test_frames_and_what_lies_behind_them() -> None:
    text = '<text:p><text:span text:style-name="white">白字</text:span></text:p>'
    box = f'<draw:frame draw:style-name="{{}}"><draw:text-box>{text}</draw:text-box></draw:frame>'
    document = read(f"<text:p>正文{box.format('panel')}后文</text:p>")
    assert (lines_of(document), notes_of(document)) == (["正文后文", "白字"], [])
    document = read(f'<text:p>正文{box.format("over")}</text:p><text:p><text:span text:style-name="white">淡</text:span></text:p>')
    assert (lines_of(document), notes_of(document)) == (["正文", "白字", "淡"], [("hidden_unsure", "白字 淡")])


def test_headers_of_pages_in_use() -> None:
    document = read("<text:p>正文</text:p>", MASTERS)
    assert lines_of(document) == ["页眉 13800000000", "正文", "页脚"]
    assert notes_of(document) == [("page_number", "第 1 页")]


def test_a_page_number_beside_a_name_in_the_footer() -> None:
    footer = "<style:footer><text:p>林晓岚 | 第 <text:page-number>1</text:page-number> 页</text:p></style:footer>"
    document = read("<text:p>正文</text:p>", f'<style:master-page style:name="Standard">{footer}</style:master-page>')
    assert (lines_of(document), notes_of(document)) == (["正文", "林晓岚"], [("page_number", "第 1 页")])


def test_a_presentation_without_the_speakers_notes() -> None:
    frame = "<draw:frame><draw:text-box><text:p>林晓岚</text:p></draw:text-box></draw:frame>"
    slide = f"<draw:page>{frame}<presentation:notes><text:p>备注</text:p></presentation:notes></draw:page>"
    content = flat(slide).replace(b"office:text", b"office:presentation")
    packed = zipped({"mimetype": "application/vnd.oasis.opendocument.presentation", "content.xml": content})
    assert lines_of(read_zip(packed, "x.odp")) == ["林晓岚"]


@each(
    "members, reason",
    [
        ({"mimetype": "x", "content.xml": "x", "META-INF/manifest.xml": "<manifest:encryption-data/>"}, "needs_password"),
        ({"mimetype": "x", "encrypted-package": "x"}, "needs_password"),
        ({"mimetype": "application/vnd.sun.xml.writer", "content.xml": "<!DOCTYPE x><x/>"}, "unsupported_type"),
        ({"mimetype": "x", "content.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}, "damaged"),
        ({"mimetype": "x", "content.xml": "<a>" * 300 + "</a>" * 300}, "too_complex"),
        ({"mimetype": "x", "content.xml": "<a/>"}, "damaged"),
        ({"mimetype": "x", "content.xml": "<a/>" * 10_000_000}, "unpacks_too_large"),
    ],
)
def test_what_is_refused(members: dict[str, str | bytes], reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_zip(zipped(members), "x.odt")
    assert refused.value.reason == reason


def test_changed_content_is_read_or_refused() -> None:
    with zipfile.ZipFile(SAMPLES / "en1.odt") as archive:
        content = archive.read("content.xml")
    chance = random.Random(3)
    for _ in range(40):
        data = bytearray(content)
        for _ in range(chance.randint(1, 3)):
            data[chance.randrange(len(data))] = chance.choice(b'a<>/"0 ')
        try:
            read_zip(zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": bytes(data)}), "x.odt")
        except Unreadable as error:
            assert error.reason in ("damaged", "too_complex")
