"""Check what the program runs on: Python, installed packages, disk space, memory."""

import os
import platform
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from shutil import disk_usage

import psutil
from packaging.requirements import Requirement

from service.doctor.result import CheckResult, failed, ok, warn
from settings import ROOT, Settings

OLDEST, NEWEST = (3, 11), (3, 13)
"""Versions of Python that there are wheels of every package for."""

LEAST_DISK, ENOUGH_DISK = 200 * 10**6, 2 * 10**9
"""Bytes free. Below the first a pile of resumes does not fit; an upload may have 1 GB."""

GIB = 2**30
LEAST_MEMORY = GIB
MODEL_MEMORY = 4 * GIB
"""Bytes that have to be free for the real model on a CPU; it takes up to 3.5 GB."""

_CGROUP = Path("/sys/fs/cgroup")


def check_python(current: tuple[int, int] = sys.version_info[:2]) -> CheckResult:
    """Check the version of Python."""
    values = {"version": platform.python_version(), "system": f"{platform.system()} {platform.machine()}"}
    if current < OLDEST:
        return failed("python", "python", "python_old", **values)
    return ok("python", "python", **values) if current <= NEWEST else warn("python", "python", "python_new", **values)


def check_packages(requirements: Path = ROOT / "requirements.txt") -> CheckResult:
    """Compare the installed packages with the pins."""
    pins = [Requirement(line) for line in requirements.read_text("utf-8").splitlines() if line and line[0] not in "#-"]
    wanted = [pin for pin in pins if pin.marker is None or pin.marker.evaluate()]
    differing = [f"{pin.name} {installed or '–'}" for pin in wanted if not pin.specifier.contains(installed := _installed(pin.name), True)]
    if differing:
        return failed("packages", "packages_differ", "packages_remedy", packages=", ".join(differing))
    return ok("packages", "packages", count=len(wanted))


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "0"


def check_disk(folder: Path) -> CheckResult:
    """Write a megabyte where files are put, and look at the free space."""
    existing = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
    values = {"folder": folder, "free": disk_usage(existing).free / 10**9}
    try:
        with tempfile.TemporaryFile(dir=existing) as file:
            file.write(os.urandom(10**6))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return failed("disk", "disk_refused", "disk_remedy", problem=error.strerror or type(error).__name__, **values)
    if values["free"] < LEAST_DISK / 10**9:
        return failed("disk", "disk", "disk_remedy", **values)
    return ok("disk", "disk", **values) if values["free"] >= ENOUGH_DISK / 10**9 else warn("disk", "disk", "disk_remedy", **values)


def check_watched(name: str, folder: Path) -> CheckResult:
    """Look whether a watched folder can be listed."""
    values = {"name": name, "path": folder}
    try:
        next(folder.iterdir(), None)
    except OSError:
        return failed("watched", "watched_gone", "watched_gone_remedy", **values)
    return ok("watched", "watched", **values)


def disk_folders(settings: Settings) -> list[Path]:
    """Return where the program writes: the feedback folder, and the folder of temporary files for uploads."""
    return [Path(settings.feedback), Path(tempfile.gettempdir())]


def check_memory(has_weights: bool, available: int | None = None) -> CheckResult:
    """Compare free memory (`available`, in bytes, for tests) with what the engine needs, within the limit of a container."""
    free = available_memory() if available is None else available
    needed = MODEL_MEMORY if has_weights else LEAST_MEMORY
    values = {"free": free / GIB, "total": psutil.virtual_memory().total / GIB, "needed": needed / GIB}
    if free < LEAST_MEMORY:
        return failed("memory", "memory", "memory_remedy", **values)
    return ok("memory", "memory", **values) if free >= needed else warn("memory", "memory", "memory_remedy", **values)


def available_memory(cgroup: Path = _CGROUP) -> int:
    """Return the bytes of memory that can be taken: of the machine, or of the container if that has less."""
    available = psutil.virtual_memory().available
    try:
        limit, used = (int((cgroup / name).read_text()) for name in ("memory.max", "memory.current"))
    except (OSError, ValueError):  # no container, or "max": no limit
        return available
    return min(available, max(0, limit - used))
