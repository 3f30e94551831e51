"""The samples of office files are read whole, through intake and guarded processes as users' files are."""

import json
from pathlib import Path

from preprocess.document import Document, Rejected
from preprocess.intake import collect
from preprocess.pipeline import read_documents
from tests.data.formats.score import score

FORMATS = Path(__file__).parents[2] / "data" / "formats"
MANIFEST = json.loads((FORMATS / "manifest.json").read_text("utf-8"))
KINDS = {
    **dict.fromkeys(("zh1.doc", "zh2.doc", "tw1.doc", "en1.doc", "zh1.dot", "zh2.wps"), "doc"),
    **dict.fromkeys(("zh1_word.rtf", "zh2_wordpad.rtf", "zh1_textedit.rtf", "tw1_word.rtf", "en1_word.rtf"), "rtf"),
    **dict.fromkeys(("zh1_libreoffice.rtf", "zh2_rtf.doc"), "rtf"),
    **dict.fromkeys(("zh1.odt", "zh2.odt", "en1.odt", "zh1.fodt"), "odt"),
    **{"zh1_word2003xml.doc": "wordml", "zh1.pptx": "pptx"},
}


def test_every_sample_is_read_whole() -> None:
    files, rejected = collect([FORMATS / "samples" / name for name in KINDS], 100, 20)
    assert not rejected
    documents = list(read_documents(files))
    assert [document.name for document in documents] == list(KINDS)
    for document in documents:
        assert isinstance(document, Document), document
        assert document.kind == KINDS[document.name]
        lines = [line.text for page in document.pages for line in page.lines]
        expected = MANIFEST[document.name]
        result = score(expected["expect"], "\n".join(lines), expected["never"])
        assert (result["recall"], result["lines"], result["leaked"]) == (1.0, 1.0, []), (document.name, result)
        assert len(lines) == len(expected["expect"]), document.name  # a line each, of rows too


def test_formats_that_are_too_old_are_named(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

    def entry(name: str) -> bytes:
        return ole + name.encode("utf-16-le").ljust(128, b"\0")

    contents = {
        "slides.ppt": (entry("PowerPoint Document"), "unsupported_type", "PowerPoint 97–2003 (.ppt)"),
        "works.wps": (entry("MatOST"), "unsupported_type", "Microsoft Works (.wps)"),
        "word2.doc": (b"\xdb\xa5-\0" + bytes(600), "old_word", "Word 2"),
    }
    for name, (content, _, _) in contents.items():
        (tmp_path / name).write_bytes(content)
    files, rejected = collect([tmp_path / name for name in contents], 100, 20)
    assert not rejected
    expected = [Rejected(name, reason, detail) for name, (_, reason, detail) in contents.items()]
    assert list(read_documents(files)) == expected
