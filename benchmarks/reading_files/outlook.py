"""Write mail as saved by Outlook (MSG): plain and HTML bodies, an old code page, a resume attached."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from .compound import Storage, compound_file
from .generated import GeneratedFile
from .people import person
from .resume import Phrasing, blocks_of, texts
from .web import ABSENT, markup, page
from .word_parts import new_document, saved, write_blocks

_TEXT, _BINARY, _OLD_TEXT, _NUMBER = 0x1F, 0x102, 0x1E, 0x3
_SUBJECT, _CLASS, _SENDER, _ADDRESS, _BODY, _HTML = 0x37, 0x1A, 0xC1A, 0xC1F, 0x1000, 0x1013
_DATA, _METHOD, _SHORT_NAME, _LONG_NAME, _CODE_PAGE = 0x3701, 0x3705, 0x3704, 0x3707, 0x3FFD
Values = Mapping[tuple[int, int], bytes | int]


def _fill(storage: Storage, values: Values, head: bytes) -> Storage:
    """Store properties: numbers in the list itself, everything else in streams of its own."""
    listed = [head]
    for (tag, kind), value in values.items():
        if isinstance(value, int):
            listed.append(struct.pack("<HHIQ", kind, tag, 6, value))
            continue
        size = len(value) + {_TEXT: 2, _OLD_TEXT: 1}.get(kind, 0)
        listed.append(struct.pack("<HHIII", kind, tag, 6, size, 0))
        storage.streams[f"__substg1.0_{tag:04X}{kind:04X}"] = value
    storage.streams["__properties_version1.0"] = b"".join(listed)
    return storage


def _message(values: Values, attachments: list[tuple[str, bytes]] | None = None) -> bytes:
    attached = attachments or []
    root = Storage("")
    root.storages.append(Storage("__nameid_version1.0", {f"__substg1.0_000{number}0102": b"" for number in (2, 3, 4)}))
    common: Values = {
        (_CLASS, _TEXT): "IPM.Note".encode("utf-16-le"),
        (_SENDER, _TEXT): "Applicant".encode("utf-16-le"),
        (_ADDRESS, _TEXT): "applicant@example.com".encode("utf-16-le"),
    }
    _fill(root, {**common, **values}, struct.pack("<8xIIII8x", 0, len(attached), 0, len(attached)))
    for number, (name, data) in enumerate(attached):
        inside: Values = {
            (_DATA, _BINARY): data,
            (_METHOD, _NUMBER): 1,
            (_SHORT_NAME, _TEXT): "RESUME~1.DOC".encode("utf-16-le"),
            (_LONG_NAME, _TEXT): name.encode("utf-16-le"),
        }
        root.storages.append(_fill(Storage(f"__attach_version1.0_#{number:08X}"), inside, bytes(8)))
    return compound_file(root)


def outlook_files() -> Iterator[GeneratedFile]:
    """Give the MSG files."""
    blocks = blocks_of(person("lawyer"), Phrasing("brackets"))
    text = "\r\n".join(texts(blocks)).encode("utf-16-le")
    subject = (_SUBJECT, _TEXT)
    data = _message({subject: "Application".encode("utf-16-le"), (_BODY, _TEXT): text})
    yield GeneratedFile("msg_plain_lawyer.msg", data, texts(blocks), notes=("the body is the resume",))
    blocks = blocks_of(person("scientist"), Phrasing("first"))
    data = _message({subject: "CV".encode("utf-16-le"), (_HTML, _BINARY): page(markup(blocks), "utf-8").encode()})
    yield GeneratedFile("msg_html_scientist.msg", data, texts(blocks), ABSENT, ("an HTML body",))
    blocks = blocks_of(person("seller"), Phrasing())
    old = "\r\n".join(texts(blocks)).encode("gbk")
    data = _message({(_SUBJECT, _OLD_TEXT): "应聘".encode("gbk"), (_BODY, _OLD_TEXT): old, (_CODE_PAGE, _NUMBER): 936})
    yield GeneratedFile("msg_code_page_936_seller.msg", data, texts(blocks), notes=("eight-bit text of code page 936",))
    document, blocks = new_document(), blocks_of(person("teacher"), Phrasing("own line"))
    write_blocks(document, blocks)
    letter = "敬啟者：隨信附上履歷表。".encode("utf-16-le")
    name = "蔡佩珊履歷.docx"
    data = _message({subject: "應徵".encode("utf-16-le"), (_BODY, _TEXT): letter}, [(name, saved(document))])
    yield GeneratedFile("msg_attachment_teacher.msg", data, notes=("a Word document attached",), members={name: texts(blocks)})
