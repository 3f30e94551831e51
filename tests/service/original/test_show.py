"""Original files of a list: kept only where that is switched on, shown only to the page whose list has the person, and never blind."""

import zipfile
from pathlib import Path

import pytest

from feedback.store.audit import EXPORTED, entries
from feedback.store.kept_files import FOLDER, KeptFile
from feedback.store.store import FILE_NAME, Store
from preprocess.document import Unreadable
from preprocess.pipeline import Cleaning
from service.erase import drop_row
from service.original.show import NoOriginal, Originals, download_name
from service.reopen import show_run
from service.run_state import RunState
from settings import Settings
from tests.data.make_pdf import text_pdf
from tests.service.desk import Desk, finish, order, ready, steps, upload

LINES = ["林知遥", "熟悉 Python，三年以上经验，负责推理平台。", "熟悉 k8s，管理过 GPU 集群。", "把首字延迟从 4 秒降到 1.2 秒。"]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / FILE_NAME)


def keeping(store: Store) -> Settings:
    return Settings(feedback=str(store.path.parent), keep_files=True)


def ranked(store: Store, files: dict[str, bytes], cleaning: Cleaning = Cleaning(), settings: Settings | None = None) -> Desk:  # noqa: B008
    """Return a desk whose ranking of these files is stored."""
    paths = []
    folder = store.path.parent / "uploads"
    folder.mkdir()
    for name, data in files.items():
        paths.append(folder / name)
        paths[-1].write_bytes(data)
    desk = Desk()
    upload(desk, paths, settings or keeping(store))
    return finish(desk, order(cleaning=cleaning), ready(), store)


def of(desk: Desk, store: Store, tab: str = "tab") -> Originals:
    return Originals(lambda user, key: desk.run if (user, key) == ("hr", tab) else None, store)


def first(desk: Desk) -> tuple[str, str]:
    """Return the ids of the only candidate and of their file."""
    [(resume_id, [file])] = desk.run.kept_files.items()
    return resume_id, file.sha256


def test_by_default_no_byte_of_a_file_is_kept(store: Store):
    desk = ranked(store, {"林知遥.pdf": text_pdf(LINES)}, settings=Settings(feedback=str(store.path.parent)))
    assert desk.run.run_id and desk.run.kept_files == {}
    assert not (store.path.parent / FOLDER).exists()


def test_the_lines_that_answer_requirements_are_marked_on_their_page(store: Store):
    desk = ranked(store, {"林知遥.pdf": text_pdf(["封面"], LINES)})
    layout = of(desk, store).layout("hr", "tab", *first(desk))
    assert len(layout["sizes"]) == layout["all"] == 2
    marks = {mark["targets"][0]: mark for mark in layout["marks"]}
    left, top, width, height = marks["r1"]["box"]
    assert marks["r1"]["page"] == 1 and "1" in marks["r1"]["numbers"]
    assert left == pytest.approx(100 * 60 / 595.28, abs=0.5) and top == pytest.approx(100 * (80 + 15.75 - 0.8 * 10.5) / 841.89, abs=0.5)
    assert 20 < width < 60 and height == pytest.approx(100 * 10.5 / 841.89, abs=0.5)
    assert "r2" in marks, "Kubernetes, written k8s in the file"
    assert any(target.startswith("o") for mark in layout["marks"] for target in mark["targets"]), "the result in figures"
    assert of(desk, store).picture("hr", "tab", *first(desk), 1).startswith(b"\xff\xd8")


def test_a_stranger_gets_nothing(store: Store):
    desk = ranked(store, {"林知遥.pdf": text_pdf(LINES)})
    ids = first(desk)
    for user, tab, resume_id, digest in (
        ("eve", "tab", *ids),
        ("hr", "another tab", *ids),
        ("hr", "tab", "0" * 64, ids[1]),
        ("hr", "tab", ids[0], "0" * 64),
    ):
        for ask in (of(desk, store).layout, of(desk, store).download):
            with pytest.raises(NoOriginal):
                ask(user, tab, resume_id, digest)


def test_blind_nothing_is_shown_until_names_are(store: Store):
    desk = ranked(store, {"林知遥.pdf": text_pdf(LINES)}, Cleaning(blind=True))
    ids, originals = first(desk), of(desk, store)
    for ask in (originals.layout, originals.download):
        with pytest.raises(NoOriginal):
            ask("hr", "tab", *ids)
    desk.run.is_blind = False
    assert originals.layout("hr", "tab", *ids)["marks"]


def test_a_new_ranking_and_an_erasure_end_the_view(store: Store):
    desk = ranked(store, {"林知遥.pdf": text_pdf(LINES)})
    ids, originals = first(desk), of(desk, store)
    drop_row(desk.run, ids[0])
    with pytest.raises(NoOriginal):
        originals.layout("hr", "tab", *ids)
    show_run(desk.run, store.run(desk.run.run_id), store)
    assert originals.layout("hr", "tab", *ids)
    next(steps(desk, order(), ready(), store))
    with pytest.raises(NoOriginal):
        originals.layout("hr", "tab", *ids)


def test_a_file_that_is_gone_from_the_disk_is_said_to_be_gone(store: Store):
    desk = ranked(store, {"林知遥.pdf": text_pdf(LINES)})
    resume_id, digest = first(desk)
    (store.path.parent / FOLDER / digest).unlink()
    with pytest.raises(NoOriginal):
        of(desk, store).layout("hr", "tab", resume_id, digest)


def test_a_download_has_a_safe_name_and_is_in_the_audit_log(store: Store):
    data = text_pdf(LINES)
    desk = ranked(store, {"林知遥.exe": data})
    assert of(desk, store).download("hr", "tab", *first(desk)) == ("林知遥.pdf", data)
    entry = entries(store)[0]
    assert (entry.event, entry.user, entry.resume_id, entry.facts["kind"]) == (EXPORTED, "hr", first(desk)[0], "original")


@pytest.mark.parametrize(
    ("name", "kind", "offered"),
    [
        ("a.docm", "docx", "a.docx"),
        ("b.pdf.exe", "pdf", "b.pdf.pdf"),
        ("c.HEIC", "image", "c.heic"),
        ("d.exe", "image", ""),
        ("e.html", "html", ""),
        ("f.doc", "doc", ""),
        ("g.xls", "table", ""),
        ("../../h\u202efdp.txt", "text", "hfdp.txt"),
    ],
)
def test_the_ending_says_what_a_file_is_and_what_may_run_is_not_offered(name: str, kind: str, offered: str):
    assert download_name(KeptFile(name, kind, "0" * 64, 1)) == offered


def test_what_has_no_pages_has_no_pictures(store: Store):
    desk = ranked(store, {"a.txt": "\n".join(LINES).encode()})
    with pytest.raises(NoOriginal):
        of(desk, store).layout("hr", "tab", *first(desk))
    assert of(desk, store).download("hr", "tab", *first(desk))[1] == "\n".join(LINES).encode()


def test_files_of_an_archive_are_kept_one_by_one(store: Store):
    archive = store.path.parent / "all.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("林知遥.txt", "\n".join(LINES))
        packed.writestr("陈屿舟.txt", "陈屿舟\n熟悉 Java")
    data = archive.read_bytes()
    archive.unlink()
    desk = ranked(store, {"all.zip": data})
    assert sorted(file.name for files in desk.run.kept_files.values() for file in files) == ["林知遥.txt", "陈屿舟.txt"]


def test_a_file_whose_pages_cannot_be_drawn_is_refused(store: Store):
    """Such a file would not have been read: its bytes were exchanged on the disk."""
    desk = ranked(store, {"林知遥.pdf": text_pdf(LINES)})
    resume_id, digest = first(desk)
    path = store.path.parent / FOLDER / digest
    path.write_bytes(b"%PDF-1.7".ljust(path.stat().st_size))
    with pytest.raises(Unreadable):
        of(desk, store).picture("hr", "tab", resume_id, digest, 0)


def test_a_run_that_is_stored_nowhere_has_no_files(store: Store):
    state = RunState(kept_files={"a" * 64: (KeptFile("a.pdf", "pdf", "b" * 64, 1),)})
    with pytest.raises(NoOriginal):
        Originals(lambda user, key: state, store).layout("", "", "a" * 64, "b" * 64)
