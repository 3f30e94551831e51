"""Good resumes among hostile files: the good ones are ranked, the others are named with reasons, in bounded memory and time.

Five good ones among a dozen here, and five among a dozen of other formats; 150 among all 50 in benchmarks/hostile_pile.py.
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from benchmarks.reading_files.hostile import hostile_archives, hostile_office, hostile_texts
from i18n.texts import texts
from preprocess import pipeline
from preprocess.document import Document, Rejected, Resume
from preprocess.intake import collect
from preprocess.pipeline import read_resumes
from preprocess.read import read_document
from reranker.engine import Query
from reranker.ranking import rank
from reranker.rows import Ranking
from tests.data.make_docx import paragraph, raw, zipped
from tests.data.make_hostile import Hostile, hostile_files, with_media_box
from tests.data.make_pdf import many_pages, text_pdf
from tests.encoder import JUDGE
from tests.preprocess.guarded.guarded_readers import CUT_OFF, exit_codes, processor_seconds_of_readers
from tests.ui.samples import CountingEngine

pytestmark = pytest.mark.long

GOOD = 5
EVERY = 4
"""Of the hostile files, which come kind by kind, every fourth is in the pile."""
SECRET = "never to be seen in a resume"


@dataclass
class Watch:
    """The memory of this process and its children while something runs, how long each file took to read, and how the readers ended."""

    before: int = 0
    most: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    exit_codes: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Outcome:
    hostile: list[Hostile]
    read: list[Resume | Rejected]
    left_out: list[Rejected]
    ranking: Ranking
    watch: Watch
    seconds: float
    """Of processor time, children counted: how busy the machine is otherwise does not matter."""


def good_files(count: int = GOOD) -> Iterator[tuple[str, bytes]]:
    for number in range(count):
        skill = ("Python", "Java", "Go", "Kubernetes")[number % 4]
        lines = [
            f"Candidate {number}",
            f"Backend engineer, {number % 9 + 1} years of {skill}",
            f"Built the order service of company {number}",
        ]
        kind = ("txt", "docx", "txt", "docx", "pdf")[number % 5]
        if kind == "pdf":
            yield f"good {number}.pdf", text_pdf(lines, font="Helvetica")
        else:
            yield f"good {number}.{kind}", raw("".join(map(paragraph, lines))) if kind == "docx" else "\n".join(lines).encode()


def memory(process: psutil.Process) -> int:
    total = process.memory_info().rss
    for child in process.children(recursive=True):
        try:
            if child.cmdline() != process.cmdline():  # else it is about to become a reader, and shares the memory of this process
                total += child.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


@contextmanager
def watching(watch: Watch) -> Iterator[None]:
    """Look at the memory all the time."""
    over = threading.Event()
    process = psutil.Process(os.getpid())
    watch.before = watch.most = memory(process)

    def look() -> None:
        while not over.wait(0.02):
            watch.most = max(watch.most, memory(process))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield
    finally:
        over.set()
        looking.join()


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return rank_pile(tmp_path_factory.mktemp("pile"), GOOD, EVERY)


def rank_pile(folder: Path, good: int, every: int) -> Outcome:
    """Read and rank a pile of so many good files and every so-manieth hostile one, all of it in this folder."""
    pile, secret = folder / "pile", folder / "secret"
    pile.mkdir()
    secret.write_text(SECRET)
    hostile = hostile_files(str(secret))[::every]
    for name, data in [*good_files(good), *((attack.name, attack.data) for attack in hostile)]:
        (pile / name).write_bytes(data)
    judge, watch = JUDGE, Watch()
    judge.verdicts(["warm"], "warm")  # its 180 MB are not the pile's

    def timed(data: bytes, name: str, max_characters: int) -> Document:
        started = time.monotonic()
        try:
            return read_document(data, name, max_characters)
        finally:
            watch.seconds[name] = time.monotonic() - started

    read_document(b"warm", "warm.txt")
    started = sum(os.times()[:4]) + processor_seconds_of_readers()
    with pytest.MonkeyPatch.context() as patch, watching(watch), exit_codes() as watch.exit_codes:
        patch.setattr(pipeline, "read_document", timed)
        files, left_out = collect([pile], 200, 20)
        read = list(read_resumes(files, job="Backend engineer, Python"))
        resumes = [result for result in read if isinstance(result, Resume)]
        ranking = rank(Query("Requirements:\n- 3 years of Python", "any"), resumes, CountingEngine(), judge)
    seconds = sum(os.times()[:4]) + processor_seconds_of_readers() - started
    return Outcome(hostile, read, left_out, ranking, watch, seconds)


def test_exactly_the_good_ones_are_ranked(outcome: Outcome):
    assert sorted(row.name for row in outcome.ranking.rows) == sorted(name for name, _ in good_files())
    assert outcome.ranking.finished
    assert not [result.name for result in outcome.read if isinstance(result, Resume) and SECRET in result.text]


def test_each_hostile_file_is_named_with_its_reason_in_both_languages(outcome: Outcome):
    assert len(outcome.hostile) >= 12
    assert {Path(attack.name).suffix for attack in outcome.hostile} >= {".pdf", ".docx", ".txt"}
    rejected = {file.name: file for file in (*outcome.left_out, *outcome.read) if isinstance(file, Rejected)}
    assert sorted(rejected) == sorted(attack.shown or attack.name for attack in outcome.hostile)
    reasons = {attack.name: rejected[attack.shown or attack.name].reason for attack in outcome.hostile}
    assert {name: reason for name, reason in reasons.items() if reason not in of(outcome, name).reasons} == {}
    for file in rejected.values():
        for language in ("zh", "en"):
            words = texts(language)
            assert words.rejected(file) == words(f"reasons.{file.reason}", detail=file.detail)


def of(outcome: Outcome, name: str) -> Hostile:
    return next(attack for attack in outcome.hostile if attack.name == name)


def test_memory_and_time_are_bounded(outcome: Outcome):
    grown = (outcome.watch.most - outcome.watch.before) / 1e6
    slowest = sorted(outcome.watch.seconds.items(), key=lambda pair: -pair[1])[:5]
    print(f"{grown:.0f} MB more than before at most, children counted; {outcome.seconds:.1f} s of a processor; slowest: {slowest}")
    assert grown < 2500, "the text recognition of a page without usable text takes 1 GB beside the readers of PDFs"
    assert len(outcome.watch.exit_codes) >= len(outcome.hostile)
    assert CUT_OFF not in outcome.watch.exit_codes, "each is refused for what it brings, long before its reader's limit of time"


def test_what_is_only_large_is_read():
    text = b"BT /F1 12 Tf 72 720 Td (Java developer, ten years of experience) Tj ET"
    document = read_document(with_media_box(1_000_000, text), "a page of 350 m.pdf")
    assert [line.text for page in document.pages for line in page.lines] == ["Java developer, ten years of experience"]
    document = read_document(many_pages(5_000), "5000 pages.pdf")
    assert len(document.pages) == 30
    assert [(note.code, note.page, note.count) for note in document.notes] == [("page_cap", 30, 5000)]


OTHER_FORMATS = {
    "seven_zip_huge_header.7z": {"damaged"},
    "rar_endless_header.rar": {"damaged"},
    "tar_claims_eight_exabytes.tar": {"damaged", "reader_failed"},
    "xlsx_last_cell.xlsx": {"no_text", "too_complex"},
    "odt_sections_100000_deep.odt": {"unpacks_too_large", "too_complex"},
    "ofd_pages_elsewhere.ofd": {"damaged"},
    "pptx_one_deep_slide_20000_times.pptx": {"too_complex"},
    "msg_sector_loop.msg": {"damaged"},
    "doc_absurd_sector_size.doc": {"damaged"},
    "rtf_binary_of_two_gigabytes.rtf": {"no_text", "damaged"},
    "html_tables_20000_deep.html": {"too_complex"},
    "fodt_entities.fodt": {"damaged"},
    "eml_parts_in_parts.eml": {"too_complex"},
    "mht_endless_boundary.mht": {"no_text", "too_complex"},
    "json_500000_deep.json": {"too_complex"},
    "endless.epub": {"damaged", "too_complex"},
}


def test_of_other_formats_exactly_the_good_ones_are_read(tmp_path: Path):
    hostile = {name: data for make in (hostile_archives, hostile_office, hostile_texts) for name, data in make() if name in OTHER_FORMATS}
    container = "<!DOCTYPE c [<!ENTITY a 'aaaa'>]><container>&a;</container>"
    hostile["endless.epub"] = zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": container, "c.opf": "<package/>"})
    assert hostile.keys() == OTHER_FORMATS.keys()
    for name, data in [*good_files(), *hostile.items()]:
        (tmp_path / name).write_bytes(data)
    files, left_out = collect([tmp_path], 200, 20)
    results = [*read_resumes(files), *left_out]
    assert sorted(result.name for result in results if isinstance(result, Resume)) == sorted(name for name, _ in good_files())
    reasons = {result.name: result.reason for result in results if isinstance(result, Rejected)}
    assert reasons.keys() == OTHER_FORMATS.keys()
    assert {name: reason for name, reason in reasons.items() if reason not in OTHER_FORMATS[name]} == {}
