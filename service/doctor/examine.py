"""Run all checks in the order in which a person would need their answers; say each as it is known."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from preprocess.document import Resume, Unreadable
from preprocess.pipeline import Cleaning
from reranker.engine import Engine, LocalEngine
from reranker.judge.judge import Judge
from reranker.notice import EngineError, Notice
from reranker.open_engine import configured_engine
from service.doctor.machine import check_disk, check_memory, check_packages, check_python, check_watched, disk_folders
from service.doctor.network import check_port, check_proxy
from service.doctor.readers import check_sandbox
from service.doctor.result import CheckResult, failed, ok, unchecked, warn
from service.doctor.scoring import check_golden, check_half_precision, check_parity, check_speed, check_tokenizer
from service.doctor.weights import check_judge, check_weights, local_weights
from service.read import read_files
from settings import ROOT, Settings

EXAMPLES = ROOT / "examples" / "zh"
OF_WEIGHTS = ("tokenizer", "half_precision", "parity", "golden")
"""Checks for which the weights have to be on this machine."""

_LESS_THAN_ASKED = {"no_such_gpu", "no_gpu", "gpu_full", "device_differs", "little_memory", "fp16_refused"}


def examine(settings: Settings) -> Iterator[CheckResult]:
    """Yield the result of each check. Nothing is downloaded, changed or kept, and nobody outside this machine is asked."""
    yield _guarded("python", check_python)
    yield _guarded("packages", check_packages)
    for disk_folder in disk_folders(settings):
        yield _guarded("disk", partial(check_disk, disk_folder))
    folder, problem = local_weights(settings)
    yield _guarded("memory", lambda: check_memory(folder is not None))
    yield _guarded("port", lambda: check_port(settings))
    for name, watched_folder in settings.watched:
        yield _guarded("watched", partial(check_watched, name, watched_folder))
    yield _guarded("proxy", lambda: check_proxy(settings))
    yield _guarded("sandbox", check_sandbox)
    yield _guarded("judge", check_judge)
    if problem:
        yield problem
    elif folder:
        yield _guarded("weights", lambda: check_weights(folder))
    if problem and problem.state == "fail":
        yield from (unchecked(name, "no_engine") for name in ("device", *OF_WEIGHTS, "speed"))
    else:
        yield from _examine_engine(settings, folder)


def _examine_engine(settings: Settings, folder: Path | None) -> Iterator[CheckResult]:
    said: list[Notice] = []
    judge = Judge()
    try:
        engine = configured_engine(replace(settings, offline=True), judge, said.append)
    except Exception as error:  # of a damaged file, of any kind
        yield _failed("device", error)
        yield from (unchecked(name, "no_engine") for name in (*OF_WEIGHTS, "speed"))
        return
    yield _device(engine, said)
    if folder is None:
        yield from (unchecked(name, "no_weights") for name in OF_WEIGHTS)
    else:
        assert isinstance(engine, LocalEngine)
        was_refused = any(notice.code == "device_differs" for notice in said)
        yield _guarded("tokenizer", lambda: check_tokenizer(folder))
        yield _guarded("half_precision", lambda: check_half_precision(engine, folder, was_refused))
        yield _guarded("parity", lambda: check_parity(engine, folder))
        yield _guarded("golden", lambda: check_golden(engine, folder))
    yield _guarded("speed", lambda: _speed(engine, judge, settings))


def _device(engine: Engine, said: list[Notice]) -> CheckResult:
    info = engine.info
    values = {"name": info.name, "dtype": info.dtype, "device": info.device}
    lacking = tuple(notice for notice in said if notice.code in _LESS_THAN_ASKED)
    if lacking:
        return warn("device", "device", "notices", notices=lacking, **values)
    return ok("device", "device", **values)


def _guarded(name: str, check: Callable[[], CheckResult]) -> CheckResult:
    """Run a check; that it cannot be made is its result: a damaged installation breaks at any place, and the other checks go on."""
    try:
        return check()
    except Exception as error:
        return _failed(name, error)


def _failed(name: str, error: Exception) -> CheckResult:
    if isinstance(error, EngineError):
        return failed(name, "notice", "device_remedy", notice=error.notice)
    return failed(name, "crashed", "crashed_remedy", problem=type(error).__name__)


def _speed(engine: Engine, judge: Judge, settings: Settings) -> CheckResult:
    """Read the example resumes as an upload is read, and rank them."""
    files = sorted(EXAMPLES.glob("*"))
    job = next((file for file in files if file.name.startswith("JD")), None)
    if job is None:
        return unchecked("speed", "no_examples", folder=EXAMPLES)
    try:
        reading = read_files([file for file in files if file != job], settings, Cleaning(), job)
    except Unreadable:
        return failed("speed", "examples_unread", "sandbox_not_started_remedy", folder=EXAMPLES)
    texts = [file.text for file in reading.files if isinstance(file, Resume)]
    if not texts:
        return failed("speed", "examples_unread", "sandbox_not_started_remedy", folder=EXAMPLES)
    return check_speed(engine, judge, reading.job, texts)
