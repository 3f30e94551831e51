"""Measure how well resume files are read:  python -m benchmarks.reading_quality [--hostile] [--list]

Reads generated files of all formats and layouts as an upload is read (`benchmarks/reading_files`, written without sight of the readers, and
`tests/data/formats`, written before the readers were), cleans them, and prints for each format the share of the body's characters that were
read in the right order, whole lines, notes that accuse somebody of something that is not there, and seconds a file.
With --hostile: the same files with hostile ones between them; exactly the good ones must be read, in bounded memory. Archives of more files
than an upload may have are left out: those behind them are named as too many.
"""

import argparse
import json
import re
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reading_files.hostile import hostile_files
from benchmarks.reading_files.make import files
from preprocess.document import Rejected, Resume
from preprocess.guarded.client import MAX_CHARACTERS
from preprocess.intake import collect
from preprocess.lexicon.characters import LIST_MARKS
from preprocess.pipeline import Cleaning, read_resumes
from preprocess.screening.screen import WARNINGS
from tests.data.formats.score import score

SAMPLES = Path(__file__).parents[1] / "tests" / "data" / "formats"
AS_WRITTEN = Cleaning(tech_stack=False)
ACCUSING = WARNINGS | {"hidden_unsure"}
MAX_FILES, MAX_FILE_MB = 5_000, 20
_MEMBER = b"PK\x01\x02"
_SHEETS = frozenset({".csv", ".tsv", ".xlsx", ".xls", ".ods"})
_HEADING = re.compile(r"^[^:：\n]{1,40}[:：] ?", re.MULTILINE)
"""The heading before a cell of a sheet of candidates: "Phone: …"."""

_MARK = re.compile(rf"^[{LIST_MARKS}o] +", re.MULTILINE)
"""The mark of a bullet, which the expected lines are without."""


@dataclass(frozen=True)
class Expected:
    """A file and what a reader should find: the lines of each resume in it, by a part of its name ("": the only one); none: refused."""

    source: str
    name: str
    data: bytes
    resumes: Mapping[str, Sequence[str]]
    absent: Sequence[str] = ()
    notes: frozenset[str] = frozenset()

    @property
    def kind(self) -> str:
        """Return the extension, which tells formats apart in the table."""
        return "".join(Path(self.name).suffixes[-2:]) if self.name.endswith(".gz") else Path(self.name).suffix.lower()


@dataclass(frozen=True)
class FileReading:
    """The outcome of reading one file; `lines` and `recall` are means over its resumes."""

    expected: Expected
    recall: float
    lines: float
    false_notes: int
    leaked: int
    seconds: float


def main() -> None:
    """Print how much of the files is read by format, or, with --hostile, what hostile files among them change."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hostile", action="store_true", help="mix hostile files in")
    parser.add_argument("--list", action="store_true", help="name every file that is not read in full")
    options = parser.parse_args()
    expected = [*_generated(), *_samples()]
    if options.hostile:
        _print_hostile(expected)
        return
    outcomes = [_outcome(file) for file in expected]
    _print_table(outcomes)
    if options.list:
        for outcome in outcomes:
            if outcome.recall < 0.98 or outcome.lines < 0.95 or outcome.false_notes or outcome.leaked:
                print(f"  {outcome.expected.name}: {outcome.recall:.3f}, lines {outcome.lines:.2f}, notes {outcome.false_notes}")


def _generated() -> Iterator[Expected]:
    for file in files():
        yield Expected("blind", file.name, file.data, file.members or {"": file.body}, file.absent, frozenset(file.notes))


def _samples() -> Iterator[Expected]:
    manifest = json.loads((SAMPLES / "manifest.json").read_text("utf-8"))
    for name, about in manifest.items():
        wanted = about["expect"]
        resumes = {} if about.get("password") else wanted if isinstance(wanted, dict) else {"": wanted}
        yield Expected("samples", name, (SAMPLES / "samples" / name).read_bytes(), resumes, about.get("never") or ())


def _outcome(file: Expected) -> FileReading:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, file.name)
        path.write_bytes(file.data)
        start = time.perf_counter()
        read = _read([path])
        seconds = time.perf_counter() - start
    resumes = [entry for entry in read if isinstance(entry, Resume)]
    if not file.resumes:
        right = float(not resumes)
        return FileReading(file, right, right, 0, 0, seconds)
    everything = "\n".join(resume.text for resume in resumes)
    recalls = [score(list(lines), everything)["recall"] for lines in file.resumes.values()]
    whole = [_whole_lines(file, lines, everything) for lines in file.resumes.values()]
    allowed = file.notes | ({"hidden_text"} if file.absent else set())
    false_notes = sum(note.code in ACCUSING - allowed for resume in resumes for note in resume.notes)
    leaked = sum(text in everything for text in file.absent)
    return FileReading(
        file,
        sum(recalls) / len(recalls),
        sum(whole) / len(whole),
        false_notes,
        leaked,
        seconds,
    )


def _whole_lines(file: Expected, lines: Sequence[str], text: str) -> float:
    """Return the share of lines that are whole; of a sheet, of the lines of its cells, each with or without its heading."""
    text = _MARK.sub("", text)
    if file.kind not in _SHEETS:
        return score(list(lines), text)["lines"]
    return score([line for cell in lines for line in cell.split("\n")], f"{text}\n{_HEADING.sub('', text)}")["lines"]


def _read(paths: Sequence[Path]) -> list[Resume | Rejected]:
    files, rejected = collect(paths, MAX_FILES, MAX_FILE_MB)
    return [*read_resumes(files, AS_WRITTEN, MAX_CHARACTERS), *rejected]


def _print_table(outcomes: Sequence[FileReading]) -> None:
    by_kind: dict[str, list[FileReading]] = defaultdict(list)
    for outcome in outcomes:
        by_kind[outcome.expected.kind].append(outcome)
        by_kind[f"all {outcome.expected.source}"].append(outcome)
    by_kind["all"] = list(outcomes)
    print(f"{'format':14} {'files':>5} {'characters':>10} {'lines':>6} {'false notes':>11} {'leaks':>5} {'s a file':>8}")
    for kind, of_kind in sorted(by_kind.items()):
        count = len(of_kind)
        recall, lines = (sum(getattr(outcome, name) for outcome in of_kind) / count for name in ("recall", "lines"))
        notes, leaks = (sum(getattr(outcome, name) for outcome in of_kind) for name in ("false_notes", "leaked"))
        seconds = sum(outcome.seconds for outcome in of_kind) / count
        print(f"{kind:14} {count:5} {100 * recall:9.2f}% {100 * lines:5.1f}% {notes:11} {leaks:5} {seconds:8.2f}")


def _print_hostile(expected: Sequence[Expected]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        alone = Path(folder, "good")
        alone.mkdir()
        for number, file in enumerate(expected):
            (alone / f"{number:03} {file.name}").write_bytes(file.data)
        good = {entry.id for entry in _read([alone]) if isinstance(entry, Resume)}
        hostile = [(name, data) for name, data in hostile_files() if data.count(_MEMBER) <= MAX_FILES]
        for number, (name, data) in enumerate(hostile):
            (alone / f"{number * 3:03} hostile {name}").write_bytes(data)
        read = _read([alone])
    survivors = {entry.id for entry in read if isinstance(entry, Resume)}
    refused = sum(isinstance(entry, Rejected) for entry in read)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "linux" else 1024 * 1024)
    print(
        f"{len(good)} good resumes; with hostile files between them: {len(survivors & good)} of them read, {len(survivors - good)} others,"
    )
    print(f"{refused} refused; {peak} MB at most in the process that ranks")


if __name__ == "__main__":
    main()
