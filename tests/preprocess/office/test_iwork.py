"""Pages: the text of every storage in reading order; what nobody sees is left out and noted; old kinds are refused with what to do."""

import contextlib
import json
import random
from pathlib import Path

import pytest

from preprocess.document import Rejected, Unreadable
from preprocess.intake import collect
from preprocess.office.iwork import read_pages
from preprocess.pipeline import read_documents
from preprocess.read import read_document
from tests.data.formats.score import score
from tests.data.make_docx import zipped
from tests.data.make_pages import (
    BODY,
    CHARACTER_STYLE,
    FOOTNOTE,
    HEADER,
    PAGE_TEMPLATE,
    PARAGRAPH_STYLE,
    SHAPE,
    TEXT_BOX,
    colour,
    field,
    iwa,
    pages,
    reference,
    runs,
    storage,
    style,
)
from tests.each import each
from tests.preprocess.contents import lines_of, notes_of

FORMATS = Path(__file__).parents[2] / "data" / "formats"
MANIFEST = json.loads((FORMATS / "manifest.json").read_text("utf-8"))
SECRET = "熟悉一切"
TEXT = f"张三\n{SECRET}\n本科"


def test_sample():
    files, _ = collect([FORMATS / "samples" / "zh1.pages"], 10, 10)
    (document,) = read_documents(files)
    assert not isinstance(document, Rejected)
    result = score(MANIFEST["zh1.pages"]["expect"], "\n".join(lines_of(document)), MANIFEST["zh1.pages"]["never"])
    assert result["recall"] >= 0.98 and result["lines"] >= 0.95 and result["leaked"] == []
    assert document.notes == ()


def test_storages_come_in_reading_order():
    objects = (
        storage(HEADER, "页脚"),
        storage(FOOTNOTE, "脚注"),
        storage(TEXT_BOX, "文本框"),
        storage(BODY, "第一段\u2028第二行\n\ufffc第三段\t后\U0001d400"),
        storage(HEADER, "页眉"),
        (PAGE_TEMPLATE, field(1, reference(5)) + field(2, reference(1))),
        storage(HEADER, "页眉"),
    )
    table = iwa([(6005, field(1, 1) + field(3, field(1, 1) + field(3, "单元格")))], 20)
    document = read_pages(pages(*objects, **{"Tables/DataList-1": table, "DocumentStylesheet": iwa([storage(BODY, "样张")], 30)}), "x")
    assert lines_of(document) == ["页眉", "第一段", "第二行", "第三段  后\U0001d400", "文本框", "单元格", "脚注", "页脚"]


def test_long_and_repetitive_streams_unpack():
    text = "\n".join(["a" * 3000, "字" * 30_000, *(f"第{number}行" for number in range(400))])
    assert lines_of(read_pages(pages(storage(BODY, text)), "x")) == text.split("\n")


HIDDEN = {
    "deleted": (runs(22, (3, 9), (7, 0)), []),
    "transparent": (runs(8, (3, 2), (7, 0)), [style(CHARACTER_STYLE, colour(0.0, 0.0, 0.0, 0.0))]),
    "tiny": (runs(8, (3, 2), (7, 0)), [style(CHARACTER_STYLE, field(3, 0.5))]),
    "white": (runs(8, (3, 2), (7, 0)), [style(CHARACTER_STYLE, colour(1.0, 1.0, 1.0))]),
    "white by its paragraph": (runs(5, (0, 0), (3, 2), (8, 0)), [style(PARAGRAPH_STYLE, colour(1.0, 1.0, 1.0))]),
    "white by inheritance": (
        runs(5, (0, 0), (3, 2), (8, 0)),
        [style(PARAGRAPH_STYLE, parent=3), style(PARAGRAPH_STYLE, colour(1.0, 1.0, 1.0))],
    ),
}


@each("kind", HIDDEN)
def test_text_that_nobody_sees(kind: str):
    table, styles = HIDDEN[kind]
    document = read_pages(pages(storage(BODY, TEXT, table), *styles), "x")
    assert (lines_of(document), notes_of(document)) == (["张三", "本科"], [("hidden_text", SECRET)])


def test_white_text_over_a_shape_or_a_colour_stays():
    table, styles = HIDDEN["white"]
    document = read_pages(pages(storage(BODY, TEXT, table), *styles, (SHAPE, b"")), "x")
    assert (lines_of(document), notes_of(document)) == (TEXT.split("\n"), [("hidden_unsure", SECRET)])
    marked = style(CHARACTER_STYLE, colour(1.0, 1.0, 1.0), field(26, b"\x08\x01"))
    document = read_pages(pages(storage(BODY, TEXT, table), marked), "x")
    assert (lines_of(document), notes_of(document)) == (TEXT.split("\n"), [])


def test_folders_and_first_versions_are_opened():
    stream = iwa([storage(BODY, "张三")])
    folder = {"简历.pages/Index/Document.iwa": stream, "简历.pages/Metadata/a.plist": b"", "__MACOSX/简历.pages/._a": b""}
    inner = {"Index.zip": zipped({"Index/Document.iwa": stream}), "Metadata/a.plist": b"", "preview.jpg": b"\xff\xd8"}
    packed: list[dict[str, str | bytes]] = [{**folder}, {**inner}, {f"简历.pages/{name}": content for name, content in inner.items()}]
    for members in packed:
        document = read_document(zipped(members), "x")
        assert (document.kind, lines_of(document)) == ("pages", ["张三"])


@each(
    "members, reason",
    [
        ({"index.xml": b"<x/>", "buildVersionHistory.plist": b""}, "old_pages"),
        ({"简历.pages/index.xml.gz": b"", "简历.pages/QuickLook/Preview.pdf": b""}, "old_pages"),
        ({".iwpv2": b"", "Index/Document.iwa": b"", "Metadata/a.plist": b""}, "needs_password"),
        ({"index.xml": b"<x/>", "a.docx": b""}, "unsupported_type"),
    ],
)
def test_what_cannot_be_read_is_refused(members: dict[str, str | bytes], reason: str):
    with pytest.raises(Unreadable) as refused:
        read_document(zipped(members), "x")
    assert refused.value.reason == reason


def test_mutated_streams_are_read_or_refused():
    table, styles = HIDDEN["white"]
    stream = iwa([storage(BODY, TEXT, table), *styles, storage(HEADER, "页眉" * 30)])
    chance = random.Random(3)
    for _ in range(300):
        mutant = bytearray(stream[: chance.randrange(len(stream) // 2, len(stream) + 1)])
        for _ in range(chance.randrange(1, 6)):
            mutant[chance.randrange(len(mutant))] = chance.randrange(256)
        with contextlib.suppress(Unreadable):
            read_pages(zipped({"Index/Document.iwa": bytes(mutant)}), "x")
    huge = b"\0\x0a\0\0" + b"\xff\xff\xff\xff\x0f" + b"\0" * 5
    with pytest.raises(Unreadable, match="damaged"):
        read_pages(zipped({"Index/Document.iwa": huge}), "x")


def test_a_presentation_in_a_renamed_file_is_refused_by_name():
    with pytest.raises(Unreadable) as refused:
        read_pages(pages((1, field(1, 1)), storage(TEXT_BOX, "张三")), "x.pages")
    assert (refused.value.reason, refused.value.detail) == ("export_it", "Keynote / Numbers (.key, .numbers)")
    assert lines_of(read_pages(pages((10000, field(1, 1)), (1, field(1, 1)), storage(BODY, "张三")), "x.pages")) == ["张三"]
