"""Define the fixtures that several test folders share."""

import gc
import os
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from server.gradio_patches.fast_import import import_gradio
from tests.data import random_qwen3
from tests.promises import promised_tests

settings.register_profile(
    "suite", derandomize=True, deadline=None
)  # what is new is looked for with FUZZ_TIMES; see preprocess/test_fuzz.py
settings.load_profile("suite")
gc.set_threshold(100_000, 50, 100)  # torch and Gradio leave a million objects: looking through them took a fifth of the time of collecting

LONGEST = (
    "browser",
    "preprocess/ocr",
    "reranker/qwen3",
    "server",
    "faults",
    "feedback/learning",
    "feedback/store",
    "test_hostile_pile.py",
    "preprocess/docx",
    "preprocess/guarded",
    "preprocess/screening",
)
"""Folders and files of the tests that take longest, in the order in which they are run."""

BROWSER = "tests/browser/"

ALL_TESTS = "not growth"
"""Which tests .ci/run runs, as in pyproject.toml: those that measure time are for a machine with nothing else to do."""

SHORT_PART = "not growth and not long"
"""Which tests ./test.sh runs without arguments."""

_passed: set[str] = set()
_skipped: set[str] = set()


def pytest_configure(config: pytest.Config) -> None:
    """Import Gradio in half the time where many files of tests will ask for it: in the processes of ./test.sh."""
    if hasattr(config, "workerinput"):
        import_gradio()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the longest first: ./test.sh has two processes, of which none should be left with a long file at the end."""
    folder = Path(__file__).parent

    @cache
    def rank(path: Path) -> int:
        return next((index for index, name in enumerate(LONGEST) if path.is_relative_to(folder / name)), len(LONGEST))

    items.sort(key=lambda item: rank(item.path))


def pytest_collection_finish() -> None:
    """Freeze what was imported: a collection of garbage that looked through it again would take a second."""
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """Give all browser tests to one of the processes of ./test.sh, so that Chromium and the app behind it start once."""
    return FilesAndBrowser(config, log) if config.option.dist == "loadfile" else None


class FilesAndBrowser(LoadFileScheduling):
    """As --dist loadfile, but for the folder of browser tests, which counts as one file."""

    def _split_scope(self, nodeid: str) -> str:
        return BROWSER if nodeid.startswith(BROWSER) else super()._split_scope(nodeid)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note which tests passed and which were skipped. With several processes, all reports reach the first one."""
    name = report.nodeid.partition("[")[0]
    if report.when == "call" and report.passed:
        _passed.add(name)
    elif report.skipped:
        _skipped.add(name)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """After a run of the whole suite or its short part, name the promises of docs/promises.md whose tests were not run on this machine."""
    if not (part := whole_part(config)):
        return
    promised = promised_tests()
    if skipped := promised.keys() & _skipped - _passed:
        terminalreporter.section("promised in docs/promises.md, but skipped on this machine")
        terminalreporter.line("\n".join(sorted(skipped)))
    if part == SHORT_PART and (left_out := [node_id for node_id, long in promised.items() if long]):
        terminalreporter.section('promised in docs/promises.md, and run by ./test.sh -m "not growth" only')
        terminalreporter.line("\n".join(sorted(left_out)))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run of the whole suite, or of its short part, in which the test of a promise was not run at all."""
    if (part := whole_part(session.config)) and not session.testsfailed:
        due = {node_id for node_id, long in promised_tests().items() if not (long and part == SHORT_PART)}
        if missed := due - _passed - _skipped:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
            print(f"\nPromised in docs/promises.md, but not run: {sorted(missed)}")


def whole_part(config: pytest.Config) -> str:
    """Return ALL_TESTS or SHORT_PART where this process hears of every test of it, else ""."""
    is_worker = hasattr(config, "workerinput")
    options = config.option
    is_less = (
        options.keyword
        or options.markexpr not in (ALL_TESTS, SHORT_PART)
        or options.collectonly
        or config.getoption("lf", False)  # not there with -p no:cacheprovider
        or config.args != config.getini("testpaths")
    )
    return "" if is_worker or is_less else options.markexpr


@pytest.fixture(scope="session", autouse=True)
def feedback_of_its_own() -> Iterator[None]:
    """Set a feedback folder of the session's own: no test, nor a process that one starts, may touch that of whoever runs them."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RERANKER_FEEDBACK"] = folder
        os.environ["LC_ALL"] = "C.UTF-8"  # commands speak the default language, whatever the machine does
        yield


@pytest.fixture(scope="session")
def tokenizer_folder() -> Path:
    """Return the folder with the real Qwen3 tokenizer files."""
    return random_qwen3.tokenizer_folder()


@pytest.fixture(scope="session")
def tiny_checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder as a hub would give it: a 2-layer Qwen3 with random weights (20 MB) and the real tokenizer."""
    return random_qwen3.write_random_qwen3(tmp_path_factory.mktemp("weights") / "tiny-qwen3-reranker")
