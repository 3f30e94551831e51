"""Write archives of resumes: ZIP with names in several encodings, 7z, RAR, tar, an archive in an archive, system litter."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from unittest.mock import patch

import py7zr
import rars
from py7zr.helpers import ArchiveTimestamp

from .generated import GeneratedFile
from .pdf_pages import CHINESE, one_column
from .people import person
from .plain import text_of
from .resume import Phrasing, blocks_of, texts
from .rich_text import rich_text_files
from .web import markup, page
from .word_parts import new_document, saved, write_blocks

_MOMENT = 1772443800  # 2 March 2026


def _resume(kind: str, key: str, style: Phrasing) -> tuple[bytes, tuple[str, ...]]:
    """Make one resume for an archive."""
    who = person(key)
    blocks = blocks_of(who, style)
    if kind == "docx":
        document = new_document()
        write_blocks(document, blocks)
        return saved(document), texts(blocks)
    if kind == "pdf":
        made = one_column("inside.pdf", who, CHINESE, style)
        return made.data, made.body
    if kind == "html":
        return page(markup(blocks), "utf-8").encode(), texts(blocks)
    return text_of(blocks).encode("gbk" if who.chinese and not who.traditional else "utf-8"), texts(blocks)


Members = Sequence[tuple[str, bytes, tuple[str, ...]]]


def _members(*wanted: tuple[str, str, Phrasing]) -> Members:
    return [(name, *_resume(name.rpartition(".")[2], key, style)) for name, key, style in wanted]


def _expected(members: Members) -> dict[str, tuple[str, ...]]:
    return {name: body for name, _, body in members if body}


def _zip(members: Members, encoding: str = "") -> bytes:
    """Write a ZIP file; with an encoding, the names are bytes of it without the flag that says so."""
    buffer = io.BytesIO()
    names: dict[bytes, bytes] = {}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for position, (name, data, _) in enumerate(members):
            shown = name
            if encoding:
                raw = name.encode(encoding)
                shown = str(position).ljust(len(raw), "_")
                names[shown.encode()] = raw
            archive.writestr(zipfile.ZipInfo(shown, (2026, 3, 2, 9, 30, 0)), data, zipfile.ZIP_DEFLATED)
    result = buffer.getvalue()
    for placeholder, raw in names.items():
        result = result.replace(placeholder, raw)
    return result


def _seven_zip(members: Members) -> bytes:
    buffer = io.BytesIO()
    fixed = ArchiveTimestamp.from_datetime(float(_MOMENT))
    with patch.object(ArchiveTimestamp, "from_now", return_value=fixed), py7zr.SevenZipFile(buffer, "w") as archive:
        for name, data, _ in members:
            archive.writestr(data, name)
    return buffer.getvalue()


def _rar(members: Members, kind: str, **options: bool) -> bytes:
    builder = rars.RarBuilder(kind, **options)  # pyright: ignore[reportAttributeAccessIssue]
    for name, data, _ in members:
        builder.add_bytes(data, name, mtime=_MOMENT)
    return bytes(builder.to_bytes())


def _tar(members: Members) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data, _ in members:
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), _MOMENT
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def container_files() -> Iterator[GeneratedFile]:
    """Give the archives."""
    brackets = Phrasing("brackets")
    nurse = ("读我/马丽娟.txt", "nurse", brackets)
    first = _members(("陈思远-Java.docx", "programmer", Phrasing()), ("孙浩然.pdf", "seller", Phrasing("first")), nurse)
    english = _members(("tomas.docx", "engineer", Phrasing()), ("folder/siobhan.html", "chef", brackets), ("jake.txt", "pupil", brackets))
    yield GeneratedFile("zip_utf8_names.zip", _zip(first), notes=("names in UTF-8",), members=_expected(first))
    yield GeneratedFile("zip_gbk_names.zip", _zip(first, "gbk"), notes=("names in GBK, not flagged",), members=_expected(first))
    taiwan = _members(("蔡佩珊履歷.docx", "teacher", Phrasing()), ("黃詠琪.txt", "marketer", brackets))
    yield GeneratedFile("zip_big5_names.zip", _zip(taiwan, "cp950"), notes=("names in Big5, not flagged",), members=_expected(taiwan))
    litter: Members = [
        ("__MACOSX/._tomas.docx", b"\0\x05\x16\x07\0\x02\0\0Mac OS X", ()),
        ("folder/.DS_Store", b"\0\0\0\x01Bud1", ()),
        ("folder/Thumbs.db", b"\xd0\xcf\x11\xe0", ()),
        ("folder/", b"", ()),
        ("~$tomas.docx", b"\x05owner", ()),
        *english,
    ]
    yield GeneratedFile("zip_with_litter.zip", _zip(litter), (), ("Bud1",), ("system litter",), _expected(english))
    yield GeneratedFile("seven_zip.7z", _seven_zip(first), members=_expected(first))
    yield GeneratedFile("rar_version_5.rar", _rar(first, "rar50"), members=_expected(first))
    yield GeneratedFile("rar_version_4_english.rar", _rar(english, "rar40"), members=_expected(english))
    yield GeneratedFile("tar_gzip.tar.gz", gzip.compress(_tar(english), mtime=0), members=_expected(english))
    yield GeneratedFile("tar_bzip2.tar.bz2", bz2.compress(_tar(first)), members=_expected(first))
    yield GeneratedFile("tar_xz.tar.xz", lzma.compress(_tar(taiwan)), members=_expected(taiwan))
    inner: Members = [("inner/more.zip", _zip(english), ()), ("林晓彤.docx", *_resume("docx", "graduate", Phrasing()))]
    nested = {**_expected(english), **_expected(inner)}
    yield GeneratedFile("zip_in_zip.zip", _zip(inner), notes=("names are those in the inner archive",), members=nested)
    rich = next(rich_text_files())
    members: Members = [(rich.name, rich.data, rich.body)]
    yield GeneratedFile("zip_of_one.zip", _zip(members), members=_expected(members))
