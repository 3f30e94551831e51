"""Put restored files in the place of those that are there, all or none, whenever the process is killed. Knows names, no tables.

What is to come waits in a folder beside the database. Once a file there says that it is complete, the exchange is decided, and whoever
opens the database next finishes it; before that nothing in place was touched.
"""

import json
import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

STAGING = "restoring"
_DECIDED = "decided.json"
ASIDE = ".before-restore-"
"""Behind the database's name: folders with what was there before a restore."""

UPGRADED = ".before-upgrade-"
"""Behind the database's name: the database before a newer version of the program migrated it."""

USERS = "users"


def stage(database: Path) -> Path:
    """Return the empty folder, with mode 0700, into which what is to come is written."""
    staging = database.parent / STAGING
    if staging.exists():
        shutil.rmtree(staging)
    staging.mkdir(mode=0o700)
    return staging


def decide(database: Path, names: Collection[str], aside: str, users: Path | None) -> None:
    """Make the exchange certain: of files and folders of these names beside the database, and of the file of users. Raises OSError.

    What is there of `names` goes into the folder `aside`, and what waits in the staging folder comes, where there is such.
    """
    staging = database.parent / STAGING
    there = [name for name in names if (database.parent / name).exists()]
    coming = [name for name in names if (staging / name).exists()]
    for path in [path for path in staging.rglob("*") if path.is_file()] + [staging]:
        sync(path)
    plan = {"aside": aside, "there": there, "coming": coming, "users": str(users.absolute()) if users else ""}
    prepared = staging / f"{_DECIDED}.new"
    prepared.write_text(json.dumps(plan), "utf-8")
    sync(prepared)
    prepared.replace(staging / _DECIDED)
    sync(staging)


def finish(database: Path) -> bool:
    """Finish an exchange that was decided, or clear away one that was not; return whether there was a decided one. Raises OSError.

    Only for who has the database alone. Each step may be done again: a file that still waits has not been put in place.
    """
    folder, staging = database.parent, database.parent / STAGING
    if not (staging / _DECIDED).is_file():
        if staging.is_dir():
            shutil.rmtree(staging)
        return False
    plan = json.loads((staging / _DECIDED).read_text("utf-8"))
    aside = folder / plan["aside"]
    aside.mkdir(mode=0o700, exist_ok=True)
    for name in plan["there"]:
        is_old = name not in plan["coming"] or (staging / name).exists()
        if is_old and (folder / name).exists():
            (folder / name).replace(aside / name)
    for name in plan["coming"]:
        if (staging / name).exists():
            (staging / name).replace(folder / name)
    if plan["users"] and (staging / USERS).exists():
        _put_users(staging / USERS, Path(plan["users"]), aside / USERS)
    for changed in (aside, folder):
        sync(changed)
    (staging / _DECIDED).unlink()
    shutil.rmtree(staging)
    if not any(aside.iterdir()):
        aside.rmdir()
    return True


def _put_users(coming: Path, users: Path, aside: Path) -> None:
    """Copy the file of users, which may lie on another disk."""
    if users.exists() and not aside.exists():
        kept = aside.with_name(f"{aside.name}.new")
        shutil.copy2(users, kept)
        kept.replace(aside)
    new = users.with_name(f"{users.name}.new")
    new.touch(mode=0o600)
    new.write_bytes(coming.read_bytes())
    sync(new)
    new.replace(users)


def left_behind(database: Path) -> list[Path]:
    """Return what lies beside a database and may hold data of people: damaged files, and what was there before a restore or an upgrade."""
    return sorted(path for end in (".damaged-", ASIDE, UPGRADED) for path in database.parent.glob(f"{database.name}{end}*"))


def delete_left_behind(path: Path) -> None:
    """Delete one of `left_behind`. Raises OSError."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def sync(path: Path) -> None:
    """Write a file, or a folder's names, to the disk. Raises OSError."""
    with suppress(FileNotFoundError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
