"""A pool is listed as an upload is, and read a bounded number of files ahead."""

import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from preprocess.document import Document, Rejected
from preprocess.guarded.pool import POOL
from preprocess.intake import StoredFile, collect
from preprocess.listing import PoolListing
from preprocess.reading_ahead import AHEAD, read_units


def stored(number: int) -> StoredFile:
    text = f"工作经历 {number}".encode()
    return StoredFile(f"{number}.txt", len(text), lambda: text, path=f"{number}.txt")


def mail(name: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "应聘"
    message.set_content(f"您好，附件是{name}的简历。")
    message.add_attachment(f"{name}\n工作经历 写程序".encode(), "text", "plain", filename=f"{name}.txt")
    return message.as_bytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("甲", "utf-8")
    (tmp_path / "b.exe").write_bytes(b"MZ\x90\0")
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("深/d.txt", "丁")
        archive.writestr("e.txt", "戊")
    (tmp_path / "m1.eml").write_bytes(mail("己"))
    (tmp_path / "m2.eml").write_bytes(mail("庚"))
    return tmp_path


def test_the_same_files_are_listed_as_of_an_upload(folder: Path):
    files, refused = collect([folder], 100, 20)
    listing = PoolListing([folder], 20, POOL.upload())
    assert listing.expected() == 5
    entries = list(listing)
    listed = [file for file in entries if isinstance(file, StoredFile)]
    assert [file.data for file in listed] == [file.data for file in files]
    assert all(ours.name == theirs.name.removeprefix("m1 - ").removeprefix("m2 - ") for ours, theirs in zip(listed, files, strict=True))
    assert [(Path(file.name).name, file.reason) for file in entries if isinstance(file, Rejected)] == [
        (file.name, file.reason) for file in refused
    ]
    paths = [file.path for file in entries if isinstance(file, StoredFile)]
    assert paths[:3] == [str(folder / "a.txt"), str(folder / "c.zip" / "e.txt"), str(folder / "c.zip" / "深" / "d.txt")]
    assert listing.expected() == len(entries)


def test_files_of_one_mail_are_one_unit_and_those_of_the_next_another(folder: Path):
    units = list(read_units(PoolListing([folder / "m1.eml", folder / "m2.eml"], 20, POOL.upload()), lambda _: True, 1000, POOL.upload()))
    assert [[file.name for file in unit.files] for unit in units] == [["body.txt", "己.txt"], ["body.txt", "庚.txt"]]
    assert len({unit.digest for unit in units}) == 2
    assert all(isinstance(result, Document) and result.origin for unit in units for result in unit.results or ())


def test_no_more_than_a_bounded_number_is_taken_ahead():
    taken: list[int] = []

    def files() -> Iterator[StoredFile]:
        for number in range(10 * AHEAD):
            taken.append(number)
            yield stored(number)

    units = read_units(files(), lambda digest: False, 1000, POOL.upload())
    for done in range(3):
        assert next(units).position == done
        assert len(taken) <= AHEAD + done + 1
    units.close()


def test_what_is_not_wanted_is_not_read_and_only_some_are_looked_at():
    files = [stored(number) for number in range(6)]
    digests = [unit.digest for unit in read_units(files, lambda digest: False, 1000, POOL.upload())]
    units = list(read_units(files, lambda digest: digest == digests[3], 1000, POOL.upload(), only={3, 4}))
    assert [(unit.position, unit.results is None) for unit in units] == [(3, False), (4, True)]
    renamed = StoredFile("other.txt", files[3].size, files[3].load, path="other.txt")
    (unit,) = read_units([renamed], lambda digest: False, 1000, POOL.upload())
    assert unit.digest != digests[3], "the name may say whose it is"


def test_a_file_that_cannot_be_loaded_is_rejected_and_never_known():
    def gone() -> bytes:
        raise OSError

    (unit,) = read_units([StoredFile("x.txt", 1, gone, path="folder/x.txt")], lambda digest: False, 1000, POOL.upload())
    assert unit.digest == b"" and unit.results == (Rejected("folder/x.txt", "cannot_open"),)
