"""Write archives that must be refused or survived: bombs, nests, false sizes, escapes, loops, damage."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

import rars

from .word_parts import zip_of

MEGABYTE = 1 << 20
_STAMP = (2026, 3, 2, 9, 30, 0)


def deflated_zeros(megabytes: int, filler: bytes = b"\0") -> bytes:
    """Give a deflate stream that unpacks to many megabytes, made from one repeated block."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(filler * (MEGABYTE // len(filler))) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * megabytes + zlib.compressobj(9, zlib.DEFLATED, -15).flush()


def raw_zip(members: list[tuple[str, bytes, int, int]], *, flags: int = 0, copies: int = 1) -> bytes:
    """Write a ZIP file of packed members with any claimed size; `copies` lists each member that often."""
    body, listing, count = bytearray(), bytearray(), 0
    for name, packed, size, method in members:
        raw = name.encode()
        packed_size = min(len(packed), 0xFFFFFFFF)
        shared = struct.pack("<HHHHHIIIHH", 20, flags, method, 0x4BC0, 0x5C62, 0, packed_size, size & 0xFFFFFFFF, len(raw), 0)
        offset = len(body)
        body += b"PK\3\4" + shared + raw + packed
        for _ in range(copies):
            listing += b"PK\1\2" + struct.pack("<H", 20) + shared + struct.pack("<HHHII", 0, 0, 0, 0, offset) + raw
            count += 1
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count & 0xFFFF, count & 0xFFFF, len(listing), len(body), 0)
    return bytes(body + listing + end)


def _nested(levels: int, wide: int, seed: bytes) -> bytes:
    data = zip_of([("resume.txt", seed)])
    for level in range(levels):
        data = zip_of([(f"level{level}_{copy}.zip", data) for copy in range(wide)])
    return data


def _tar_head(name: str, size: bytes, kind: bytes = b"0", link: str = "") -> bytes:
    head = bytearray(512)
    head[0:100] = name.encode().ljust(100, b"\0")
    head[100:108], head[108:116], head[116:124] = b"0000644\0", b"0000000\0", b"0000000\0"
    head[124:136], head[136:148], head[148:156], head[156:157] = size, b"15151515151\0", b" " * 8, kind
    head[157:257] = link.encode().ljust(100, b"\0")
    head[257:265] = b"ustar\x0000"
    head[148:156] = f"{sum(head):06o}\0 ".encode()
    return bytes(head)


def _links() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, target in (("resume.txt", "/etc/passwd"), ("a.txt", "b.txt"), ("b.txt", "a.txt"), ("../../up.txt", "..")):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
    return buffer.getvalue()


def _escapes() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        names = ("../../../../tmp/escaped.txt", "/etc/escaped.txt", "C:\\Windows\\escaped.txt", "..\\..\\escaped.txt", "a" * 60000 + ".txt")
        for name in names:
            archive.writestr(zipfile.ZipInfo(name, _STAMP), "escaped")
        link = zipfile.ZipInfo("resume.txt", _STAMP)
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return buffer.getvalue()


def _seven_zip_head(offset: int, size: int, rest: bytes = b"") -> bytes:
    start = struct.pack("<QQI", offset, size, zlib.crc32(rest))
    return b"7z\xbc\xaf'\x1c\0\4" + struct.pack("<I", zlib.crc32(start)) + start + rest


def hostile_archives() -> Iterator[tuple[str, bytes]]:
    """Give the hostile archives."""
    bomb = deflated_zeros(1200)
    yield "zip_bomb.zip", raw_zip([("resume.txt", bomb, 1200 * MEGABYTE, 8)])
    yield "zip_bomb_that_claims_to_be_small.zip", raw_zip([("resume.txt", deflated_zeros(600), 900, 8)])
    yield "zip_claims_four_gigabytes.zip", raw_zip([("resume.txt", b"\3\0", 0xFFFFFFFE, 8)])
    yield "zip_members_share_one_body.zip", raw_zip([("resume.txt", deflated_zeros(20, b"word "), 20 * MEGABYTE, 8)], copies=20000)
    yield "zip_of_zips_wide.zip", _nested(6, 9, b"x" * 100000)
    yield "zip_of_zips_deep.zip", _nested(300, 1, b"at the bottom")
    yield "zip_of_15000_members.zip", raw_zip([(f"{number}.txt", b"a", 1, 0) for number in range(15000)])
    yield "zip_names_that_escape.zip", _escapes()
    yield "zip_encrypted.zip", raw_zip([("resume.docx", b"\x8a\x11" * 400, 800, 0)], flags=1)
    yield "zip_cut_in_half.zip", _nested(1, 2, b"half a resume " * 900)[:-300]
    yield "zip_only_an_end.zip", b"PK\5\6" + bytes(18)
    yield "gzip_bomb.txt.gz", gzip.compress(bytes(MEGABYTE), mtime=0) * 900
    yield "bzip2_bomb.tar.bz2", bz2.compress(bytes(MEGABYTE)) * 20000
    yield "xz_bomb.tar.xz", lzma.compress(bytes(MEGABYTE)) * 5000
    yield "tar_claims_eight_exabytes.tar", _tar_head("resume.txt", b"\x80\0\0\0\x7f" + b"\xff" * 7) + b"short"
    yield "tar_negative_size.tar", _tar_head("resume.txt", b"\xff" * 12) + bytes(1024)
    yield "tar_of_links.tar", _links()
    yield "seven_zip_huge_header.7z", _seven_zip_head(0, 1 << 60)
    yield "seven_zip_broken_header.7z", _seven_zip_head(0, 64, b"\1\4\6\0\xff\xff\xff\xff\xff\xff\xff\xff\xff" + b"\x80" * 51)
    builder = rars.RarBuilder("rar50")  # pyright: ignore[reportAttributeAccessIssue]
    builder.add_bytes(b"resume " * 5000, "resume.txt", mtime=1772443800)
    whole = bytes(builder.to_bytes())
    yield "rar_cut_in_half.rar", whole[: len(whole) // 2]
    yield "rar_endless_header.rar", b"Rar!\x1a\7\1\0" + bytes(4) + b"\xff" * 400
