"""Measure screening:  python benchmarks/attacks.py [--data FOLDER] [--missed] [--alarms]

How many generated attacks of each kind are noted, on the wordings that the rules were written with and on others, and how many clean
resumes get a note that they should not. Every text is cleaned as an upload is, and then screened. The words to the scoring program among
them are by now fitted to, all of them: how well others are found, benchmarks/screening.py says. The clean resumes are in no fit.

Last, what files that stall a reader do to everybody else (benchmarks/stalling.py).

--data FOLDER with faire/Resumes.xlsx and yc4640_ltr/resumes.jsonl adds real English resumes to the clean ones. The 98 of FAIRE come in
15 versions each (other names and wordings); both counts are printed. FAIRE's placeholder for what was made anonymous is taken out.
"""

import argparse
import json
import random
import re
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import openpyxl  # noqa: E402

from benchmarks.stalling import report_stalling  # noqa: E402
from preprocess.document import Document, Line, Note, Page, Resume  # noqa: E402
from preprocess.pipeline import prepare  # noqa: E402
from preprocess.read import read_document  # noqa: E402
from preprocess.screening.duplicates import duplicates  # noqa: E402
from preprocess.screening.screen import WARNINGS  # noqa: E402
from reranker.encoder.encoder import Encoder  # noqa: E402
from tests.data import make_hidden, make_hidden_docx  # noqa: E402
from tests.data.make_attacks import KINDS, SPLITS, Attack, Base, attacks, wordings  # noqa: E402

SAME = {
    "stuffing": {"stuffing", "padding"},
    "padding": {"padding", "stuffing", "separator_removed"},
    "prompt_spoof": {"prompt_spoof", "control_token"},
}
"""Kinds that shade into one another: either note counts as found. Filler of separators is removed before anything is scored."""

ENCODER = Encoder()
Clean = tuple[str, str, str]
"""Which resume it is a version of, its text, the job it was sent for."""


def main() -> None:
    """Print the share of attacks found by kind and wordings, and the false notes on clean resumes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="a folder with real resumes")
    parser.add_argument("--missed", action="store_true", help="print what was planted and not found, tuning wordings only")
    parser.add_argument("--alarms", action="store_true", help="print what the notes on clean resumes quote")
    options = parser.parse_args()
    bases = [Base(text, job, language) for _, text, job, language in examples()]
    print(f"{'found':22}" + "".join(f"{split:>14}" for split in SPLITS))
    for kind in KINDS:
        cells = []
        for split in SPLITS:
            made = list(attacks(kind, split, bases))
            if not made:
                cells.append("-")
                continue
            missed = [attack for attack in made if SAME.get(kind, {kind}).isdisjoint(note.code for note in noted(attack))]
            cells.append(f"{len(made) - len(missed)}/{len(made)} {1 - len(missed) / len(made):4.0%}")
            for attack in missed if options.missed and split == "tuning" else ():
                print(f"  missed: {attack.planted[:90]!r}")
        print(f"{kind:22}" + "".join(f"{cell:>14}" for cell in cells))
    report_hidden()
    report_clean("clean lines that look alike, tuning", list(alike("tuning")), options.alarms)
    report_clean("clean lines that look alike, held out", list(alike("held_out")), options.alarms)
    report_clean("clean lines that look alike, fresh", list(alike("fresh")), False)
    report_clean("examples, trades, match points", list(own_resumes()), options.alarms)
    if options.data.is_dir():
        report_clean("real and realistic English resumes", list(foreign_resumes(options.data)), options.alarms)
    else:
        print(f"{options.data} is missing: no real resumes were screened")
    report_stalling()


def noted(attack: Attack) -> tuple[Note, ...]:
    """Return the notes that an attack gets as an upload."""
    return cleaned(attack.text, attack.job).notes


def cleaned(text: str, job: str = "") -> Resume:
    """Return a text as an upload of one page is cleaned and screened, for a job description or none."""
    return prepare(Document("resume", "text", (Page(tuple(Line(line) for line in text.split("\n"))),)), job=job, encoder=ENCODER)


def report_hidden() -> None:
    """Print how much hidden text is left out and noted, and how much text to be read is taken for hidden."""
    order = random.Random(7)
    draws = {
        "hidden": [*make_hidden.HIDDEN.values(), *(make_hidden.hidden_at_random(order) for _ in range(100))],
        "to be read": [*make_hidden.SEEN.values(), *(make_hidden.seen_at_random(order) for _ in range(100))],
    }
    words = {"hidden": make_hidden_docx.HIDDEN, "to be read": make_hidden_docx.SEEN}
    for kind, ways in draws.items():
        made = [(make_hidden.resume(draw, language), make_hidden.PLANTED[language]) for draw in ways for language in ("zh", "en")]
        made += [(make_hidden_docx.docx(body), make_hidden_docx.PLANTED) for body in words[kind].values()]
        left_out = 0
        for data, planted in made:
            document = read_document(data, "resume")
            text = "".join(line.text for page in document.pages for line in page.lines).replace(" ", "")
            is_noted = any(note.code == "hidden_text" for note in document.notes)
            left_out += is_noted and planted.replace(" ", "") not in text
        print(f"{'text ' + kind:22}{f'{left_out}/{len(made)} left out and noted':>28}")


def report_clean(title: str, resumes: list[Clean], quotes: bool) -> None:
    """Print the shares of texts and of different resumes with a warning of any kind."""
    codes: Counter[str] = Counter()
    alarmed: dict[str, set[str]] = defaultdict(set)
    texts, start = 0, time.perf_counter()
    for which, text, job in resumes:
        warnings = [note for note in cleaned(text, job).notes if note.code in WARNINGS]
        texts += bool(warnings)
        codes.update({note.code for note in warnings})
        alarmed[which] |= {f"{note.code}: {note.before} ×{note.count}" for note in warnings}
    count = sum(map(bool, alarmed.values()))
    print(f"{title}: {texts} of {len(resumes)} texts alarmed ({texts / len(resumes):.1%}), {count} of {len(alarmed)} different", end="")
    print(f" · {dict(codes)} · {(time.perf_counter() - start) / len(resumes) * 1000:.0f} ms a text")
    for which, warnings in alarmed.items() if quotes else ():
        for quote in sorted(warnings)[:2]:
            print(f"  {which}: {quote}")
    if title.startswith("examples"):
        repeats = sum(duplicate_of is not None for duplicate_of in duplicates([text for _, text, _ in resumes]))
        print(f"  called a duplicate of another one, all different people: {repeats}")


def examples() -> Iterator[tuple[str, str, str, str]]:
    """Return name, text, job and language of the example resumes, cleaned."""
    expected = tomllib.loads((ROOT / "examples" / "expected.toml").read_text("utf-8"))
    for language in ("zh", "en"):
        folder = ROOT / "examples" / language
        texts = {path.name: prepare(read_document(path.read_bytes(), path.name)).text for path in sorted(folder.iterdir())}
        job = texts.pop(expected[language]["job"])
        yield from ((name, text, job, language) for name, text in texts.items())


def own_resumes() -> Iterator[Clean]:
    """Yield (name, text, job description) of the clean resumes of this repository: examples, trades and match points."""
    yield from ((name, text, job) for name, text, job, _ in examples())
    for trades in tomllib.loads((ROOT / "tests" / "reranker" / "embedded" / "trades.toml").read_text("utf-8")).values():
        yield from ((name, trade["resume"], trade["job"]) for name, trade in trades.items())
    for path in sorted((ROOT / "tests" / "data" / "match_points").glob("*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        if "job" in data:  # the others are about the examples
            yield from ((f"{path.stem} {number}", resume["text"], data["job"]) for number, resume in enumerate(data["resume"]))


def alike(split: str) -> Iterator[Clean]:
    """Yield each line in the middle of an example resume."""
    bases = list(examples())
    for language, lines in wordings()["clean"][split].items():
        own = [base for base in bases if base[3] == language]
        for number, line in enumerate(lines):
            _, text, job, _ = own[number % len(own)]
            before, middle, after = text.partition("\n")
            yield line, before + middle + line + "\n" + after, job


def foreign_resumes(folder: Path) -> Iterator[Clean]:
    """Yield the same of public sets of resumes in a folder, as far as they are there; "" for a job that a set does not have."""
    if (path := folder / "faire" / "Resumes.xlsx").exists():
        for number, row in enumerate(openpyxl.load_workbook(path, read_only=True).worksheets[0].iter_rows(min_row=4, values_only=True)):
            for text in row[2:17]:
                if row[0] and text and len(str(text)) > 200:
                    yield f"FAIRE {number}", re.sub(r"Company Name\s+－?\s*City\s*,\s*State|Company Name", "", str(text)), str(row[1])
    if (path := folder / "yc4640_ltr" / "resumes.jsonl").exists():
        for line in path.read_text("utf-8").splitlines():
            resume = json.loads(line)
            yield f"yc4640 {resume['resume_id']}", "\n".join(map(str, resume.values())), ""


if __name__ == "__main__":
    main()
