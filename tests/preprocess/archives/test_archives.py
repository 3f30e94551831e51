"""RAR, 7z and tar archives: what is in them is listed like a ZIP's, and what cannot be read says why."""

import gzip
import io
import random
import tarfile
from contextlib import suppress
from pathlib import Path

import pytest

from preprocess.archives import rar, seven_zip, tar
from preprocess.archives.zip import Member
from preprocess.document import Unreadable
from preprocess.guarded.repack import repack
from preprocess.intake import collect
from tests.data.make_docx import zipped
from tests.each import each

SAMPLES = Path(__file__).parents[2] / "data" / "formats" / "samples"
PEOPLE = ["Marisol Quenby-Senior Data Engineer.rtf", "林晓岚-后端开发工程师.rtf", "欧阳沐川-财务经理.rtf"]


def listed(path: Path) -> tuple[list[str], list[tuple[str, str]]]:
    files, rejected = collect([path], 200, 20)
    assert all(file.data.startswith(b"{\\rtf") for file in files)
    return [file.name for file in files], [(left.name, left.reason) for left in rejected]


@each(
    "name",
    "pile.7z ppmd_bcj.7z rar4.rar rar5.rar zip_in_rar.rar pile.tar.gz gbk_names.tgz gbk_names.zip evil.tar.gz".split(),
)
def test_the_files_in_an_archive(name: str) -> None:
    assert listed(SAMPLES / name) == (PEOPLE, [])


@each(
    "name, refused",
    [
        ("hidden_names.7z", ["hidden_names.7z"]),
        ("rar5_hidden_names.rar", ["rar5_hidden_names.rar"]),
        ("rar4_password.rar", PEOPLE),
        ("aes_password.zip", PEOPLE),
        ("zipcrypto_password.zip", PEOPLE),
    ],
)
def test_a_password_is_named(name: str, refused: list[str]) -> None:
    assert listed(SAMPLES / name) == ([], [(path, "needs_password") for path in refused])


def test_content_decides_not_the_name(tmp_path: Path) -> None:
    renamed = tmp_path / "简历.dat"
    renamed.write_bytes((SAMPLES / "rar5.rar").read_bytes())
    assert listed(renamed) == (PEOPLE, [])


@pytest.mark.parametrize("name", ["a.rar", "a.7z", "a.tar.gz"])
def test_what_is_no_archive_is_damaged(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"no archive")
    assert listed(tmp_path / name) == ([], [(name, "damaged")])


def test_an_archive_in_an_archive(tmp_path: Path) -> None:
    pile: dict[str, str | bytes] = {"批次/一.7z": (SAMPLES / "pile.7z").read_bytes(), "二.rar": (SAMPLES / "rar4.rar").read_bytes()}
    (tmp_path / "all.zip").write_bytes(zipped(pile))
    names, rejected = listed(tmp_path / "all.zip")
    assert len(names) == 6 and not rejected


def test_a_compressed_file_that_is_no_tar(tmp_path: Path) -> None:
    (tmp_path / "简历.rtf.gz").write_bytes(gzip.compress(b"{\\rtf1 x}"))
    assert listed(tmp_path / "简历.rtf.gz") == (["简历.rtf"], [])


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b"x" * 120_000_000))
    assert listed(tmp_path / "bomb.gz") == ([], [("bomb.gz", "unpacks_too_large")])


def test_reasons_of_members_survive_repacking(tmp_path: Path) -> None:
    packed = repack(io.BytesIO((SAMPLES / "rar4_password.rar").read_bytes()), "rar", "x.rar")
    (tmp_path / "packed.zip").write_bytes(packed)
    assert listed(tmp_path / "packed.zip")[1] == [(name, "needs_password") for name in PEOPLE]


def test_a_tar_name_in_gbk() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT, encoding="gbk") as archive:
        entry = tarfile.TarInfo("简历/张三.txt")
        entry.size = 2
        archive.addfile(entry, io.BytesIO(b"ok"))
    assert list(tar.members(io.BytesIO(out.getvalue()), "x.tar")) == [Member("简历/张三.txt", b"ok")]


@pytest.mark.parametrize(("reader", "name"), [(rar, "rar4.rar"), (rar, "rar5.rar"), (seven_zip, "pile.7z"), (tar, "pile.tar.gz")])
def test_changed_bytes_are_read_or_refused(reader, name: str) -> None:
    original, read, refused = (SAMPLES / name).read_bytes(), 0, 0
    chance = random.Random(name)
    for _ in range(60):
        data = bytearray(original)
        for _ in range(chance.randint(1, 3)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read += bool(list(reader.members(io.BytesIO(bytes(data)), name)))
        except Unreadable:
            refused += 1
    assert refused and read + refused <= 60
    for length in range(0, len(original), max(1, len(original) // 20)):
        with suppress(Unreadable):
            list(reader.members(io.BytesIO(original[:length]), name))
