"""Watched folders: only complete files, nothing outside, nothing changed; who was erased does not come back; what is away is said."""

import os
import time
from pathlib import Path

import pytest

from feedback.store.erase import erase
from feedback.store.store import FILE_NAME, Store
from service.pile import Pile
from service.watched.folder import DAY_S, GONE, WatchedFolder, copy_out
from service.watched.take import Taken, add_watched
from settings import BadSetting, Settings, load_settings
from tests.service.desk import DEFAULTS, Desk, finish, order, ready

RESUME = "姓名：林晓\n电话：13800001111\n熟悉 Python，五年平台开发"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "51job").mkdir(parents=True)
    (folder / "林晓.txt").write_text(RESUME, "utf-8")
    (folder / "51job" / "周叙白.txt").write_text("姓名：周叙白\n熟悉 Java", "utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "feedback" / FILE_NAME)


def seen_twice(inbox: Path, retention_days: int = 0) -> WatchedFolder:
    folder = WatchedFolder("招聘邮箱", inbox, retention_days)
    folder.look()
    folder.look()
    return folder


def paths(folder: WatchedFolder, taken: frozenset[str] = frozenset(), now: float = 0.0) -> list[str]:
    return sorted(file.path for file in folder.fresh(taken, now or time.time()))


def add(pile: Pile, folder: WatchedFolder, store: Store, scratch: Path, settings: Settings = DEFAULTS) -> Taken:
    taken = Taken()
    for _ in add_watched(pile, folder, settings, store, taken, scratch):
        pass
    return taken


def test_a_file_counts_once_it_is_the_same_at_two_looks(inbox: Path):
    folder = WatchedFolder("招聘邮箱", inbox)
    assert folder.look() is False and paths(folder) == []
    (inbox / "林晓.txt").write_text(RESUME + "\n还在写", "utf-8")
    (inbox / "许朝暮.pdf.crdownload").write_bytes(b"half")
    (inbox / ".DS_Store").write_bytes(b"x")
    (inbox / "空.txt").write_bytes(b"")
    assert folder.look() is True and paths(folder) == ["51job/周叙白.txt"]
    assert folder.look() is True and paths(folder) == ["51job/周叙白.txt", "林晓.txt"]
    assert folder.look() is False


def test_links_lead_nowhere(inbox: Path, tmp_path: Path):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "outside.txt").write_text("nobody's", "utf-8")
    (inbox / "link.txt").symlink_to(secret / "outside.txt")
    (inbox / "folder").symlink_to(secret, target_is_directory=True)
    os.mkfifo(inbox / "pipe.txt")
    folder = seen_twice(inbox)
    assert paths(folder) == ["51job/周叙白.txt", "林晓.txt"]

    inner, whole = sorted(folder.fresh((), time.time()), key=lambda file: file.path)
    (inbox / "林晓.txt").unlink()
    (inbox / "林晓.txt").symlink_to(secret / "outside.txt")
    with pytest.raises(OSError):
        copy_out(folder.root, whole, tmp_path / "copy1")
    (inbox / "51job").rename(inbox / "old")
    (inbox / "51job").symlink_to(secret, target_is_directory=True)
    (secret / "周叙白.txt").write_text("nobody's", "utf-8")
    with pytest.raises(OSError):
        copy_out(folder.root, inner, tmp_path / "copy2")


def test_new_files_are_added_once_and_the_folder_stays_as_it_was(inbox: Path, store: Store, tmp_path: Path):
    folder, pile = seen_twice(inbox), Pile()
    before = {path: (path.stat().st_mtime_ns, path.stat().st_mode) for path in inbox.rglob("*")}
    taken = add(pile, folder, store, tmp_path)
    assert sorted(document.name for document in pile.documents) == ["周叙白.txt", "林晓.txt"]
    assert (taken.files, taken.erased, taken.unsettled) == (2, [], 0) and pile.reading is None
    assert {path: (path.stat().st_mtime_ns, path.stat().st_mode) for path in inbox.rglob("*")} == before
    assert not list(tmp_path.glob("watched-*")), "the copies are gone"
    assert paths(folder, frozenset(pile.watched)) == [] and not any("林晓" in key for key in pile.watched)

    (inbox / "许朝暮.txt").write_text("姓名：许朝暮\n会计", "utf-8")
    folder.look(), folder.look()
    assert paths(folder, frozenset(pile.watched)) == ["许朝暮.txt"]
    add(pile, folder, store, tmp_path)
    assert len(pile.documents) == 3


def test_a_file_that_changes_meanwhile_is_offered_again_and_limits_are_those_of_uploads(inbox: Path, store: Store, tmp_path: Path):
    folder, pile = seen_twice(inbox), Pile()
    (inbox / "林晓.txt").write_text(RESUME + "\n新的一行", "utf-8")
    assert add(pile, folder, store, tmp_path).unsettled == 1
    assert [document.name for document in pile.documents] == ["周叙白.txt"]
    folder.look(), folder.look()
    assert add(pile, folder, store, tmp_path, Settings(max_files=1)).no_room == 1
    assert len(pile.documents) == 1 and paths(folder, frozenset(pile.watched)) == ["林晓.txt"], "it waits for room"


def test_who_was_erased_does_not_come_back(inbox: Path, store: Store, tmp_path: Path):
    folder, desk = seen_twice(inbox), Desk()
    add(desk.pile, folder, store, tmp_path)
    finish(desk, order(), ready(), store)
    assert desk.run.ranking
    erase(store, [next(row.id for row in desk.run.ranking.rows if row.name == "林晓.txt")], "")
    (inbox / "林晓_新.txt").write_text(RESUME.replace("五年", "六年"), "utf-8")
    folder.look(), folder.look()

    fresh = Pile()
    left_out = add(fresh, folder, store, tmp_path).erased
    assert sorted(left_out) == ["林晓.txt", "林晓_新.txt"], "the same text, and another one with the same phone number"
    assert [document.name for document in fresh.documents] == ["周叙白.txt"]
    assert paths(folder, frozenset(fresh.watched)) == []
    assert paths(folder) == ["51job/周叙白.txt"], "other pages are not offered them either"
    assert (folder.look(), folder.look()) == (True, False), "which is news for those that are open"

    after_restart = Pile()
    add(after_restart, seen_twice(inbox), Store(store.path), tmp_path)
    assert sorted(document.name for document in after_restart.documents) == ["周叙白.txt", "林晓_新.txt"], "known by its text only"


def test_who_was_erased_and_what_is_there_already_take_no_room(inbox: Path, store: Store, tmp_path: Path):
    (inbox / "51job" / "周叙白.txt").unlink()
    folder, desk = seen_twice(inbox), Desk()
    add(desk.pile, folder, store, tmp_path)
    finish(desk, order(), ready(), store)
    assert desk.run.ranking
    erase(store, [desk.run.ranking.rows[0].id], "")
    for name in ("周叙白", "许朝暮", "陈屿舟"):
        (inbox / f"{name}.txt").write_text(f"姓名：{name}\n熟悉 Java", "utf-8")
        os.utime(inbox / f"{name}.txt", (time.time() + 9, time.time() + 9 + len(name)))
    folder.look(), folder.look()
    pile = Pile()
    taken = add(pile, folder, store, tmp_path, Settings(max_files=2))
    assert taken.erased == ["林晓.txt"] and len(pile.documents) == 2 and taken.no_room == 1


def test_what_lies_there_for_longer_than_the_retention_is_not_taken(inbox: Path):
    folder, later = seen_twice(inbox, retention_days=30), time.time() + 31 * DAY_S
    os.utime(inbox / "林晓.txt", (0, 0))  # copied with its old time
    folder.look(), folder.look()
    assert len(paths(folder)) == 2
    assert (paths(folder, now=later), folder.expired(later)) == ([], 2)


def test_a_folder_that_goes_away_is_said_and_goes_on_when_it_is_back(inbox: Path):
    folder = seen_twice(inbox)
    away = inbox.rename(inbox.with_name("away"))
    assert folder.look() is True and folder.problem == GONE and paths(folder) == []
    away.rename(inbox)
    folder.look(), folder.look()
    assert folder.problem == "" and len(paths(folder)) == 2


def test_folders_are_named_and_given_several_times(tmp_path: Path):
    settings = load_settings({"watch": [f"邮箱={tmp_path}", str(tmp_path / "51job")]}, {})
    assert settings.watched == [("邮箱", tmp_path), ("51job", tmp_path / "51job")]
    with pytest.raises(BadSetting, match="--feedback"):
        load_settings({"watch": [str(tmp_path)], "feedback": str(tmp_path / "feedback")}, {})


def test_the_files_of_somebody_erased_are_named_as_nothing_there_is_deleted(inbox: Path, store: Store, tmp_path: Path):
    (inbox / "51job" / "简历-林晓-2026.txt").write_text("别的内容", "utf-8")
    (inbox / "重复投递.txt").write_text(RESUME + "\n", "utf-8")
    folder, desk = seen_twice(inbox), Desk()
    add(desk.pile, folder, store, tmp_path)
    finish(desk, order(), ready(), store)
    assert desk.run.ranking
    [gone] = [row.id for row in desk.run.ranking.rows if row.name == "林晓.txt"]
    erased = erase(store, [gone], "hr")
    assert erased.person and sorted(folder.files_of(erased.person)) == [
        "招聘邮箱/51job/简历-林晓-2026.txt",
        "招聘邮箱/林晓.txt",
        "招聘邮箱/重复投递.txt",
    ], "a copy too, whose name no version has"
    assert (inbox / "林晓.txt").exists()
