"""Whatever a user drops is either read or listed with its reason; pasted piles fall apart at the right lines."""

import gc
import os
import random
import subprocess
import sys
import unicodedata
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preprocess import containers
from preprocess.document import Rejected
from preprocess.file_names import distinct, shown_name
from preprocess.intake import collect, split_pasted
from tests.data.make_docx import ordinary, zipped
from tests.growth.clock import is_linear, thread_seconds


def gathered(*paths, max_files=200, max_file_mb=1) -> tuple[list[str], list[tuple[str, str, str]]]:
    files, rejected = collect(paths, max_files, max_file_mb)
    return [file.name for file in files], [(left.name, left.reason, left.detail) for left in rejected]


def written(path, data: bytes = b"x"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_files_folders_and_what_is_passed_over(tmp_path):
    for name in (
        "b/乙.PDF",
        "b/甲.txt",
        "a.docx",
        "张三 v1.2",
        ".hidden.txt",
        "~$a.docx",
        ".DS_Store",
        "Thumbs.db",
        "__MACOSX/x.txt",
        ".git/y.txt",
    ):
        written(tmp_path / "pile" / name, name.encode())
    written(tmp_path / "pile/图.dwg")
    single = written(tmp_path / "c.md", b"single")
    files, rejected = collect([str(single), tmp_path / "pile", tmp_path / "missing.pdf"], 200, 1)
    assert (files[0].name, files[0].data) == ("c.md", b"single")
    assert [file.name for file in files[1:]] == ["a.docx", "张三 v1.2", "乙.PDF", "甲.txt"]
    assert rejected == [Rejected("图.dwg", "unsupported_type", "DWG"), Rejected("missing.pdf", "not_found")]


def test_what_a_saved_web_page_is_drawn_with_is_passed_over(tmp_path):
    """Scripts, styles and small pictures in the page's own folder; frames, large pictures, and the same files elsewhere are not."""
    page = {
        "简历.html": "a",
        "简历_files/a.css": "b",
        "简历_files/x.js.download": "c",
        "简历_files/photo.jpg": "d",
        "简历_files/frame.html": "e",
    }
    page["简历_files/scan.png"] = "f" * 150_000
    for name, text in page.items():
        written(tmp_path / "pile" / name, text.encode())
    written(tmp_path / "pile/other/photo.jpg")
    written(tmp_path / "saved.zip", zipped({**page}))
    files, rejected = collect([tmp_path / "pile", tmp_path / "saved.zip"], 200, 1)
    names = ["frame.html", "scan.png"]
    assert sorted(file.name.split(" - ")[-1].replace(" (2)", "") for file in files) == sorted(
        [*names, *names, "photo.jpg", *["简历.html"] * 2]
    )
    assert rejected == []


def test_lock_files_given_by_name_are_passed_over(tmp_path):
    assert gathered(written(tmp_path / "~$a.docx"), written(tmp_path / ".DS_Store"), written(tmp_path / "a.txt")) == (["a.txt"], [])


def test_limits(tmp_path):
    paths = [written(tmp_path / f"{n}.txt") for n in range(4)]
    big = written(tmp_path / "big.txt", bytes(1024 * 1024 + 1))
    names, rejected = gathered(paths[0], big, *paths[1:], max_files=2)
    assert names == ["0.txt", "1.txt"]
    assert rejected == [("big.txt", "too_large", "1 MB"), ("2.txt", "too_many", "2"), ("3.txt", "too_many", "2")]


def test_empty_unreadable_and_strange_paths(tmp_path):
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert gathered(tmp_path / "empty", tmp_path / "pipe.txt", tmp_path / "loop", "a\0b.txt", "x" * 5000)[0] == []
    reasons = [reason for _, reason, _ in gathered(tmp_path / "empty", tmp_path / "pipe.txt", tmp_path / "loop", "a\0b.txt", "x" * 5000)[1]]
    assert reasons == ["empty_folder", "not_found", "not_found", "not_found", "cannot_open"]


def test_zip_with_folders_and_a_zip_inside(tmp_path):
    inner = zipped({"内层.txt": "inner", "deep.zip": zipped({"y.txt": "y"})})
    members = {
        "二/简历.txt": "2",
        "一/简历.txt": "1",
        "../../etc/passwd.txt": "p",
        "图.dwg": "i",
        "__MACOSX/一/._简历.txt": "m",
        "in.zip": inner,
    }
    files, rejected = collect([written(tmp_path / "pile.zip", zipped(members))], 200, 1)
    assert [(file.name, file.data.decode()) for file in files] == [
        ("passwd.txt", "p"),
        ("内层.txt", "inner"),
        ("一 - 简历.txt", "1"),
        ("二 - 简历.txt", "2"),
    ]
    assert sorted(rejected, key=lambda left: left.reason) == [
        Rejected("deep.zip", "nested_zip"),
        Rejected("图.dwg", "unsupported_type", "DWG"),
    ]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_chinese_zip_names_without_the_utf_8_flag(tmp_path, encoding):
    names = ["张三.txt", "简历/李四_前端工程师.txt"]
    placeholders = ["a" * len(names[0].encode(encoding)), "b" * len(names[1].encode(encoding))]
    data = zipped(dict(zip(placeholders, names, strict=True)))
    for placeholder, name in zip(placeholders, names, strict=True):
        data = data.replace(placeholder.encode(), name.encode(encoding))
    files, rejected = collect([written(tmp_path / "a.zip", data)], 200, 1)
    assert {(file.name, file.data.decode()) for file in files} == {("张三.txt", names[0]), ("李四_前端工程师.txt", names[1])}
    assert rejected == []


def test_bad_zips(tmp_path):
    locked = bytearray(zipped({"a.txt": "x", "b.txt": "y"}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    locked[locked.index(b"PK\x03\x04") + 6] |= 1
    assert gathered(written(tmp_path / "locked.zip", bytes(locked))) == (["b.txt"], [("a.txt", "needs_password", "")])
    bomb = zipped({"bomb.txt": bytes(50_000_000), "ok.txt": "ok"})
    assert gathered(written(tmp_path / "bomb.zip", bomb), max_file_mb=100) == (["ok.txt"], [("bomb.txt", "unpacks_too_large", "50 MB")])
    assert gathered(written(tmp_path / "no.zip", b"no zip")) == ([], [("no.zip", "damaged", "")])
    assert gathered(written(tmp_path / "none.zip", zipped({}))) == ([], [("none.zip", "empty_folder", "")])
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for n in range(20_001):
            archive.writestr(f"{n}.txt", b"")
    assert gathered(tmp_path / "many.zip") == ([], [("many.zip", "too_complex", "")])
    assert gathered(written(tmp_path / "word.zip", ordinary())) == (["word.docx"], [])


PILE = zipped({"张三/a.txt": "x", "b.docx": "y", "c.zip": zipped({"q.txt": "1"})})


@pytest.mark.long
@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(PILE) - 1), st.sampled_from([0, 1, 255])), min_size=1, max_size=8))
def test_mutated_zips_are_read_or_refused(tmp_path_factory, changes):
    data = bytearray(PILE)
    for at, byte in changes:
        data[at] = byte
    files, rejected = collect([written(tmp_path_factory.getbasetemp() / "mutated.zip", bytes(data))], 200, 1)
    assert files or rejected


def test_a_zip_member_without_a_name_is_passed_over(tmp_path):
    data = zipped({"a.txt": "x", "b.txt": "y"})
    nameless = bytearray(data)
    entry = nameless.index(b"PK\x01\x02")
    nameless[entry + 46] = 0  # a name is cut at its first NUL
    assert gathered(written(tmp_path / "a.zip", bytes(nameless)))[0] == ["b.txt"]


_COLLECTED = """
import resource, sys
from preprocess.intake import collect
from preprocess.pipeline import read_documents
from tests.preprocess.guarded.guarded_readers import processor_seconds_of_readers

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "linux" else 1024 * 1024)

list(read_documents(collect([sys.argv[1]], 200, 20)[0]))  # a small one, so that everything is loaded
before, spent = peak(), processor_seconds_of_readers()
files, rejected = collect([sys.argv[2]], 200, 20)
results = list(read_documents(files))
own = resource.getrusage(resource.RUSAGE_SELF)
print(len(files), len(rejected), peak() - before, processor_seconds_of_readers() - spent)
"""


def collected_elsewhere(small, path) -> tuple[int, int, int, float]:
    """Collect in a process of its own; return how many files and refusals, its peak memory in MB above the start, and the readers'
    processor seconds.
    """
    command = [sys.executable, "-c", _COLLECTED, str(small), str(path)]
    files, rejected, grown, spent = subprocess.run(command, capture_output=True, text=True, check=True, timeout=100).stdout.split()
    return int(files), int(rejected), int(grown), float(spent)


def zip_of_zips(count: int) -> bytes:
    """Return a ZIP of ZIPs, each of ten files of 3 MB, which do not pack and are refused as soon as somebody looks at them."""
    content = b"Rar!" + random.Random(0).randbytes(3_000_000)
    inner = zipped({f"{number}.pdf": content + bytes([number]) for number in range(10)}, zipfile.ZIP_STORED)
    return zipped({f"{number}.zip": inner for number in range(count)}, zipfile.ZIP_STORED)


@pytest.mark.long
def test_a_zip_of_zips_is_never_in_memory_at_once(tmp_path):
    small = written(tmp_path / "small.zip", zipped({"a.txt": "x"}))
    grown = {}
    for count in (2, 4):
        path = written(tmp_path / f"{count}.zip", zip_of_zips(count))
        files, rejected, grown[count], _ = collected_elsewhere(small, path)
        assert (files, rejected) == (10 * count, 0)
    assert grown[2] < 60, "it unpacks to 60 MB"
    assert grown[4] < grown[2] + 30, "and the larger one to 120"


@pytest.mark.growth
def test_large_texts_in_a_zip_cost_no_more_than_unpacking_them(tmp_path):
    small = written(tmp_path / "small.zip", zipped({"a.txt": "x"}))
    text = "".join(f"熟悉 Python 与分布式系统 {number}。\n" for number in range(200_000))
    spent = []
    for count in (2, 4):
        path = written(tmp_path / f"{count}.zip", zipped({f"{number}.txt": text for number in range(count)}))
        files, rejected, _, seconds = collected_elsewhere(small, path)
        assert (files, rejected) == (count, 0)
        spent.append(seconds)
    assert spent[1] <= 3 * spent[0]
    assert spent[1] < 4 * 0.5, "reading one of them to its end takes 1.5 s"


def test_all_zips_of_an_upload_have_one_budget(tmp_path, monkeypatch):
    monkeypatch.setattr("preprocess.containers._MAX_UNPACKED", 2_500)
    texts = zipped({"a.txt": "x" * 1000, "b.txt": "y" * 1000})
    first, second = written(tmp_path / "1.zip", texts), written(tmp_path / "2.zip", texts)
    assert gathered(first) == (["a.txt", "b.txt"], [])
    assert gathered(first, second) == (["a.txt", "b.txt"], [("2.zip", "unpacks_too_large", "0 MB")])
    nested = written(tmp_path / "nested.zip", zipped({"in.zip": texts}))
    assert gathered(nested) == (["a.txt", "b.txt"], [])
    monkeypatch.setattr("preprocess.containers._MAX_UNPACKED", 2_000)
    assert gathered(nested) == ([], [("in.zip", "unpacks_too_large", "0 MB")]), "what was unpacked to look into it counts too"


def test_no_more_zips_are_opened_than_there_is_room_for_files(tmp_path, monkeypatch):
    many = written(tmp_path / "many.zip", zipped({f"{number}.zip": zipped({"a.txt": "x"}) for number in range(9)}))
    names, rejected = gathered(many, max_files=3)
    assert len(names) == 3
    assert {reason for _, reason, _ in rejected} == {"too_many"} and len(rejected) == 6
    monkeypatch.setitem(containers._MAX_CONTAINERS, True, 5)
    names, rejected = gathered(many)
    assert len(names) == 4 and {reason for _, reason, _ in rejected} == {"too_complex"}


def test_what_was_unpacked_to_look_into_it_goes_with_the_files(tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    word = ordinary()  # once: it says in which second it was made
    nested = written(tmp_path / "nested.zip", zipped({"in.zip": zipped({"a.txt": "x"}), "word.zip": word}))
    files, _ = collect([nested], 200, 1, scratch=scratch)
    assert [file.name for file in files] == ["a.txt", "word.docx"] and list(scratch.iterdir())
    assert (files[0].data, files[1].data) == (b"x", word)
    del files
    gc.collect()
    assert list(scratch.iterdir()) == []


def test_names_for_people():
    assert shown_name("/a/b/简历.pdf") == shown_name("C:\\x\\简历.pdf") == shown_name("简\u202e历\x07\u200b.pdf") == "简历.pdf"
    assert shown_name("Müller_José_ガ.pdf") == shown_name(unicodedata.normalize("NFD", "Müller_José_ガ.pdf")) == "Müller_José_ガ.pdf"
    assert shown_name("../..") == shown_name("") == shown_name("\u202e") == "未命名"
    long = shown_name("长" * 400 + ".docx")
    assert len(long) == 120 and long.endswith("….docx")
    assert distinct([("", "a.txt"), ("", "a.txt"), ("", "a (2).txt"), ("", "a.txt"), ("", "粘贴"), ("", "粘贴")]) == [
        "a.txt", "a (3).txt", "a (2).txt", "a (4).txt", "粘贴", "粘贴 (2)",
    ]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(["", "x", "y"]), st.sampled_from(["a.txt", "a (2).txt", "x - a.txt", "b"]))))
def test_names_are_distinct(places):
    assert len(set(distinct(places))) == len(places)


LONG = "负责后端开发与架构设计，主导微服务改造。" * 20


def pasted(text: str) -> list[tuple[str, str]]:
    return [(file.name, file.text) for file in split_pasted(text)]


def test_pasted_one_resume_or_none():
    assert pasted(" \n\r\n---\n") == []
    assert pasted("张三\n五年 Go 经验") == [("张三", "张三\n五年 Go 经验")]
    assert pasted("教育背景\n北京大学") == [("粘贴 1", "教育背景\n北京大学")]
    assert pasted("个人简历\n姓名：张 三 丰\n")[0][0] == "张 三 丰"


def test_pasted_rules_separate():
    assert pasted("张三\nGo\n---\n李四 Java\n\n=====\r\n\n王五，C++ 十年 \n ---- \n---") == [
        ("张三", "张三\nGo"),
        ("李四", "李四 Java"),
        ("王五", "王五，C++ 十年 "),
    ]
    assert pasted("a -- b\n--\nc") == [("a -- b", "a -- b\n--\nc")]
    assert [name for name, _ in pasted("张三\nx\n---\n张三\ny")] == ["张三", "张三 (2)"]


def test_pasted_headings_rule():
    text = "候选人1：张三 五年Go\n---\n工作经历\n候选人 2:\n\n李四\n---\n【候选人三】\n**Candidate 4:** John Smith, SRE\n候选人5：\n"
    assert pasted(text) == [
        ("候选人1 · 张三", "张三 五年Go\n---\n工作经历"),
        ("候选人2 · 李四", "李四"),
        ("Candidate 4 · John Smith", "John Smith, SRE"),
    ]
    assert [name for name, _ in pasted(f"王五\n{LONG}\n候选人2：\n{LONG}")] == ["王五", "候选人2"]
    assert pasted("以下两份：\n候选人1：张三\n候选人2：李四")[0] == ("候选人1 · 张三", "张三\n以下两份：")


def test_pasted_decoration_stays_inside_a_resume():
    decorated = f"张三\n-----\n{LONG}\n------\n【工作经历】\n{LONG}\n---\n教育背景：某大学\n----\n谢谢"
    assert pasted(decorated) == [("张三", decorated)]
    two = f"{decorated.removesuffix('谢谢')}自我评价\n{LONG}\n===\n李四\n{LONG}"
    assert [name for name, _ in pasted(two)] == ["张三", "李四"]
    anonymous = f"教育背景\n{LONG}"
    assert len(pasted(f"{anonymous}\n---\n{anonymous}\n---\n{anonymous}")) == 3


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["张三", LONG, "---", "===", "候选人1：", "候选人2: 李四", "工作经历", "", "\ud800", "x\u202e"])).map(
        "\n".join
    )
)
def test_pasting_loses_no_line(text):
    kept = "".join(data for _, data in pasted(text))
    for line in ("张三", "李四", LONG, "工作经历"):
        assert kept.count(line) == text.count(line)


@pytest.mark.growth
@pytest.mark.parametrize("piece", ["---\n", "工作经历\n---\n", "候选人1" + " " * 50_000 + "\n", "a\n---\n", "[" * 1000, "候选人1：x\n"])
def test_pasting_time_is_linear(piece):
    assert is_linear(lambda size: thread_seconds(lambda: split_pasted(piece * (size // len(piece)))), 60_000)
